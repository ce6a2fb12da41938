use std::collections::BTreeMap;

use super::walk::{Here, POLICY, Visit, walk};
use crate::{
    fact::{Effect, Fact},
    policy::Compiled,
};

/// What a policy says: the value of each rule of each place.
#[derive(Default)]
pub(super) struct Listing {
    pub(super) places: BTreeMap<String, Place>,
}

/// What is said at one place.
pub(super) struct Place {
    /// What it does that the place is there.
    pub(super) effect: Effect,
    pub(super) facts: BTreeMap<&'static str, Fact>,
}

impl Listing {
    pub(super) fn of(policy: &Compiled) -> Self {
        let mut listing = Self::default();
        walk(policy, &mut listing);
        listing.leave_out_defaults();
        listing
    }

    /// Takes from the routes what they say as the policy does.
    fn leave_out_defaults(&mut self) {
        let Some(policy) = self.places.get(POLICY).map(|policy| policy.facts.clone()) else {
            return;
        };
        for (name, place) in &mut self.places {
            if name != POLICY {
                place
                    .facts
                    .retain(|rule, fact| !is_default(rule) || policy.get(rule) != Some(fact));
            }
        }
    }

    /// The value of a rule that holds at a place that is there.
    pub(super) fn fact<'a>(&'a self, place: &'a Place, rule: &str) -> Option<&'a Fact> {
        let default = self.places.get(POLICY).filter(|_| is_default(rule));
        let default = default.and_then(|policy| policy.facts.get(rule));
        place.facts.get(rule).or(default)
    }
}

/// Whether a route has the value of the policy where it has none of its own.
fn is_default(rule: &str) -> bool {
    rule == "mode" || rule.starts_with("limits.")
}

impl Visit for Listing {
    fn place(&mut self, place: &str, here: Here<'_>) {
        let facts = BTreeMap::new();
        let effect = here.effect;
        self.places
            .insert(place.to_owned(), Place { effect, facts });
    }

    fn fact(&mut self, place: &str, rule: &'static str, fact: Fact) {
        if let Some(place) = self.places.get_mut(place) {
            place.facts.insert(rule, fact);
        }
    }
}
