//! A policy that tells everything that is wrong with a request.

use super::Policy;
use crate::{ConfigError, Mode, mode::DeclaredModes};

/// So many violations of one request are told.
const MOST: usize = 1_000;

impl Policy {
    /// The same rules, each of them enforced, and up to 1,000 violations told of one request, whatever
    /// modes and [`max_violations`](crate::Limits::max_violations) say.
    ///
    /// It is for tools that explain to people why a request is refused, or would be. In a service it would
    /// refuse more than the policy does, and tell a prober more.
    ///
    /// ```
    /// use tower_harden::{Mode, Policy, RouteSchema, RuleClass};
    ///
    /// let policy = Policy::builder()
    ///     .mode(Mode::Report)
    ///     .get("/status", RouteSchema::new().mode(Mode::Off))
    ///     .build()?;
    /// let thorough = policy.thorough()?;
    /// let status = thorough.routes().next().unwrap();
    /// assert_eq!(status.mode(RuleClass::Schema), Mode::Enforce);
    /// # Ok::<(), tower_harden::ConfigError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Those of [`build`](crate::PolicyBuilder::build), which a policy that was built does not have.
    pub fn thorough(&self) -> Result<Self, ConfigError> {
        let mut declared = (*self.declared).clone();
        let enforced = DeclaredModes::one(Mode::Enforce);
        declared.modes = enforced;
        declared.limits = declared.limits.max_violations(MOST);
        for (_, _, route) in &mut declared.routes {
            route.modes = enforced;
            route.limits = route.limits.map(|limits| limits.max_violations(MOST));
        }
        declared.build()
    }
}
