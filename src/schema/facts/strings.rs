use std::collections::BTreeSet;

use crate::{
    fact::Fact,
    schema::{declaration::Controls, format::Format, pattern::Pattern, rule::StringRule},
};

/// What a rule says of strings.
pub(super) fn tell(rule: &StringRule, tell: &mut dyn FnMut(&'static str, Fact)) {
    if rule.min_length > 0 {
        tell("min_length", Fact::at_least(rule.min_length as u64));
    }
    if rule.max_length < usize::MAX {
        tell("max_length", Fact::at_most(rule.max_length as u64));
    }
    if let Some(values) = &rule.values {
        // No other rule is asked of what is declared by its text.
        let values = values.iter().map(|value| format!("{value:?}"));
        return tell("enum", Fact::Only(values.collect()));
    }
    if let Some(pattern) = &rule.pattern {
        let texts: BTreeSet<&str> = pattern.texts().into_iter().collect();
        let texts: Vec<&str> = texts.into_iter().collect();
        tell("pattern", Fact::Demand(texts.join(" and ")));
    }
    if let Some(format) = rule.format {
        tell("format", Fact::Demand(format.name().into()));
    }
    let controls = match rule.controls {
        Controls::None => None,
        Controls::Lines => Some("multiline"),
        Controls::All => Some("all"),
    };
    if let Some(text) = controls {
        tell("controls", Fact::Openness(rule.controls.level(), text));
    }
    if rule.encoded {
        tell("encoded", Fact::Demand("base64".into()));
    }
}

impl StringRule {
    /// Whether it asks nothing of a string but what is asked of any.
    pub(in crate::schema) fn is_default(&self) -> bool {
        let Self {
            min_length,
            max_length,
            controls,
            encoded,
            format,
            pattern,
            values,
        } = self;
        *min_length == 0
            && *max_length == usize::MAX
            && *controls == Controls::None
            && !encoded
            && format.is_none()
            && pattern.is_none()
            && values.is_none()
    }

    /// The fewest and the most characters of the strings that pass, as far as that is known.
    pub(in crate::schema) fn lengths(&self) -> (usize, usize) {
        if let Some(values) = &self.values {
            let lengths = values.iter().map(|value| value.chars().count());
            let least = lengths.clone().min().unwrap_or(0);
            let most = lengths.max().unwrap_or(0);
            return (least.max(self.min_length), most.min(self.max_length));
        }
        let format = self.format.map_or((0, usize::MAX), Format::lengths);
        let pattern = self.pattern.as_ref();
        let pattern = pattern.map_or((0, usize::MAX), Pattern::lengths);
        (
            self.min_length.max(format.0).max(pattern.0),
            self.max_length.min(format.1).min(pattern.1),
        )
    }
}
