//! The modes of routes in words.

use std::collections::HashMap;

use tower_harden::PolicyRule;

/// What the rules of a policy say of modes, by their places.
pub(crate) struct Modes<'r>(HashMap<&'r str, &'r str>);

impl<'r> Modes<'r> {
    pub(crate) fn of(rules: &'r [PolicyRule]) -> Self {
        let modes = rules.iter().filter(|rule| rule.rule() == "mode");
        Self(modes.map(|rule| (rule.place(), rule.value())).collect())
    }

    /// That of a route, or of the policy, which holds where a route says nothing.
    pub(crate) fn at(&self, route: Option<&str>) -> &'r str {
        let mode = route.and_then(|route| self.0.get(route));
        mode.or_else(|| self.0.get("policy")).copied().unwrap_or("")
    }
}
