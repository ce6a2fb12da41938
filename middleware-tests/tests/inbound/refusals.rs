//! What a refused client sees, what layers above see, what the log sees, and what nobody sees.

use std::sync::Arc;

use axum::{Router, body::Body, extract::Request, routing::post};
use bytes::Bytes;
use http::{Response, StatusCode};
use middleware_tests::{Answer, answer, by_path, log::Log, policy, refused};
use serde_json::{Value, json};
use tower::ServiceExt;
use tower_harden::{Code, Field, HardenLayer, Limits, Policy, Rejection, RouteSchema, Schema};

fn route() -> RouteSchema {
    RouteSchema::new().query("limit", Field::integer(1..)).json(
        Schema::object()
            .required("sku", Field::string().max_length(4))
            .optional("a/b~c", Field::boolean())
            .optional("note", Field::string()),
    )
}

fn layer() -> HardenLayer {
    by_path(policy(
        Policy::builder()
            .post("/", route())
            .limits(Limits::default().max_violations(8)),
    ))
}

#[tokio::test]
async fn the_answer_is_a_problem_document() {
    let answer = refused(
        &layer(),
        middleware_tests::post("/?limit=0", r#"{"sku":"ABCDE","a/b~c":1}"#),
    )
    .await;
    assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(
        answer.parts.headers["content-type"],
        "application/problem+json"
    );
    let document: Value = serde_json::from_slice(&answer.body).expect("JSON");
    assert_eq!(
        document,
        json!({
            "title": "Unprocessable Entity",
            "status": 422,
            "errors": [
                { "code": "number.minimum", "in": "query", "parameter": "limit", "detail": "the number is too small" },
                { "code": "string.max_length", "in": "body", "pointer": "#/sku", "detail": "the string is too long" },
                { "code": "type", "in": "body", "pointer": "#/a~1b~0c", "detail": "the value has the wrong type" },
            ],
        })
    );
}

#[tokio::test]
async fn by_default_the_first_violation_is_the_only_one() {
    let layer = by_path(policy(Policy::builder().post("/", route())));
    let answer = refused(
        &layer,
        middleware_tests::post("/?limit=0", r#"{"sku":"ABCDE","a/b~c":1}"#),
    )
    .await;
    assert_eq!(answer.errors(), ["number.minimum in query limit"]);
}

#[tokio::test]
async fn a_malformed_request_is_malformed_whatever_else_it_is() {
    let answer = refused(&layer(), middleware_tests::post("/", r#"{"sku":"ABCDE",}"#)).await;
    assert_eq!(answer.status(), StatusCode::BAD_REQUEST);
    assert_eq!(
        answer.errors(),
        [
            "string.max_length in body #/sku",
            "body.malformed in body #"
        ]
    );
}

#[tokio::test]
async fn no_more_violations_are_told_than_the_limit_says() {
    let schema = Schema::array(Field::boolean());
    let limits = Limits::default().max_violations(3);
    let layer = by_path(policy(
        Policy::builder()
            .post("/", RouteSchema::new().json(schema))
            .limits(limits),
    ));
    let answer = refused(&layer, middleware_tests::post("/", "[0,0,0,0,0,0")).await;
    assert_eq!(
        answer.errors(),
        ["type in body #/0", "type in body #/1", "type in body #/2"]
    );
}

#[tokio::test]
async fn one_closure_replaces_the_answer() {
    let layer = layer().on_rejection(|rejection: &Rejection| {
        let code = rejection.violations()[0].code();
        let mut response = Response::new(Bytes::from(format!("refused: {code}")));
        *response.status_mut() = StatusCode::IM_A_TEAPOT;
        response
    });
    let answer = refused(&layer, middleware_tests::post("/", "{}")).await;
    assert_eq!(
        (answer.status(), &answer.body[..]),
        (StatusCode::IM_A_TEAPOT, &b"refused: required"[..])
    );
    assert!(answer.parts.extensions.get::<Arc<Rejection>>().is_some());
}

#[tokio::test]
async fn layers_above_find_the_rejection_in_the_extensions() {
    let policy = policy(Policy::builder().post("/orders", route()));
    let app = Router::new()
        .route("/orders", post(|| async { "reached" }))
        .layer(HardenLayer::new(policy));
    let request = Request::post("/orders")
        .header("content-type", "application/json")
        .body(Body::from(r#"{"sku":7}"#))
        .expect("a request");
    let response = app
        .oneshot(request)
        .await
        .unwrap_or_else(|never| match never {});
    let rejection = response
        .extensions()
        .get::<Arc<Rejection>>()
        .expect("a rejection");
    assert_eq!(rejection.route(), Some("/orders"));
    assert_eq!(rejection.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(rejection.violations()[0].code(), Code::Type);
    assert_eq!(
        rejection.to_string(),
        "refused with 422 Unprocessable Entity; type at body #/sku"
    );
}

async fn logged(
    layer: &HardenLayer,
    request: http::Request<middleware_tests::Body>,
) -> (Answer, Vec<String>) {
    let log = Log::record();
    let answer = answer(layer, request).await;
    (answer, log.take())
}

#[tokio::test]
async fn one_event_tells_of_a_refusal() {
    let (_, events) = logged(
        &layer(),
        middleware_tests::post("/?limit=0", r#"{"sku":"ABCDE"}"#),
    )
    .await;
    let [event] = events.as_slice() else {
        panic!("{events:?}");
    };
    let (told, revision) = event.split_once(" harden.revision=").expect("a revision");
    assert_eq!(
        told,
        "tower_harden message=request refused http.route=\"/\" http.request.method=\"POST\" \
         http.response.status_code=422 error.type=\"number.minimum\" \
         security_rule.name=\"number.minimum\" security_rule.category=\"schema\" \
         harden.location=query limit harden.violations=2 \
         harden.others=string.max_length in body #/sku harden.mode=\"enforce\" \
         harden.policy=\"enforced\""
    );
    assert_eq!(revision.trim_end().len(), "\"0123456789abcdef\"".len());
    let (_, events) = logged(&layer(), middleware_tests::post("/", r#"{"sku":"ABC"}"#)).await;
    assert_eq!(events, [""; 0], "nothing is told of what passes");
}

/// Text that a client may put anywhere and that must come back nowhere.
const MARK: &str = "zqxjkv";

#[tokio::test]
async fn nothing_of_a_request_is_repeated() {
    let bodies = [
        format!(r#"{{"sku":"{MARK}{MARK}"}}"#),
        format!(r#"{{"sku":"A","{MARK}":1}}"#),
        format!(r#"{{"sku":"A","note":"http://{MARK}.internal/"}}"#),
        format!(r#"{{"sku":"A"}} {MARK}"#),
        MARK.to_string(),
        format!(r#"{{"sku":{{"{MARK}":1}}}}"#),
    ];
    let mut requests: Vec<_> = bodies
        .into_iter()
        .map(|body| middleware_tests::post("/", body))
        .collect();
    for target in [
        format!("/{MARK}"),
        format!("/?{MARK}=1"),
        format!("/?limit={MARK}"),
        format!("/?limit=1&limit=%{MARK}"),
    ] {
        requests.push(middleware_tests::post(&target, r#"{"sku":"A"}"#));
    }
    let mut strange = middleware_tests::post("/", "{}");
    *strange.method_mut() = http::Method::from_bytes(MARK.as_bytes()).expect("a method");
    requests.push(strange);
    let mut typed = middleware_tests::post("/", "{}");
    typed
        .headers_mut()
        .insert("content-type", MARK.parse().expect("a value"));
    requests.push(typed);

    for request in requests {
        let told = format!("{} {}", request.method(), request.uri());
        let (answer, events) = logged(&layer(), request).await;
        assert!(!answer.status().is_success(), "{told} passed");
        assert_eq!(events.len(), 1, "{told}");
        let rejection = answer
            .parts
            .extensions
            .get::<Arc<Rejection>>()
            .expect("a rejection");
        let shown = format!(
            "{:?} {:?} {events:?} {rejection:?} {rejection}",
            answer.parts.headers, answer.body
        );
        assert!(!shown.contains(MARK), "{told} is repeated in {shown}");
    }
}
