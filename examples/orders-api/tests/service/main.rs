//! The service as a caller sees it: without a socket, and as the program that a person starts.

mod hardened;
mod operated;
mod orders;
mod outage;
mod policy_file;
mod program;
mod tenants;
mod unhardened;
mod webhooks;

use axum::{
    Router,
    body::Body,
    http::{HeaderMap, HeaderValue, Request, StatusCode, header::AUTHORIZATION},
};
use http_body_util::BodyExt;
use orders_api::{
    args::StoreKind,
    store::{self, Store},
};
use serde_json::Value;
use tower::ServiceExt;

/// An embedded store of its own for each test.
async fn store(unhardened: bool) -> Store {
    store::open(StoreKind::Embedded, unhardened)
        .await
        .expect("the embedded store starts")
}

/// The service, and the store that ends with the test.
async fn hardened() -> (Router, Store) {
    let store = store(false).await;
    let app = orders_api::app(store.database.clone(), &[]).expect("the policy has no mistake");
    (app, store)
}

/// The same without the layer and without the guard.
async fn unhardened() -> (Router, Store) {
    let store = store(true).await;
    let app = orders_api::unhardened(store.database.clone(), &[]).expect("a client");
    (app, store)
}

struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    body: Value,
}

impl Answer {
    /// The codes of the refusal, and where each was found.
    fn errors(&self) -> Vec<String> {
        let errors = self.body["errors"].as_array().into_iter().flatten();
        errors
            .map(|error| {
                let place = error.get("pointer").or_else(|| error.get("parameter"));
                format!(
                    "{} {}",
                    error["code"].as_str().unwrap_or_default(),
                    place.and_then(Value::as_str).unwrap_or_default()
                )
            })
            .collect()
    }
}

async fn call(app: &Router, request: Request<Body>) -> Answer {
    let response = match app.clone().oneshot(request).await {
        Ok(response) => response,
        Err(never) => match never {},
    };
    let (parts, body) = response.into_parts();
    let body = body.collect().await.expect("a body that ends");
    let body = serde_json::from_slice(&body.to_bytes()).unwrap_or(Value::Null);
    Answer {
        status: parts.status,
        headers: parts.headers,
        body,
    }
}

fn request(method: &str, path: &str, body: Option<&str>) -> Request<Body> {
    let mut request = Request::builder().method(method).uri(path);
    if body.is_some() {
        request = request.header("content-type", "application/json");
    }
    request
        .body(body.map_or_else(Body::empty, |body| Body::from(body.to_owned())))
        .expect("a request")
}

/// The request with a token in its header.
fn by(token: &'static str, mut request: Request<Body>) -> Request<Body> {
    let value = HeaderValue::try_from(format!("Bearer {token}")).expect("a header value");
    request.headers_mut().append(AUTHORIZATION, value);
    request
}

async fn get(app: &Router, path: &str) -> Answer {
    call(app, request("GET", path, None)).await
}

async fn post(app: &Router, path: &str, body: &str) -> Answer {
    call(app, request("POST", path, Some(body))).await
}
