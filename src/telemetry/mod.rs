//! What the outside is told of decisions: [`tracing`] events, and metrics where the feature `metrics` is on.
//!
//! Every field and every label is of the policy or of a fixed list, so that neither can hold what a client
//! sent, and there are not more of them than the policy has routes.

mod event;
mod limiter;
#[cfg_attr(not(feature = "metrics"), path = "no_meters.rs")]
mod meters;

pub(crate) use event::{Decision, Role, policy_changed, policy_kept, switched};
#[cfg(feature = "axum")]
pub(crate) use event::{coverage, not_judged, not_of_type};
pub(crate) use limiter::Limiter;
pub(crate) use meters::{Clock, Meters, policy_in_place};

use http::Method;

/// The method as OpenTelemetry's HTTP conventions name it: one of RFC 9110 and PATCH, or `_OTHER`. The
/// methods of a client are its own text.
fn known(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::DELETE => "DELETE",
        Method::CONNECT => "CONNECT",
        Method::OPTIONS => "OPTIONS",
        Method::TRACE => "TRACE",
        Method::PATCH => "PATCH",
        _ => "_OTHER",
    }
}
