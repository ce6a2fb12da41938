use crate::{
    fact::Fact,
    schema::{
        declaration::{Bound, Value},
        rule::NumberRule,
    },
};

/// What a rule says of numbers, or of whole ones alone.
pub(super) fn tell(rule: &NumberRule, whole: bool, tell: &mut dyn FnMut(&'static str, Fact)) {
    let bound = |bound: Option<Bound>, further: i128| {
        bound.map(|bound| {
            if whole {
                bound.inclusive(further)
            } else {
                bound
            }
        })
    };
    if let Some(bound) = bound(rule.minimum, 1) {
        tell(
            "minimum",
            Fact::AtLeast(bound.value.nearest(), bound.told()),
        );
    }
    if let Some(bound) = bound(rule.maximum, -1) {
        tell("maximum", Fact::AtMost(bound.value.nearest(), bound.told()));
    }
    if !rule.multiples_of().is_empty() {
        let mut multiples: Vec<String> = rule
            .multiples_of()
            .iter()
            .map(ToString::to_string)
            .collect();
        multiples.sort();
        multiples.dedup();
        tell("multiple_of", Fact::Demand(multiples.join(" and ")));
    }
    if let Some(values) = rule.values() {
        let values = values.iter().map(ToString::to_string);
        tell("number_enum", Fact::Only(values.collect()));
    }
}

impl NumberRule {
    /// Whether it asks nothing of a number.
    pub(in crate::schema) fn is_default(&self) -> bool {
        self.minimum.is_none()
            && self.maximum.is_none()
            && self.multiples_of().is_empty()
            && self.values().is_none()
    }
}

impl Bound {
    /// The bound of whole numbers that has its end in it: below 4 is up to 3.
    pub(in crate::schema) fn inclusive(self, further: i128) -> Self {
        match self.value {
            Value::Integer(value) if self.exclusive => Self {
                value: Value::Integer(value.saturating_add(further)),
                exclusive: false,
            },
            _ => self,
        }
    }

    fn told(self) -> String {
        let open = if self.exclusive { " (exclusive)" } else { "" };
        match self.value {
            Value::Integer(value) => format!("{value}{open}"),
            Value::Float(value) => format!("{value}{open}"),
        }
    }
}

impl Value {
    #[expect(
        clippy::cast_precision_loss,
        reason = "what is less after rounding was less before"
    )]
    const fn nearest(self) -> f64 {
        match self {
            Self::Integer(value) => value as f64,
            Self::Float(value) => value,
        }
    }
}
