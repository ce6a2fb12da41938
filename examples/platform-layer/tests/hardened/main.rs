//! What a service gets of its platform team, through the public API.

mod answers;
mod policies;
mod rollout;

use acme_hardening::{Hardening, RouterExt, hardening};
use axum::{
    Router,
    body::Body,
    extract::Query,
    http::{HeaderMap, Request, StatusCode},
    routing::{get, post},
};
use http_body_util::BodyExt;
use serde_json::Value;
use tower::ServiceExt;
use tower_harden::{Field, Policy, PolicyBuilder, RouteSchema, Schema};

/// What a service declares.
fn declared() -> PolicyBuilder {
    let hook = Schema::object().required("url", Field::url().max_length(500));
    Policy::builder()
        .get(
            "/invoices",
            RouteSchema::new().query("year", Field::integer(2000..=2100)),
        )
        .get("/broken", RouteSchema::new())
        .get("/stuck", RouteSchema::new())
        .post("/hooks", RouteSchema::new().json(hook))
}

/// The handlers of it, one that panics and one that never answers among them.
fn app(hardening: Hardening) -> Router {
    let year = async |Query(query): Query<Value>| query["year"].to_string();
    let broken = async || -> &'static str { panic!("the key is swordfish") };
    Router::new()
        .route("/invoices", get(year))
        .route("/broken", get(broken))
        .route("/stuck", get(std::future::pending::<&'static str>))
        .route("/hooks", post(async || StatusCode::CREATED))
        .hardened(hardening)
}

fn hardened() -> Router {
    app(hardening(declared()).expect("it loosens nothing"))
}

struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    text: String,
}

impl Answer {
    /// The problem details, which hold nothing but what these three say.
    fn problem(&self) -> Value {
        assert_eq!(self.headers["content-type"], "application/problem+json");
        serde_json::from_str(&self.text).expect("problem details are JSON")
    }

    fn code(&self) -> String {
        self.problem()["errors"][0]["code"]
            .as_str()
            .map_or_else(String::new, str::to_owned)
    }
}

async fn call(app: &Router, request: Request<Body>) -> Answer {
    let response = match app.clone().oneshot(request).await {
        Ok(response) => response,
        Err(never) => match never {},
    };
    let (parts, body) = response.into_parts();
    let body = body.collect().await.expect("a body that ends");
    Answer {
        status: parts.status,
        headers: parts.headers,
        text: String::from_utf8_lossy(&body.to_bytes()).into_owned(),
    }
}

fn request(path: &str) -> Request<Body> {
    Request::get(path).body(Body::empty()).expect("a request")
}

fn hook(url: &str) -> Request<Body> {
    let body = Body::from(format!(r#"{{"url":"{url}"}}"#));
    let request = Request::post("/hooks").header("content-type", "application/json");
    request.body(body).expect("a request")
}
