//! An app as its users write it, and a policy that says nothing but which handler stands where.

#![expect(dead_code, reason = "`Debug` reads what the handlers have read")]

use std::{collections::BTreeMap, fmt::Debug};

use axum::{
    Extension, Form, Json, Router,
    body::Body,
    extract::{
        FromRequestParts, MatchedPath, OriginalUri, Path, Query, RawQuery, State,
        rejection::MatchedPathRejection,
    },
    http::{HeaderMap, Method, Request, StatusCode, Uri, request::Parts},
    routing::{get, post, put},
};
use middleware_tests::{Answer, policy};
use schemars::JsonSchema;
use serde::{Deserialize, de::DeserializeOwned};
use tower::ServiceExt;
use tower_harden::{
    Checked, Describe, Field, HardenLayer, Policy, RouteSchema, assert_covered, infer,
};
use uuid::Uuid;

const ID: &str = "0d4e5a36-7d3c-4b8e-9f3a-2f6f7f0c1a2b";

#[derive(Clone)]
struct Shop;

/// An order.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
struct NewOrder {
    /// What is ordered.
    #[schemars(length(min = 1), inner(length(max = 8)))]
    stock_units: Vec<String>,
    #[schemars(range(min = 1, max = 100))]
    quantity: u32,
    #[serde(default)]
    priority: Priority,
    #[serde(alias = "remark")]
    note: Option<String>,
    attributes: Option<BTreeMap<String, bool>>,
    ship_to: Option<Address>,
    payment: Payment,
}

#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
enum Priority {
    /// When there is time.
    #[default]
    Low,
    /// Before the others.
    High,
}

#[derive(Debug, Deserialize, JsonSchema)]
struct Address {
    street: String,
    /// For those who are away.
    other: Option<Box<Address>>,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(tag = "by", rename_all = "lowercase")]
enum Payment {
    Card { token: Uuid },
    Cash,
}

#[derive(Debug, Deserialize, JsonSchema)]
struct Filter {
    priority: Option<Priority>,
    #[serde(default)]
    limit: u8,
    above: Option<f64>,
    open: Option<bool>,
    #[serde(flatten)]
    page: Page,
}

#[derive(Debug, Deserialize, JsonSchema)]
struct Page {
    #[schemars(regex(pattern = "^[a-z0-9]{1,16}$"))]
    after: Option<String>,
}

#[derive(Debug, Deserialize, JsonSchema)]
struct Line {
    #[schemars(length(max = 8))]
    sku: String,
}

#[derive(Debug, Deserialize, JsonSchema)]
struct Place {
    #[schemars(regex(pattern = "^[a-z]+$"))]
    tenant: String,
    order: u64,
}

#[derive(Debug, Deserialize, JsonSchema)]
struct Login {
    #[schemars(email)]
    user: String,
    #[serde(default)]
    keep: bool,
}

#[derive(Debug, Deserialize, JsonSchema)]
struct Tags {
    #[serde(default)]
    #[schemars(length(max = 2))]
    tag: Vec<Priority>,
}

/// An extractor of the service.
#[derive(Debug)]
struct Tenant(String);

impl<S: Sync> FromRequestParts<S> for Tenant {
    type Rejection = StatusCode;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, StatusCode> {
        let tenant = parts.headers.get("x-tenant").ok_or(StatusCode::FORBIDDEN)?;
        let tenant = tenant.to_str().map_err(|_| StatusCode::FORBIDDEN)?;
        Ok(Self(tenant.to_owned()))
    }
}

impl Describe for Tenant {
    fn describe(route: RouteSchema) -> RouteSchema {
        route.required_header("x-tenant", Field::string().pattern("^[a-z]{1,8}$"))
    }
}

