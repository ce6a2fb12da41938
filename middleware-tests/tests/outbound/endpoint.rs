//! A declared endpoint: what may be declared, and that calls go nowhere else.

use aws_sdk_dynamodb::config::{Builder, Region};
use tower_harden::dynamodb::{DynamoGuard, TablePolicy};

use crate::{
    edit::to,
    guarded::{Guarded, config, id, shop},
    stub::Stub,
};

#[test]
fn what_is_no_endpoint_is_a_mistake() {
    for url in [
        "",
        "/",
        "localhost",
        "127.0.0.1:8000",
        "//127.0.0.1:8000",
        "http:",
        "http://",
        "http:///",
        "http://:8000",
        "ftp://127.0.0.1",
        "file:///etc/passwd",
        "unix:/run/dynamodb.sock",
        "javascript://127.0.0.1",
        "http://user@127.0.0.1:8000",
        "http://user:password@127.0.0.1:8000",
        "http://@127.0.0.1:8000",
        "http://127.0.0.1:8000@evil.example",
        "http://127.0.0.1:8000/shell",
        "http://127.0.0.1:8000//",
        "http://127.0.0.1:8000/?a=b",
        "http://127.0.0.1:8000?a=b",
        "http://127.0.0.1:8000?",
        "http://127.0.0.1:",
        "http://127.0.0.1:port",
        "http://127.0.0.1:+80",
        "http://127.0.0.1:99999",
        "http://[::1:8000",
        "http://dynamo db",
        " http://127.0.0.1:8000",
        "http://127.0.0.1:8000 ",
        "http://127.0.0.1:8000\\evil",
        "http://dynamodb.exämple",
    ] {
        let error = DynamoGuard::new(TablePolicy::new()).endpoint(url);
        let error = error.map(drop).expect_err(url);
        assert_eq!(
            error.to_string(),
            format!("endpoint {url:?}: is not a URL such as http://127.0.0.1:8000")
        );
    }
}

#[tokio::test]
async fn calls_go_to_the_declared_endpoint() {
    for url in [
        "http://127.0.0.1:8000",
        "http://127.0.0.1:8000/",
        "http://localhost",
        "http://[::1]:8000",
        "https://vpce-1.dynamodb.eu-west-1.vpce.amazonaws.com",
    ] {
        let guarded = declared(url);
        let get = guarded.client.get_item().table_name("Orders");
        assert_eq!(
            guarded.outcome(get.key("id", id()).send()).await,
            "passed",
            "{url}"
        );
        let uris: Vec<_> = guarded.sent().into_iter().map(|sent| sent.uri).collect();
        assert_eq!(uris, [format!("{}/", url.trim_end_matches('/'))]);
    }
}

fn declared(url: &str) -> Guarded {
    let stub = Stub::default();
    let guard = DynamoGuard::new(shop()).endpoint(url);
    let guard = guard.unwrap_or_else(|error| panic!("{error}"));
    Guarded::of(&guard, config(&stub), stub)
}

#[tokio::test]
async fn calls_go_to_no_other_endpoint() {
    for url in [
        "https://dynamodb.eu-west-1.amazonaws.com",
        "https://127.0.0.1:8000",
        "http://127.0.0.1",
        "http://127.0.0.1:8001",
        "http://127.0.0.2:8000",
        "http://localhost:8000",
        "http://2130706433:8000",
        "http://user@127.0.0.1:8000",
        "http://127.0.0.1:8000/shell",
    ] {
        let guarded = declared("http://127.0.0.1:8000");
        let get = guarded.client.get_item().table_name("Orders");
        let other = Builder::new().endpoint_url(url);
        let call = get.key("id", id()).customize().config_override(other);
        assert_eq!(
            guarded.outcome(call.send()).await,
            "endpoint GetItem -",
            "{url}"
        );
    }
}

#[tokio::test]
async fn a_proxy_is_not_asked_for_another_host_or_path() {
    let guarded = declared("http://127.0.0.1:8000");
    let get = guarded.client.get_item().table_name("Orders");
    let call = || get.clone().key("id", id()).customize();
    let host = call().mutate_request(|request| {
        request.headers_mut().insert("host", "admin.internal");
    });
    assert_eq!(guarded.outcome(host.send()).await, "endpoint GetItem -");
    let path = call().mutate_request(|request| to(request, "http://127.0.0.1:8000/admin"));
    assert_eq!(guarded.outcome(path.send()).await, "endpoint GetItem -");
    let host = call().mutate_request(|request| {
        request.headers_mut().insert("host", "127.0.0.1:8000");
    });
    assert_eq!(guarded.outcome(host.send()).await, "passed");
}

#[tokio::test]
async fn the_local_region_may_be_declared() {
    let stub = Stub::default();
    let guard = DynamoGuard::new(shop()).endpoint("http://localhost:8000");
    let guard = guard.unwrap_or_else(|error| panic!("{error}"));
    let config = config(&stub).region(Region::new("local"));
    let guarded = Guarded::of(&guard, config, stub);
    let get = guarded.client.get_item().table_name("Orders");
    assert_eq!(guarded.outcome(get.key("id", id()).send()).await, "passed");
}
