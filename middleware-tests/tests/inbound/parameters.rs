//! Path and query: decoded once, as the extractors decode them, and judged by their fields.

use axum::{
    Router,
    body::Body,
    extract::{Path, Request},
    routing::get,
};
use http::StatusCode;
use middleware_tests::{Answer, answer, by_path, mistakes, policy};
use tower::ServiceExt;
use tower_harden::{Field, HardenLayer, JsonSchema, Limits, PathParams, Policy, RouteSchema};

fn layer() -> HardenLayer {
    by_path(policy(
        Policy::builder().get(
            "/",
            RouteSchema::new()
                .query("text", Field::string().max_length(20))
                .query("limit", Field::integer(1..=50))
                .query("ratio", Field::number(0.0..=1.0))
                .query("deep", Field::boolean())
                .query(
                    "tag",
                    Field::list(Field::one_of(["a", "b", "c"]))
                        .min_items(2)
                        .max_items(3),
                )
                .query("url", Field::url())
                .query("id", Field::uuid()),
        ),
    ))
}

async fn query(query: &str) -> Answer {
    answer(&layer(), middleware_tests::get(&format!("/?{query}"))).await
}

async fn refused(text: &str) -> Vec<String> {
    let answer = query(text).await;
    assert!(!answer.status().is_success(), "{text} was accepted");
    answer.errors()
}

#[tokio::test]
async fn declared_parameters_pass() {
    for text in [
        "",
        "&&",
        "text=hello+world%21",
        "text=",
        "text",
        "te%78t=a;b",
        "limit=50&ratio=0.5&deep=true",
        "tag=a&tag=b&tag=a",
        "url=https%3A%2F%2Fexample.com%2F",
        "id=550e8400-e29b-41d4-a716-446655440000",
    ] {
        assert_eq!(query(text).await.status(), StatusCode::OK, "{text}");
    }
}

#[tokio::test]
async fn an_undeclared_parameter_is_refused_without_its_name() {
    for text in [
        "limits=1",
        "Limit=1",
        "limit%5B%5D=1",
        "tag[0]=a",
        "=x",
        "%6Cimit%20=1",
    ] {
        assert_eq!(refused(text).await, ["query.unknown in query"], "{text}");
    }
}

#[tokio::test]
async fn a_repeated_parameter_is_refused_unless_it_is_a_list() {
    for text in ["limit=1&limit=1", "limit=1&l%69mit=2", "text&text="] {
        let errors = refused(text).await;
        assert!(
            errors[0].starts_with("query.repeated in query "),
            "{text}: {errors:?}"
        );
    }
    assert_eq!(refused("tag=a").await, ["array.min_items in query tag"]);
    assert_eq!(
        refused("tag=a&tag=a&tag=a&tag=a").await,
        ["array.max_items in query tag"]
    );
    assert_eq!(refused("tag=a&tag=d").await, ["enum in query tag"]);
}

#[tokio::test]
async fn what_extractors_read_leniently_is_refused() {
    for text in [
        "text=%",
        "text=%4",
        "text=%zz",
        "text=%FF",
        "text=%C0%AF",
        "text=%ED%A0%80",
        "%zz=1",
    ] {
        let answer = query(text).await;
        assert_eq!(answer.status(), StatusCode::BAD_REQUEST, "{text}");
        assert_eq!(answer.errors(), ["query.malformed in query"], "{text}");
    }
}

#[tokio::test]
async fn numbers_and_booleans_have_one_spelling() {
    for text in [
        "limit=%2B7",
        "limit=007",
        "limit=-0",
        "limit=1.0",
        "limit=1e1",
        "limit=+1",
        "limit=",
        "limit=0x1",
    ] {
        assert_eq!(refused(text).await, ["type in query limit"], "{text}");
    }
    assert_eq!(refused("limit=0").await, ["number.minimum in query limit"]);
    assert_eq!(refused("limit=51").await, ["number.maximum in query limit"]);
    assert_eq!(
        refused("limit=99999999999999999999").await,
        ["number.maximum in query limit"]
    );
    for text in [
        "ratio=NaN",
        "ratio=inf",
        "ratio=1e400",
        "ratio=.5",
        "ratio=%2B0.5",
        "ratio=1e-400",
    ] {
        assert_eq!(refused(text).await, ["type in query ratio"], "{text}");
    }
    for text in ["deep=TRUE", "deep=1", "deep=", "deep"] {
        assert_eq!(refused(text).await, ["type in query deep"], "{text}");
    }
}

#[tokio::test]
async fn addresses_are_judged_after_decoding() {
    for text in [
        "url=http://169.254.169.254/",
        "url=http%3a%2f%2f169.254.169.254",
        "url=http://2852039166/",
    ] {
        assert_eq!(
            refused(text).await,
            ["address.metadata in query url"],
            "{text}"
        );
    }
    assert_eq!(
        refused("text=http://127.0.0.1/").await,
        ["address.internal in query text"]
    );
    // Encoded twice: a handler that decodes once more sees it.
    assert_eq!(
        refused("text=http%253A%252F%252F[::1]").await,
        ["address.internal in query text"]
    );
    assert_eq!(
        refused("text=a%00b").await,
        ["string.control in query text"]
    );
}

#[tokio::test]
async fn required_parameters_and_their_number() {
    let layer = by_path(policy(
        Policy::builder().get(
            "/",
            RouteSchema::new()
                .required_query("q", Field::string())
                .query("tag", Field::list(Field::string()))
                .limits(Limits::default().max_parameters(3)),
        ),
    ));
    let errors =
        |target: &'static str| async { answer(&layer, middleware_tests::get(target)).await };
    assert_eq!(errors("/").await.errors(), ["required in query q"]);
    assert_eq!(errors("/?q=").await.status(), StatusCode::OK);
    assert_eq!(errors("/?q=1&tag=2&tag=3").await.status(), StatusCode::OK);
    assert_eq!(
        errors("/?q=1&tag=2&tag=3&tag=4").await.errors(),
        ["limit.parameters in query"]
    );
}

