//! What a denial tells, and what it never does.

use std::error::Error;

use aws_sdk_dynamodb::{
    config::Builder,
    error::{DisplayErrorContext, SdkError},
    types::AttributeValue,
};
use middleware_tests::log::Log;

use crate::{
    edit::to,
    guarded::{Guarded, declare, found, free, id, shop},
    written::Written,
};
use tower_harden::dynamodb::Operation;

#[tokio::test]
async fn a_denial_says_what_was_denied_and_why() {
    let guarded = Guarded::by(shop());
    let client = &guarded.client;
    let told = |error: &(dyn Error + 'static)| found(error).to_string();

    let error = guarded.denial(client.scan().table_name("Admins").send());
    assert_eq!(
        told(&error.await),
        "DynamoDB Scan denied: the table is not declared"
    );
    let error = guarded.denial(client.delete_table().table_name("Orders").send());
    assert_eq!(
        told(&error.await),
        "DynamoDB DeleteTable on Orders denied: the operation is not declared"
    );
    let query = client.query().table_name("Orders").index_name("by_role");
    assert_eq!(
        told(&guarded.denial(query.send()).await),
        "DynamoDB Query on Orders denied: the index is not declared"
    );
    let error = guarded.denial(client.execute_statement().statement("SELECT 1").send());
    assert_eq!(
        told(&error.await),
        "DynamoDB ExecuteStatement denied: the statement is not declared"
    );
    let get = client.get_item().table_name("Orders").key("id", id());
    let call = get.clone().customize();
    let call = call.mutate_request(|request| to(request, "https://evil.example/"));
    assert_eq!(
        told(&guarded.denial(call.send()).await),
        "DynamoDB GetItem denied: the endpoint is not declared"
    );
    let call = get.customize().mutate_request(|request| {
        request.headers_mut().remove("x-amz-target");
    });
    assert_eq!(
        told(&guarded.denial(call.send()).await),
        "DynamoDB GetItem denied: the request was changed after it was decided on"
    );
}

#[tokio::test]
async fn a_denial_says_so_where_nothing_is_known() {
    let guarded = Guarded::by(shop());
    let rows = [
        (
            "DynamoDB_20120810.Unknown",
            "{}",
            "DynamoDB request denied: the operation is not declared",
        ),
        (
            "Unknown",
            "{}",
            "DynamoDB request denied: the request cannot be read",
        ),
        (
            "DynamoDB_20120810.GetItem",
            "{",
            "DynamoDB GetItem denied: the request cannot be read",
        ),
    ];
    for (target, body, text) in rows {
        let request = Written {
            targets: vec![target.to_owned()],
            body: Some(body.into()),
        };
        let call = guarded.client.list_tables().customize();
        let error = guarded.denial(call.interceptor(request).send()).await;
        assert_eq!(found(&error).to_string(), text);
    }
}

#[tokio::test]
async fn it_is_the_end_of_the_chain() {
    let guarded = Guarded::by(shop());
    let error = guarded.denial(guarded.client.scan().table_name("Admins").send());
    assert!(found(&error.await).source().is_none());
}

/// Text that a client may put anywhere and that must come back nowhere.
const MARK: &str = "zqxjkv";

/// Fails where the denial, the error around it or the log repeats the mark.
fn unmarked<E: Error + 'static>(log: &Log, error: &SdkError<E>) {
    let events = log.take();
    assert_eq!(events.len(), 1, "{events:?}");
    let denied = found(error);
    let chain = DisplayErrorContext(error);
    let shown = format!("{denied} {denied:?} {chain} {error:?} {events:?}");
    assert!(!shown.contains(MARK), "{shown}");
}

#[tokio::test]
async fn nothing_of_a_call_is_repeated() {
    let log = Log::record();
    let guarded = Guarded::by(shop());
    let client = &guarded.client;
    unmarked(
        &log,
        &guarded.denial(client.scan().table_name(MARK).send()).await,
    );
    let arn = format!("arn:aws:dynamodb:eu-west-1:111122223333:table/{MARK}");
    let scan = client.scan().table_name(&arn);
    unmarked(&log, &guarded.denial(scan.send()).await);
    let tag = client.tag_resource().resource_arn(arn);
    unmarked(&log, &guarded.denial(tag.send()).await);
    let query = client.query().table_name("Orders").index_name(MARK);
    unmarked(&log, &guarded.denial(query.send()).await);
    let value = AttributeValue::S(MARK.to_owned());
    let put = client.put_item().table_name("Admins").item(MARK, value);
    unmarked(&log, &guarded.denial(put.send()).await);
    let statement = client.execute_statement().statement(MARK);
    unmarked(&log, &guarded.denial(statement.send()).await);
}

#[tokio::test]
async fn nothing_of_a_request_is_repeated() {
    let log = Log::record();
    let guarded = Guarded::by(shop());
    let get = "DynamoDB_20120810.GetItem";
    for (target, body) in [
        (MARK.to_owned(), "{}".to_owned()),
        (format!("DynamoDB_20120810.{MARK}"), "{}".to_owned()),
        (get.to_owned(), MARK.to_owned()),
        (get.to_owned(), format!(r#"{{"{MARK}":1}}"#)),
        (
            get.to_owned(),
            format!(r#"{{"TableName":"Orders","{MARK}":1}}"#),
        ),
        (get.to_owned(), format!(r#"{{"TableName":["{MARK}"]}}"#)),
        (
            get.to_owned(),
            format!(r#"{{"Key":{{"{MARK}":1,"{MARK}":2}}}}"#),
        ),
    ] {
        let request = Written {
            targets: vec![target],
            body: Some(body.into_bytes()),
        };
        let call = guarded.client.list_tables().customize();
        unmarked(
            &log,
            &guarded.denial(call.interceptor(request).send()).await,
        );
    }
}

#[tokio::test]
async fn nothing_of_an_address_is_repeated() {
    let log = Log::record();
    let guarded = Guarded::by(shop());
    let get = guarded.client.get_item().table_name("Orders");
    let other = Builder::new().endpoint_url(format!("https://{MARK}.example/{MARK}"));
    let call = get.key("id", id()).customize().config_override(other);
    unmarked(&log, &guarded.denial(call.send()).await);
}

#[tokio::test]
async fn what_the_policy_declares_is_told() {
    let policy =
        declare(|policy| policy.table(MARK, |table| free(table).allow([Operation::GetItem])));
    let guarded = Guarded::by(policy);
    let error = guarded.denial(guarded.client.scan().table_name(MARK).send());
    let error = error.await;
    let table = found(&error).table().map(ToString::to_string);
    assert_eq!(table.as_deref(), Some(MARK));
}
