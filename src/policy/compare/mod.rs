//! Comparing policies, and telling what they say.
//!
//! All of it reads what a policy compiles to, so that policies of any source are compared alike: what is
//! declared in code and what stands in a document is the same wherever the same is accepted by the same
//! rules.
//!
//! * [`Revision`] is a number of what a policy says, for events and for people who ask which policy that
//!   was.
//! * [`PolicyDiff`] is what one policy says and another does not.
//! * [`Loosened`] is what a policy may accept that another one refuses.
//! * [`PolicyRule`] is what a policy says at one place.
//! * [`Lint`] is what a policy leaves more open than it needs to be.

mod diff;
mod lint;
mod listing;
mod loosening;
mod revision;
mod rules;
mod surface;
mod tightened;
mod walk;
mod words;

pub use diff::{PolicyChange, PolicyDiff};
pub use lint::{Lint, LintKind};
pub use loosening::{Loosened, Loosening};
pub use revision::Revision;
pub use rules::PolicyRule;
pub(super) use tightened::loosenings;

use super::Policy;
use listing::Listing;

impl Policy {
    /// A number of what the policy says: the same for policies that say the same, from whatever source and
    /// on every machine, as long as the version of the library is the same.
    ///
    /// ```
    /// use tower_harden::{Field, Policy, RouteSchema};
    ///
    /// let policy = |limit| {
    ///     let route = RouteSchema::new().query("limit", Field::integer(1..=limit));
    ///     Policy::builder().get("/orders", route).build()
    /// };
    /// assert_eq!(policy(100)?.revision(), policy(100)?.revision());
    /// assert_ne!(policy(100)?.revision(), policy(101)?.revision());
    /// # Ok::<(), tower_harden::ConfigError>(())
    /// ```
    #[must_use]
    pub fn revision(&self) -> Revision {
        self.inner.revision
    }

    /// What the policy says, rule by rule, in the order of their places.
    ///
    /// What a route says as the policy does, such as its limits, is left out at the route.
    ///
    /// ```
    /// use tower_harden::{Field, Policy, RouteSchema};
    ///
    /// let route = RouteSchema::new().query("limit", Field::integer(1..=100));
    /// let policy = Policy::builder().get("/orders", route).build()?;
    ///
    /// let rules = policy.rules();
    /// let maximum = rules.iter().find(|rule| rule.rule() == "maximum");
    /// assert_eq!(maximum.unwrap().to_string(), "GET /orders: query limit: maximum 100");
    /// # Ok::<(), tower_harden::ConfigError>(())
    /// ```
    #[must_use]
    pub fn rules(&self) -> Vec<PolicyRule> {
        rules::rules(Listing::of(&self.inner))
    }

    /// What a newer policy says that this one does not, and the other way round.
    ///
    /// ```
    /// use tower_harden::{Field, Policy, RouteSchema};
    ///
    /// let policy = |limit| {
    ///     let route = RouteSchema::new().query("limit", Field::integer(1..=limit));
    ///     Policy::builder().get("/orders", route).build()
    /// };
    /// let diff = policy(100)?.diff(&policy(50)?);
    /// assert_eq!(diff.to_string(), "~ GET /orders: query limit: maximum 100 -> 50 (tighter)");
    /// # Ok::<(), tower_harden::ConfigError>(())
    /// ```
    #[must_use]
    pub fn diff(&self, newer: &Self) -> PolicyDiff {
        let (before, after) = (Listing::of(&self.inner), Listing::of(&newer.inner));
        PolicyDiff::new(self.revision(), newer.revision(), &before, &after)
    }

    /// Where `own` may accept a request that this policy refuses, and why.
    ///
    /// Where it finds nothing, there is no such request: what cannot be shown to be refused is found. So
    /// a team may have a policy of its own below that of its platform, and a test that holds it:
    ///
    /// ```
    /// use tower_harden::{Field, Policy, RouteSchema};
    ///
    /// let policy = |limit| {
    ///     let route = RouteSchema::new().query("limit", Field::integer(1..=limit));
    ///     Policy::builder().get("/orders", route).build()
    /// };
    /// let platform = policy(100)?;
    /// assert!(platform.loosened_by(&policy(50)?).is_empty());
    /// let loosened = platform.loosened_by(&policy(200)?);
    /// assert_eq!(
    ///     loosened[0].to_string(),
    ///     "GET /orders: query limit: maximum is 200, and 100 in the base (schemas)"
    /// );
    /// # Ok::<(), tower_harden::ConfigError>(())
    /// ```
    #[must_use]
    pub fn loosened_by(&self, own: &Self) -> Vec<Loosened> {
        tightened::loosenings(&self.inner, &own.inner)
    }

    /// What the policy leaves more open than it needs to be, in the order of its places.
    ///
    /// ```
    /// use tower_harden::{Field, LintKind, Policy, RouteSchema};
    ///
    /// let route = RouteSchema::new().query("callback_url", Field::string().max_length(200));
    /// let policy = Policy::builder().get("/orders", route).build()?;
    ///
    /// let lints = policy.lint();
    /// assert_eq!(lints[0].kind(), LintKind::UrlLikeName);
    /// assert_eq!(lints[0].place(), "GET /orders: query callback_url");
    /// # Ok::<(), tower_harden::ConfigError>(())
    /// ```
    #[must_use]
    pub fn lint(&self) -> Vec<Lint> {
        lint::lint(&self.inner)
    }
}
