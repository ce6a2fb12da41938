//! A refusal: why a request did not reach its handler.

use std::{fmt, sync::Arc};

use http::StatusCode;

use crate::Violation;

/// Why a request was refused.
///
/// It holds the violations, the pattern of the route and the status that says it best. It has no
/// room for a value of the request, so that whatever is made of it repeats none.
///
/// The layer puts an `Arc<Rejection>` into the extensions of the response, for layers above it.
#[derive(Clone, Debug)]
pub struct Rejection {
    status: StatusCode,
    route: Option<Arc<str>>,
    violations: Vec<Violation>,
    allow: Option<String>,
}

impl Rejection {
    /// A refusal for at least one violation.
    pub(crate) fn new(violations: Vec<Violation>, route: Option<Arc<str>>) -> Self {
        Self {
            status: status(&violations),
            route,
            violations,
            allow: None,
        }
    }

    /// Names the methods that the route has, for `405 Method Not Allowed`.
    pub(crate) fn allow(mut self, methods: Option<String>) -> Self {
        self.allow = methods;
        self
    }

    /// The status of the response.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The pattern of the route, such as `/orders/{id}`: the declared one, or the one that axum's router
    /// matched and the policy does not declare.
    #[must_use]
    pub fn route(&self) -> Option<&str> {
        self.route.as_deref()
    }

    /// What is wrong with the request: never empty, and in the order in which it was found.
    #[must_use]
    pub fn violations(&self) -> &[Violation] {
        &self.violations
    }

    /// The methods of the route as the `Allow` header lists them, where the status is 405.
    #[must_use]
    pub fn allowed_methods(&self) -> Option<&str> {
        self.allow.as_deref()
    }
}

/// A request that could not be read is malformed whatever else is wrong with it: 422 says that it
/// was understood (RFC 9110 §15.5.21).
fn status(violations: &[Violation]) -> StatusCode {
    let mut statuses = violations.iter().map(|violation| violation.code().status());
    let first = statuses.next().unwrap_or(StatusCode::BAD_REQUEST);
    if first != StatusCode::UNPROCESSABLE_ENTITY {
        return first;
    }
    statuses.find(|status| *status != first).unwrap_or(first)
}

impl fmt::Display for Rejection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "refused with {}", self.status)?;
        for violation in &self.violations {
            write!(f, "; {violation}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Rejection {}
