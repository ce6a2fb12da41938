//! Indexes, wherever a request names them.

use tower_harden::dynamodb::Operation;

use crate::guarded::{Guarded, declare, shop};

#[tokio::test]
async fn an_index_that_the_table_does_not_declare_is_denied() {
    let guarded = Guarded::by(shop());
    for index in ["by_role", "by_name", "By_Status", "by_status ", "", "*"] {
        let query = guarded
            .client
            .query()
            .table_name("Orders")
            .index_name(index);
        assert_eq!(
            guarded.outcome(query.send()).await,
            "index Query Orders",
            "{index:?}"
        );
        let scan = guarded.client.scan().table_name("Orders").index_name(index);
        assert_eq!(
            guarded.outcome(scan.send()).await,
            "index Scan Orders",
            "{index:?}"
        );
    }
}

#[tokio::test]
async fn the_index_may_stand_before_the_table() {
    let guarded = Guarded::by(shop());
    for (body, outcome) in [
        (
            r#"{"TableName":"Orders","IndexName":"by_status"}"#,
            "passed",
        ),
        (
            r#"{"IndexName":"by_status","TableName":"Orders"}"#,
            "passed",
        ),
        (
            r#"{"TableName":"Orders","IndexName":"by_role"}"#,
            "index Query Orders",
        ),
        (
            r#"{"IndexName":"by_role","TableName":"Orders"}"#,
            "index Query Orders",
        ),
        // That of another table.
        (
            r#"{"IndexName":"by_name","TableName":"Orders"}"#,
            "index Query Orders",
        ),
        (
            r#"{"IndexName":"by_status","TableName":"Admins"}"#,
            "table Query -",
        ),
        (
            r#"{"IndexName":"by_status","TableName":"Audit"}"#,
            "operation Query Audit",
        ),
        (r#"{"IndexName":"by_status"}"#, "operation Query -"),
    ] {
        assert_eq!(guarded.written("Query", body).await, outcome, "{body}");
    }
}

#[tokio::test]
async fn an_index_deep_in_a_request_is_judged() {
    let guarded = Guarded::by(declare(|policy| {
        policy.table("Orders", |table| {
            table.allow([Operation::UpdateTable]).index("by_status")
        })
    }));
    let create = |index: &str| {
        format!(
            r#"{{"GlobalSecondaryIndexUpdates":[{{"Delete":{{"IndexName":"by_status"}}}},{{"Create":{{"IndexName":"{index}"}}}}],"TableName":"Orders"}}"#
        )
    };
    assert_eq!(
        guarded.written("UpdateTable", create("by_status")).await,
        "passed"
    );
    assert_eq!(
        guarded.written("UpdateTable", create("by_role")).await,
        "index UpdateTable Orders"
    );
}
