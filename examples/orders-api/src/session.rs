//! Who a request is made for.

use std::{collections::HashMap, sync::LazyLock};

use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, header::AUTHORIZATION, request::Parts},
};

use crate::Error;

/// The session of a request, by its header `authorization: Bearer <token>`.
///
/// Whoever works for a tenant takes it from here, and from nothing else that a request says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Session {
    tenant: &'static str,
}

/// The sessions by their tokens. A real service asks its identity provider.
static SESSIONS: LazyLock<HashMap<&str, Session>> = LazyLock::new(|| {
    [
        ("demo-token", Session::DEMO),
        ("rival-token", Session::RIVAL),
    ]
    .into()
});

impl Session {
    /// That of the tenant `demo`. A request without the header has it, to keep what there is to try
    /// short; a real service answers such a request with 401.
    pub const DEMO: Self = Self { tenant: "demo" };

    /// That of another tenant, to look for.
    pub const RIVAL: Self = Self { tenant: "rival" };

    /// The tenant that it belongs to.
    #[must_use]
    pub fn tenant(self) -> &'static str {
        self.tenant
    }

    fn of(headers: &HeaderMap) -> Result<Self, Error> {
        let mut values = headers.get_all(AUTHORIZATION).iter();
        let value = match (values.next(), values.next()) {
            (None, _) => return Ok(Self::DEMO),
            (Some(value), None) => value.to_str().ok(),
            (Some(_), Some(_)) => None,
        };
        let (scheme, token) = value
            .and_then(|value| value.split_once(' '))
            .ok_or(Error::Unauthenticated)?;
        // RFC 9110 §11.1: the scheme is of any case.
        let session = SESSIONS
            .get(token)
            .filter(|_| scheme.eq_ignore_ascii_case("bearer"));
        session.copied().ok_or(Error::Unauthenticated)
    }
}

impl<S: Sync> FromRequestParts<S> for Session {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Error> {
        Self::of(&parts.headers)
    }
}
