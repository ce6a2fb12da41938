use axum::{Json, extract::State, http::StatusCode};
use serde::{Deserialize, Serialize};

use crate::{
    Error,
    store::{Orders, WEBHOOKS},
    webhooks::{Delivery, Webhooks},
};

#[derive(Deserialize)]
pub(super) struct NewWebhook {
    url: String,
}

#[derive(Serialize)]
pub(super) struct Webhook {
    id: String,
    url: String,
    delivery: Delivery,
}

/// Keeps a URL that is told of changes, and tells it of the first one.
pub(super) async fn register(
    orders: Orders,
    State(webhooks): State<Webhooks>,
    Json(NewWebhook { url }): Json<NewWebhook>,
) -> Result<(StatusCode, Json<Webhook>), Error> {
    let id = orders.keep(WEBHOOKS, "url", &url).await?;
    let delivery = webhooks.deliver(&url, "webhook.registered").await;
    Ok((StatusCode::CREATED, Json(Webhook { id, url, delivery })))
}
