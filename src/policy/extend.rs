//! Policies that extend a base, and only tighten it.

use std::collections::HashSet;

use http::Method;

use super::{Compiled, Policy, PolicyBuilder, compare::loosenings};
use crate::{Loosening, error::Problems};

impl PolicyBuilder {
    /// Extends a base policy: what this one says nothing of, the base says. It may only tighten the base: a
    /// request that the base refuses is refused.
    ///
    /// * Routes of the base are routes of this policy. One that is declared anew takes its place, and has to
    ///   be shown to accept no more.
    /// * Limits, modes and host headers are those of the base where nothing is said. Addresses are those of
    ///   the base unless [`addresses`](Self::addresses) declares them anew.
    /// * What loosens the base is a mistake that names both places, unless the base
    ///   [allows it by name](Self::may_loosen).
    ///
    /// ```
    /// use tower_harden::{Limits, Loosening, Policy, RouteSchema};
    ///
    /// // What a platform team publishes: no routes, since it has none, and no body over 64 KiB.
    /// let base = Policy::builder()
    ///     .limits(Limits::default().max_body(64 * 1024))
    ///     .may_loosen([Loosening::Routes])
    ///     .build()?;
    ///
    /// let service = Policy::builder().get("/orders", RouteSchema::new());
    /// assert!(service.clone().extends(&base).build().is_ok());
    ///
    /// let larger = service.limits(Limits::default().max_body(1024 * 1024)).extends(&base);
    /// assert_eq!(
    ///     larger.build().unwrap_err().to_string(),
    ///     "GET /orders: limits.max_body is 1048576, and 65536 in the base, which may allow it by \
    ///      may_loosen limits.max_body"
    /// );
    /// # Ok::<(), tower_harden::ConfigError>(())
    /// ```
    ///
    /// A policy has one base. Where it should keep to several, each of them extends the one before.
    pub fn extends(mut self, base: &Policy) -> Self {
        self.extends_twice |= self.base.replace(base.clone()).is_some();
        self
    }

    /// What policies that [extend](Self::extends) this one may loosen. Without it they may loosen nothing.
    ///
    /// A policy that extends another one allows no more than that one does.
    pub fn may_loosen(mut self, loosenings: impl IntoIterator<Item = Loosening>) -> Self {
        self.may_loosen.extend(loosenings);
        self
    }

    /// This policy, with what it inherits.
    pub(super) fn over(mut self, base: &Self) -> Self {
        let own = self.routes.iter();
        let own: HashSet<(&Method, &str)> =
            own.map(|(method, path, _)| (method, &**path)).collect();
        let inherited = base.routes.iter();
        let inherited = inherited.filter(|(method, path, _)| !own.contains(&(method, &**path)));
        let inherited: Vec<_> = inherited.cloned().collect();
        self.routes.extend(inherited);
        self.limits = self.limits.within(base.limits);
        self.modes = self.modes.over(base.modes);
        self.addresses = self.addresses.or_else(|| base.addresses.clone());
        self.inherit_host_headers(base);
        self
    }
}

/// Tells of everything in which a policy is looser than its base.
pub(super) fn check(
    base: &Policy,
    own: &Compiled,
    may_loosen: &[Loosening],
    problems: &mut Problems,
) {
    let allowed = &base.declared.may_loosen;
    for loosened in loosenings(base.compiled(), own) {
        let kind = loosened.kind();
        if !allowed.contains(&kind) {
            let told = format!(
                "{}, which may allow it by may_loosen {kind}",
                loosened.told()
            );
            problems.add(loosened.place(), told);
        }
    }
    for loosening in may_loosen {
        if !allowed.contains(loosening) {
            let told = "is nothing that the base allows, and so nothing that this policy can allow";
            problems.add(format!("may_loosen {loosening}"), told);
        }
    }
}
