//! What a recorder writes down of calls.

use middleware_tests::suite;
use serde::Deserialize;
use tower_harden::{
    Mode,
    dynamodb::{DynamoGuard, Recorder, TablePolicy},
};

use crate::{
    guarded::{Guarded, config},
    stub::Stub,
};

#[derive(Deserialize)]
struct Row {
    operation: String,
    body: String,
    expect: String,
}

fn recording() -> (Recorder, Guarded) {
    let recorder = Recorder::new();
    let guard = DynamoGuard::new(TablePolicy::new())
        .mode(Mode::Report)
        .record(recorder.clone());
    let stub = Stub::default();
    (recorder, Guarded::of(&guard, config(&stub), stub))
}

/// Bodies that the vectors let pass by some policy.
fn legitimate() -> Vec<Row> {
    let rows = suite::vectors::<Row>("dynamodb.jsonl").into_iter();
    rows.filter(|row| row.expect == "passed").collect()
}

#[tokio::test]
async fn what_was_recorded_is_what_the_declaration_allows() {
    let rows = legitimate();
    let (recorder, guarded) = recording();
    for row in &rows {
        let outcome = guarded.written(&row.operation, row.body.as_str()).await;
        assert_eq!(outcome, "passed", "recording lets through: {}", row.body);
    }
    let written = recorder.to_toml();
    let policy =
        TablePolicy::from_toml(&written).unwrap_or_else(|error| panic!("{error}\n{written}"));
    let enforced = Guarded::by(policy);
    for row in &rows {
        let outcome = enforced.written(&row.operation, row.body.as_str()).await;
        assert_eq!(outcome, "passed", "{}\n{written}", row.body);
    }
    let other =
        r#"{"TableName":"Orders","Key":{"id":{"S":"7"}},"UpdateExpression":"SET role = :r"}"#;
    assert_eq!(
        enforced.written("UpdateItem", other).await,
        "attribute UpdateItem Orders"
    );
}

#[tokio::test]
async fn a_recording_reads_as_a_declaration_does() {
    let (recorder, guarded) = recording();
    for (operation, body) in [
        (
            "GetItem",
            r##"{"TableName":"Orders","Key":{"tenant":{"S":"a"},"id":{"S":"7"}},"ProjectionExpression":"id, #s, address.city, lines[0].price","ExpressionAttributeNames":{"#s":"status"}}"##,
        ),
        (
            "Query",
            r#"{"TableName":"Orders","IndexName":"by_status","Limit":20,"ConsistentRead":true,"ProjectionExpression":"id","KeyConditionExpression":"tenant = :t AND id > :a","ExpressionAttributeValues":{":t":{"S":"a"}}}"#,
        ),
        (
            "TransactWriteItems",
            r#"{"TransactItems":[{"Put":{"Item":{"id":{"S":"7"},"a.b":{"M":{"c":{"S":"x"}}}},"TableName":"Ledger"}}]}"#,
        ),
        ("ListTables", "{}"),
    ] {
        assert_eq!(guarded.written(operation, body).await, "passed");
    }
    assert_eq!(
        recorder.to_rust(),
        r#"// Recorded: review each line. Whatever stands here may be done by whoever gets around a check.
TablePolicy::new()
    .account([Operation::ListTables])?
    .table("Ledger", |table| {
        table
            .allow([Operation::TransactWriteItems])
            .only_in_transaction([Operation::PutItem])
            .any_partition()
            .write([AttributePath::from("id"), AttributePath::name("a.b")])
    })?
    .table("Orders", |table| {
        table
            .allow([Operation::GetItem, Operation::Query])
            // The keys had id, tenant. Is one the partition key of a tenant or user? Then bind it: partition_key.
            .any_partition()
            .index("by_status")
            .read(["address.city", "id", "lines[].price", "status", "tenant"])
            .max_limit(20)
            .consistent_reads()
            .expressions(["id", "id, status, address.city, lines[0].price", "tenant = :v AND id > :v"])
    })?
"#
    );
    assert!(
        recorder
            .to_toml()
            .contains("only_in_transaction = [\"PutItem\"]")
    );
}

#[tokio::test]
async fn a_recorder_hears_what_is_denied_as_well() {
    let recorder = Recorder::new();
    let guard = DynamoGuard::new(TablePolicy::new()).record(recorder.clone());
    let stub = Stub::default();
    let guarded = Guarded::of(&guard, config(&stub), stub);
    let body = r#"{"TableName":"Orders","Key":{"id":{"S":"7"}}}"#;
    assert_eq!(
        guarded.written("DeleteItem", body).await,
        "table DeleteItem -"
    );
    assert!(recorder.to_rust().contains("Operation::DeleteItem"));
}
