use std::cmp::Ordering;

use super::{
    exact::{Exact, Numbers},
    multiple::Multiple,
};
use crate::{
    Code,
    json::Number,
    schema::declaration::{Bound, NumberKeywords, Value},
};

/// What a number has to be.
#[derive(Debug, Default)]
pub(in crate::schema) struct NumberRule {
    pub(in crate::schema) minimum: Option<Bound>,
    pub(in crate::schema) maximum: Option<Bound>,
    /// Apart, because most schemas have none of it.
    more: Option<Box<MoreRules>>,
}

#[derive(Debug, Default)]
struct MoreRules {
    multiples_of: Vec<Multiple>,
    values: Option<Numbers>,
}

impl NumberRule {
    /// Compiles the keywords and says what is wrong with them.
    pub(in crate::schema) fn new(
        keywords: &NumberKeywords,
        problem: &mut dyn FnMut(String),
    ) -> Self {
        let NumberKeywords {
            minimum,
            maximum,
            ref multiples_of,
        } = *keywords;
        if [minimum, maximum]
            .iter()
            .flatten()
            .any(|bound| bound.value.is_nan())
        {
            problem("NaN is no end of a range".into());
        } else if let (Some(least), Some(largest)) = (minimum, maximum) {
            let open = least.exclusive || largest.exclusive;
            if largest.value.below(least.value) || (open && !least.value.below(largest.value)) {
                problem("the range is empty: no number fits".into());
            }
        }
        let multiples_of: Vec<Multiple> = multiples_of
            .iter()
            .filter_map(|text| {
                let multiple = Multiple::new(text);
                if multiple.is_none() {
                    problem("multiple_of is no positive number of up to 19 digits".into());
                }
                multiple
            })
            .collect();
        let more = MoreRules {
            multiples_of,
            values: None,
        };
        Self {
            minimum,
            maximum,
            more: (!more.multiples_of.is_empty()).then(|| Box::new(more)),
        }
    }

    /// What numbers have to be multiples of.
    pub(in crate::schema) fn multiples_of(&self) -> &[Multiple] {
        self.more.as_ref().map_or(&[], |more| &more.multiples_of)
    }

    /// The only numbers, if they are enumerated.
    pub(in crate::schema) fn values(&self) -> Option<&[Exact]> {
        Some(self.more.as_ref()?.values.as_ref()?.values())
    }

    /// One of these numbers.
    #[cfg(feature = "json-schema")]
    pub(in crate::schema) fn one_of(values: Vec<Exact>) -> Self {
        Self {
            more: Some(Box::new(MoreRules {
                multiples_of: Vec::new(),
                values: Some(Numbers::new(values)),
            })),
            ..Self::default()
        }
    }

    /// The first thing that is wrong with `number`.
    #[inline(always)]
    pub(in crate::schema) fn check(&self, number: Number<'_>) -> Option<Code> {
        if let Some(code) = self.more.as_ref().and_then(|more| more.check(number)) {
            return Some(code);
        }
        if self.minimum.is_none() && self.maximum.is_none() {
            return None;
        }
        let (least, largest) = if let Some(value) = number.to_integer() {
            (Value::Integer(value), Value::Integer(value))
        } else {
            let (least, largest) = number.readings();
            (Value::Float(least), Value::Float(largest))
        };
        if self.minimum.is_some_and(|bound| !bound.is_below(least)) {
            return Some(Code::Minimum);
        }
        if self.maximum.is_some_and(|bound| !bound.is_above(largest)) {
            return Some(Code::Maximum);
        }
        None
    }
}

impl MoreRules {
    fn check(&self, number: Number<'_>) -> Option<Code> {
        let contain = |values: &Numbers| values.contain(number);
        if !self.values.as_ref().is_none_or(contain) {
            return Some(Code::Enum);
        }
        let divides = |multiple: &Multiple| multiple.divides(number);
        (!self.multiples_of.iter().all(divides)).then_some(Code::MultipleOf)
    }
}

impl Bound {
    pub(in crate::schema) fn is_below(self, value: Value) -> bool {
        self.value.below(value) || (!self.exclusive && self.value.equals(value))
    }

    pub(in crate::schema) fn is_above(self, value: Value) -> bool {
        value.below(self.value) || (!self.exclusive && self.value.equals(value))
    }
}

impl Value {
    fn is_nan(self) -> bool {
        matches!(self, Self::Float(value) if value.is_nan())
    }

    fn below(self, other: Self) -> bool {
        match (self, other) {
            (Self::Integer(a), Self::Integer(b)) => a < b,
            (Self::Float(a), Self::Float(b)) => a < b,
            (a, b) => a.compare(b) == Some(Ordering::Less),
        }
    }

