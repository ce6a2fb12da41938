//! A service as users of `utoipa` write it, and the policy of the document that it makes.
#![expect(
    dead_code,
    reason = "what is declared is described, and nothing reads it"
)]

use std::collections::{BTreeMap, BTreeSet};

use axum::{
    Form, Json, Router,
    body::Body,
    extract::{MatchedPath, Path, Query},
    middleware::{self, Next},
    response::{IntoResponse, Response},
};
use http::Request;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use tower::ServiceExt;
use tower_harden::OpenApi as Document;
use utoipa::{IntoParams, OpenApi, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

#[derive(OpenApi)]
#[openapi(info(description = "Orders and those who make them"))]
struct Api;

#[derive(Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
enum State {
    Open,
    Paid,
}

#[derive(Serialize, Deserialize, ToSchema)]
struct Address {
    #[schema(max_length = 100)]
    street: String,
    #[schema(pattern = "^[A-Z]{2}$")]
    country: String,
}

#[derive(Serialize, Deserialize, ToSchema)]
struct Line {
    #[schema(max_length = 64, example = "A-1")]
    sku: String,
    #[schema(minimum = 1, maximum = 100)]
    quantity: u32,
}

#[derive(Serialize, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "lowercase")]
enum Payment {
    Card { token: String },
    Invoice { address: Address },
}

/// An order that is made.
#[derive(Serialize, Deserialize, ToSchema)]
struct NewOrder {
    #[schema(max_items = 50)]
    lines: Vec<Line>,
    state: State,
    payment: Payment,
    /// Where it goes, if not home.
    address: Option<Address>,
    note: Option<String>,
    labels: BTreeMap<String, String>,
    #[schema(default = 0)]
    priority: i64,
}

#[derive(Serialize, Deserialize, ToSchema)]
struct Change {
    state: Option<State>,
    note: Option<String>,
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Search {
    #[param(maximum = 100)]
    limit: Option<u32>,
    state: Option<State>,
    #[serde(default)]
    tags: Vec<String>,
    #[param(max_length = 80)]
    text: String,
}

#[derive(Deserialize, ToSchema)]
struct Login {
    #[schema(max_length = 64)]
    user: String,
    code: Option<u32>,
}

#[derive(ToSchema)]
struct Photo {
    title: String,
    #[schema(value_type = String, format = Binary, content_media_type = "image/png")]
    photo: Vec<u8>,
}

#[utoipa::path(get, path = "/orders", params(Search), responses((status = 200, body = [NewOrder])))]
async fn list(Query(_search): Query<Search>) {}

#[utoipa::path(post, path = "/orders", request_body = NewOrder, responses((status = 201)))]
async fn add(Json(_order): Json<NewOrder>) {}

#[utoipa::path(
    get,
    path = "/orders/{id}",
    params(("id" = Uuid, Path), ("x-trace" = Option<Uuid>, Header, description = "Of the caller")),
    responses((status = 200, body = NewOrder))
)]
async fn one(Path(_id): Path<Uuid>) {}

#[utoipa::path(patch, path = "/orders/{id}", params(("id" = Uuid, Path)), responses((status = 204)))]
async fn change(Path(_id): Path<Uuid>, Json(_change): Json<Change>) {}

#[utoipa::path(
    delete,
    path = "/orders/{id}/lines/{line}",
    params(("id" = Uuid, Path), ("line" = u32, Path)),
    responses((status = 204))
)]
async fn remove(Path(_id): Path<(Uuid, u32)>) {}

#[utoipa::path(
    put,
    path = "/orders/{id}/photo",
    params(("id" = Uuid, Path)),
    request_body(content = Photo, content_type = "multipart/form-data"),
    responses((status = 204))
)]
async fn photo(Path(_id): Path<Uuid>) {}

#[utoipa::path(
    post,
    path = "/login",
    request_body(content = Login, content_type = "application/x-www-form-urlencoded"),
    responses((status = 204))
)]
async fn log_in(Form(_login): Form<Login>) {}

#[utoipa::path(get, path = "/", responses((status = 200)))]
async fn health() {}

