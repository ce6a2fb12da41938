//! The routers that are called: bare, behind the layer, and behind one that does nothing.

use std::{
    hint::black_box,
    task::{Context, Poll},
};

use axum::{
    Json, Router,
    body::Body,
    extract::Query,
    http::{Request, StatusCode},
    routing::{get, post},
};
use futures_util::FutureExt;
use serde::Deserialize;
use tower::{Service, ServiceExt, layer::layer_fn};
use tower_harden::{Checked, Field, HardenLayer, Policy, RouteSchema, Schema};

use crate::schemas::{self, Order};

#[derive(Debug, Deserialize)]
struct Listing {
    limit: u32,
    status: String,
    cursor: String,
}

pub fn bare() -> Router {
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
pub fn checked() -> Router {
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

/// What a layer costs that does nothing: axum boxes the routes once more.
pub fn idle(router: Router) -> Router {
    router.layer(layer_fn(Idle))
}

#[derive(Clone)]
struct Idle<S>(S);

impl<S: Service<R>, R> Service<R> for Idle<S> {
    type Response = S::Response;
    type Error = S::Error;
    type Future = S::Future;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.0.poll_ready(cx)
    }

    fn call(&mut self, request: R) -> S::Future {
        self.0.call(request)
    }
}

pub fn hardened(router: Router) -> Router {
    let policy = Policy::builder()
        .post("/order", RouteSchema::new().json(schemas::order()))
        .post(
            "/orders",
            RouteSchema::new().json(Schema::array(schemas::order())),
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

pub fn json(path: &'static str, body: &'static str) -> impl Fn() -> Request<Body> + Copy {
    move || {
        Request::post(path)
            .header("content-type", "application/json")
            .body(Body::from(body))
            .expect("a request")
    }
}

/// Calls that nothing waits in, and the status of each.
pub fn answers(
    router: Router,
    request: impl Fn() -> Request<Body> + 'static,
) -> impl FnMut() -> StatusCode {
    // As `axum::serve` does it, once: otherwise each call builds the routes and their layers anew.
    let router: Router = router.with_state(());
    move || {
        // Nothing in it waits.
        let response = router.clone().oneshot(request()).now_or_never();
        let response = response
            .expect("it is ready")
            .expect("a router has no error");
        black_box(response).status()
    }
}
