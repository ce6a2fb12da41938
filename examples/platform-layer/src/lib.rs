//! What a platform team publishes for the services of a company: one layer, one base policy.
//!
//! A service declares its routes, by types, by a file or by its OpenAPI document, and takes the rest from
//! here:
//!
//! ```
//! use acme_hardening::{RouterExt, hardening};
//! use axum::{Router, routing::get};
//! use tower_harden::{ConfigError, Field, Policy, RouteSchema};
//!
//! fn app() -> Result<Router, ConfigError> {
//!     let policy = Policy::builder()
//!         .get("/invoices", RouteSchema::new().query("year", Field::integer(2000..=2100)));
//!     Ok(Router::new()
//!         .route("/invoices", get(|| async { "invoices" }))
//!         .hardened(hardening(policy)?))
//! }
//! # app().unwrap();
//! ```
//!
//! It may tighten the base policy. Where it loosens it, it does not start, and is told both places:
//!
//! ```
//! use tower_harden::{AddressPolicy, Policy, RouteSchema};
//!
//! let policy = Policy::builder()
//!     .get("/invoices", RouteSchema::new())
//!     .addresses(AddressPolicy::deny_internal());
//! assert_eq!(
//!     acme_hardening::hardening(policy).unwrap_err().to_string(),
//!     "addresses: https_only is not said, and yes in the base, which may allow it by may_loosen \
//!      addresses.https_only"
//! );
//! ```
//!
//! # Rollout
//!
//! 1. A service that is hardened for the first time starts with [`first_rollout`]: what breaks a schema is
//!    reported and let through, and addresses are refused from the beginning.
//! 2. When the reports are those that it wants, [`hardening`] takes its place, or while it runs
//!    `handle.reload(|| acme_hardening::policy(builder))`, with the [`PolicyHandle`] of
//!    [`Hardening::handle`].
//! 3. A later policy is tried beside the one in force by `handle.propose(..)`, and put in force by
//!    `handle.promote()`.
//!
//! [`PolicyHandle`]: tower_harden::PolicyHandle

mod base;
mod hardening;
mod problem;
mod router;
mod span;

pub use base::{first_rollout_policy, policy};
pub use hardening::{Answer, Hardened, Hardening, first_rollout, hardening};
pub use problem::PanicProblem;
pub use router::RouterExt;
pub use span::RouteSpan;
