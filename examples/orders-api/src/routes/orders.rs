use axum::{
    Json,
    extract::{Path, Query},
    http::StatusCode,
};
use serde::Deserialize;

use crate::{
    Error,
    store::{Change, NewOrder, Order, Orders, Page},
};

pub(super) async fn create(
    orders: Orders,
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
    orders: Orders,
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

#[derive(Deserialize)]
pub(super) struct Whose {
    tenant: Option<String>,
}

/// Trusts a parameter, as the advisory's service did: it takes a tenant from the query. That is valid
/// input, so that the layer lets it through; whose it is only the guard knows.
pub(super) async fn show(
    orders: Orders,
    Path(id): Path<String>,
    Query(Whose { tenant }): Query<Whose>,
) -> Result<Json<Order>, Error> {
    let order = match tenant {
        Some(tenant) => orders.get_of(&tenant, &id).await?,
        None => orders.get(&id).await?,
    };
    Ok(Json(order.ok_or(Error::NotFound)?))
}

pub(super) async fn change(
    orders: Orders,
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
