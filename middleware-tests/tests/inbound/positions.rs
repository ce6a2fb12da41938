//! Every place in a service where the layer may stand. What compiles here compiles for users.

use std::{convert::Infallible, time::Duration};

use axum::{
    Json, Router,
    body::Body,
    extract::Request,
    middleware::{Next, from_fn},
    response::Response,
    routing::{get, post},
};
use bytes::Bytes;
use http::StatusCode;
use http_body_util::Full;
use middleware_tests::{Answer, policy};
use serde_json::{Value, json};
use tower::{Layer, Service, ServiceBuilder, ServiceExt, service_fn};
use tower_harden::{Field, HardenLayer, Limits, Policy, RouteSchema, Schema};
use tower_http::{
    catch_panic::CatchPanicLayer, compression::CompressionLayer,
    decompression::RequestDecompressionLayer, limit::RequestBodyLimitLayer, timeout::TimeoutLayer,
    trace::TraceLayer,
};

fn layer() -> HardenLayer {
    let order = Schema::object().required("sku", Field::string().max_length(8));
    HardenLayer::new(policy(
        Policy::builder()
            .post("/orders", RouteSchema::new().json(order))
            .get(
                "/orders/{id}",
                RouteSchema::new().path("id", Field::integer(1..)),
            )
            .limits(Limits::default().max_body(1024)),
    ))
}

fn routes() -> Router {
    Router::new()
        .route(
            "/orders",
            post(|Json(order): Json<Value>| async move { order["sku"].to_string() }),
        )
        .route("/orders/{id}", get(|| async { "an order" }))
}

async fn order<S, R>(service: S, sku: &str) -> Answer
where
    S: Service<Request, Response = Response<R>, Error = Infallible>,
    R: http_body::Body<Data = Bytes>,
    R::Error: std::fmt::Debug,
{
    let request = Request::post("/orders")
        .header("content-type", "application/json")
        .body(Body::from(json!({ "sku": sku }).to_string()))
        .expect("a request");
    let response = service
        .oneshot(request)
        .await
        .unwrap_or_else(|never| match never {});
    Answer::of(response).await
}

/// A good order gets through and a bad one is refused by the layer.
async fn judges<S, R>(service: S)
where
    S: Service<Request, Response = Response<R>, Error = Infallible> + Clone,
    R: http_body::Body<Data = Bytes>,
    R::Error: std::fmt::Debug,
{
    let good = order(service.clone(), "LAMP").await;
    assert_eq!(
        (good.status(), &good.body[..]),
        (StatusCode::OK, &b"\"LAMP\""[..])
    );
    let bad = order(service, "LAMP-LAMP").await;
    assert_eq!(bad.errors(), ["string.max_length in body #/sku"]);
}

#[tokio::test]
async fn router_layer() {
    judges(routes().layer(layer())).await;
}

#[tokio::test]
async fn router_route_layer() {
    judges(routes().route_layer(layer())).await;
}

#[tokio::test]
async fn method_router_layer() {
    let create = post(|Json(order): Json<Value>| async move { order["sku"].to_string() });
    judges(Router::new().route("/orders", create.layer(layer()))).await;
}

#[tokio::test]
async fn nested_router() {
    let policy = policy(Policy::builder().post(
        "/api/orders",
        RouteSchema::new().json(Schema::object().required("sku", Field::string().max_length(8))),
    ));
    let app = Router::new()
        .nest("/api", routes())
        .layer(HardenLayer::new(policy));
    let request = Request::post("/api/orders")
        .header("content-type", "application/json")
        .body(Body::from(r#"{"sku":"LAMP-LAMP"}"#))
        .expect("a request");
    let response = app
        .oneshot(request)
        .await
        .unwrap_or_else(|never| match never {});
    assert_eq!(
        Answer::of(response).await.errors(),
        ["string.max_length in body #/sku"]
    );
}

#[tokio::test]
async fn above_and_below_from_fn() {
    async fn pass(request: Request, next: Next) -> Response {
        next.run(request).await
    }
    judges(
        routes().layer(
            ServiceBuilder::new()
                .layer(from_fn(pass))
                .layer(layer())
                .layer(from_fn(pass)),
        ),
    )
    .await;
}

#[tokio::test]
async fn between_the_layers_of_tower_http() {
    let stack = ServiceBuilder::new()
        .layer(CatchPanicLayer::new())
        .layer(TraceLayer::new_for_http())
        .layer(TimeoutLayer::with_status_code(
            StatusCode::REQUEST_TIMEOUT,
            Duration::from_secs(5),
        ))
        .layer(RequestBodyLimitLayer::new(4096))
        .layer(RequestDecompressionLayer::new())
        // These two change the type of the body: one line makes it axum's again.
        .map_request(|request: http::Request<_>| request.map(Body::new))
        .layer(layer())
        .layer(CompressionLayer::new());
    judges(routes().layer(stack)).await;
}

#[tokio::test]
async fn layers_that_change_the_body_in_calls_of_their_own() {
    let app = routes()
        .layer(RequestBodyLimitLayer::new(4096))
        .layer(layer())
        .layer(RequestDecompressionLayer::new())
        .layer(RequestBodyLimitLayer::new(4096));
    judges(app).await;
}

#[tokio::test]
async fn below_compression_and_above_timeout() {
    let stack = ServiceBuilder::new()
        .layer(CompressionLayer::new())
        .layer(layer())
        .layer(TimeoutLayer::with_status_code(
            StatusCode::REQUEST_TIMEOUT,
            Duration::from_secs(5),
        ));
    judges(routes().layer(stack)).await;
}

#[tokio::test]
async fn around_a_whole_router_no_route_is_matched_and_all_is_refused() {
    let around = layer().layer(routes());
    let answer = order(around, "LAMP").await;
    assert_eq!(answer.errors(), ["route.unknown in request"]);
}

#[tokio::test]
async fn plain_tower_service() {
    let handler = service_fn(|request: http::Request<Full<Bytes>>| async move {
        Ok::<_, Infallible>(http::Response::new(request.into_body()))
    });
    let service = ServiceBuilder::new()
        .layer(layer().route_by(|parts| Some(parts.uri.path())))
        .service(handler);
    let request = middleware_tests::post("/orders", r#"{"sku":"LAMP"}"#);
    let response = service
        .oneshot(request)
        .await
        .unwrap_or_else(|never| match never {});
    assert_eq!(Answer::of(response).await.body, r#"{"sku":"LAMP"}"#);
}

#[test]
fn the_layer_is_cheap_to_share() {
    fn shared<T: Clone + Send + Sync + 'static>() {}
    shared::<HardenLayer>();
    shared::<Policy>();
}
