//! The routes and their handlers. They know nothing of the layer that stands before them.

mod notes;
mod orders;
mod tables;
mod webhooks;

use axum::{
    Router,
    extract::FromRef,
    routing::{get, post},
};

use crate::{store::Orders, webhooks::Webhooks};

/// What handlers work with.
#[derive(Clone)]
struct Service {
    orders: Orders,
    webhooks: Webhooks,
}

impl FromRef<Service> for Orders {
    fn from_ref(service: &Service) -> Self {
        service.orders.clone()
    }
}

impl FromRef<Service> for Webhooks {
    fn from_ref(service: &Service) -> Self {
        service.webhooks.clone()
    }
}

/// The routes without any layer.
pub fn router(orders: Orders, webhooks: Webhooks) -> Router {
    Router::new()
        .route("/healthz", get(|| async { "ok\n" }))
        .route("/orders", post(orders::create).get(orders::list))
        .route("/orders/{id}", get(orders::show).patch(orders::change))
        .route("/tables/{table}", get(tables::describe))
        .route("/webhooks", post(webhooks::register))
        .route("/notes", post(notes::write))
        .with_state(Service { orders, webhooks })
}
