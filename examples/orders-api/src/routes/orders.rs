use axum::{
    Json,
    extract::{Path, Query, State},
    http::StatusCode,
};
use serde::Deserialize;

use crate::{
    Error,
    store::{Change, NewOrder, Order, Orders, Page},
};

pub(super) async fn create(
    State(orders): State<Orders>,
    Json(order): Json<NewOrder>,
) -> Result<(StatusCode, Json<Order>), Error> {
    Ok((StatusCode::CREATED, Json(orders.create(order).await?)))
}

#[derive(Deserialize)]
pub(super) struct Listing {
    limit: Option<i32>,
    status: Option<String>,
    cursor: Option<String>,
}

pub(super) async fn list(
    State(orders): State<Orders>,
    Query(Listing {
        limit,
        status,
        cursor,
    }): Query<Listing>,
) -> Result<Json<Page>, Error> {
    let page = orders
        .list(limit.unwrap_or(20), status.as_deref(), cursor.as_deref())
        .await?;
    Ok(Json(page))
}

pub(super) async fn show(
    State(orders): State<Orders>,
    Path(id): Path<String>,
) -> Result<Json<Order>, Error> {
    Ok(Json(orders.get(&id).await?.ok_or(Error::NotFound)?))
}

pub(super) async fn change(
    State(orders): State<Orders>,
    Path(id): Path<String>,
    Json(change): Json<Change>,
) -> Result<Json<Order>, Error> {
    if change.is_empty() {
        return Err(Error::NothingToChange);
    }
    Ok(Json(
        orders.change(&id, change).await?.ok_or(Error::NotFound)?,
    ))
}
