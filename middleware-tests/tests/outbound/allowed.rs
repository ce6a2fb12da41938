//! Declared work is done, and once.

use aws_sdk_dynamodb::{
    error::BuildError,
    types::{
        AttributeValue, ConditionCheck, Delete, DeleteRequest, Get, KeysAndAttributes, Put,
        PutRequest, TransactGetItem, TransactWriteItem, Update, WriteRequest,
    },
};

use crate::guarded::{Guarded, id, shop};

#[tokio::test]
async fn declared_work_on_one_item_passes() {
    let guarded = Guarded::by(shop());
    let client = &guarded.client;
    let get = client.get_item().table_name("Orders").key("id", id());
    assert_eq!(guarded.outcome(get.send()).await, "passed");
    let put = client.put_item().table_name("Audit").item("id", id());
    assert_eq!(guarded.outcome(put.send()).await, "passed");
    let update = client
        .update_item()
        .table_name("Orders")
        .key("id", id())
        .update_expression("SET #s = :s")
        .expression_attribute_names("#s", "status")
        .expression_attribute_values(":s", AttributeValue::S("sent".to_owned()));
    assert_eq!(guarded.outcome(update.send()).await, "passed");
    let delete = client.delete_item().table_name("Orders").key("id", id());
    assert_eq!(guarded.outcome(delete.send()).await, "passed");
    let sent: Vec<_> = guarded.sent().into_iter().map(|sent| sent.target).collect();
    let target = |operation| format!("DynamoDB_20120810.{operation}");
    assert_eq!(
        sent,
        ["GetItem", "PutItem", "UpdateItem", "DeleteItem"].map(target)
    );
}

#[tokio::test]
async fn declared_work_on_a_table_passes() {
    let guarded = Guarded::by(shop());
    let client = &guarded.client;
    let describe = client.describe_table().table_name("Orders");
    assert_eq!(guarded.outcome(describe.send()).await, "passed");
    let query = client
        .query()
        .table_name("Orders")
        .key_condition_expression("id = :id")
        .expression_attribute_values(":id", id())
        .limit(10);
    assert_eq!(guarded.outcome(query.send()).await, "passed");
    let indexed = client.query().table_name("Orders").index_name("by_status");
    assert_eq!(guarded.outcome(indexed.send()).await, "passed");
    let scan = client.scan().table_name("Customers").index_name("by_name");
    assert_eq!(guarded.outcome(scan.send()).await, "passed");
}

#[tokio::test]
async fn declared_work_on_several_items_passes() -> Result<(), BuildError> {
    let guarded = Guarded::by(shop());
    let client = &guarded.client;
    let keys = || KeysAndAttributes::builder().keys([("id".to_owned(), id())].into());
    let get = client
        .batch_get_item()
        .request_items("Orders", keys().build()?)
        .request_items("Customers", keys().consistent_read(true).build()?);
    assert_eq!(guarded.outcome(get.send()).await, "passed");
    let put = PutRequest::builder().item("id", id()).build()?;
    let delete = DeleteRequest::builder().key("id", id()).build()?;
    let write = client
        .batch_write_item()
        .request_items(
            "Orders",
            vec![
                WriteRequest::builder().put_request(put).build(),
                WriteRequest::builder()
                    .delete_request(delete.clone())
                    .build(),
            ],
        )
        .request_items(
            "Customers",
            vec![WriteRequest::builder().delete_request(delete).build()],
        );
    assert_eq!(guarded.outcome(write.send()).await, "passed");
    Ok(())
}

#[tokio::test]
async fn declared_transactions_pass() -> Result<(), BuildError> {
    let guarded = Guarded::by(shop());
    let client = &guarded.client;
    let get = |table| Get::builder().table_name(table).key("id", id()).build();
    let gets = client
        .transact_get_items()
        .transact_items(TransactGetItem::builder().get(get("Orders")?).build())
        .transact_items(TransactGetItem::builder().get(get("Customers")?).build());
    assert_eq!(guarded.outcome(gets.send()).await, "passed");

    let put = Put::builder()
        .table_name("Orders")
        .item("id", id())
        .build()?;
    let update = Update::builder()
        .table_name("Customers")
        .key("id", id())
        .update_expression("SET a = :a")
        .expression_attribute_values(":a", id())
        .build()?;
    let delete = Delete::builder()
        .table_name("Orders")
        .key("id", id())
        .build()?;
    let check = ConditionCheck::builder()
        .table_name("Customers")
        .key("id", id())
        .condition_expression("attribute_exists(id)")
        .build()?;
    let item = TransactWriteItem::builder;
    let writes = client
        .transact_write_items()
        .transact_items(item().put(put).build())
        .transact_items(item().update(update).build())
        .transact_items(item().delete(delete).build())
        .transact_items(item().condition_check(check).build());
    assert_eq!(guarded.outcome(writes.send()).await, "passed");
    Ok(())
}
