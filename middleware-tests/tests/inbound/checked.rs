//! `Checked`: what the layer has judged, and an answer that says so where it has not.

use axum::{BoxError, Router, body::Body, extract::Request, routing::post};
use http::StatusCode;
use middleware_tests::{Answer, log::Log, mistakes, policy};
use serde::Deserialize;
use tower::ServiceExt;
use tower_harden::{Checked, Field, HardenLayer, Mode, Policy, RouteSchema, Schema};

#[derive(Deserialize)]
struct Order {
    sku: String,
    quantity: u8,
}

async fn order(Checked(order): Checked<Order>) -> String {
    format!("{} {}", order.quantity, order.sku)
}

fn router() -> Router {
    Router::new().route("/", post(order))
}

fn hardened(mode: Mode) -> Router {
    let schema = Schema::object()
        .required("sku", Field::string())
        // The type has room for less.
        .required("quantity", Field::integer(1..=1000));
    let builder = Policy::builder()
        .mode(mode)
        .post("/", RouteSchema::new().json(schema));
    router().layer(HardenLayer::new(policy(builder)))
}

async fn send(router: Router, media_type: &str, body: &'static str) -> Answer {
    let request = Request::post("/")
        .header("content-type", media_type)
        .body(Body::from(body))
        .expect("a request");
    Answer::of(router.oneshot(request).await.expect("an answer")).await
}

const JSON: &str = "application/json";
const DESK: &str = r#"{"sku":"D\u0045SK","quantity":2}"#;

#[tokio::test]
async fn what_was_judged_is_deserialized() {
    for mode in [Mode::Enforce, Mode::Report, Mode::Off] {
        let answer = send(hardened(mode), JSON, DESK).await;
        assert_eq!(answer.status(), StatusCode::OK, "{mode:?}");
        assert_eq!(answer.body, "2 DESK", "{mode:?}");
    }
}

#[tokio::test]
async fn without_a_layer_it_is_a_mistake_of_the_service() {
    let log = Log::record();
    let answer = send(router(), JSON, DESK).await;
    let told = log.take().concat();
    assert_eq!(answer.status(), StatusCode::INTERNAL_SERVER_ERROR);
    assert_eq!(answer.body, "");
    assert!(told.contains("no HardenLayer has judged"), "{told}");
}

#[tokio::test]
async fn a_route_that_declares_no_json_is_one_as_well() {
    let form = Schema::object().optional("sku", Field::string());
    let builder = Policy::builder().post("/", RouteSchema::new().form(form));
    let router = router().layer(HardenLayer::new(policy(builder)));
    let answer = send(router, "application/x-www-form-urlencoded", "sku=a").await;
    assert_eq!(answer.status(), StatusCode::INTERNAL_SERVER_ERROR);
}

#[tokio::test]
async fn a_type_with_less_room_than_the_schema_is_told_without_the_value() {
    let body = r#"{"sku":"marker","quantity":300}"#;
    let log = Log::record();
    let answer = send(hardened(Mode::Enforce), JSON, body).await;
    let told = log.take().concat();
    assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(answer.errors(), ["type in body #"]);
    assert!(told.contains("its type does not accept"), "{told}");
    for value in ["marker", "300"] {
        assert!(!told.contains(value), "{told}");
    }
}

#[tokio::test]
async fn where_nothing_is_enforced_the_media_type_still_counts() {
    for mode in [Mode::Report, Mode::Off] {
        let answer = send(hardened(mode), "text/plain", DESK).await;
        assert_eq!(
            answer.status(),
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "{mode:?}"
        );
        for broken in ["{", ""] {
            let answer = send(hardened(mode), JSON, broken).await;
            assert_eq!(answer.errors(), ["type in body #"], "{mode:?}");
        }
    }
}

async fn maybe_order(order: Option<Checked<Order>>) -> String {
    match order {
        Some(Checked(order)) => order.sku,
        None => "none".into(),
    }
}

#[tokio::test]
async fn an_optional_body_may_be_absent_and_not_wrong() {
    for mode in [Mode::Enforce, Mode::Report, Mode::Off] {
        let sku = Schema::object()
            .required("sku", Field::string().max_length(4))
            .required("quantity", Field::integer(1..=9));
        let schema = || RouteSchema::new().json(sku.clone()).optional_body();
        let builder = Policy::builder()
            .mode(mode)
            .post("/maybe", schema())
            .post("/", schema());
        let router = router()
            .route("/maybe", post(maybe_order))
            .layer(HardenLayer::new(policy(builder)));
        let send = async |path: &str, media_type: Option<&str>, body: Body| {
            let mut request = Request::post(path);
            if let Some(media_type) = media_type {
                request = request.header("content-type", media_type);
            }
            let request = request.body(body).expect("a request");
            Answer::of(router.clone().oneshot(request).await.expect("an answer")).await
        };
        // A stream that turns out to have nothing.
        let nothing = || Body::from_stream(futures_util::stream::empty::<Result<&str, BoxError>>());
        for body in [Body::empty(), nothing()] {
            let answer = send("/maybe", None, body).await;
            assert_eq!(answer.body, "none", "{mode:?}");
        }
        let answer = send("/maybe", Some(JSON), Body::from(DESK)).await;
        assert_eq!(answer.body, "DESK", "{mode:?}");
        if mode == Mode::Enforce {
            let answer = send("/maybe", Some(JSON), nothing()).await;
            assert_eq!(answer.body, "none");
            let answer = send("/", Some(JSON), Body::empty()).await;
            assert_eq!(answer.errors(), ["body.missing in body #"]);
            let answer = send("/maybe", None, Body::from(DESK)).await;
            assert_eq!(answer.errors(), ["body.unexpected in body #"]);
            let answer = send("/maybe", Some("text/plain"), Body::from(DESK)).await;
            assert_eq!(answer.errors(), ["body.media_type in header content-type"]);
            let long = r#"{"sku":"DESKS","quantity":2}"#;
            let answer = send("/maybe", Some(JSON), Body::from(long)).await;
            assert_eq!(answer.errors(), ["string.max_length in body #/sku"]);
        }
    }
    mistakes(
        Policy::builder().get("/", RouteSchema::new().optional_body()),
        &["GET /: has an optional body, and declares none"],
    );
}
