use super::multiple::Multiple;
use crate::{
    Code,
    json::Number,
    schema::declaration::{Bound, NumberKeywords, Value},
};

/// What a number has to be.
#[derive(Debug, Default)]
pub(in crate::schema) struct NumberRule {
    minimum: Option<Bound>,
    maximum: Option<Bound>,
    multiple_of: Option<Multiple>,
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
            ref multiple_of,
        } = *keywords;
        if [minimum, maximum]
            .iter()
            .flatten()
            .any(|bound| bound.value.is_nan())
        {
            problem("NaN is no end of a range".into());
        } else if let (Some(least), Some(largest)) = (minimum, maximum) {
            let (low, high) = (least.value.to_f64(), largest.value.to_f64());
            if low > high
                || (low >= high
                    && (least.exclusive || largest.exclusive)
                    && !least.value.below(largest.value))
            {
                problem("the range is empty: no number fits".into());
            }
        }
        let multiple_of = multiple_of.as_deref().and_then(|text| {
            let multiple = Multiple::new(text);
            if multiple.is_none() {
                problem("multiple_of is no positive number of up to 19 digits".into());
            }
            multiple
        });
        Self {
            minimum,
            maximum,
            multiple_of,
        }
    }

    /// The first thing that is wrong with `number`.
    #[inline]
    pub(in crate::schema) fn check(&self, number: Number<'_>) -> Option<Code> {
        if self
            .multiple_of
            .is_some_and(|multiple| !multiple.divides(number))
        {
            return Some(Code::MultipleOf);
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

impl Bound {
    fn is_below(self, value: Value) -> bool {
        self.value.below(value) || (!self.exclusive && self.value.equals(value))
    }

    fn is_above(self, value: Value) -> bool {
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
            (a, b) => a.to_f64() < b.to_f64(),
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
            (a, b) => a.to_f64() == b.to_f64(),
        }
    }

    #[cold]
    #[expect(
        clippy::cast_precision_loss,
        reason = "compared with an f64, which is no more precise"
    )]
    fn to_f64(self) -> f64 {
        match self {
            Self::Integer(value) => value as f64,
            Self::Float(value) => value,
        }
    }
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
