//! The routes and their handlers. They know nothing of the layer that stands before them.

mod notes;
mod orders;
mod tables;
mod webhooks;

use axum::{
    Router,
    routing::{get, post},
};

use crate::store::Orders;

/// The routes without any layer.
pub fn router(store: Orders) -> Router {
    Router::new()
        .route("/healthz", get(|| async { "ok\n" }))
        .route("/orders", post(orders::create).get(orders::list))
        .route("/orders/{id}", get(orders::show).patch(orders::change))
        .route("/tables/{table}", get(tables::describe))
        .route("/webhooks", post(webhooks::register))
        .route("/notes", post(notes::write))
        .with_state(store)
}
