//! Forms: decoded once, as `Form` decodes them, and judged by their fields.

use axum::{Form, Router, body::Body, extract::Request, routing::post};
use http::{StatusCode, header::CONTENT_TYPE};
use middleware_tests::{Answer, mistakes, policy};
use serde::Deserialize;
use tower::ServiceExt;
use tower_harden::{Field, HardenLayer, Limits, Policy, RouteSchema, Schema};

const FORM: &str = "application/x-www-form-urlencoded";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Order {
    sku: String,
    quantity: Option<u8>,
}

async fn order(Form(order): Form<Order>) -> String {
    format!("{} {:?}", order.sku, order.quantity)
}

fn router() -> Router {
    let order_fields = || {
        Schema::object()
            .required("sku", Field::string().max_length(8))
            .optional("quantity", Field::integer(1..=9))
    };
    let tags = Schema::object().optional(
        "tag",
        Field::list(Field::one_of(["a", "b"]))
            .min_items(2)
            .max_items(3),
    );
    let policy = policy(
        Policy::builder()
            .limits(Limits::default().max_parameters(4))
            .post("/", RouteSchema::new().form(order_fields()))
            .post(
                "/either",
                RouteSchema::new().form(order_fields()).json(order_fields()),
            )
            .post("/tags", RouteSchema::new().form(tags)),
    );
    Router::new()
        .route("/", post(order))
        .route("/either", post(|body: String| async { body }))
        .route("/tags", post(|body: String| async { body }))
        .layer(HardenLayer::new(policy))
}

async fn send(path: &str, media_type: &str, body: impl Into<Body>) -> Answer {
    let request = Request::post(path)
        .header(CONTENT_TYPE, media_type)
        .body(body.into())
        .expect("a request");
    Answer::of(router().oneshot(request).await.expect("an answer")).await
}

#[tokio::test]
async fn the_extractor_reads_what_was_judged() {
    for (body, read) in [
        ("sku=A-1", "A-1 None"),
        ("&quantity=9&&sku=A+%31&", "A 1 Some(9)"),
        ("s%6bu=", " None"),
        ("sku", " None"),
        ("sku=a;b", "a;b None"),
    ] {
        let answer = send("/", FORM, body).await;
        assert_eq!(answer.status(), StatusCode::OK, "{body}");
        assert_eq!(answer.body, read, "{body}");
    }
}

#[tokio::test]
async fn what_breaks_a_rule_is_refused_by_name() {
    for (body, status, error) in [
        ("", 400, "body.missing in body #"),
        ("quantity=1", 422, "required in form sku"),
        ("sku=123456789", 422, "string.max_length in form sku"),
        ("sku=a&sku=b", 422, "form.repeated in form sku"),
        ("sku=a&s%6Bu=b", 422, "form.repeated in form sku"),
        ("sku=a&role=admin", 422, "form.unknown in form"),
        ("sku=a&quantity=%2B1", 422, "type in form quantity"),
        ("sku=a&quantity=0", 422, "number.minimum in form quantity"),
        ("sku=%zz", 400, "form.malformed in form"),
        ("sku=%ff", 400, "form.malformed in form"),
        ("sku=//127.1", 422, "address.internal in form sku"),
        ("sku=%00", 422, "string.control in form sku"),
    ] {
        let answer = send("/", FORM, body).await;
        assert_eq!(answer.status(), status, "{body}");
        assert_eq!(answer.errors(), [error], "{body}");
    }
}

#[tokio::test]
async fn bytes_that_are_no_text_are_refused() {
    let answer = send("/", FORM, &b"sku=\xff"[..]).await;
    assert_eq!(answer.errors(), ["form.malformed in form"]);
}

#[tokio::test]
async fn the_number_of_fields_is_limited() {
    let answer = send("/tags", FORM, "tag=a&tag=a&tag=a&tag=a&tag=a").await;
    assert_eq!(answer.errors(), ["limit.parameters in form"]);
}

#[tokio::test]
async fn a_list_is_a_repeated_field() {
    for (body, errors) in [
        ("tag=a&tag=b", &[][..]),
        ("tag=a", &["array.min_items in form tag"]),
        ("tag=a&tag=a&tag=a&tag=a", &["array.max_items in form tag"]),
        ("tag=a&tag=c", &["enum in form tag"]),
        ("tag[]=a&tag[]=b", &["form.unknown in form"]),
    ] {
        let answer = send("/tags", FORM, body).await;
        if errors.is_empty() {
            assert_eq!(answer.status(), StatusCode::OK, "{body}");
        } else {
            assert_eq!(answer.errors(), errors, "{body}");
        }
    }
}

#[tokio::test]
async fn the_media_type_decides_between_declared_bodies() {
    for (media_type, body, status) in [
        (FORM, "sku=a", 200),
        (
            "application/x-www-form-urlencoded; charset=utf-8",
            "sku=a",
            200,
        ),
        ("application/json", r#"{"sku":"a"}"#, 200),
        (FORM, r#"{"sku":"a"}"#, 422),
        ("application/json", "sku=a", 400),
        ("application/x-www-form-urlencodedXYZ", "sku=a", 415),
        ("multipart/form-data; boundary=x", "sku=a", 415),
    ] {
        let answer = send("/either", media_type, body).await;
        assert_eq!(answer.status(), status, "{media_type} {body}");
    }
    assert_eq!(
        send("/", "application/json", r#"{"sku":"a"}"#)
            .await
            .status(),
        415
    );
}

#[test]
fn mistakes_are_named() {
    mistakes(
        Policy::builder().post(
            "/",
            RouteSchema::new().form(
                Schema::object()
                    .required("a", Schema::object())
                    .required("b", Field::string())
                    .required("b", Field::string())
                    .nullable(),
            ),
        ),
        &[
            "form a: has a type that only JSON has",
            "form b: is declared twice",
            "form: has declared fields only",
        ],
    );
}
