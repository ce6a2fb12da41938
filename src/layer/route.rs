//! Which route a request is for, and the parameters of its path.

use std::fmt;

use http::request::Parts;

use crate::{
    PathParams,
    policy::{Compiled, Endpoint},
    violations::Violations,
};

/// Who knows the route.
#[derive(Clone, Copy)]
pub(super) enum RouteSource {
    /// The router above has left its match in the extensions.
    Router,
    /// A function of the service.
    Named(fn(&Parts) -> Option<&str>),
}

impl RouteSource {
    pub(super) fn route(self, parts: &Parts) -> Option<&str> {
        match self {
            Self::Router => matched_path(parts),
            Self::Named(route) => route(parts),
        }
    }

    /// Whether a route is text of the service, and never of a client.
    pub(super) fn is_of_the_service(self) -> bool {
        matches!(self, Self::Router)
    }

    pub(super) fn judge_path(
        self,
        parts: &mut Parts,
        policy: &Compiled,
        endpoint: &Endpoint,
        violations: &mut Violations,
    ) {
        match self {
            Self::Router => judge_matched(parts, policy, endpoint, violations),
            Self::Named(_) => {
                let parameters = parts.extensions.get::<PathParams>();
                let parameters = parameters.into_iter().flat_map(PathParams::iter);
                endpoint.judge_path(policy, parameters, violations);
            }
        }
    }
}

impl fmt::Debug for RouteSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Router => "Router",
            Self::Named(_) => "Named",
        })
    }
}

#[cfg(feature = "axum")]
fn matched_path(parts: &Parts) -> Option<&str> {
    parts
        .extensions
        .get::<axum::extract::MatchedPath>()
        .map(axum::extract::MatchedPath::as_str)
}

#[cfg(not(feature = "axum"))]
fn matched_path(_: &Parts) -> Option<&str> {
    None
}

/// Judges the parameters that axum's router decoded: the same strings that `Path` reads.
#[cfg(feature = "axum")]
fn judge_matched(
    parts: &mut Parts,
    policy: &Compiled,
    endpoint: &Endpoint,
    violations: &mut Violations,
) {
    use std::{
        pin::pin,
        task::{Context, Poll, Waker},
    };

    use axum::extract::{FromRequestParts, RawPathParams};

    use crate::{Code, Location};

    // The extractor takes them out of the extensions and has nothing to wait for.
    let mut context = Context::from_waker(Waker::noop());
    let extract = pin!(RawPathParams::from_request_parts(parts, &()));
    match extract.poll(&mut context) {
        Poll::Ready(Ok(parameters)) => endpoint.judge_path(policy, parameters.iter(), violations),
        Poll::Ready(Err(_)) | Poll::Pending => {
            violations.add(Location::Path(None), Code::PathUnreadable);
        }
    }
}

#[cfg(not(feature = "axum"))]
fn judge_matched(
    _: &mut Parts,
    policy: &Compiled,
    endpoint: &Endpoint,
    violations: &mut Violations,
) {
    endpoint.judge_path(policy, std::iter::empty(), violations);
}