fn paths() -> Router {
    let policy = policy(
        Policy::builder().get(
            "/{table}/{*rest}",
            RouteSchema::new()
                .path("table", Field::table_name())
                .path("rest", Field::string()),
        ),
    );
    Router::new()
        .route("/{table}/{*rest}", get(|Path((table, rest)): Path<(String, String)>| async move { format!("{table} {rest}") }))
        .layer(HardenLayer::new(policy))
}

async fn path(target: &str) -> Answer {
    let request = Request::get(target).body(Body::empty()).expect("a request");
    Answer::of(
        paths()
            .oneshot(request)
            .await
            .unwrap_or_else(|never| match never {}),
    )
    .await
}

#[tokio::test]
async fn path_parameters_are_what_the_handler_reads() {
    let answer = path("/Orders/a%20b/c%2Fd").await;
    assert_eq!(
        (answer.status(), &answer.body[..]),
        (StatusCode::OK, &b"Orders a b/c/d"[..])
    );
    // The same bytes for both: an escape that is none stays as it is.
    assert_eq!(path("/Orders/100%zz").await.body, "Orders 100%zz");
}

#[tokio::test]
async fn path_parameters_are_judged() {
    for (target, error) in [
        (
            "/arn:aws:dynamodb:us-east-1:1:table%2FOrders/x",
            "string.format in path table",
        ),
        ("/ab/x", "string.format in path table"),
        ("/Orders/a%00b", "string.control in path rest"),
        (
            "/Orders/http:%2f%2f169.254.169.254",
            "address.metadata in path rest",
        ),
        ("/Orders/localhost:80", "address.internal in path rest"),
        ("/Orders/%FF", "path.unreadable in path"),
    ] {
        assert_eq!(path(target).await.errors(), [error], "{target}");
    }
}

#[tokio::test]
async fn a_plain_service_hands_its_path_parameters_over() {
    let policy = policy(Policy::builder().get(
        "/items/{id}",
        RouteSchema::new().path("id", Field::integer(1..)),
    ));
    let layer = HardenLayer::new(policy).route_by(|_| Some("/items/{id}"));
    let send = |parameters: Option<PathParams>| {
        let mut request = middleware_tests::get("/items/x");
        if let Some(parameters) = parameters {
            request.extensions_mut().insert(parameters);
        }
        answer(&layer, request)
    };
    let id = |value: &str| Some([("id", value)].into_iter().collect());
    assert_eq!(send(id("7")).await.status(), StatusCode::OK);
    assert_eq!(send(id("seven")).await.errors(), ["type in path id"]);
    assert_eq!(send(None).await.errors(), ["path.unreadable in path"]);
    assert_eq!(
        send(Some([("other", "7")].into_iter().collect()))
            .await
            .errors(),
        ["path.unreadable in path"]
    );
}

#[tokio::test]
async fn documents_describe_parameters() {
    let field = |document: &str| JsonSchema::new(document);
    let layer = by_path(policy(
        Policy::builder().get(
            "/",
            RouteSchema::new()
                .query("limit", field(r#"{"type": "integer", "maximum": 50}"#))
                .query(
                    "state",
                    field(r#"{"type": ["string", "null"], "enum": ["open", null]}"#),
                )
                .query("level", field(r#"{"enum": [1, 2.5]}"#))
                .query("yes", field(r#"{"const": true}"#))
                .query(
                    "tag",
                    field(
                        r#"{"type": "array", "items": {"type": "string", "pattern": "^[a-z]$"}, "maxItems": 2}"#,
                    ),
                ),
        ),
    ));
    for (query, error) in [
        ("limit=50&state=open&level=2.5&yes=true&tag=a&tag=b", None),
        ("level=1", None),
        ("limit=51", Some("number.maximum")),
        ("limit=1.0", Some("type")),
        ("state=null", Some("enum")),
        ("level=2", Some("enum")),
        ("yes=false", Some("enum")),
        ("tag=ab", Some("string.pattern")),
        ("tag=a&tag=b&tag=c", Some("array.max_items")),
    ] {
        let answer = answer(&layer, middleware_tests::get(&format!("/?{query}"))).await;
        let code = match answer.status() {
            StatusCode::OK => None,
            _ => Some(answer.problem().errors[0].code.clone()),
        };
        assert_eq!(code.as_deref(), error, "{query}");
    }
    for document in [
        "{}",
        r#"{"type": "null"}"#,
        r#"{"type": ["string", "integer"]}"#,
        r#"{"type": "object", "properties": {}}"#,
        r#"{"type": "array", "items": {"type": "array", "items": {"type": "string"}}}"#,
        r#"{"oneOf": [{"type": "string", "minLength": 9}, {"type": "integer"}]}"#,
        r#"{"enum": ["a", 1]}"#,
    ] {
        mistakes(
            Policy::builder().get("/", RouteSchema::new().query("x", field(document))),
            &["GET /: query x: has a type that only JSON has"],
        );
    }
    mistakes(
        Policy::builder().get(
            "/{id}",
            RouteSchema::new().path(
                "id",
                field(r#"{"type": "array", "items": {"type": "string"}}"#),
            ),
        ),
        &["GET /{id}: path id: is a list, and a path parameter comes once"],
    );
}
