//! The routes and their handlers. They know nothing of the layer that stands before them.

mod notes;
mod orders;
mod tables;
mod webhooks;

use axum::{
    Router,
    extract::{FromRef, FromRequestParts},
    http::request::Parts,
    routing::{get, post},
};

use crate::{
    Error,
    session::Session,
    store::{Database, Orders},
    webhooks::Webhooks,
};

/// What handlers work with.
#[derive(Clone)]
struct Service {
    database: Database,
    webhooks: Webhooks,
}

/// The orders of the tenant whose session it is.
impl FromRequestParts<Service> for Orders {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, service: &Service) -> Result<Self, Error> {
        let session = Session::from_request_parts(parts, service).await?;
        Ok(Self::new(&service.database, session))
    }
}

impl FromRef<Service> for Webhooks {
    fn from_ref(service: &Service) -> Self {
        service.webhooks.clone()
    }
}

/// The routes without any layer.
pub fn router(database: Database, webhooks: Webhooks) -> Router {
    Router::new()
        .route("/healthz", get(|| async { "ok\n" }))
        .route("/orders", post(orders::create).get(orders::list))
        .route("/orders/{id}", get(orders::show).patch(orders::change))
        .route("/tables/{table}", get(tables::describe))
        .route("/webhooks", post(webhooks::register))
        .route("/notes", post(notes::write))
        .with_state(Service { database, webhooks })
}
