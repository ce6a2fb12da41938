//! The service as a caller sees it: without a socket, and as the program that a person starts.

mod hardened;
mod orders;
mod outage;
mod program;
mod unhardened;
mod webhooks;

use axum::{
    Router,
    body::Body,
    http::{Request, StatusCode},
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
    let app = orders_api::app(store.orders.clone(), &[]).expect("the policy has no mistake");
    (app, store)
}

struct Answer {
    status: StatusCode,
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
    let status = response.status();
    let body = response
        .into_body()
        .collect()
        .await
        .expect("a body that ends");
    let body = serde_json::from_slice(&body.to_bytes()).unwrap_or(Value::Null);
    Answer { status, body }
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

async fn get(app: &Router, path: &str) -> Answer {
    call(app, request("GET", path, None)).await
}

async fn post(app: &Router, path: &str, body: &str) -> Answer {
    call(app, request("POST", path, Some(body))).await
}
