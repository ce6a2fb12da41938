//! What is sent is what was decided on, whoever changes it in between.

use std::convert::Infallible;

use aws_sdk_dynamodb::config::Builder;
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_types::body::SdkBody;
use http::HeaderValue;
use http_body_util::Full;

use crate::{
    edit::{Edit, Hook, to},
    guarded::{Guarded, id, shop},
};

type Row = (&'static str, fn(&mut HttpRequest));

fn body(request: &mut HttpRequest, body: impl Into<SdkBody>) {
    *request.body_mut() = body.into();
}

/// What was decided on is not what is sent.
const CONTENTS: &[Row] = &[
    ("another table", |request| {
        body(request, r#"{"TableName":"Admins","Key":{"id":{"S":"7"}}}"#);
    }),
    ("another declared table", |request| {
        body(
            request,
            r#"{"TableName":"Customers","Key":{"id":{"S":"7"}}}"#,
        );
    }),
    ("another key of the same length", |request| {
        body(request, r#"{"TableName":"Orders","Key":{"id":{"S":"8"}}}"#);
    }),
    ("a space more", |request| {
        body(request, r#"{"TableName":"Orders","Key":{"id":{"S":"7"}}} "#);
    }),
    ("no body", |request| body(request, "")),
    ("a body that was taken", |request| {
        body(request, SdkBody::taken());
    }),
    ("a body that cannot be compared", |request| {
        let same = r#"{"TableName":"Orders","Key":{"id":{"S":"7"}}}"#;
        body(request, SdkBody::from_body_1_x(Full::from(same)));
    }),
    ("another declared operation", |request| {
        request
            .headers_mut()
            .insert("x-amz-target", "DynamoDB_20120810.Scan");
    }),
    ("another version", |request| {
        request
            .headers_mut()
            .insert("x-amz-target", "DynamoDB_20111205.GetItem");
    }),
    ("no operation", |request| {
        request.headers_mut().remove("x-amz-target");
    }),
    ("a second operation", |request| {
        request
            .headers_mut()
            .append("x-amz-target", "DynamoDB_20120810.DeleteItem");
    }),
    ("the operation twice", |request| {
        request
            .headers_mut()
            .append("X-Amz-Target", "DynamoDB_20120810.GetItem");
    }),
];

/// It is sent elsewhere.
const ADDRESSES: &[&str] = &[
    "https://evil.example/",
    "http://169.254.169.254/",
    "http://dynamodb.eu-west-1.amazonaws.com/",
    "ftp://dynamodb.eu-west-1.amazonaws.com/",
    "https://dynamodb.eu-west-1.amazonaws.com:8443/",
    "https://dynamodb.eu-west-1.amazonaws.com:https/",
    "https://dynamodb.eu-west-1.amazonaws.com.evil.example/",
    "https://evil-dynamodb.eu-west-1.amazonaws.com/",
    "https://evil.dynamodb.eu-west-1.amazonaws.com/",
    "https://dynamodb.eu-west-1.amazonaws.com./",
    "https://dynamodb.eu-west-1.evil.example/",
    "https://dynamodb.eu-west-1x.amazonaws.com/",
    "https://dynamodb.us-east-1.amazonaws.com/",
    "https://dynamodb.amazonaws.com/",
    "https://kinesis.eu-west-1.amazonaws.com/",
    "https://streams.dynamodb.eu-west-1.amazonaws.com/",
    // The account that an ARN names.
    "https://evilacct.ddb.eu-west-1.amazonaws.com/",
    "https://evil@dynamodb.eu-west-1.amazonaws.com/",
    "https://a:b@dynamodb.eu-west-1.amazonaws.com/",
    "https://dynamodb.eu-west-1.amazonaws.com@evil.example/",
    "https://dynamodb.eu-west-1.amazonaws.com:443@evil.example/",
    "https://dynamodb.eu-west-1.amazonaws.com/latest/meta-data",
    "https://dynamodb.eu-west-1.amazonaws.com//",
    "https://dynamodb.eu-west-1.amazonaws.com/?Action=Scan",
];

/// `Host` headers that name another one, for whatever forwards the request.
const HOSTS: &[&[&str]] = &[
    &["evil.example"],
    &[""],
    &["dynamodb.us-east-1.amazonaws.com"],
    &["dynamodb.eu-west-1.amazonaws.com:8443"],
    &["dynamodb.eu-west-1.amazonaws.com", "evil.example"],
    &["evil.example", "dynamodb.eu-west-1.amazonaws.com"],
];

#[tokio::test]
async fn contents_that_were_changed_are_not_sent() {
    for (what, change) in CONTENTS {
        let early = edited(Edit::new(Hook::RetryLoop, change)).await;
        assert_eq!(early, "changed GetItem -", "{what}");
        for outcome in changed(change).await {
            assert_eq!(outcome, "changed GetItem -", "{what}");
        }
    }
}

#[tokio::test]
async fn an_address_that_was_changed_is_not_sent_to() {
    for uri in ADDRESSES {
        for outcome in changed(|request| to(request, uri)).await {
            assert_eq!(outcome, "endpoint GetItem -", "{uri}");
        }
    }
}

#[tokio::test]
async fn a_host_header_names_the_host_that_is_sent_to() {
    for hosts in HOSTS {
        let change = |request: &mut HttpRequest| {
            for host in *hosts {
                request.headers_mut().append("host", *host);
            }
        };
        for outcome in changed(change).await {
            assert_eq!(outcome, "endpoint GetItem -", "{hosts:?}");
        }
    }
}

/// The signer of the SDK panics where it stands earlier.
#[tokio::test]
async fn an_address_that_was_taken_away_is_not_sent_to() {
    let nowhere = Edit::new(Hook::Transmit, |request: &mut HttpRequest| to(request, "/"));
    assert_eq!(edited(nowhere).await, "endpoint GetItem -");
}

/// The outcomes of an allowed call that is changed in each of the ways there are.
async fn changed(change: impl Fn(&mut HttpRequest) + Copy + Send + Sync + 'static) -> Vec<String> {
    let mut outcomes = vec![
        edited(Edit::new(Hook::Signing, change)).await,
        edited(Edit::new(Hook::Transmit, change)).await,
    ];
    let guarded = Guarded::by(shop());
    let get = guarded.client.get_item().table_name("Orders");
    let mutated = get.clone().key("id", id()).customize();
    let mutated = mutated.mutate_request(change);
    outcomes.push(guarded.outcome(mutated.send()).await);
    let mapped = get
        .key("id", id())
        .customize()
        .map_request(move |mut request| {
            change(&mut request);
            Ok::<_, Infallible>(request)
        });
    outcomes.push(guarded.outcome(mapped.send()).await);
    outcomes
}

/// The outcome of an allowed call with this interceptor, wherever it is put.
async fn edited(edit: Edit<impl Fn(&mut HttpRequest) + Copy + Send + Sync + 'static>) -> String {
    let guarded = Guarded::by(shop());
    let get = guarded.client.get_item().table_name("Orders");
    let call = get.clone().key("id", id()).customize().interceptor(edit);
    let outcome = guarded.outcome(call.send()).await;
    let call = get.key("id", id()).customize();
    let call = call.config_override(Builder::new().interceptor(edit));
    assert_eq!(guarded.outcome(call.send()).await, outcome);
    outcome
}

/// The headers of the SDK hand out no value that is not UTF-8.
#[tokio::test]
async fn a_second_operation_that_is_no_text_is_seen() {
    let guarded = Guarded::by(shop());
    let get = guarded.client.get_item().table_name("Orders");
    let call = get
        .key("id", id())
        .customize()
        .map_request(|request: HttpRequest| {
            let mut request = request.try_into_http1x()?;
            let target = HeaderValue::from_bytes(b"DynamoDB_20120810.Scan\xff").expect("a value");
            request.headers_mut().append("x-amz-target", target);
            HttpRequest::try_from(request)
        });
    assert_eq!(guarded.outcome(call.send()).await, "changed GetItem -");
}

#[tokio::test]
async fn what_others_add_to_a_request_passes() {
    let guarded = Guarded::by(shop());
    let rows: [Row; 5] = [
        ("nothing", |_| {}),
        ("a header", |request| {
            request.headers_mut().insert("x-trace-id", "7");
        }),
        ("the same body", |request| {
            body(request, r#"{"TableName":"Orders","Key":{"id":{"S":"7"}}}"#);
        }),
        ("the usual port", |request| {
            to(request, "https://dynamodb.eu-west-1.amazonaws.com:443/");
        }),
        ("the host", |request| {
            request
                .headers_mut()
                .insert("host", "dynamodb.eu-west-1.amazonaws.com");
        }),
    ];
    for (what, edit) in rows {
        let get = guarded.client.get_item().table_name("Orders");
        let call = get.key("id", id()).customize().mutate_request(edit);
        assert_eq!(guarded.outcome(call.send()).await, "passed", "{what}");
    }
}
