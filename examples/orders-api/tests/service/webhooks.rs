//! Webhooks on their way out, to a receiver that is really there.

use std::sync::{Arc, Mutex};

use axum::{Router, body::Bytes, http::StatusCode, response::Redirect, routing::post};
use tokio::net::TcpListener;

use crate::{post as send, store};

/// A receiver on loopback, the port it listens on, and what it was told.
async fn receiver() -> (u16, Arc<Mutex<Vec<Bytes>>>) {
    let told: Arc<Mutex<Vec<Bytes>>> = Arc::default();
    let heard = told.clone();
    let take = move |body: Bytes| async move {
        heard.lock().expect("no panic").push(body);
        StatusCode::NO_CONTENT
    };
    let away = async || Redirect::temporary("http://169.254.169.254/latest/meta-data/");
    let app = Router::new()
        .route("/hook", post(take))
        .route("/away", post(away));
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let port = listener.local_addr().expect("an address").port();
    tokio::spawn(async move { axum::serve(listener, app).await });
    (port, told)
}

#[tokio::test]
async fn a_webhook_is_delivered_to_a_configured_receiver_and_nowhere_else() {
    let store = store(false).await;
    let receivers = ["127.0.0.1".to_owned()];
    let app = orders_api::app(store.database.clone(), &receivers).expect("a service");
    let (port, told) = receiver().await;

    let url = |url: &str| format!(r#"{{"url":"{url}"}}"#);
    let answer = send(
        &app,
        "/webhooks",
        &url(&format!("http://127.0.0.1:{port}/hook")),
    )
    .await;
    assert_eq!(answer.status, 201);
    assert_eq!(answer.body["delivery"], "delivered");
    let body = told.lock().expect("no panic").pop();
    assert_eq!(
        body.as_deref(),
        Some(&br#"{"event":"webhook.registered"}"#[..])
    );

    // It redirects to a metadata service, where the client does not follow.
    let away = url(&format!("http://127.0.0.1:{port}/away"));
    assert_eq!(
        send(&app, "/webhooks", &away).await.body["delivery"],
        "denied"
    );

    for (other, code) in [
        (format!("http://127.0.0.2:{port}/hook"), "address.internal"),
        (format!("http://localhost:{port}/hook"), "address.internal"),
        ("http://169.254.169.254/".to_owned(), "address.metadata"),
        ("https://hooks.example.com/".to_owned(), "address.unlisted"),
    ] {
        let answer = send(&app, "/webhooks", &url(&other)).await;
        assert_eq!(answer.errors(), [format!("{code} #/url")], "{other}");
    }
}

#[tokio::test]
async fn without_receivers_webhooks_are_kept() {
    let (app, _store) = crate::hardened().await;
    let answer = send(&app, "/webhooks", r#"{"url":"https://hooks.example.com/"}"#).await;
    assert_eq!(answer.status, 201);
    assert_eq!(answer.body["delivery"], "off");
}

#[tokio::test]
async fn what_is_no_receiver_is_told() {
    let store = store(false).await;
    for receiver in [
        "http://a.example/",
        "10.0.0.1/8",
        "",
        "metadata.google.internal",
    ] {
        let built = orders_api::app(store.database.clone(), &[receiver.to_owned()]);
        assert!(built.is_err(), "{receiver:?}");
    }
}
