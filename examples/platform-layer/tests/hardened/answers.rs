//! What a client is told, whichever layer tells it.

use std::time::Duration;

use acme_hardening::{Hardened, Hardening, hardening};
use axum::{
    body::Body,
    http::{Request, Response, StatusCode},
};
use bytes::Bytes;
use futures_util::stream;
use serde_json::json;
use tower::{Layer, service_fn};
use tower_harden::{Limits, assert_covered};

use crate::{app, call, declared, hardened, hook, request};

#[tokio::test]
async fn what_is_declared_is_answered_by_the_handler() {
    let answer = call(&hardened(), request("/invoices?year=2026")).await;
    assert_eq!((answer.status.as_u16(), &*answer.text), (200, "\"2026\""));
}

#[tokio::test]
async fn what_is_not_declared_is_refused() {
    let app = hardened();
    for (path, status, code) in [
        ("/invoices?year=1", 422, "number.minimum"),
        ("/invoices?month=1", 422, "query.unknown"),
        ("/nothing", 404, "route.unknown"),
    ] {
        let answer = call(&app, request(path)).await;
        assert_eq!(
            (answer.status.as_u16(), &*answer.code()),
            (status, code),
            "{path}"
        );
    }
}

#[tokio::test]
async fn every_declared_route_is_behind_the_layer() {
    let hardening = hardening(declared()).expect("a policy");
    let policy = hardening.handle().policy();
    assert_covered(app(hardening), &policy).await;
}

#[tokio::test]
async fn a_panic_is_answered_without_its_text() {
    let answer = call(&hardened(), request("/broken")).await;
    assert_eq!(answer.status, StatusCode::INTERNAL_SERVER_ERROR);
    let problem = json!({ "title": "Internal Server Error", "status": 500 });
    assert_eq!(answer.problem(), problem);
}

#[tokio::test]
async fn a_handler_that_is_late_is_answered_for() {
    let hardening = hardening(declared()).expect("a policy");
    let app = app(hardening.timeout(Duration::from_millis(20)));
    let answer = call(&app, request("/stuck")).await;
    assert_eq!(answer.status, StatusCode::GATEWAY_TIMEOUT);
    let problem = json!({ "title": "Gateway Timeout", "status": 504 });
    assert_eq!(answer.problem(), problem);
}

#[tokio::test]
async fn a_body_that_is_late_is_the_matter_of_the_client() {
    let limits = Limits::default().body_timeout(Duration::from_millis(20));
    let app = app(hardening(declared().limits(limits)).expect("it tightens the base"));
    let begun = stream::once(async { Ok::<_, std::io::Error>(Bytes::from_static(b"{")) });
    let body = Body::from_stream(stream::StreamExt::chain(begun, stream::pending()));
    let late = hook("").map(|_| body);
    let answer = call(&app, late).await;
    assert_eq!(answer.status, StatusCode::REQUEST_TIMEOUT);
    assert_eq!(answer.code(), "body.timeout");
}

/// A service that keeps the hardened one in a field.
struct Kept<S> {
    inner: Hardened<S>,
}

#[tokio::test]
async fn the_stack_has_a_name() {
    async fn ok(_: Request<Body>) -> Result<Response<Body>, std::convert::Infallible> {
        Ok(Response::new(Body::from("reached")))
    }
    let hardening: Hardening = hardening(declared()).expect("a policy");
    let kept = Kept {
        inner: hardening.layer(service_fn(ok)),
    };
    // No router has matched a route.
    let answer = tower::ServiceExt::oneshot(kept.inner, request("/invoices")).await;
    let answer = answer.expect("it cannot fail");
    assert_eq!(answer.status(), StatusCode::NOT_FOUND);
}
