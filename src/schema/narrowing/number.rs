use crate::{
    json::Number,
    schema::{
        declaration::{Bound, Value},
        rule::{Exact, NumberRule},
    },
};

/// Longer than any number that a declaration has.
const LONGEST: usize = 4096;

impl NumberRule {
    /// The rules by which numbers may pass here that do not pass by `base`. `literal` numbers are integers
    /// without fraction and exponent.
    pub(super) fn wider_than(&self, base: &Self, literal: bool) -> Vec<&'static str> {
        if let Some(values) = self.values() {
            let passes = |value: &Exact| base.takes(value, literal);
            return if values.iter().all(passes) {
                Vec::new()
            } else {
                vec!["number_enum"]
            };
        }
        let inclusive = |bound: Option<Bound>, further| {
            bound.map(|bound| {
                if literal {
                    bound.inclusive(further)
                } else {
                    bound
                }
            })
        };
        let minimum = is_within(
            inclusive(self.minimum, 1),
            inclusive(base.minimum, 1),
            Bound::is_below,
        );
        let maximum = is_within(
            inclusive(self.maximum, -1),
            inclusive(base.maximum, -1),
            Bound::is_above,
        );
        let multiples = base.multiples_of().iter().all(|base| {
            let mut own = self.multiples_of().iter();
            own.any(|own| {
                let own = own.to_string();
                parse(&own).is_some_and(|own| base.divides(own))
            })
        });
        let rules = [
            ("minimum", minimum),
            ("maximum", maximum),
            ("multiple_of", multiples),
            ("number_enum", base.values().is_none()),
        ];
        let wider = rules.into_iter().filter(|(_, within)| !within);
        wider.map(|(rule, _)| rule).collect()
    }
}

impl NumberRule {
    /// Whether a number passes in every way to write it.
    fn takes(&self, value: &Exact, literal: bool) -> bool {
        let text = value.to_string();
        let Some(number) = parse(&text) else {
            return false;
        };
        let (least, largest) = match number.to_integer() {
            Some(value) if literal => (Value::Integer(value), Value::Integer(value)),
            _ => {
                // Written with more digits, its readers make a neighbour of it.
                let (least, largest) = number.readings();
                let spread = largest.abs() * (8.0 * f64::EPSILON) + 8.0 * f64::from_bits(1);
                (Value::Float(least - spread), Value::Float(largest + spread))
            }
        };
        self.minimum.is_none_or(|bound| bound.is_below(least))
            && self.maximum.is_none_or(|bound| bound.is_above(largest))
            && self
                .multiples_of()
                .iter()
                .all(|multiple| multiple.divides(number))
            && self.values().is_none_or(|values| values.contains(value))
    }
}

fn parse(text: &str) -> Option<Number<'_>> {
    Number::parse(text.as_bytes(), LONGEST)
}

/// Whether an end of a range is not behind that of the base.
fn is_within(own: Option<Bound>, base: Option<Bound>, keeps: fn(Bound, Value) -> bool) -> bool {
    match (own, base) {
        (_, None) => true,
        (None, Some(_)) => false,
        (Some(own), Some(base)) => {
            let base = Bound {
                // Where the own end is no number of the range, the base need not have it.
                exclusive: base.exclusive && !own.exclusive,
                ..base
            };
            keeps(base, own.value)
        }
    }
}
