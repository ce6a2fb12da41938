//! Requests that cannot be read in one way, and such as look strange and can.

use std::collections::HashMap;

use aws_sdk_dynamodb::types::AttributeValue;

use crate::{
    guarded::{Guarded, shop},
    written::Written,
};

#[tokio::test]
async fn a_body_that_can_be_read_in_two_ways_is_denied() {
    let guarded = Guarded::by(shop());
    for body in [
        r#"{"TableName":"Orders","TableName":"Admins"}"#,
        r#"{"TableName":"Orders","TableName":"Orders"}"#,
        r#"{"TableName":"Orders","\u0054ableName":"Admins"}"#,
        r#"{"TableName":"Orders","Key":{"id":{"S":"7"},"id":{"S":"8"}}}"#,
        r#"{"TableName":"Orders","Key":{"id":{"S":"7","S":"8"}}}"#,
    ] {
        assert_eq!(
            guarded.written("GetItem", body).await,
            "unreadable GetItem Orders",
            "{body}"
        );
    }
    let body = r#"{"RequestItems":{"Orders":{"Keys":[]},"Orders":{"Keys":[]}}}"#;
    assert_eq!(
        guarded.written("BatchGetItem", body).await,
        "unreadable BatchGetItem Orders"
    );
}

#[tokio::test]
async fn a_body_that_is_not_json_is_denied() {
    let guarded = Guarded::by(shop());
    let bodies: &[&[u8]] = &[
        b"",
        b" ",
        b"{",
        br#"{"TableName":"Orders""#,
        br#"{"TableName":"Orders"}}"#,
        br#"{"TableName":"Orders"}{}"#,
        br#"{"TableName":"Orders",}"#,
        br#"{"TableName":'Orders'}"#,
        br#"{TableName:"Orders"}"#,
        br#"{"TableName":"Orders"/**/}"#,
        br#"{"TableName":"Orders","Key":NaN}"#,
        b"{\"TableName\":\"Orders\n\"}",
        b"\xef\xbb\xbf{\"TableName\":\"Orders\"}",
        b"{\"TableName\":\"Orders\xff\"}",
        b"{\"TableName\":\"\\ud800\"}",
        b"{\0\"\0T\0",
        b"TableName=Orders",
    ];
    for body in bodies {
        assert_eq!(
            guarded.written("GetItem", *body).await,
            "unreadable GetItem -",
            "{}",
            body.escape_ascii()
        );
    }
}

#[tokio::test]
async fn what_is_nested_deeper_than_items_can_be_is_denied() {
    let guarded = Guarded::by(shop());
    let nested = |depth| {
        let (open, close) = (r#"{"M":{"a":"#.repeat(depth), "}}".repeat(depth));
        format!(r#"{{"TableName":"Orders","Item":{{"a":{open}{{"S":"b"}}{close}}}}}"#)
    };
    assert_eq!(guarded.written("PutItem", nested(32)).await, "passed");
    assert_eq!(
        guarded.written("PutItem", nested(100)).await,
        "unreadable PutItem -"
    );
}

#[tokio::test]
async fn a_body_that_is_not_in_memory_is_denied() {
    let guarded = Guarded::by(shop());
    let request = Written {
        targets: vec!["DynamoDB_20120810.GetItem".to_owned()],
        body: None,
    };
    assert_eq!(guarded.sends(request).await, "unreadable - -");
}

#[tokio::test]
async fn a_request_without_one_target_of_this_version_is_denied() {
    let guarded = Guarded::by(shop());
    let targets: &[&[&str]] = &[
        &[],
        &["GetItem"],
        &["DynamoDB_20111205.GetItem"],
        &["dynamodb_20120810.GetItem"],
        &["DynamoDBStreams_20120810.GetRecords"],
        &["DynamoDB_20120810.GetItem", "DynamoDB_20120810.GetItem"],
        &["DynamoDB_20120810.GetItem", "DynamoDB_20120810.Scan"],
        &["DynamoDB_20120810.GetItem", ""],
    ];
    for targets in targets {
        let request = Written {
            targets: targets.iter().map(|&target| target.to_owned()).collect(),
            body: Some(br#"{"TableName":"Orders"}"#.to_vec()),
        };
        assert_eq!(
            guarded.sends(request).await,
            "unreadable - -",
            "{targets:?}"
        );
    }
}

#[tokio::test]
async fn any_text_and_any_size_of_data_passes() {
    let guarded = Guarded::by(shop());
    let text = "\0\u{1}\t\r\n\"\\/\u{7f}\u{2028}\u{fffd}\u{ffff}\u{10ffff}' {}[]:,";
    let item = HashMap::from([
        ("$serde_json::private::Number".to_owned(), s(text)),
        (text.to_owned(), s("")),
        ("large".to_owned(), s(&"x".repeat(400_000))),
        ("number".to_owned(), AttributeValue::N("9".repeat(38))),
        ("null".to_owned(), AttributeValue::Null(true)),
        ("bytes".to_owned(), AttributeValue::B(vec![0, 255].into())),
        ("list".to_owned(), AttributeValue::L(vec![s("a"); 5_000])),
    ]);
    let put = guarded.client.put_item().table_name("Orders");
    assert_eq!(
        guarded.outcome(put.set_item(Some(item)).send()).await,
        "passed"
    );
}

fn s(text: &str) -> AttributeValue {
    AttributeValue::S(text.to_owned())
}
