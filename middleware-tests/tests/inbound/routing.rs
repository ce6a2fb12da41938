//! Only declared routes and methods, named by the router that matched them.

use std::sync::Arc;

use axum::{
    Router,
    body::Body,
    extract::Request,
    routing::{any, get},
};
use http::{Method, StatusCode, header::ALLOW};
use middleware_tests::{Answer, policy};
use tower::ServiceExt;
use tower_harden::{Field, HardenLayer, Policy, Rejection, RouteSchema};

fn layer() -> HardenLayer {
    HardenLayer::new(policy(
        Policy::builder()
            .get("/items", RouteSchema::new())
            .put("/items", RouteSchema::new())
            .get(
                "/items/{id}",
                RouteSchema::new().path("id", Field::string()),
            ),
    ))
}

fn app() -> Router {
    Router::new()
        .route("/items", any(|| async { "reached" }))
        .route("/items/{id}", any(|| async { "reached" }))
        .route("/undeclared", get(|| async { "reached" }))
        .layer(layer())
}

async fn send(app: Router, method: &str, target: &str) -> Answer {
    let method = Method::from_bytes(method.as_bytes()).expect("a method");
    let request = Request::builder()
        .method(method)
        .uri(target)
        .body(Body::empty())
        .expect("a request");
    Answer::of(
        app.oneshot(request)
            .await
            .unwrap_or_else(|never| match never {}),
    )
    .await
}

#[tokio::test]
async fn declared_routes_are_reached() {
    for (method, target) in [
        ("GET", "/items"),
        ("HEAD", "/items"),
        ("PUT", "/items"),
        ("GET", "/items/7"),
    ] {
        let answer = send(app(), method, target).await;
        assert_eq!(answer.status(), StatusCode::OK, "{method} {target}");
    }
}

#[tokio::test]
async fn an_undeclared_route_of_the_router_is_refused() {
    let answer = send(app(), "GET", "/undeclared").await;
    assert_eq!(answer.status(), StatusCode::NOT_FOUND);
    assert_eq!(answer.errors(), ["route.unknown in request"]);
}

#[tokio::test]
async fn what_the_router_does_not_match_stays_not_found() {
    let answer = send(app(), "GET", "/nowhere").await;
    assert_eq!(answer.status(), StatusCode::NOT_FOUND);
    assert_eq!(answer.errors(), ["route.unknown in request"]);
}

/// The route that a rejection names.
fn route(answer: &Answer) -> Option<String> {
    let rejection = answer.parts.extensions.get::<Arc<Rejection>>();
    rejection.expect("a refusal").route().map(ToOwned::to_owned)
}

#[tokio::test]
async fn a_refusal_names_the_pattern_of_the_service_and_no_path_of_a_client() {
    for (method, target, pattern) in [
        ("DELETE", "/items/7", Some("/items/{id}")),
        ("GET", "/undeclared", Some("/undeclared")),
        ("GET", "/nowhere", None),
    ] {
        let answer = send(app(), method, target).await;
        assert_eq!(route(&answer).as_deref(), pattern, "{method} {target}");
    }
    let named = Router::new()
        .fallback(|| async { "reached" })
        .layer(layer().route_by(|parts| Some(parts.uri.path())));
    assert_eq!(route(&send(named, "GET", "/marker").await), None);
}

#[tokio::test]
async fn a_fallback_is_no_declared_route() {
    let app = Router::new()
        .fallback(|| async { "reached" })
        .layer(layer());
    assert_eq!(
        send(app, "GET", "/items").await.errors(),
        ["route.unknown in request"]
    );
}

#[tokio::test]
async fn a_nested_service_has_no_route() {
    let inner = Router::new()
        .route("/items", get(|| async { "reached" }))
        .layer(layer());
    let app = Router::new().nest_service("/api", inner);
    assert_eq!(
        send(app, "GET", "/api/items").await.errors(),
        ["route.unknown in request"]
    );
}

#[tokio::test]
async fn an_undeclared_method_is_told_the_declared_ones() {
    for method in ["POST", "DELETE", "TRACE", "QUERY", "FOO", "get"] {
        let answer = send(app(), method, "/items").await;
        assert_eq!(answer.status(), StatusCode::METHOD_NOT_ALLOWED, "{method}");
        assert_eq!(answer.errors(), ["method.not_allowed in request"]);
        assert_eq!(answer.parts.headers[ALLOW], "GET, PUT, HEAD");
    }
}

#[tokio::test]
async fn a_percent_encoded_path_is_still_the_route_that_matched() {
    // axum matches the raw path: /%69tems is another route than /items, for it and so for us.
    assert_eq!(
        send(app(), "GET", "/%69tems").await.status(),
        StatusCode::NOT_FOUND
    );
}

#[tokio::test]
async fn host_and_target_name_one_host() {
    let send = |target: &'static str, hosts: &'static [&'static str]| async move {
        let mut request = Request::get(target);
        for host in hosts {
            request = request.header("host", *host);
        }
        let request = request.body(Body::empty()).expect("a request");
        Answer::of(
            app()
                .oneshot(request)
                .await
                .unwrap_or_else(|never| match never {}),
        )
        .await
    };
    assert_eq!(
        send("/items", &["a.example"]).await.status(),
        StatusCode::OK
    );
    assert_eq!(
        send("http://A.example/items", &["a.example"])
            .await
            .status(),
        StatusCode::OK
    );
    for (target, hosts) in [
        ("/items", &["a.example", "a.example"][..]),
        ("/items", &["a.example", "b.example"]),
        ("http://a.example/items", &["b.example"]),
    ] {
        let answer = send(target, hosts).await;
        assert_eq!(
            answer.errors(),
            ["header.host in header host"],
            "{target} {hosts:?}"
        );
        assert_eq!(answer.status(), StatusCode::BAD_REQUEST);
    }
}

#[tokio::test]
async fn targets_without_a_path_have_no_route() {
    for (method, target) in [("CONNECT", "example.com:443"), ("OPTIONS", "*")] {
        let answer = send(app(), method, target).await;
        assert_eq!(answer.status(), StatusCode::NOT_FOUND, "{method} {target}");
        assert_eq!(answer.errors(), ["route.unknown in request"]);
    }
}