    #[expect(
        clippy::float_cmp,
        reason = "the end of a range is met exactly or not at all"
    )]
    fn equals(self, other: Self) -> bool {
        match (self, other) {
            (Self::Integer(a), Self::Integer(b)) => a == b,
            (Self::Float(a), Self::Float(b)) => a == b,
            (a, b) => a.compare(b) == Some(Ordering::Equal),
        }
    }

    /// Exactly, also where an `f64` cannot hold the integer.
    #[cold]
    pub(in crate::schema) fn compare(self, other: Self) -> Option<Ordering> {
        match (self, other) {
            (Self::Integer(a), Self::Integer(b)) => Some(a.cmp(&b)),
            (Self::Float(a), Self::Float(b)) => a.partial_cmp(&b),
            (Self::Integer(a), Self::Float(b)) => compare_integer(a, b),
            (Self::Float(a), Self::Integer(b)) => compare_integer(b, a).map(Ordering::reverse),
        }
    }
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "a cast saturates, and the integers of numbers that are read are smaller"
)]
fn compare_integer(integer: i128, float: f64) -> Option<Ordering> {
    let floor = float.floor();
    let order = integer.cmp(&(floor as i128));
    (!float.is_nan()).then(|| order.then_with(|| floor.total_cmp(&float)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule(keywords: &NumberKeywords) -> NumberRule {
        NumberRule::new(keywords, &mut |problem| panic!("{problem}"))
    }

    fn check(rule: &NumberRule, text: &str) -> Option<Code> {
        let number = Number::parse(text.as_bytes(), 64);
        rule.check(number.unwrap_or_else(|| panic!("{text} is a number")))
    }

    #[test]
    fn integers_are_compared_exactly() {
        let whole = rule(&NumberKeywords::integers(&(..), i64::MIN, i64::MAX));
        assert_eq!(check(&whole, "9223372036854775807"), None);
        assert_eq!(check(&whole, "9223372036854775808"), Some(Code::Maximum));
        assert_eq!(check(&whole, "-9223372036854775808"), None);
        assert_eq!(check(&whole, "-9223372036854775809"), Some(Code::Minimum));
        assert_eq!(check(&whole, &"9".repeat(60)), Some(Code::Maximum));
        assert_eq!(
            check(&whole, &format!("-{}", "9".repeat(60))),
            Some(Code::Minimum)
        );
    }

    #[test]
    fn integers_and_floats_are_compared_exactly() {
        let end = |value, exclusive| Some(Bound { value, exclusive });
        let below = rule(&NumberKeywords {
            maximum: end(Value::Float(9_007_199_254_740_992.0), false),
            ..Default::default()
        });
        assert_eq!(check(&below, "9007199254740992"), None);
        assert_eq!(check(&below, "9007199254740993"), Some(Code::Maximum));
        let above = rule(&NumberKeywords {
            minimum: end(Value::Float(-0.5), true),
            maximum: end(Value::Float(1e300), true),
            ..Default::default()
        });
        assert_eq!(check(&above, "0"), None);
        assert_eq!(check(&above, "18446744073709551615"), None);
        assert_eq!(check(&above, "-1"), Some(Code::Minimum));
    }

    #[test]
    fn ends_of_ranges_are_in_or_out() {
        let half_open = rule(&NumberKeywords::floats(&(0.0..1.0)));
        assert_eq!(check(&half_open, "0"), None);
        assert_eq!(check(&half_open, "0.999"), None);
        assert_eq!(check(&half_open, "1"), Some(Code::Maximum));
        assert_eq!(check(&half_open, "-0.001"), Some(Code::Minimum));
        let three = rule(&NumberKeywords::integers(&(1..4), i64::MIN, i64::MAX));
        assert_eq!(check(&three, "3"), None);
        assert_eq!(check(&three, "4"), Some(Code::Maximum));
    }

    #[test]
    #[expect(clippy::reversed_empty_ranges, reason = "that is the mistake")]
    fn empty_ranges_are_problems() {
        let mut problems = 0;
        for keywords in [
            NumberKeywords::integers(&(5..=1), i64::MIN, i64::MAX),
            NumberKeywords::integers(&(5..5), i64::MIN, i64::MAX),
            NumberKeywords::floats(&(1.0..1.0)),
            NumberKeywords::floats(&(f64::NAN..)),
        ] {
            NumberRule::new(&keywords, &mut |_| problems += 1);
        }
        assert_eq!(problems, 4);
    }

    #[test]
    fn what_a_reader_rounds_over_a_bound_is_out_of_it() {
        for (range, text) in [
            (NumberKeywords::floats(&(0.0..1.0)), "0.9999999999999999"),
            (
                NumberKeywords::floats(&(0.0..=0.5)),
                "0.5000000000000000514",
            ),
            (NumberKeywords::floats(&(..=90.0)), "90.00000000000000702"),
            (NumberKeywords::floats(&(-180.0..)), "-180.0000000000000131"),
        ] {
            assert!(check(&rule(&range), text).is_some(), "{text}");
        }
        let percent = rule(&NumberKeywords::floats(&(0.0..=1.0)));
        for text in [
            "0.1",
            "1",
            "1.0",
            "0",
            "0.0",
            "0.999999999999",
            "0.12345678901234567",
        ] {
            assert_eq!(check(&percent, text), None, "{text}");
        }
    }
}
