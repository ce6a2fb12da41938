//! Enforce, report, off.

use http::StatusCode;
use middleware_tests::{answer, by_path, get, policy, post};
use tower_harden::{Field, HardenLayer, Limits, Mode, Policy, RouteSchema, Schema};

fn layer(mode: Mode) -> HardenLayer {
    let body = Schema::object().required("sku", Field::string().max_length(4));
    by_path(policy(
        Policy::builder()
            .post("/", RouteSchema::new().json(body))
            .get("/", RouteSchema::new().query("limit", Field::integer(1..)))
            .get("/strict", RouteSchema::new().mode(Mode::Enforce))
            .mode(mode)
            .limits(Limits::default().max_body(100)),
    ))
}

#[tokio::test]
async fn a_reported_request_reaches_its_handler_unchanged() {
    let layer = layer(Mode::Report);
    for body in [
        r#"{"sku":"ABCDE"}"#,
        "{",
        r#"{"sku":"A","other":"http://127.0.0.1/"}"#,
        "\u{0}",
    ] {
        let answer = answer(&layer, post("/", body)).await;
        assert_eq!(
            (answer.status(), &answer.body[..]),
            (StatusCode::OK, body.as_bytes()),
            "{body:?}"
        );
    }
    assert_eq!(
        answer(&layer, get("/?limit=0&x=%zz")).await.status(),
        StatusCode::OK
    );
    assert_eq!(
        answer(&layer, get("/unknown")).await.status(),
        StatusCode::OK
    );
    let mut untyped = post("/", "text");
    untyped.headers_mut().remove("content-type");
    assert_eq!(answer(&layer, untyped).await.body, "text");
}

#[tokio::test]
async fn the_size_of_a_body_is_limited_also_where_it_is_reported() {
    let answer = answer(&layer(Mode::Report), post("/", "x".repeat(101))).await;
    assert_eq!(answer.status(), StatusCode::PAYLOAD_TOO_LARGE);
}

#[tokio::test]
async fn it_is_limited_also_where_no_schema_is_declared() {
    for path in ["/unknown", "/strict"] {
        let answer = answer(&layer(Mode::Report), post(path, "x".repeat(101))).await;
        assert_eq!(answer.status(), StatusCode::PAYLOAD_TOO_LARGE, "{path}");
    }
    let body = "x".repeat(100);
    let answer = answer(&layer(Mode::Report), post("/unknown", body.clone())).await;
    assert_eq!(answer.body, body);
}

#[tokio::test]
async fn a_route_may_be_stricter_than_its_policy() {
    let answer = answer(&layer(Mode::Report), get("/strict?x=1")).await;
    assert_eq!(answer.errors(), ["query.unknown in query"]);
}

#[tokio::test]
async fn off_looks_at_nothing() {
    let layer = layer(Mode::Off);
    assert_eq!(
        answer(&layer, post("/", "x".repeat(1000))).await.body.len(),
        1000
    );
    assert_eq!(
        answer(&layer, get("/unknown")).await.status(),
        StatusCode::OK
    );
}
