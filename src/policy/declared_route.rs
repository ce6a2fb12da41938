//! The routes of a policy, for those who ask which there are.

use std::fmt;

use http::Method;

use super::{Endpoint, Policy};
use crate::{Mode, RuleClass};

/// A method of a route that a policy declares; listed by [`Policy::routes`].
#[derive(Clone, Copy)]
pub struct DeclaredRoute<'p> {
    method: &'p Method,
    pattern: &'p str,
    endpoint: &'p Endpoint,
}

impl Policy {
    /// The declared methods of routes, in the order of their patterns.
    ///
    /// ```
    /// use tower_harden::{Mode, Policy, RouteSchema, RuleClass};
    ///
    /// let policy = Policy::builder()
    ///     .rule_mode(RuleClass::Schema, Mode::Report)
    ///     .get("/status", RouteSchema::new())
    ///     .build()?;
    ///
    /// let routes: Vec<_> = policy.routes().collect();
    /// assert_eq!(routes[0].to_string(), "GET /status");
    /// assert_eq!(routes[0].mode(RuleClass::Schema), Mode::Report);
    /// assert_eq!(routes[0].mode(RuleClass::Address), Mode::Enforce);
    /// # Ok::<(), tower_harden::ConfigError>(())
    /// ```
    pub fn routes(&self) -> impl Iterator<Item = DeclaredRoute<'_>> {
        let routes = self.inner.routes.iter();
        routes.map(|(pattern, method, endpoint)| DeclaredRoute {
            method,
            pattern,
            endpoint,
        })
    }

    /// The mode of a class of rules for requests of no declared route.
    #[must_use]
    pub fn mode(&self, class: RuleClass) -> Mode {
        self.inner.fallback.modes.of(class)
    }
}

impl<'p> DeclaredRoute<'p> {
    /// The method. That of GET stands for HEAD too, where the route does not declare HEAD.
    #[must_use]
    pub fn method(&self) -> &'p Method {
        self.method
    }

    /// The pattern, such as `/orders/{id}`.
    #[must_use]
    pub fn pattern(&self) -> &'p str {
        self.pattern
    }

    /// The mode of a class of rules.
    #[must_use]
    pub fn mode(&self, class: RuleClass) -> Mode {
        self.endpoint.modes.of(class)
    }
}

/// As its place is told: `GET /orders/{id}`.
impl fmt::Display for DeclaredRoute<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.method, self.pattern)
    }
}

impl fmt::Debug for DeclaredRoute<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
