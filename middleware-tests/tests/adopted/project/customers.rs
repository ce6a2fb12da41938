//! Customers.

use std::collections::BTreeMap;

use axum::{
    Json,
    extract::{Path, State},
    http::{HeaderMap, StatusCode},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use super::Shop;

pub(super) fn router() -> OpenApiRouter<Shop> {
    OpenApiRouter::new()
        .routes(routes!(one))
        .routes(routes!(put))
}

#[derive(Debug, Deserialize, Serialize, ToSchema)]
struct Address {
    #[schema(max_length = 100)]
    street: String,
    #[schema(pattern = "^[A-Z]{2}$")]
    country: String,
}

#[derive(Debug, Deserialize, Serialize, ToSchema)]
struct Customer {
    #[schema(format = "email", max_length = 200)]
    email: String,
    address: Option<Address>,
    /// Whatever the shop remembers.
    labels: BTreeMap<String, String>,
    discount: Option<f64>,
}

#[utoipa::path(
    get,
    path = "/{customer}",
    params(("customer" = Uuid, Path), ("x-trace" = Option<Uuid>, Header)),
    responses((status = 200, body = String))
)]
async fn one(State(_shop): State<Shop>, Path(id): Path<Uuid>, headers: HeaderMap) -> String {
    format!("{id} by {:?}", headers.get("x-trace"))
}

#[utoipa::path(
    put,
    path = "/{customer}",
    params(("customer" = Uuid, Path)),
    request_body = Customer,
    responses((status = 204))
)]
async fn put(Path(_id): Path<Uuid>, Json(_customer): Json<Customer>) -> StatusCode {
    StatusCode::NO_CONTENT
}