pub(super) fn service() -> (Router, String) {
    let orders = OpenApiRouter::new()
        .routes(routes!(list, add))
        .routes(routes!(one, change))
        .routes(routes!(remove))
        .routes(routes!(photo));
    let (router, document) = OpenApiRouter::with_openapi(Api::openapi())
        .routes(routes!(health))
        .routes(routes!(log_in))
        .nest("/v1", orders)
        .split_for_parts();
    (router, document.to_json().expect("a document"))
}

fn policy() -> Value {
    let policy = Document::new(service().1).to_policy_file();
    policy.unwrap_or_else(|error| panic!("{error}"))
}

/// Answers with the pattern of the route, in place of its handler.
async fn matched(path: MatchedPath, _: Request<Body>, _: Next) -> Response {
    path.as_str().to_owned().into_response()
}

#[tokio::test]
async fn routes_are_those_of_the_router() {
    let router = service().0.route_layer(middleware::from_fn(matched));
    let policy = policy();
    let declared = policy["routes"].as_object().expect("routes");

    let mut found = BTreeSet::new();
    for name in declared.keys() {
        let (method, pattern) = name.split_once(' ').expect("a method and a pattern");
        let path = pattern
            .replace("{id}", "7c0b0d1e-6e7f-4a53-9a43-0c6a8b5b2f11")
            .replace("{line}", "3");
        let request = Request::builder().method(method).uri(path);
        let request = request.body(Body::empty()).expect("a request");
        let response = router.clone().oneshot(request).await.expect("an answer");
        assert!(response.status().is_success(), "{name}");
        let body = axum::body::to_bytes(response.into_body(), 1024).await;
        assert_eq!(body.expect("a body"), pattern);
        found.insert(name.as_str());
    }
    let expected = [
        "DELETE /v1/orders/{id}/lines/{line}",
        "GET /",
        "GET /v1/orders",
        "GET /v1/orders/{id}",
        "PATCH /v1/orders/{id}",
        "POST /login",
        "POST /v1/orders",
        "PUT /v1/orders/{id}/photo",
    ];
    assert_eq!(found, expected.into());
}

#[test]
fn parameters_are_those_of_the_types() {
    let policy = policy();
    assert_eq!(
        policy["routes"]["GET /v1/orders"],
        json!({
            "query": {
                "limit": { "type": "integer", "format": "int32", "minimum": 0, "maximum": 100 },
                "state": { "$ref": "#/schemas/State" },
                "tags": { "type": "array", "items": { "type": "string" } },
            },
            "required_query": { "text": { "type": "string", "maxLength": 80 } },
        })
    );
    assert_eq!(
        policy["routes"]["GET /v1/orders/{id}"],
        json!({
            "path": { "id": { "type": "string", "format": "uuid" } },
            "header": { "x-trace": { "type": "string", "format": "uuid" } },
        })
    );
    let line = &policy["routes"]["DELETE /v1/orders/{id}/lines/{line}"]["path"]["line"];
    assert_eq!(line["minimum"], 0);
}

#[test]
fn bodies_are_those_of_the_types() {
    let policy = policy();
    let routes = &policy["routes"];
    let order = json!({ "json": { "$ref": "#/schemas/NewOrder" } });
    assert_eq!(routes["POST /v1/orders"], order);
    let change = &routes["PATCH /v1/orders/{id}"]["json"];
    assert_eq!(change["$ref"], "#/schemas/Change");
    assert_eq!(
        routes["POST /login"]["form"],
        json!({
            "type": "object",
            "required": ["user"],
            "properties": {
                "user": { "type": "string", "maxLength": 64 },
                "code": { "type": "integer", "format": "int32", "minimum": 0 },
            },
        })
    );
    assert_eq!(
        routes["PUT /v1/orders/{id}/photo"]["multipart"],
        json!({
            "required": { "title": { "type": "string" } },
            "required_file": { "photo": { "of": ["image/png"] } },
        })
    );
    let schemas = policy["schemas"].as_object().expect("schemas");
    let names: Vec<&str> = schemas.keys().map(String::as_str).collect();
    let expected = ["Address", "Change", "Line", "NewOrder", "Payment", "State"];
    assert_eq!(names, expected);
    assert_eq!(
        schemas["NewOrder"]["properties"]["address"],
        json!({ "oneOf": [{ "$ref": "#/schemas/Address" }, { "type": "null" }] })
    );
}
