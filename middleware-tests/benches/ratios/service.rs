//! A whole call in one process: an axum router with and without the layer.

use std::hint::black_box;

use axum::{
    Json, Router,
    body::Body,
    extract::Query,
    http::{Request, StatusCode},
    routing::{get, post},
};
use futures_util::FutureExt;
use serde::Deserialize;
use tower::ServiceExt;
use tower_harden::{Checked, Field, HardenLayer, Policy, RouteSchema, Schema};

use crate::{
    bodies::{self, Order},
    harness::Group,
};

#[derive(Debug, Deserialize)]
struct Listing {
    limit: u32,
    status: String,
    cursor: String,
}

fn bare() -> Router {
    lists()
        .route(
            "/order",
            post(|Json(order): Json<Order>| async move { drop(black_box(order)) }),
        )
        .route(
            "/orders",
            post(|Json(orders): Json<Vec<Order>>| async move { drop(black_box(orders)) }),
        )
}

/// The same handlers, which take what was judged.
fn checked() -> Router {
    lists()
        .route(
            "/order",
            post(|Checked(order): Checked<Order>| async move { drop(black_box(order)) }),
        )
        .route(
            "/orders",
            post(|Checked(orders): Checked<Vec<Order>>| async move { drop(black_box(orders)) }),
        )
}

fn lists() -> Router {
    Router::new().route(
        "/list",
        get(|Query(listing): Query<Listing>| async move {
            black_box((listing.limit, listing.status, listing.cursor));
        }),
    )
}

fn hardened(router: Router) -> Router {
    let policy = Policy::builder()
        .post("/order", RouteSchema::new().json(bodies::order()))
        .post(
            "/orders",
            RouteSchema::new().json(Schema::array(bodies::order())),
        )
        .get(
            "/list",
            RouteSchema::new()
                .query("limit", Field::integer(1..=50))
                .query("status", Field::one_of(["open", "shipped"]))
                .query("cursor", Field::uuid()),
        )
        .build()
        .expect("a policy without mistakes");
    router.layer(HardenLayer::new(policy))
}

pub(crate) fn small() -> Group {
    bodies(bodies::SMALL, "/order", [1.12, 0.95])
}

pub(crate) fn medium() -> Group {
    bodies(bodies::orders(45).leak(), "/orders", [1.10, 0.65])
}

pub(crate) fn query() -> Group {
    let path = "/list?limit=20&status=open&cursor=550e8400-e29b-41d4-a716-446655440000";
    let request = move || Request::get(path).body(Body::empty()).expect("a request");
    Group::new(path.len())
        .add("bare", calls(bare(), request))
        .add("hardened", calls(hardened(bare()), request))
        .aim(1.08)
}

fn bodies(body: &'static str, path: &'static str, aims: [f64; 2]) -> Group {
    let request = json(path, body);
    Group::new(body.len())
        .add("bare", calls(bare(), request))
        .add("hardened", calls(hardened(bare()), request))
        .aim(aims[0])
        .add("hardened, Checked", calls(hardened(checked()), request))
        .aim(aims[1])
}

fn json(path: &'static str, body: &'static str) -> impl Fn() -> Request<Body> + Copy {
    move || {
        Request::post(path)
            .header("content-type", "application/json")
            .body(Body::from(body))
            .expect("a request")
    }
}

fn calls(router: Router, request: impl Fn() -> Request<Body> + 'static) -> impl FnMut() {
    move || {
        // Nothing in it waits.
        let response = router.clone().oneshot(request()).now_or_never();
        let response = response
            .expect("it is ready")
            .expect("a router has no error");
        assert_eq!(black_box(response).status(), StatusCode::OK);
    }
}
