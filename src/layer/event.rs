//! The event that tells of a refusal.

use http::Method;

use crate::{Mode, Rejection};

/// Tells of a request that was refused.
pub(super) fn refused(rejection: &Rejection, method: &Method, mode: Mode) {
    tell(rejection, method, mode, "request refused");
}

/// Tells of a request that was let through and would have been refused.
pub(super) fn passed(rejection: &Rejection, method: &Method, mode: Mode) {
    tell(rejection, method, mode, "request would be refused");
}

/// One event for each request.
///
/// Every field is of the policy or of a fixed list. The method is one of RFC 9110 or `_OTHER`, as
/// OpenTelemetry's HTTP conventions have it: the methods of a client are its own text.
fn tell(rejection: &Rejection, method: &Method, mode: Mode, message: &'static str) {
    let Some(first) = rejection.violations().first() else {
        return;
    };
    tracing::warn!(
        target: "tower_harden",
        { http.route = rejection.route(),
        http.request.method = known(method),
        http.response.status_code = rejection.status().as_u16(),
        code = first.code().as_str(),
        location = %first.location(),
        violations = rejection.violations().len(),
        mode = mode.as_str() },
        "{message}"
    );
}

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
