//! That every route which the project describes is behind the layer.

use axum::{Router, body::Body};
use http::Request;
use middleware_tests::Answer;
use tower::ServiceExt;
use tower_harden::{Coverage, Policy, assert_covered};

use crate::project::{app, hardened};

/// The policy of the document that the project serves.
async fn served(app: Router) -> Policy {
    let request = Request::get("/openapi.json").body(Body::empty());
    let response = app.oneshot(request.expect("a request")).await;
    let answer = Answer::of(response.unwrap_or_else(|never| match never {})).await;
    let document = String::from_utf8(answer.body.to_vec()).expect("text");
    Policy::from_openapi(document).unwrap_or_else(|error| panic!("{error}"))
}

#[tokio::test]
async fn every_route_is_behind_the_layer() {
    let app = hardened::app().expect("a policy");
    let policy = served(app.clone()).await;
    assert_covered(app.clone(), &policy).await;
    let coverage = Coverage::of(app, &policy).await;
    assert!(coverage.is_complete(), "{coverage}");
    let expected = [
        "/health",
        "/login",
        "/v1/customers/{customer}",
        "/v1/orders",
        "/v1/orders/webhooks",
        "/v1/orders/{id}",
        "/v1/orders/{id}/lines/{place}",
    ];
    assert_eq!(coverage.covered(), expected);
}

#[tokio::test]
async fn without_the_two_lines_none_is() {
    let app = app::app().expect("a document");
    let policy = served(app.clone()).await;
    let coverage = Coverage::of(app, &policy).await;
    assert_eq!(coverage.open().len(), 7, "{coverage}");
}
