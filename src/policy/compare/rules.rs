use std::fmt;

use serde::Serialize;

use super::listing::Listing;

/// A rule of a policy, and the place that it holds at; listed by [`Policy::rules`](crate::Policy::rules).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PolicyRule {
    place: String,
    rule: &'static str,
    value: String,
}

impl PolicyRule {
    /// Where it holds, such as `POST /orders: body #/sku`; what begins with a route is of that route.
    #[must_use]
    pub fn place(&self) -> &str {
        &self.place
    }

    /// The rule, such as `max_length`.
    #[must_use]
    pub fn rule(&self) -> &str {
        self.rule
    }

    /// Its value.
    #[must_use]
    pub fn value(&self) -> &str {
        &self.value
    }
}

impl fmt::Display for PolicyRule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {} {}", self.place, self.rule, self.value)
    }
}

/// The rules of a listing, in the order of their places.
pub(super) fn rules(listing: Listing) -> Vec<PolicyRule> {
    let places = listing.places.into_iter();
    let rules = places.flat_map(|(place, said)| {
        let facts = said.facts.into_iter();
        facts.map(move |(rule, fact)| PolicyRule {
            place: place.clone(),
            rule,
            value: fact.to_string(),
        })
    });
    rules.collect()
}
