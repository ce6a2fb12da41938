//! The layer that judges requests: one enforcement point for a policy.
//!
//! 1. The route is the one that the router matched. Without one, or where the policy does not
//!    declare it or its method, the request is refused.
//! 2. `Host`, the path parameters and the query are judged before the body is polled, and so are the
//!    headers of the body.
//! 3. The body is judged while it arrives and collected under a limit. What the handler gets is what
//!    was judged.
//! 4. A request that breaks a rule is answered with a [`Rejection`](crate::Rejection); one
//!    [`tracing`] event tells of it.
//!
//! # What it does not see
//!
//! Routes that are added to a router after the layer, request bodies of routes whose mode is
//! [`Off`](crate::Mode::Off), and whatever a handler reads past its request. Put it below layers
//! that decompress or rewrite bodies, and above everything that reads them.

mod body;
#[cfg(feature = "axum")]
mod checked;
#[cfg(feature = "axum")]
mod coverage;
#[cfg(feature = "axum")]
mod covered;
mod future;
mod handle;
mod in_force;
mod inspect;
mod json_body;
mod judgement;
mod layer;
mod probe;
mod reload_error;
mod route;
mod service;

pub use body::{ReplayBody, ResponseBody};
#[cfg(feature = "axum")]
pub use checked::{Checked, CheckedRejection};
#[cfg(feature = "axum")]
pub use coverage::Coverage;
#[cfg(feature = "axum")]
pub use covered::assert_covered;
pub use future::ResponseFuture;
pub use handle::PolicyHandle;
use in_force::InForce;
pub use layer::HardenLayer;
pub use probe::Probe;
pub use reload_error::{ReloadError, ReloadErrorKind};
pub use service::Harden;
