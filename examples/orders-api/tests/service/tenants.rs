//! Whose orders a caller gets.

use std::{
    io,
    sync::{Arc, Mutex},
};

use axum::http::Request;
use tracing::subscriber::set_default;

use crate::{by, call, get, hardened, outage::without_store, request, unhardened};

/// An order of the tenant `rival`.
const RIVALS: &str = "/orders/0192f0c1-5a3e-7c4d-9b60-3f1de8a7c215";

/// The same, asked for by a parameter that the handler trusts.
const TRUSTED: &str = "/orders/0192f0c1-5a3e-7c4d-9b60-3f1de8a7c215?tenant=rival";

/// What was logged.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Log {
    fn text(&self) -> String {
        String::from_utf8_lossy(&self.0.lock().expect("no panic")).into_owned()
    }
}

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().expect("no panic").write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn an_order_of_another_tenant_is_denied_without_the_store() {
    let (app, answer) = without_store().await;
    assert_eq!(answer.status, 503);

    let log = Log::default();
    let writer = log.clone();
    let subscriber = tracing_subscriber::fmt()
        .with_ansi(false)
        .with_writer(move || writer.clone())
        .finish();
    let _guard = set_default(subscriber);
    let answer = get(&app, TRUSTED).await;

    assert_eq!(answer.status, 403);
    let denied = r#"DynamoDB call denied kind="key" operation="GetItem" table="Orders""#;
    assert!(log.text().contains(denied), "{}", log.text());
    assert!(!log.text().contains("rival"), "{}", log.text());
}

#[tokio::test]
async fn without_the_guard_a_trusted_parameter_leaks() {
    let (app, _store) = unhardened().await;
    let answer = get(&app, TRUSTED).await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.body["sku"], "SAFE-7");
}

#[tokio::test]
async fn each_tenant_has_its_own_orders() {
    let (app, _store) = hardened().await;
    let skus = |answer: crate::Answer| -> Vec<String> {
        let orders = answer.body["orders"].as_array().expect("orders").clone();
        let sku = |order: &serde_json::Value| order["sku"].as_str().unwrap_or_default().to_owned();
        orders.iter().map(sku).collect()
    };
    assert_eq!(
        skus(get(&app, "/orders").await),
        ["LAMP-1", "DESK-9", "CHAIR-4"]
    );
    let list = by("rival-token", request("GET", "/orders", None));
    assert_eq!(skus(call(&app, list).await), ["SAFE-7"]);

    for path in [RIVALS, TRUSTED] {
        let order = by("rival-token", request("GET", path, None));
        assert_eq!(call(&app, order).await.body["sku"], "SAFE-7", "{path}");
    }
    assert_eq!(get(&app, RIVALS).await.status, 404);
    let change = || request("PATCH", RIVALS, Some(r#"{"quantity":9}"#));
    assert_eq!(call(&app, change()).await.status, 404);
    assert_eq!(call(&app, by("rival-token", change())).await.status, 200);
}

#[tokio::test]
async fn a_token_that_is_not_known_has_no_session() {
    for (app, _store) in [hardened().await, unhardened().await] {
        let asked = by("guessed", request("GET", "/orders", None));
        let answer = call(&app, asked).await;
        assert_eq!(answer.status, 401);
        assert_eq!(answer.body["status"], 401);
        assert_eq!(answer.headers["content-type"], "application/problem+json");
        assert_eq!(answer.headers["www-authenticate"], "Bearer");
    }
}

#[tokio::test]
async fn two_tokens_are_none() {
    let both = || {
        by(
            "rival-token",
            by("demo-token", request("GET", "/orders", None)),
        )
    };
    let (app, _store) = hardened().await;
    let answer = call(&app, both()).await;
    assert_eq!(answer.errors(), ["header.repeated authorization"]);
    let (app, _store) = unhardened().await;
    assert_eq!(call(&app, both()).await.status, 401);
}

#[tokio::test]
async fn the_header_is_judged_where_it_is_read() {
    let (app, _store) = hardened().await;
    for (method, path, body) in [
        ("POST", "/orders", Some(r#"{"sku":"A","quantity":1}"#)),
        ("GET", "/orders", None),
        ("GET", RIVALS, None),
        ("PATCH", RIVALS, Some(r#"{"quantity":1}"#)),
        ("GET", "/tables/Orders", None),
        ("POST", "/webhooks", Some(r#"{"url":"https://a.example/"}"#)),
        ("POST", "/notes", Some(r#"{"text":"a"}"#)),
    ] {
        let (mut parts, body) = request(method, path, body).into_parts();
        let value = "Basic ZGVtbzpkZW1v".parse().expect("a header value");
        parts.headers.insert("authorization", value);
        let answer = call(&app, Request::from_parts(parts, body)).await;
        assert_eq!(
            answer.errors(),
            ["string.pattern authorization"],
            "{method} {path}"
        );
    }
}
