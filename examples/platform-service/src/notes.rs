use std::{
    collections::VecDeque,
    sync::{Arc, PoisonError, RwLock},
};

use axum::{
    Json,
    extract::{Path, Query, State},
    http::StatusCode,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The latest notes, and the number of the first of them.
#[derive(Clone, Default)]
pub(crate) struct Notes(Arc<RwLock<(u32, VecDeque<Note>)>>);

/// So many are kept.
const MOST: usize = 100;

#[derive(Clone, Deserialize, JsonSchema, Serialize)]
pub(crate) struct Note {
    #[schemars(length(min = 1, max = 500))]
    text: String,
    /// Where to read more.
    #[schemars(url, length(max = 500))]
    link: Option<String>,
}

#[derive(Deserialize, JsonSchema)]
pub(crate) struct Page {
    #[schemars(range(min = 1, max = 20))]
    limit: Option<usize>,
}

#[derive(Serialize)]
pub(crate) struct Written {
    number: u32,
}

pub(crate) async fn write(
    State(Notes(notes)): State<Notes>,
    Json(note): Json<Note>,
) -> (StatusCode, Json<Written>) {
    let mut notes = notes.write().unwrap_or_else(PoisonError::into_inner);
    let (first, kept) = &mut *notes;
    if kept.len() == MOST {
        kept.pop_front();
        *first += 1;
    }
    let number = *first + u32::try_from(kept.len()).unwrap_or_default();
    kept.push_back(note);
    (StatusCode::CREATED, Json(Written { number }))
}

/// The latest notes, the newest first.
pub(crate) async fn list(
    State(Notes(notes)): State<Notes>,
    Query(page): Query<Page>,
) -> Json<Vec<Note>> {
    let notes = notes.read().unwrap_or_else(PoisonError::into_inner);
    let newest = notes.1.iter().rev().take(page.limit.unwrap_or(10));
    Json(newest.cloned().collect())
}

pub(crate) async fn show(
    State(Notes(notes)): State<Notes>,
    Path(number): Path<u32>,
) -> Result<Json<Note>, StatusCode> {
    let notes = notes.read().unwrap_or_else(PoisonError::into_inner);
    let (first, kept) = &*notes;
    let place = number.checked_sub(*first).map(|place| place as usize);
    let note = place.and_then(|place| kept.get(place));
    note.cloned().map(Json).ok_or(StatusCode::NOT_FOUND)
}
