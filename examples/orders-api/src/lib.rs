//! A small service over DynamoDB, hardened by tower-harden.
//!
//! The routes, their handlers and the store are what a service has anyway. What hardens them stands
//! in [`hardening`]: one policy for requests, one for tables. Whose orders a request works on, its
//! [`session`] says.

pub mod args;
mod error;
pub mod hardening;
pub mod routes;
pub mod session;
pub mod store;
pub mod tries;
pub mod webhooks;

use axum::Router;
use tower_harden::HardenLayer;

pub use error::Error;
use store::Database;
use webhooks::Webhooks;

/// The service as it is meant to run: every request judged before it reaches its handler, and every
/// connection to a webhook. Those are delivered to the given receivers and no others, and without any
/// they are only kept.
///
/// # Errors
///
/// Where a receiver is none, or the policy has a mistake.
pub fn app(
    database: Database,
    receivers: &[String],
) -> Result<Router, Box<dyn std::error::Error + Send + Sync>> {
    let addresses = hardening::addresses(receivers)?;
    let webhooks = if receivers.is_empty() {
        Webhooks::Kept
    } else {
        Webhooks::guarded(addresses.clone())?
    };
    let layer = HardenLayer::new(hardening::policy(addresses)?);
    Ok(routes::router(database, webhooks).layer(layer))
}

/// The same routes and handlers without any layer and any guard, for comparison.
///
/// # Errors
///
/// Where the client of webhooks cannot be built.
pub fn unhardened(
    database: Database,
    receivers: &[String],
) -> Result<Router, Box<dyn std::error::Error + Send + Sync>> {
    let webhooks = if receivers.is_empty() {
        Webhooks::Kept
    } else {
        Webhooks::unguarded()?
    };
    Ok(routes::router(database, webhooks))
}
