//! A small service over DynamoDB, hardened by tower-harden.
//!
//! The routes, their handlers and the store are what a service has anyway. What hardens them stands
//! in [`hardening`]: one policy for requests, one for tables.

pub mod args;
mod error;
pub mod hardening;
pub mod routes;
pub mod store;
pub mod tries;

use axum::Router;
use tower_harden::{ConfigError, HardenLayer};

pub use error::Error;
use store::Orders;

/// The service as it is meant to run: every request judged before it reaches its handler.
///
/// # Errors
///
/// Where the policy has a mistake.
pub fn app(orders: Orders) -> Result<Router, ConfigError> {
    Ok(routes::router(orders).layer(HardenLayer::new(hardening::policy()?)))
}

/// The same routes and handlers without any layer, for comparison.
pub fn unhardened(orders: Orders) -> Router {
    routes::router(orders)
}
