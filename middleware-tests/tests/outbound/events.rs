//! One event for each denied call.

use middleware_tests::log::Log;

use crate::{
    edit::to,
    guarded::{Guarded, id, shop},
};

#[tokio::test]
async fn one_event_tells_of_a_denied_call() {
    let guarded = Guarded::by(shop());
    let client = &guarded.client;
    let log = Log::record();

    let scan = client.scan().table_name("Admins");
    guarded.denial(scan.send()).await;
    let event = r#"tower_harden message=DynamoDB call denied kind="table" operation="Scan" mode="enforce" "#;
    assert_eq!(log.take(), [event]);

    let delete = client.delete_table().table_name("Orders");
    guarded.denial(delete.send()).await;
    let event = r#"tower_harden message=DynamoDB call denied kind="operation" operation="DeleteTable" table="Orders" mode="enforce" "#;
    assert_eq!(log.take(), [event]);

    let list = client.list_tables();
    guarded.denial(list.send()).await;
    let event = r#"tower_harden message=DynamoDB call denied kind="operation" operation="ListTables" mode="enforce" "#;
    assert_eq!(log.take(), [event]);

    assert_eq!(guarded.written("Unknown", "{}").await, "operation - -");
    let event = r#"tower_harden message=DynamoDB call denied kind="operation" mode="enforce" "#;
    assert_eq!(log.take(), [event]);
}

#[tokio::test]
async fn one_event_tells_of_a_call_that_was_changed() {
    let guarded = Guarded::by(shop());
    let log = Log::record();
    let get = guarded.client.get_item().table_name("Orders");
    let call = get.key("id", id()).customize();
    let call = call.mutate_request(|request| to(request, "https://evil.example/"));
    guarded.denial(call.send()).await;
    let event = r#"tower_harden message=DynamoDB call denied kind="endpoint" operation="GetItem" mode="enforce" "#;
    assert_eq!(log.take(), [event]);
}

#[tokio::test]
async fn nothing_is_told_of_what_passes() {
    let guarded = Guarded::by(shop());
    let log = Log::record();
    let get = guarded.client.get_item().table_name("Orders");
    assert_eq!(guarded.outcome(get.key("id", id()).send()).await, "passed");
    assert_eq!(log.take(), [""; 0]);
}
