//! The test line that finds the routes which a layer does not cover.

use std::panic::AssertUnwindSafe;

use axum::{
    Router,
    routing::{get, post},
};
use futures_util::FutureExt;
use middleware_tests::{log::Log, policy};
use tower_harden::{
    Coverage, Field, HardenLayer, Mode, Policy, RouteSchema, Schema, assert_covered,
};

fn declared() -> Policy {
    let id = || RouteSchema::new().path("id", Field::integer(1..));
    let order = Schema::object().required("sku", Field::string());
    policy(
        Policy::builder()
            .get("/", RouteSchema::new())
            .get("/orders/{id}", id())
            .post("/orders/{id}", id().json(order))
            .get("/reported", RouteSchema::new().mode(Mode::Report))
            .get("/off", RouteSchema::new().mode(Mode::Off))
            .get(
                "/{{literal}}/{*rest}",
                RouteSchema::new().path("rest", Field::string()),
            ),
    )
}

fn orders() -> Router {
    Router::new().route("/orders/{id}", get(async || {}).post(async || {}))
}

fn others() -> Router {
    Router::new()
        .route("/", get(async || {}))
        .route("/reported", get(async || {}))
        .route("/{{literal}}/{*rest}", get(async || {}))
}

/// What the assertion says, if it fails.
async fn failure(app: Router) -> Option<String> {
    let asserted = AssertUnwindSafe(assert_covered(app, &declared()))
        .catch_unwind()
        .await;
    let payload = asserted.err()?;
    Some(payload.downcast_ref::<String>().expect("a message").clone())
}

#[tokio::test]
async fn a_layer_around_everything_covers_it() {
    let app = orders().merge(others()).layer(HardenLayer::new(declared()));
    assert_eq!(failure(app).await, None);
}

#[tokio::test]
async fn what_is_added_behind_the_layer_is_told() {
    let layer = HardenLayer::new(declared());
    let app = orders().layer(layer.clone()).merge(others());
    assert_eq!(
        failure(app).await.as_deref(),
        Some(
            "not covered by the layer:\n  answered without the layer, so added after it: \
             GET /, GET /reported, GET /{{literal}}/{*rest}"
        )
    );
    let app = orders()
        .route("/late", post(async || {}))
        .merge(others().layer(layer));
    assert_eq!(
        failure(app).await.as_deref(),
        Some(
            "not covered by the layer:\n  answered without the layer, so added after it: \
             GET /orders/{id}, POST /orders/{id}"
        )
    );
    assert!(failure(Router::new()).await.is_some());
}

#[tokio::test]
async fn the_layer_of_another_policy_covers_nothing() {
    let other = policy(Policy::builder().get("/other", RouteSchema::new()));
    let app = orders().merge(others()).layer(HardenLayer::new(other));
    let told = failure(app).await.expect("it covers none of them");
    assert!(told.contains("no route of the router"), "{told}");
    for route in [
        "GET /,",
        "GET /orders/{id}",
        "POST /orders/{id}",
        "GET /reported",
    ] {
        assert!(told.contains(route), "{told}");
    }
}

#[tokio::test]
async fn the_report_tells_what_is_open_and_what_is_absent_and_runs_no_handler() {
    let unreached = async || -> () { panic!("a handler ran") };
    let layer = HardenLayer::new(declared());
    let app = Router::new()
        .route("/orders/{id}", get(unreached).post(unreached))
        .route("/reported", get(unreached))
        .layer(layer)
        .route("/off", get(unreached))
        .route("/{{literal}}/{*rest}", post(unreached));
    let log = Log::record();
    let coverage = Coverage::of(app, &declared()).await;
    assert_eq!(coverage.covered(), ["/orders/{id}", "/reported"]);
    assert_eq!(coverage.open(), ["/off", "/{{literal}}/{*rest}"]);
    assert_eq!(coverage.absent(), ["/"]);
    assert!(!coverage.is_complete());
    assert_eq!(log.take(), [""; 0], "nobody is told of the questions");
    coverage.log();
    let told = log.take().concat();
    let words = "coverage: 2 routes behind the layer; without it: /off, /{{literal}}/{*rest}; not in the service: /";
    assert!(told.contains(words), "{told}");
}

#[tokio::test]
async fn the_report_is_the_same_in_every_mode() {
    for mode in [Mode::Enforce, Mode::Report, Mode::Off] {
        let policy = policy(Policy::builder().mode(mode).get("/", RouteSchema::new()));
        let app: Router = Router::new()
            .route("/", get(async || {}))
            .layer(HardenLayer::new(policy.clone()));
        let coverage = Coverage::of(app, &policy).await;
        assert!(coverage.is_complete(), "{mode}: {coverage}");
    }
}
