//! Requests to the service, behind the policy of the document that it makes.

use axum::{Router, body::Body};
use http::{Request, StatusCode};
use middleware_tests::{Answer, by_path, post, refused};
use serde_json::{Value, json};
use tower::ServiceExt;
use tower_harden::{HardenLayer, Policy};

use super::{documents::vector, service::service};

const ORDER: &str = "/v1/orders/7c0b0d1e-6e7f-4a53-9a43-0c6a8b5b2f11";

fn hardened() -> Router {
    let (router, document) = service();
    let policy = Policy::from_openapi(document).unwrap_or_else(|error| panic!("{error}"));
    router.layer(HardenLayer::new(policy))
}

async fn answer(
    method: &str,
    path: &str,
    headers: &[(&str, &str)],
    body: impl Into<Body>,
) -> Answer {
    let mut request = Request::builder().method(method).uri(path);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let request = request.body(body.into()).expect("a request");
    Answer::of(hardened().oneshot(request).await.expect("an answer")).await
}

async fn get(path: &str) -> Answer {
    answer("GET", path, &[], "").await
}

async fn send(method: &str, path: &str, body: &Value) -> Answer {
    let headers = [("content-type", "application/json")];
    answer(method, path, &headers, body.to_string()).await
}

async fn log_in(form: &'static str) -> Answer {
    let headers = [("content-type", "application/x-www-form-urlencoded")];
    answer("POST", "/login", &headers, form).await
}

fn order() -> Value {
    json!({
        "lines": [{ "sku": "A-1", "quantity": 2 }],
        "state": "open",
        "payment": { "kind": "invoice", "address": { "street": "Main 1", "country": "NO" } },
        "address": null,
        "labels": { "size": "XL" },
        "priority": -1,
    })
}

#[tokio::test]
async fn what_the_document_says_passes() {
    for path in ["/", "/v1/orders?text=a&limit=100&state=paid", ORDER] {
        assert_eq!(get(path).await.status(), StatusCode::OK, "{path}");
    }
    let made = send("POST", "/v1/orders", &order()).await;
    assert_eq!(made.status(), StatusCode::OK);
    for change in [json!({}), json!({ "state": null, "note": "late" })] {
        let changed = send("PATCH", ORDER, &change).await;
        assert_eq!(changed.status(), StatusCode::OK, "{change}");
    }
    let removed = answer("DELETE", &format!("{ORDER}/lines/3"), &[], "").await;
    assert_eq!(removed.status(), StatusCode::OK);
    assert_eq!(log_in("user=a&code=7").await.status(), StatusCode::OK);
}

#[tokio::test]
async fn other_parameters_are_refused() {
    for (path, error) in [
        ("/?a=1", "query.unknown in query"),
        ("/v1/orders", "required in query text"),
        (
            "/v1/orders?text=a&limit=101",
            "number.maximum in query limit",
        ),
        ("/v1/orders?text=a&limit=", "type in query limit"),
        ("/v1/orders?text=a&state=null", "enum in query state"),
        ("/v1/orders/7", "string.format in path id"),
    ] {
        assert_eq!(get(path).await.errors(), [error], "{path}");
    }
    let traced = answer("GET", ORDER, &[("x-trace", "7")], "").await;
    assert_eq!(traced.errors(), ["string.format in header x-trace"]);
}

#[tokio::test]
async fn other_bodies_are_refused() {
    for (member, value, error) in [
        ("state", json!("lost"), "enum in body #/state"),
        (
            "lines",
            json!([{ "sku": "A", "quantity": 0 }]),
            "number.minimum in body #/lines/0/quantity",
        ),
        (
            "note",
            json!("http://169.254.169.254/"),
            "address.metadata in body #/note",
        ),
        (
            "payment",
            json!({ "kind": "gift" }),
            "schema in body #/payment",
        ),
        ("admin", json!(true), "body.unknown_member in body #"),
    ] {
        let mut body = order();
        body[member] = value;
        let errors = send("POST", "/v1/orders", &body).await.errors();
        assert_eq!(errors, [error], "{member}");
    }
    assert_eq!(
        log_in("user=a&code=x").await.errors(),
        ["type in form code"]
    );
    assert_eq!(log_in("code=1").await.errors(), ["required in form user"]);
}

#[tokio::test]
async fn files_are_those_of_the_document() {
    let form = |media_type: &str| {
        format!(
            "--b\r\ncontent-disposition: form-data; name=\"title\"\r\n\r\na\r\n--b\r\n\
             content-disposition: form-data; name=\"photo\"; filename=\"a.png\"\r\n\
             content-type: {media_type}\r\n\r\nx\r\n--b--\r\n"
        )
    };
    let headers = [("content-type", "multipart/form-data; boundary=b")];
    let path = format!("{ORDER}/photo");
    let stored = answer("PUT", &path, &headers, form("image/png")).await;
    assert_eq!(stored.status(), StatusCode::OK);
    let other = answer("PUT", &path, &headers, form("text/html")).await;
    assert_eq!(other.errors(), ["file.media_type in form photo"]);
}

/// The pet shop, whose document is of version 3.0.
#[tokio::test]
async fn a_policy_is_that_of_the_document() {
    let document = vector("petshop-3.0.yaml");
    let policy = Policy::from_openapi(document).unwrap_or_else(|error| panic!("{error}"));
    let layer = by_path(policy);

    let pet = json!({ "name": "Rex", "weight": 3.5, "owner": { "name": null } });
    for (path, body) in [
        ("/pets", pet.to_string()),
        ("/pets?api_key=k", String::new()),
    ] {
        let answer = middleware_tests::answer(&layer, post(path, body)).await;
        assert_eq!(answer.status(), StatusCode::OK, "{path}");
    }
    let answer = refused(&layer, post("/contact", "{}")).await;
    assert_eq!(answer.status(), StatusCode::UNSUPPORTED_MEDIA_TYPE);
    for (member, value, error) in [
        ("id", json!("x"), "body.unknown_member in body #"),
        ("weight", json!(0), "number.minimum in body #/weight"),
        ("friend", json!(null), "type in body #/friend"),
        ("kind", json!([]), "schema in body #/kind"),
    ] {
        let mut other = pet.clone();
        other[member] = value;
        let answer = refused(&layer, post("/pets", other.to_string())).await;
        assert_eq!(answer.errors(), [error], "{member}");
    }
    let key = middleware_tests::get("/pets?q=&api_key=k&limit=0");
    let answer = refused(&layer, key).await;
    assert_eq!(answer.errors(), ["number.minimum in query limit"]);
}
