//! Orders and what belongs to them.

use axum::{
    Json,
    extract::{Path, Query, State},
    http::StatusCode,
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};

use super::Shop;

pub(super) fn router() -> OpenApiRouter<Shop> {
    OpenApiRouter::new()
        .routes(routes!(list, add))
        .routes(routes!(one, change, remove))
        .routes(routes!(line))
        .routes(routes!(webhook))
}

#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
enum Status {
    Open,
    Paid,
    Shipped,
}

#[derive(Clone, Debug, Deserialize, Serialize, ToSchema)]
struct Line {
    #[schema(max_length = 64, pattern = "^[A-Z0-9-]+$")]
    sku: String,
    #[schema(minimum = 1, maximum = 100)]
    quantity: u32,
}

#[derive(Clone, Debug, Deserialize, Serialize, ToSchema)]
#[serde(tag = "kind", rename_all = "lowercase")]
enum Payment {
    Card { token: String },
    Invoice { company: String },
}

#[derive(Clone, Debug, Deserialize, Serialize, ToSchema)]
pub(super) struct Order {
    #[schema(min_items = 1, max_items = 50)]
    lines: Vec<Line>,
    status: Status,
    payment: Payment,
    #[schema(max_length = 500)]
    note: Option<String>,
    #[serde(default)]
    tags: Vec<String>,
}

#[derive(Debug, Deserialize, ToSchema)]
struct Change {
    status: Option<Status>,
    #[schema(max_length = 500)]
    note: Option<String>,
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Search {
    status: Option<Status>,
    #[param(minimum = 1, maximum = 100)]
    limit: Option<u32>,
    #[param(max_length = 80)]
    text: Option<String>,
}

#[derive(Debug, Deserialize, ToSchema)]
struct Webhook {
    #[schema(format = "uri", max_length = 2000)]
    url: String,
}

#[utoipa::path(get, path = "/", params(Search), responses((status = 200, body = [Order])))]
async fn list(State(shop): State<Shop>, Query(search): Query<Search>) -> Json<Vec<Order>> {
    let orders = shop.orders.lock().expect("no panic");
    let found = orders.values().filter(|order| {
        let is_of = search.status.is_none_or(|status| order.status == status);
        let text = search.text.as_deref().unwrap_or_default();
        is_of && order.note.as_deref().unwrap_or_default().contains(text)
    });
    let most = search.limit.unwrap_or(100) as usize;
    Json(found.take(most).cloned().collect())
}

#[utoipa::path(post, path = "/", request_body = Order, responses((status = 201, body = u32)))]
async fn add(State(shop): State<Shop>, Json(order): Json<Order>) -> (StatusCode, Json<u32>) {
    let mut orders = shop.orders.lock().expect("no panic");
    let id = orders.keys().next_back().map_or(1, |last| last + 1);
    orders.insert(id, order);
    (StatusCode::CREATED, Json(id))
}

#[utoipa::path(
    get,
    path = "/{id}",
    params(("id" = u32, Path)),
    responses((status = 200, body = Order), (status = 404))
)]
async fn one(State(shop): State<Shop>, Path(id): Path<u32>) -> Result<Json<Order>, StatusCode> {
    let orders = shop.orders.lock().expect("no panic");
    orders
        .get(&id)
        .cloned()
        .map(Json)
        .ok_or(StatusCode::NOT_FOUND)
}

#[utoipa::path(
    patch,
    path = "/{id}",
    params(("id" = u32, Path)),
    request_body = Change,
    responses((status = 204), (status = 404))
)]
async fn change(
    State(shop): State<Shop>,
    Path(id): Path<u32>,
    Json(change): Json<Change>,
) -> StatusCode {
    let mut orders = shop.orders.lock().expect("no panic");
    let Some(order) = orders.get_mut(&id) else {
        return StatusCode::NOT_FOUND;
    };
    order.status = change.status.unwrap_or(order.status);
    order.note = change.note.or(order.note.take());
    StatusCode::NO_CONTENT
}

#[utoipa::path(
    delete,
    path = "/{id}",
    params(("id" = u32, Path)),
    responses((status = 204), (status = 404))
)]
async fn remove(State(shop): State<Shop>, Path(id): Path<u32>) -> StatusCode {
    match shop.orders.lock().expect("no panic").remove(&id) {
        Some(_) => StatusCode::NO_CONTENT,
        None => StatusCode::NOT_FOUND,
    }
}

#[utoipa::path(
    get,
    path = "/{id}/lines/{place}",
    params(("id" = u32, Path), ("place" = u8, Path)),
    responses((status = 200, body = Line), (status = 404))
)]
async fn line(
    State(shop): State<Shop>,
    Path((id, place)): Path<(u32, u8)>,
) -> Result<Json<Line>, StatusCode> {
    let orders = shop.orders.lock().expect("no panic");
    let line = orders
        .get(&id)
        .and_then(|order| order.lines.get(usize::from(place)));
    line.cloned().map(Json).ok_or(StatusCode::NOT_FOUND)
}

#[utoipa::path(post, path = "/webhooks", request_body = Webhook, responses((status = 204)))]
async fn webhook(State(shop): State<Shop>, Json(webhook): Json<Webhook>) -> StatusCode {
    shop.webhooks.lock().expect("no panic").push(webhook.url);
    StatusCode::NO_CONTENT
}
