//! Tables by another name.

use aws_sdk_dynamodb::{
    error::BuildError,
    types::{Get, KeysAndAttributes, TransactGetItem},
};

use crate::guarded::{Guarded, id, only, shop};
use tower_harden::dynamodb::Operation;

/// What is not the name of a declared table, though `Orders` is one.
const OTHERS: &[&str] = &[
    "Admins",
    "orders",
    "ORDERS",
    "Order",
    "Orderss",
    "Orders ",
    " Orders",
    "Orders\0",
    "\0Orders",
    "Orders\n",
    "\u{feff}Orders",
    "Оrders",
    "Orders/index/by_status",
    "table/Orders",
    "Orders.",
    "Orders*",
    "*",
    "arn:aws:dynamodb:eu-west-1:111122223333:table/Orders",
    "ARN:AWS:DYNAMODB:EU-WEST-1:111122223333:TABLE/ORDERS",
    "Arn:aws:dynamodb:eu-west-1:111122223333:table/Orders",
    "arn:aws:dynamodb:eu-west-1:666666666666:table/Orders",
    "arn:aws:dynamodb:eu-west-1:evilacct:table/Orders",
    "arn:aws:dynamodb:us-east-1:111122223333:table/Orders",
    "arn:aws-cn:dynamodb:cn-north-1:111122223333:table/Orders",
    "arn:aws-us-gov:dynamodb:us-gov-west-1:111122223333:table/Orders",
    "arn:aws:dynamodb:::table/Orders",
    "arn:aws:dynamodb:eu-west-1:111122223333:table/Orders/index/by_status",
    "arn:aws:dynamodb:eu-west-1:111122223333:table:Orders",
    " arn:aws:dynamodb:eu-west-1:111122223333:table/Orders",
    "arn%3Aaws%3Adynamodb%3Aeu-west-1%3A111122223333%3Atable%2FOrders",
];

#[tokio::test]
async fn only_the_bare_name_as_it_was_declared_names_a_table() {
    let guarded = Guarded::by(shop());
    for name in OTHERS {
        let get = guarded.client.get_item().table_name(*name).key("id", id());
        assert_eq!(
            guarded.outcome(get.send()).await,
            "table GetItem -",
            "{name:?}"
        );
    }
}

#[tokio::test]
async fn that_holds_where_tables_are_the_keys_of_a_map() -> Result<(), BuildError> {
    let guarded = Guarded::by(shop());
    for name in OTHERS {
        let keys = KeysAndAttributes::builder().keys([("id".to_owned(), id())].into());
        let get = guarded
            .client
            .batch_get_item()
            .request_items(*name, keys.build()?);
        assert_eq!(
            guarded.outcome(get.send()).await,
            "table BatchGetItem -",
            "{name:?}"
        );
    }
    Ok(())
}

#[tokio::test]
async fn that_holds_where_tables_are_in_a_list() -> Result<(), BuildError> {
    let guarded = Guarded::by(shop());
    for name in OTHERS {
        let get = Get::builder().table_name(*name).key("id", id()).build()?;
        let item = TransactGetItem::builder().get(get).build();
        let get = guarded.client.transact_get_items().transact_items(item);
        assert_eq!(
            guarded.outcome(get.send()).await,
            "table TransactGetItems -",
            "{name:?}"
        );
    }
    Ok(())
}

#[tokio::test]
async fn no_table_and_a_table_without_a_name_are_denied() {
    let guarded = Guarded::by(shop());
    for (body, outcome) in [
        (r#"{"Key":{"id":{"S":"7"}}}"#, "operation GetItem -"),
        ("{}", "operation GetItem -"),
        (r#"{"TableName":""}"#, "table GetItem -"),
    ] {
        assert_eq!(guarded.written("GetItem", body).await, outcome, "{body}");
    }
    // The SDK does not even begin these.
    let get = guarded.client.get_item().key("id", id());
    for call in [get.clone(), get.table_name("")] {
        call.send().await.expect_err("a table is missing");
        assert_eq!(guarded.sent().len(), 0);
    }
}

#[tokio::test]
async fn an_operation_that_the_table_does_not_declare_is_denied() {
    let guarded = Guarded::by(shop());
    let client = &guarded.client;
    let get = client.get_item().table_name("Audit").key("id", id());
    assert_eq!(guarded.outcome(get.send()).await, "operation GetItem Audit");
    let delete = client.delete_table().table_name("Orders");
    assert_eq!(
        guarded.outcome(delete.send()).await,
        "operation DeleteTable Orders"
    );
}

#[tokio::test]
async fn what_restores_a_table_needs_both_of_its_tables() {
    let restore = Operation::RestoreTableToPointInTime;
    let guarded = Guarded::by(only("Orders", restore));
    let call = guarded
        .client
        .restore_table_to_point_in_time()
        .source_table_name("Orders");
    assert_eq!(
        guarded
            .outcome(call.clone().target_table_name("Copies").send())
            .await,
        "table RestoreTableToPointInTime -"
    );
    assert_eq!(
        guarded
            .outcome(call.target_table_name("Orders").send())
            .await,
        "passed"
    );
}

#[tokio::test]
async fn every_page_of_a_paginator_is_decided_on() {
    let guarded = Guarded::by(shop());
    let mut allowed = guarded
        .client
        .scan()
        .table_name("Orders")
        .into_paginator()
        .send();
    let page = async { allowed.next().await.expect("a page") };
    assert_eq!(guarded.outcome(page).await, "passed");
    let mut denied = guarded
        .client
        .scan()
        .table_name("Admins")
        .into_paginator()
        .send();
    let page = async { denied.next().await.expect("a page") };
    assert_eq!(guarded.outcome(page).await, "table Scan -");
}
