use std::{collections::BTreeSet, fmt};

use serde::Serialize;

use super::{
    Revision,
    listing::{Listing, Place},
};
use crate::{Effect, fact::Fact};

/// What changed from one policy to another; made by [`Policy::diff`](crate::Policy::diff).
///
/// It is shown as lines, one for each change, that begin with `+` for what was added, `-` for what was
/// removed and `~` for what has another value. As JSON it has the members `before` and `after`, which are
/// revisions, and `changes`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PolicyDiff {
    before: Revision,
    after: Revision,
    changes: Vec<PolicyChange>,
}

/// One rule that changed at one place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PolicyChange {
    place: String,
    rule: &'static str,
    before: Option<String>,
    after: Option<String>,
    effect: Effect,
}

impl PolicyDiff {
    pub(super) fn new(before: Revision, after: Revision, old: &Listing, new: &Listing) -> Self {
        let mut changes = Vec::new();
        let places: BTreeSet<&String> = old.places.keys().chain(new.places.keys()).collect();
        for name in places {
            let pair = (old.places.get(name), new.places.get(name));
            let facts = [pair.0, pair.1].into_iter().flatten();
            let rules: BTreeSet<&'static str> = facts
                .flat_map(|place| place.facts.keys().copied())
                .collect();
            for rule in rules {
                changes.extend(change(name, rule, (old, pair.0), (new, pair.1)));
            }
        }
        Self {
            before,
            after,
            changes,
        }
    }

    /// Whether both policies say the same.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }

    /// The changes, in the order of their places and rules.
    #[must_use]
    pub fn changes(&self) -> &[PolicyChange] {
        &self.changes
    }
}

fn change(
    name: &str,
    rule: &'static str,
    (old, before): (&Listing, Option<&Place>),
    (new, after): (&Listing, Option<&Place>),
) -> Option<PolicyChange> {
    let fact = |listing: &'_ Listing, place: Option<&Place>| -> Option<Fact> {
        listing.fact(place?, rule).cloned()
    };
    let (old, new) = (fact(old, before), fact(new, after));
    let effect = match (before, after) {
        (Some(_), Some(_)) => Fact::effect(old.as_ref(), new.as_ref())?,
        // What is said of a place that is not there says nothing by itself.
        (None, Some(place)) => place.effect,
        (Some(place), None) => match place.effect {
            Effect::Tighter => Effect::Looser,
            Effect::Looser => Effect::Tighter,
            Effect::Changed => Effect::Changed,
        },
        (None, None) => return None,
    };
    Some(PolicyChange {
        place: name.to_owned(),
        rule,
        before: old.map(|fact| fact.to_string()),
        after: new.map(|fact| fact.to_string()),
        effect,
    })
}

impl PolicyChange {
    /// Where it stands, such as `POST /orders: body #/sku`.
    #[must_use]
    pub fn place(&self) -> &str {
        &self.place
    }

    /// The rule, such as `max_length`.
    #[must_use]
    pub fn rule(&self) -> &str {
        self.rule
    }

    /// Its value in the older policy, if it has one there.
    #[must_use]
    pub fn before(&self) -> Option<&str> {
        self.before.as_deref()
    }

    /// Its value in the newer policy, if it has one there.
    #[must_use]
    pub fn after(&self) -> Option<&str> {
        self.after.as_deref()
    }

    /// What it does to the requests that pass. What comes or goes with a place has the effect of that.
    #[must_use]
    pub fn effect(&self) -> Effect {
        self.effect
    }
}

impl fmt::Display for PolicyDiff {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, change) in self.changes.iter().enumerate() {
            f.write_str(if place == 0 { "" } else { "\n" })?;
            change.fmt(f)?;
        }
        Ok(())
    }
}

impl fmt::Display for PolicyChange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            place,
            rule,
            effect,
            ..
        } = self;
        match (&self.before, &self.after) {
            (Some(before), Some(after)) => {
                write!(f, "~ {place}: {rule} {before} -> {after} ({effect})")
            }
            (None, Some(after)) => write!(f, "+ {place}: {rule} {after} ({effect})"),
            (before, None) => {
                let before = before.as_deref().unwrap_or_default();
                write!(f, "- {place}: {rule} {before} ({effect})")
            }
        }
    }
}

impl Serialize for Revision {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}
