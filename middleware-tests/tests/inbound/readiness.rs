//! The service that was polled ready is the one that is called.

use bytes::Bytes;
use http::{Request, Response, StatusCode};
use http_body_util::Full;
use middleware_tests::{by_path, get, policy, post};
use tower_harden::{HardenLayer, Policy, RouteSchema, Schema};
use tower_test::mock::Spawn;

type Body = Full<Bytes>;

fn layer() -> HardenLayer {
    by_path(policy(
        Policy::builder()
            .get("/", RouteSchema::new())
            .post("/", RouteSchema::new().json(Schema::any())),
    ))
}

type Service = Spawn<tower_harden::Harden<tower_test::mock::Mock<Request<Body>, Response<Body>>>>;

fn mock() -> (
    Service,
    tower_test::mock::Handle<Request<Body>, Response<Body>>,
) {
    tower_test::mock::spawn_layer(layer())
}

#[tokio::test]
async fn readiness_is_that_of_the_inner_service() {
    let (mut service, mut handle) = mock();
    handle.allow(0);
    assert!(service.poll_ready().is_pending());
    handle.allow(1);
    assert!(service.poll_ready().is_ready());
}

#[tokio::test]
async fn a_request_with_a_body_goes_to_the_service_that_was_ready() {
    let (mut service, mut handle) = mock();
    // One permit: a clone that was never polled ready would have none.
    handle.allow(1);
    assert!(service.poll_ready().is_ready());
    let response = tokio::spawn(service.call(post("/", "[]")));
    let (request, answer) = handle.next_request().await.expect("the request");
    assert_eq!(request.uri(), "/");
    answer.send_response(Response::new(Full::default()));
    let response = response.await.expect("no panic").expect("a response");
    assert_eq!(response.status(), StatusCode::OK);
    // The clone that stayed has to be polled ready anew.
    handle.allow(0);
    assert!(service.poll_ready().is_pending());
}

#[tokio::test]
async fn a_request_without_a_body_goes_on_at_once() {
    let (mut service, mut handle) = mock();
    assert!(service.poll_ready().is_ready());
    let response = tokio::spawn(service.call(get("/")));
    let (_, answer) = handle.next_request().await.expect("the request");
    answer.send_response(Response::new(Full::default()));
    assert_eq!(
        response
            .await
            .expect("no panic")
            .expect("a response")
            .status(),
        StatusCode::OK
    );
}

#[tokio::test]
async fn an_error_of_the_inner_service_stays_its_error() {
    let (mut service, mut handle) = mock();
    assert!(service.poll_ready().is_ready());
    let response = tokio::spawn(service.call(get("/")));
    let (_, answer) = handle.next_request().await.expect("the request");
    answer.send_error("out of order");
    let error = response.await.expect("no panic").expect_err("an error");
    assert_eq!(error.to_string(), "out of order");
}

#[tokio::test]
async fn a_refused_request_never_calls() {
    let (mut service, mut handle) = mock();
    assert!(service.poll_ready().is_ready());
    let response = service.call(post("/", "[")).await.expect("a response");
    assert_eq!(response.status(), StatusCode::BAD_REQUEST);
    drop(service);
    assert!(handle.next_request().await.is_none());
}
