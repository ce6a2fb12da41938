use axum::{Json, extract::State, http::StatusCode};
use serde::{Deserialize, Serialize};

use crate::{Error, store::Orders};

#[derive(Deserialize)]
pub(super) struct NewWebhook {
    url: String,
}

#[derive(Serialize)]
pub(super) struct Webhook {
    id: String,
    url: String,
}

/// Keeps a URL that is told of changes.
pub(super) async fn register(
    State(orders): State<Orders>,
    Json(NewWebhook { url }): Json<NewWebhook>,
) -> Result<(StatusCode, Json<Webhook>), Error> {
    let id = orders.keep("webhook", "url", &url).await?;
    Ok((StatusCode::CREATED, Json(Webhook { id, url })))
}
