//! Batches and transactions, which are denied as a whole.

use crate::guarded::{Guarded, shop};

/// Operations on several tables, each with a body that has `{}` where its second table stands.
const SEVERAL: &[(&str, &str)] = &[
    (
        "BatchGetItem",
        r#"{"RequestItems":{"Orders":{"Keys":[{"id":{"S":"7"}}]},"{}":{"Keys":[{"id":{"S":"7"}}]}}}"#,
    ),
    (
        "BatchWriteItem",
        r#"{"RequestItems":{"Orders":[{"DeleteRequest":{"Key":{"id":{"S":"7"}}}}],"{}":[{"PutRequest":{"Item":{"id":{"S":"7"}}}}]}}"#,
    ),
    (
        "TransactGetItems",
        r#"{"TransactItems":[{"Get":{"Key":{"id":{"S":"7"}},"TableName":"Orders"}},{"Get":{"Key":{"id":{"S":"7"}},"TableName":"{}"}}]}"#,
    ),
    (
        "TransactWriteItems",
        r#"{"TransactItems":[{"Put":{"Item":{"id":{"S":"7"}},"TableName":"Orders"}},{"ConditionCheck":{"Key":{"id":{"S":"7"}},"TableName":"{}","ConditionExpression":"attribute_exists(id)"}}]}"#,
    ),
    (
        "TransactWriteItems",
        r#"{"TransactItems":[{"Update":{"Key":{"id":{"S":"7"}},"TableName":"{}","UpdateExpression":"SET a = :a"}},{"Delete":{"Key":{"id":{"S":"7"}},"TableName":"Orders"}}]}"#,
    ),
    (
        "TransactWriteItems",
        r#"{"TransactItems":[{"Put":{"Item":{"id":{"S":"7"}},"TableName":"Orders"},"Delete":{"Key":{"id":{"S":"7"}},"TableName":"{}"}}]}"#,
    ),
];

#[tokio::test]
async fn each_table_has_to_be_declared() {
    let guarded = Guarded::by(shop());
    for (operation, body) in SEVERAL {
        for (table, outcome) in [
            ("Customers", "passed".to_owned()),
            ("Admins", format!("table {operation} -")),
            (
                "arn:aws:dynamodb:eu-west-1:666666666666:table/Customers",
                format!("table {operation} -"),
            ),
        ] {
            let body = body.replace("{}", table);
            assert_eq!(guarded.written(operation, &*body).await, outcome, "{body}");
        }
    }
}

#[tokio::test]
async fn each_table_has_to_declare_the_operation() {
    let guarded = Guarded::by(shop());
    for (operation, body) in SEVERAL {
        // On this one a single item may be put.
        let body = body.replace("{}", "Audit");
        let outcome = format!("operation {operation} Audit");
        assert_eq!(guarded.written(operation, &*body).await, outcome, "{body}");
    }
}

#[tokio::test]
async fn an_empty_batch_is_denied() {
    let guarded = Guarded::by(shop());
    for (operation, body) in [
        ("BatchGetItem", r#"{"RequestItems":{}}"#),
        ("BatchWriteItem", r#"{"RequestItems":{}}"#),
        ("TransactGetItems", r#"{"TransactItems":[]}"#),
        ("TransactWriteItems", r#"{"TransactItems":[{}]}"#),
    ] {
        let outcome = format!("operation {operation} -");
        assert_eq!(guarded.written(operation, body).await, outcome, "{body}");
    }
}
