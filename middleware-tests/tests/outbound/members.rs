//! Members of a request: the known ones, in their shape, and nothing else.

use tower_harden::dynamodb::{Operation, Principal};

use crate::guarded::{Guarded, declare, free, shop};

#[tokio::test]
async fn a_member_that_is_not_known_is_denied() {
    let guarded = Guarded::by(shop());
    for (operation, body, outcome) in [
        (
            "GetItem",
            r#"{"TableName":"Orders","Key":{},"Extra":1}"#,
            "member GetItem Orders",
        ),
        (
            "GetItem",
            r#"{"Extra":1,"TableName":"Orders","Key":{}}"#,
            "member GetItem -",
        ),
        (
            "GetItem",
            r#"{"tableName":"Orders","Key":{}}"#,
            "member GetItem -",
        ),
        (
            "GetItem",
            r#"{"TableName ":"Orders","Key":{}}"#,
            "member GetItem -",
        ),
        ("GetItem", r#"{"":"Orders","Key":{}}"#, "member GetItem -"),
        // One of another operation.
        (
            "GetItem",
            r#"{"TableName":"Orders","IndexName":"by_status"}"#,
            "member GetItem Orders",
        ),
        (
            "BatchGetItem",
            r#"{"RequestItems":{"Orders":{"Keys":[],"Extra":1}}}"#,
            "member BatchGetItem Orders",
        ),
        (
            "BatchWriteItem",
            r#"{"RequestItems":{"Orders":[{"UpdateRequest":{}}]}}"#,
            "member BatchWriteItem Orders",
        ),
        (
            "TransactWriteItems",
            r#"{"TransactItems":[{"Put":{"TableName":"Orders","Extra":1}}]}"#,
            "member TransactWriteItems Orders",
        ),
        (
            "TransactWriteItems",
            r#"{"TransactItems":[{"Get":{"TableName":"Orders"}}]}"#,
            "member TransactWriteItems -",
        ),
    ] {
        assert_eq!(guarded.written(operation, body).await, outcome, "{body}");
    }
}

#[tokio::test]
async fn a_member_of_another_shape_is_denied() {
    let guarded = Guarded::by(shop());
    for (operation, body, outcome) in [
        ("GetItem", r#"{"TableName":null}"#, "member GetItem -"),
        ("GetItem", r#"{"TableName":7}"#, "member GetItem -"),
        ("GetItem", r#"{"TableName":["Orders"]}"#, "member GetItem -"),
        (
            "GetItem",
            r#"{"TableName":{"S":"Orders"}}"#,
            "member GetItem -",
        ),
        (
            "Query",
            r#"{"TableName":"Orders","IndexName":null}"#,
            "member Query Orders",
        ),
        (
            "Query",
            r#"{"TableName":"Orders","IndexName":["by_status"]}"#,
            "member Query Orders",
        ),
        (
            "Query",
            r#"{"TableName":"Orders","Limit":{"IndexName":"by_role"}}"#,
            "member Query Orders",
        ),
        (
            "BatchGetItem",
            r#"{"RequestItems":null}"#,
            "member BatchGetItem -",
        ),
        (
            "BatchGetItem",
            r#"{"RequestItems":[{"Orders":{}}]}"#,
            "member BatchGetItem -",
        ),
        (
            "BatchGetItem",
            r#"{"RequestItems":"Orders"}"#,
            "member BatchGetItem -",
        ),
        (
            "BatchGetItem",
            r#"{"RequestItems":{"Orders":[{"Keys":[]}]}}"#,
            "member BatchGetItem Orders",
        ),
        (
            "BatchWriteItem",
            r#"{"RequestItems":{"Orders":{"PutRequest":{}}}}"#,
            "member BatchWriteItem Orders",
        ),
        (
            "TransactGetItems",
            r#"{"TransactItems":{"Get":{"TableName":"Orders"}}}"#,
            "member TransactGetItems -",
        ),
        (
            "TransactGetItems",
            r#"{"TransactItems":[[{"Get":{"TableName":"Orders"}}]]}"#,
            "member TransactGetItems -",
        ),
        ("GetItem", r#"[{"TableName":"Orders"}]"#, "member GetItem -"),
        ("GetItem", r#""Orders""#, "member GetItem -"),
        ("GetItem", "null", "member GetItem -"),
    ] {
        assert_eq!(guarded.written(operation, body).await, outcome, "{body}");
    }
}

#[tokio::test]
async fn data_of_the_caller_names_no_tables() {
    let guarded = Guarded::by(shop());
    let body = r#"{"TableName":"Orders","Item":{"TableName":{"S":"Admins"},"IndexName":{"M":{"ResourceArn":{"SS":["arn:aws:dynamodb:::table/x"]}}},"":{"NULL":true},"Extra":{"N":"1"}}}"#;
    assert_eq!(guarded.written("PutItem", body).await, "passed");
}

#[tokio::test]
async fn the_table_is_not_taken_from_data_of_the_caller() {
    let guarded = Guarded::by(shop());
    let body = r#"{"Item":{"TableName":{"S":"Orders"}}}"#;
    assert_eq!(
        guarded.written("PutItem", body).await,
        "operation PutItem -"
    );
}

/// They are conditions and projections by another name, and the guard judges neither.
#[tokio::test]
async fn legacy_members_are_denied_unless_they_are_declared() {
    let guarded = Guarded::by(shop());
    let members = [
        "AttributeUpdates",
        "AttributesToGet",
        "ConditionalOperator",
        "Expected",
        "KeyConditions",
        "QueryFilter",
        "ScanFilter",
    ];
    let allowing = Guarded::by(declare(|policy| {
        policy.table("Orders", |table| {
            free(table).legacy(members).allow([
                Operation::GetItem,
                Operation::PutItem,
                Operation::DeleteItem,
                Operation::UpdateItem,
                Operation::Query,
                Operation::Scan,
            ])
        })
    }));
    for (operation, member) in [
        ("GetItem", r#""AttributesToGet":["id"]"#),
        ("PutItem", r#""Expected":{"id":{"Exists":false}}"#),
        ("DeleteItem", r#""ConditionalOperator":"OR""#),
        (
            "UpdateItem",
            r#""AttributeUpdates":{"a":{"Action":"PUT","Value":{"S":"b"}}}"#,
        ),
        (
            "Query",
            r#""KeyConditions":{"id":{"ComparisonOperator":"EQ","AttributeValueList":[{"S":"7"}]}}"#,
        ),
        (
            "Query",
            r#""QueryFilter":{"a":{"ComparisonOperator":"NULL"}}"#,
        ),
        (
            "Scan",
            r#""ScanFilter":{"a":{"ComparisonOperator":"NULL"}}"#,
        ),
    ] {
        let body = format!(r#"{{"TableName":"Orders",{member}}}"#);
        assert_eq!(
            guarded.written(operation, body.clone()).await,
            format!("member {operation} Orders"),
            "{member}"
        );
        assert_eq!(
            allowing.written(operation, body).await,
            "passed",
            "{member}"
        );
    }
}

/// One of the two would be passed over, and it may be the one that was judged.
#[tokio::test]
async fn legacy_members_are_denied_beside_expressions() {
    let guarded = Guarded::by(declare(|policy| {
        policy.table("Orders", |table| {
            table
                .any_partition()
                .read(["id"])
                .legacy(["AttributesToGet", "KeyConditions"])
                .allow([Operation::GetItem, Operation::Query])
        })
    }));
    let keys =
        r#""KeyConditions":{"id":{"ComparisonOperator":"EQ","AttributeValueList":[{"S":"7"}]}}"#;
    for (operation, members, outcome) in [
        (
            "GetItem",
            r#""AttributesToGet":["id"]"#.to_owned(),
            "passed",
        ),
        (
            "GetItem",
            r#""AttributesToGet":["id"],"ProjectionExpression":"id""#.to_owned(),
            "member GetItem Orders",
        ),
        (
            "Query",
            format!(r#""AttributesToGet":["id"],{keys}"#),
            "passed",
        ),
        (
            "Query",
            format!(r#""ProjectionExpression":"id",{keys}"#),
            "member Query Orders",
        ),
    ] {
        let body = format!(r#"{{"TableName":"Orders",{members}}}"#);
        assert_eq!(guarded.written(operation, body).await, outcome, "{members}");
    }
}

/// Each comparison of a key looks for its value among them.
#[tokio::test]
async fn a_query_has_no_more_values_than_its_expressions_can_use() {
    let guarded = Guarded::by(declare(|policy| {
        policy.table("Orders", |table| {
            table
                .partition_key("tenant")
                .read(["id"])
                .allow([Operation::Query])
        })
    }))
    .with_principal(Principal::new("a"));
    for (count, outcome) in [(4_096, "passed"), (4_097, "expression Query Orders")] {
        let values: Vec<_> = (1..=count)
            .map(|place| format!(r#"":v{place}":{{"S":"a"}}"#))
            .collect();
        let body = format!(
            r#"{{"TableName":"Orders","ProjectionExpression":"id","KeyConditionExpression":"tenant = :v{count}","ExpressionAttributeValues":{{{}}}}}"#,
            values.join(",")
        );
        assert_eq!(guarded.written("Query", body).await, outcome, "{count}");
    }
}