/// Another one, of a type that reads lists.
#[derive(Debug)]
struct Lists<T>(T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for Lists<T> {
    type Rejection = axum_extra::extract::QueryRejection;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Self::Rejection> {
        let query = axum_extra::extract::Query::from_request_parts(parts, state).await;
        query.map(|query| Self(query.0))
    }
}

impl<T: JsonSchema> Describe for Lists<T> {
    fn describe(route: RouteSchema) -> RouteSchema {
        route.query_of::<T>()
    }
}

/// What a handler has read.
fn read(what: impl Debug) -> String {
    format!("{what:?}")
}

async fn create_order(
    State(_): State<Shop>,
    Json(order): Json<NewOrder>,
) -> Result<(StatusCode, String), StatusCode> {
    Ok((StatusCode::CREATED, read(order)))
}

async fn orders(Query(filter): Query<Filter>) -> String {
    read(filter)
}

async fn order(Path(id): Path<Uuid>) -> String {
    read(id)
}

async fn line(Path(place): Path<(Uuid, u8)>, Checked(line): Checked<Line>) -> String {
    read((place, line))
}

async fn place(Path(place): Path<Place>, tenant: Tenant) -> String {
    read((place, tenant))
}

async fn annotate(path: Path<Uuid>, line: Option<Json<Line>>) -> String {
    read((path.0, line.map(|line| line.0)))
}

async fn recount(path: Path<Uuid>, line: Option<Checked<Line>>) -> String {
    read((path.0, line.map(|line| line.0)))
}

async fn login(Form(login): Form<Login>) -> String {
    read(login)
}

async fn tags(Lists(tags): Lists<Tags>) -> String {
    read(tags)
}

#[expect(clippy::too_many_arguments, reason = "there is one of each extractor")]
async fn all(
    _: State<Shop>,
    _: Extension<Shop>,
    _: HeaderMap,
    _: Method,
    _: Uri,
    _: OriginalUri,
    _: Result<MatchedPath, MatchedPathRejection>,
    (RawQuery(query), _): (RawQuery, Option<Extension<u8>>),
) -> String {
    read(query)
}

fn declared() -> Policy {
    policy(
        Policy::builder()
            .get("/health", infer(|| async { "well" }))
            .get("/orders", infer(orders))
            .post("/orders", infer(create_order))
            .get("/orders/{id}", infer(order))
            .patch("/orders/{id}", infer(annotate))
            .put("/orders/{id}", infer(recount))
            .put("/orders/{id}/lines/{line}", infer(line))
            .get("/tenants/{tenant}/orders/{order}", infer(place))
            .post("/login", infer(login))
            .get("/tags", infer(tags))
            .get("/all", infer(all)),
    )
}

fn app() -> Router {
    Router::new()
        .route("/health", get(|| async { "well" }))
        .route("/orders", get(orders).post(create_order))
        .route("/orders/{id}", get(order).patch(annotate).put(recount))
        .route("/orders/{id}/lines/{line}", put(line))
        .route("/tenants/{tenant}/orders/{order}", get(place))
        .route("/login", post(login))
        .route("/tags", get(tags))
        .route("/all", get(all))
        .layer(Extension(Shop))
        .with_state(Shop)
        .layer(HardenLayer::new(declared()))
}

/// The answer to a line such as `POST /orders` with a body of that media type.
async fn answer(line: &str, media_type: &str, body: &'static str) -> Answer {
    let (method, path) = line.split_once(' ').expect("a method and a path");
    let mut request = Request::builder()
        .method(method)
        .uri(path)
        .header("x-tenant", "acme");
    if !media_type.is_empty() {
        request = request.header("content-type", media_type);
    }
    let request = request.body(Body::from(body)).expect("a request");
    Answer::of(app().oneshot(request).await.expect("an answer")).await
}

async fn reads(line: &str, media_type: &str, body: &'static str, expected: &str) {
    let answer = answer(line, media_type, body).await;
    let read = String::from_utf8_lossy(&answer.body);
    assert!(answer.status().is_success(), "{line} {body}: {read}");
    assert_eq!(read, expected, "{line} {body}");
}

async fn refuses(line: &str, media_type: &str, body: &'static str, errors: &[&str]) {
    let answer = answer(line, media_type, body).await;
    assert_eq!(answer.errors(), errors, "{line} {body}");
}

const JSON: &str = "application/json";
const FORM: &str = "application/x-www-form-urlencoded";

#[tokio::test]
async fn every_route_is_covered() {
    assert_covered(app(), &declared()).await;
}

#[tokio::test]
async fn json_is_what_serde_reads() {
    reads(
        "POST /orders",
        JSON,
        r#"{"stockUnits":["DESK-9"],"quantity":1,"payment":{"by":"cash"}}"#,
        r#"NewOrder { stock_units: ["DESK-9"], quantity: 1, priority: Low, note: None, attributes: None, ship_to: None, payment: Cash }"#,
    )
    .await;
    reads(
        "POST /orders",
        JSON,
        r#"{"stockUnits":["A","B"],"quantity":100,"priority":"high","note":null,"attributes":{"x":true},
            "shipTo":{"street":"S","other":{"street":"T"}},
            "payment":{"by":"card","token":"0d4e5a36-7d3c-4b8e-9f3a-2f6f7f0c1a2b"}}"#,
        r#"NewOrder { stock_units: ["A", "B"], quantity: 100, priority: High, note: None, attributes: Some({"x": true}), ship_to: Some(Address { street: "S", other: Some(Address { street: "T", other: None }) }), payment: Card { token: 0d4e5a36-7d3c-4b8e-9f3a-2f6f7f0c1a2b } }"#,
    )
    .await;
}

