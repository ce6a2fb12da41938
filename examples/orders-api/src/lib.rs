//! A small service over DynamoDB, hardened by tower-harden.
//!
//! The routes, their handlers and the store are what a service has anyway. What hardens them stands
//! in [`hardening`]: one policy for requests, one for tables. Whose orders a request works on, its
//! [`session`] says. How it is run is in [`policy_file`], [`metrics`] and [`signals`].

pub mod args;
mod error;
pub mod hardening;
pub mod metrics;
pub mod policy_file;
pub mod routes;
pub mod session;
pub mod signals;
pub mod store;
pub mod tries;
mod watch;
pub mod webhooks;

use axum::Router;
use tower_harden::{HardenLayer, PolicyHandle};

pub use error::Error;
use store::Database;
pub use watch::Watch;
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
    let policy = hardening::policy(hardening::addresses(receivers)?)?;
    app_under(policy, database, receivers)
}

/// The same, under another policy or one that can be replaced.
///
/// # Errors
///
/// Where a receiver is none.
pub fn app_under(
    policy: impl Into<PolicyHandle>,
    database: Database,
    receivers: &[String],
) -> Result<Router, Box<dyn std::error::Error + Send + Sync>> {
    let webhooks = if receivers.is_empty() {
        Webhooks::Kept
    } else {
        Webhooks::guarded(hardening::addresses(receivers)?)?
    };
    let layer = HardenLayer::new(policy);
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
