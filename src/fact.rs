//! What a configuration says by one rule, so that two of them can be compared.

use std::{cmp::Ordering, collections::BTreeSet, fmt};

use serde::Serialize;

/// The value of one rule.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Fact {
    /// Nothing less passes. The number is the nearest that can be compared, the text is exact.
    AtLeast(f64, String),
    /// Nothing more passes.
    AtMost(f64, String),
    /// One of these, and nothing else passes.
    Only(BTreeSet<String>),
    /// These pass; without any nothing does.
    Opened(BTreeSet<String>),
    /// Something that has to hold, and that nobody can compare with another such thing.
    Demand(String),
    /// How far something is open; 0 is closed.
    Openness(u8, &'static str),
    /// How far each of several things is open, and all of it in words.
    Each(Vec<u8>, String),
    /// Something that neither opens nor closes.
    Other(String),
}

/// What a change does to the input that passes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Effect {
    /// Less passes.
    Tighter,
    /// More passes.
    Looser,
    /// It cannot be told, or some passes that did not and some does not that did.
    Changed,
}

impl Effect {
    /// The name that stands in JSON: `tighter`, `looser` or `changed`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Tighter => "tighter",
            Self::Looser => "looser",
            Self::Changed => "changed",
        }
    }
}

impl fmt::Display for Effect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Fact {
    /// At most so many of something.
    #[expect(
        clippy::cast_precision_loss,
        reason = "the text is exact, and what is less after rounding was less before"
    )]
    pub(crate) fn at_most(most: u64) -> Self {
        Self::AtMost(most as f64, most.to_string())
    }

    /// At least so many of something.
    #[expect(clippy::cast_precision_loss, reason = "as for `at_most`")]
    pub(crate) fn at_least(least: u64) -> Self {
        Self::AtLeast(least as f64, least.to_string())
    }

    /// What a change from one value of a rule to another does, if it does anything. `None` is a
    /// configuration that does not have the rule.
    pub(crate) fn effect(before: Option<&Self>, after: Option<&Self>) -> Option<Effect> {
        if before == after {
            return None;
        }
        let order = match (before, after) {
            (Some(before), Some(after)) => before.passes_less_than(after),
            (None, Some(fact)) => fact.passes_less_than_none(),
            (Some(fact), None) => fact.passes_less_than_none().map(Ordering::reverse),
            (None, None) => None,
        };
        Some(match order {
            // Less passes before.
            Some(Ordering::Less) => Effect::Looser,
            Some(Ordering::Greater) => Effect::Tighter,
            Some(Ordering::Equal) | None => Effect::Changed,
        })
    }

    fn passes_less_than(&self, other: &Self) -> Option<Ordering> {
        match (self, other) {
            (Self::AtLeast(a, _), Self::AtLeast(b, _)) => b.partial_cmp(a),
            (Self::AtMost(a, _), Self::AtMost(b, _)) => a.partial_cmp(b),
            (Self::Only(a), Self::Only(b)) | (Self::Opened(a), Self::Opened(b)) => {
                if a.is_subset(b) {
                    Some(Ordering::Less)
                } else {
                    b.is_subset(a).then_some(Ordering::Greater)
                }
            }
            (Self::Openness(a, _), Self::Openness(b, _)) => Some(a.cmp(b)),
            (Self::Each(a, _), Self::Each(b, _)) if a.len() == b.len() => {
                let pairs = || a.iter().zip(b);
                if pairs().all(|(a, b)| a <= b) {
                    Some(Ordering::Less)
                } else {
                    pairs().all(|(a, b)| a >= b).then_some(Ordering::Greater)
                }
            }
            _ => None,
        }
    }

    /// The order of the value and of the rule not being there. The latter is `Less` where the rule
    /// opens something.
    fn passes_less_than_none(&self) -> Option<Ordering> {
        match self {
            Self::AtLeast(..) | Self::AtMost(..) | Self::Only(_) | Self::Demand(_) => {
                Some(Ordering::Greater)
            }
            Self::Opened(_) | Self::Openness(..) | Self::Each(..) => Some(Ordering::Less),
            Self::Other(_) => None,
        }
    }
}

impl fmt::Display for Fact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::AtLeast(_, text)
            | Self::AtMost(_, text)
            | Self::Demand(text)
            | Self::Each(_, text)
            | Self::Other(text) => f.write_str(text),
            Self::Openness(_, text) => f.write_str(text),
            Self::Only(set) | Self::Opened(set) if set.is_empty() => f.write_str("none"),
            Self::Only(set) | Self::Opened(set) => {
                for (place, text) in set.iter().enumerate() {
                    f.write_str(if place == 0 { "" } else { ", " })?;
                    f.write_str(text)?;
                }
                Ok(())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(texts: &[&str]) -> BTreeSet<String> {
        texts.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn effects_are_those_on_what_passes() {
        let effect = |before: Option<Fact>, after: Option<Fact>| {
            Fact::effect(before.as_ref(), after.as_ref())
        };
        let most = |most| Some(Fact::at_most(most));
        let least = |least| Some(Fact::at_least(least));
        assert_eq!(effect(most(5), most(5)), None);
        assert_eq!(effect(most(5), most(4)), Some(Effect::Tighter));
        assert_eq!(effect(most(5), None), Some(Effect::Looser));
        assert_eq!(effect(None, most(5)), Some(Effect::Tighter));
        assert_eq!(effect(least(5), least(4)), Some(Effect::Looser));
        assert_eq!(effect(least(5), least(6)), Some(Effect::Tighter));
        let only = |texts| Some(Fact::Only(set(texts)));
        assert_eq!(
            effect(only(&["a", "b"]), only(&["a"])),
            Some(Effect::Tighter)
        );
        assert_eq!(effect(only(&["a"]), only(&["b"])), Some(Effect::Changed));
        assert_eq!(effect(None, only(&["b"])), Some(Effect::Tighter));
        let opened = |texts| Some(Fact::Opened(set(texts)));
        assert_eq!(effect(None, opened(&["b"])), Some(Effect::Looser));
        assert_eq!(
            effect(opened(&["a", "b"]), opened(&["a"])),
            Some(Effect::Tighter)
        );
        let demand = |text: &str| Some(Fact::Demand(text.into()));
        assert_eq!(effect(demand("a"), demand("b")), Some(Effect::Changed));
        assert_eq!(effect(demand("a"), None), Some(Effect::Looser));
        let open = |level| Some(Fact::Openness(level, "open"));
        assert_eq!(effect(open(1), open(2)), Some(Effect::Looser));
        let each = |levels: [u8; 2]| Some(Fact::Each(levels.into(), String::new()));
        assert_eq!(effect(each([0, 1]), each([1, 1])), Some(Effect::Looser));
        assert_eq!(effect(each([0, 1]), each([0, 0])), Some(Effect::Tighter));
        assert_eq!(effect(each([0, 1]), each([1, 0])), Some(Effect::Changed));
        assert_eq!(
            effect(None, Some(Fact::Other("a".into()))),
            Some(Effect::Changed)
        );
    }

    #[test]
    fn what_rounds_to_one_number_is_not_called_tighter() {
        let (before, after) = (Fact::at_most(u64::MAX), Fact::at_most(u64::MAX - 1));
        assert_eq!(
            Fact::effect(Some(&before), Some(&after)),
            Some(Effect::Changed)
        );
    }
}
