use axum::{Json, http::StatusCode};
use serde::{Deserialize, Serialize};

use crate::{
    Error,
    store::{NOTES, Orders},
};

#[derive(Deserialize)]
pub(super) struct NewNote {
    text: String,
}

#[derive(Serialize)]
pub(super) struct Note {
    id: String,
}

/// Keeps a text that people wrote.
pub(super) async fn write(
    orders: Orders,
    Json(NewNote { text }): Json<NewNote>,
) -> Result<(StatusCode, Json<Note>), Error> {
    let id = orders.keep(NOTES, "text", &text).await?;
    Ok((StatusCode::CREATED, Json(Note { id })))
}
