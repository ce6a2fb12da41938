//! A document is the same document wherever it is cut.

use axum::body::Body;
use http::{Request, Response, StatusCode};
use middleware_tests::{Answer, by_path, pieces, policy};
use tower::{Layer, ServiceExt, service_fn};
use tower_harden::{Field, HardenLayer, Policy, RouteSchema, Schema};

fn layer() -> HardenLayer {
    let link = Schema::object().required("url", Field::url());
    by_path(policy(
        Policy::builder().post("/", RouteSchema::new().json(link)),
    ))
}

/// The answer to a body whose first two pieces have these lengths.
async fn answer(layer: &HardenLayer, body: &str, lengths: [usize; 2]) -> Answer {
    let request = Request::post("/")
        .header("content-type", "application/json")
        .body(pieces::cut(body.as_bytes(), lengths))
        .expect("a request");
    let echo = service_fn(async |request: Request<Body>| Ok(Response::new(request.into_body())));
    let response = layer.layer(echo).oneshot(request).await;
    Answer::of(response.unwrap_or_else(|never: std::convert::Infallible| match never {})).await
}

#[tokio::test]
async fn an_address_is_found_wherever_its_escapes_are_cut() {
    let layer = layer();
    let body = r#"{"url":"http://metadata.google.inte\u0072n\u0061l/"}"#;
    for first in 0..body.len() {
        for second in 0..body.len() - first {
            let answer = answer(&layer, body, [first, second]).await;
            assert_eq!(
                answer.errors(),
                ["address.metadata in body #/url"],
                "{first} {second}"
            );
        }
    }
}

#[tokio::test]
async fn a_name_is_found_wherever_its_escapes_are_cut() {
    let layer = layer();
    let body = r#"{"u\u0072\u006c":"https:\/\/example.com\/\u0061"}"#;
    for first in 0..body.len() {
        for second in 0..body.len() - first {
            let answer = answer(&layer, body, [first, second]).await;
            assert_eq!(
                (answer.status(), &answer.body[..]),
                (StatusCode::OK, body.as_bytes())
            );
        }
    }
}