#[tokio::test]
async fn json_that_the_type_does_not_say_is_refused() {
    for (body, error) in [
        (
            r#"{"stockUnits":[],"quantity":1,"payment":{"by":"cash"}}"#,
            "array.min_items in body #/stockUnits",
        ),
        (
            r#"{"stockUnits":["123456789"],"quantity":1,"payment":{"by":"cash"}}"#,
            "string.max_length in body #/stockUnits/0",
        ),
        (
            r#"{"stockUnits":["A"],"quantity":101,"payment":{"by":"cash"}}"#,
            "number.maximum in body #/quantity",
        ),
        (
            r#"{"stockUnits":["A"],"quantity":0,"payment":{"by":"cash"}}"#,
            "number.minimum in body #/quantity",
        ),
        (
            r#"{"stockUnits":["A"],"quantity":1,"payment":{"by":"cash"},"priority":"Low"}"#,
            "enum in body #/priority",
        ),
        // `remark` is an alias of `note`, which only serde knows.
        (
            r#"{"stockUnits":["A"],"quantity":1,"payment":{"by":"cash"},"remark":"r"}"#,
            "body.unknown_member in body #",
        ),
        (
            r#"{"stock_units":["A"],"quantity":1,"payment":{"by":"cash"}}"#,
            "body.unknown_member in body #",
        ),
        (
            r#"{"stockUnits":["A"],"quantity":1,"payment":{"by":"card","token":"t"}}"#,
            "schema in body #/payment",
        ),
        (
            r#"{"stockUnits":["A"],"quantity":1,"payment":{"by":"cash"},"shipTo":{"street":"S","admin":true}}"#,
            "body.unknown_member in body #/shipTo",
        ),
        (
            r#"{"stockUnits":["A"],"quantity":1}"#,
            "required in body #/payment",
        ),
        (
            r#"{"stockUnits":["A"],"quantity":1,"payment":{"by":"cash"},"note":"http://169.254.169.254/"}"#,
            "address.metadata in body #/note",
        ),
        (r#"["A"]"#, "type in body #"),
    ] {
        refuses("POST /orders", JSON, body, &[error]).await;
    }
}

#[tokio::test]
async fn a_query_has_the_fields_of_its_type() {
    reads(
        "GET /orders",
        "",
        "",
        "Filter { priority: None, limit: 0, above: None, open: None, page: Page { after: None } }",
    )
    .await;
    reads(
        "GET /orders?priority=high&limit=255&above=-1.5e3&open=true&after=abc",
        "",
        "",
        r#"Filter { priority: Some(High), limit: 255, above: Some(-1500.0), open: Some(true), page: Page { after: Some("abc") } }"#,
    )
    .await;
    for (query, error) in [
        ("priority=urgent", "enum in query priority"),
        ("limit=256", "number.maximum in query limit"),
        ("limit=-1", "number.minimum in query limit"),
        ("limit=1.0", "type in query limit"),
        ("above=much", "type in query above"),
        ("open=yes", "type in query open"),
        ("after=A", "string.pattern in query after"),
        ("limit=1&limit=2", "query.repeated in query limit"),
        ("admin=true", "query.unknown in query"),
        ("page=1", "query.unknown in query"),
    ] {
        refuses(&format!("GET /orders?{query}"), "", "", &[error]).await;
    }
}

#[tokio::test]
async fn a_path_is_named_by_its_pattern() {
    reads(&format!("GET /orders/{ID}"), "", "", ID).await;
    refuses("GET /orders/7", "", "", &["string.format in path id"]).await;

    let put = |line| format!("PUT /orders/{ID}/lines/{line}");
    let expected = format!(r#"(({ID}, 255), Line {{ sku: "DESK" }})"#);
    reads(&put("255"), JSON, r#"{"sku":"DESK"}"#, &expected).await;
    refuses(
        &put("256"),
        JSON,
        r#"{"sku":"DESK"}"#,
        &["number.maximum in path line"],
    )
    .await;
    refuses(
        &put("1"),
        JSON,
        r#"{"sku":"123456789"}"#,
        &["string.max_length in body #/sku"],
    )
    .await;

    let expected = r#"(Place { tenant: "acme", order: 7 }, Tenant("acme"))"#;
    reads("GET /tenants/acme/orders/7", "", "", expected).await;
    refuses(
        "GET /tenants/ACME/orders/7",
        "",
        "",
        &["string.pattern in path tenant"],
    )
    .await;
    refuses(
        "GET /tenants/acme/orders/-7",
        "",
        "",
        &["number.minimum in path order"],
    )
    .await;
}

#[tokio::test]
async fn an_extractor_of_the_service_says_what_it_reads() {
    let request = Request::get("/tenants/acme/orders/7").header("x-tenant", "ACME");
    let request = request.body(Body::empty()).expect("a request");
    let answer = Answer::of(app().oneshot(request).await.expect("an answer")).await;
    assert_eq!(answer.errors(), ["string.pattern in header x-tenant"]);

    reads(
        "GET /tags?tag=low&tag=high",
        "",
        "",
        "Tags { tag: [Low, High] }",
    )
    .await;
    refuses(
        "GET /tags?tag=low&tag=high&tag=low",
        "",
        "",
        &["array.max_items in query tag"],
    )
    .await;
    refuses("GET /tags?tag=none", "", "", &["enum in query tag"]).await;
}

#[tokio::test]
async fn an_optional_body_may_be_absent() {
    for method in ["PATCH", "PUT"] {
        let line = format!("{method} /orders/{ID}");
        reads(&line, "", "", &format!("({ID}, None)")).await;
        let expected = format!(r#"({ID}, Some(Line {{ sku: "DESK" }}))"#);
        reads(&line, JSON, r#"{"sku":"DESK"}"#, &expected).await;
        refuses(&line, JSON, r#"{"sku":1}"#, &["type in body #/sku"]).await;
    }
}

#[tokio::test]
async fn a_form_has_the_fields_of_its_type() {
    let expected = r#"Login { user: "a@example.com", keep: true }"#;
    reads(
        "POST /login",
        FORM,
        "user=a%40example.com&keep=true",
        expected,
    )
    .await;
    let expected = r#"Login { user: "a@example.com", keep: false }"#;
    reads("POST /login", FORM, "user=a%40example.com", expected).await;
    refuses("POST /login", FORM, "keep=true", &["required in form user"]).await;
    refuses(
        "POST /login",
        FORM,
        "user=a",
        &["string.format in form user"],
    )
    .await;
    refuses(
        "POST /login",
        FORM,
        "user=a%40example.com&admin=1",
        &["form.unknown in form"],
    )
    .await;
}

#[tokio::test]
async fn extractors_of_nothing_declared_leave_nothing_open() {
    reads("GET /health", "", "", "well").await;
    reads("GET /all", "", "", "None").await;
    refuses("GET /all?a=1", "", "", &["query.unknown in query"]).await;
    refuses("GET /all", JSON, "{}", &["body.unexpected in body #"]).await;
}
