//! The events: what was refused, and what a handler could not take.

use std::fmt;

use http::Method;

use crate::{Mode, Rejection, Violation};

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
    let Some((first, others)) = rejection.violations().split_first() else {
        return;
    };
    let others = (!others.is_empty()).then_some(Others(others));
    tracing::warn!(
        target: "tower_harden",
        { http.route = rejection.route(),
        http.request.method = known(method),
        http.response.status_code = rejection.status().as_u16(),
        code = first.code().as_str(),
        location = %first.location(),
        violations = rejection.violations().len(),
        others = others.map(tracing::field::display),
        mode = mode.as_str() },
        "{message}"
    );
}

/// The violations behind the first one: `number.maximum in body #/quantity; ...`.
struct Others<'a>(&'a [Violation]);

impl fmt::Display for Others<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, violation) in self.0.iter().enumerate() {
            let separator = if place == 0 { "" } else { "; " };
            write!(
                f,
                "{separator}{} in {}",
                violation.code(),
                violation.location()
            )?;
        }
        Ok(())
    }
}

/// Tells of a handler that takes what was judged, and that no layer stands before.
#[cfg(feature = "axum")]
pub(super) fn not_judged(r#type: &'static str) {
    tracing::error!(
        target: "tower_harden",
        r#type,
        "Checked was reached by a body that no HardenLayer has judged as JSON"
    );
}

/// Tells of a judged body that the type of the handler does not accept. What serde says of it may
/// hold the value.
#[cfg(feature = "axum")]
pub(super) fn not_of_type(r#type: &'static str, error: &serde_json::Error) {
    tracing::warn!(
        target: "tower_harden",
        r#type,
        line = error.line(),
        column = error.column(),
        "Checked was reached by a body that its type does not accept"
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
