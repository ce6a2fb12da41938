use crate::{
    AddressPolicy,
    schema::{format::Format, rule::StringRule},
    text::Text,
};

impl StringRule {
    /// The rules by which strings may pass here that do not pass by `base`, where the same addresses or
    /// fewer pass.
    pub(super) fn wider_than(&self, base: &Self, addresses: &AddressPolicy) -> Vec<&'static str> {
        if let Some(values) = &self.values {
            let mut values = values.iter().map(Text::new);
            let passes = |value: Text<'_>| {
                // Without a check of what it names: it is declared.
                self.check(value, addresses).is_some() || base.check(value, addresses).is_none()
            };
            return if values.all(passes) {
                Vec::new()
            } else {
                vec!["enum"]
            };
        }
        let (least, most) = self.lengths();
        let pattern = match (&self.pattern, &base.pattern) {
            (_, None) => true,
            (None, Some(_)) => false,
            (Some(own), Some(base)) => own.is_within(base),
        };
        let format = match (self.format, base.format) {
            (None, None) => true,
            (None, Some(_)) => false,
            (Some(own), base) => own.is_within(base),
        };
        let rules = [
            ("min_length", least >= base.min_length),
            ("max_length", most <= base.max_length),
            ("enum", base.values.is_none()),
            ("pattern", pattern),
            ("format", format),
            ("controls", self.controls.level() <= base.controls.level()),
            (
                "encoded",
                !base.encoded || self.encoded || self.format == Some(Format::Base64),
            ),
        ];
        let wider = rules.into_iter().filter(|(_, within)| !within);
        wider.map(|(rule, _)| rule).collect()
    }
}
