use serde_json::Value;

use super::{
    compile::{Compiler, Reason},
    conjunction::{Conjunction, lower},
    harden,
    keywords::{self, is_of_no_string},
};
use crate::schema::{
    declaration::StringKeywords, format::Format, pattern::Pattern, rule::StringRule,
};

/// What a conjunction says of strings.
pub(super) struct Strings {
    keywords: StringKeywords,
    pattern: Option<Pattern>,
}

impl<'d> Compiler<'_, 'd> {
    pub(super) fn strings(&mut self, conjunction: &Conjunction<'d>) -> Result<Strings, Reason> {
        let mut all = self.string_keywords();
        let mut patterns = Vec::new();
        for keywords in conjunction.keywords() {
            let one = keywords::string(keywords);
            all.min_length = all.min_length.max(one.min_length);
            all.max_length = lower(all.max_length, one.max_length);
            all.encoded |= one.encoded;
            if let Some(pattern) = keywords.get("pattern").and_then(Value::as_str) {
                // What is wrong with it was told by the check.
                patterns.extend(self.patterns.compile(pattern, &mut |_| ()));
            }
            all.controls = all.controls.max(harden::controls(keywords));
            for (_, format) in harden::formats(keywords) {
                let both = together(all.format, format);
                all.format = Some(both.ok_or(harden::KEYWORD)?);
            }
            let format = keywords.get("format").and_then(Value::as_str);
            let asserted = |name: &&str| self.asserts_formats() && !is_of_no_string(name);
            let Some(format) = format.filter(asserted) else {
                continue;
            };
            let format = keywords::format(format).ok_or("format")?;
            all.format = Some(together(all.format, format).ok_or("format")?);
        }
        // It looks into what it decodes itself.
        all.encoded &= all.format != Some(Format::Base64);
        Ok(Strings {
            keywords: all,
            pattern: Pattern::all(patterns),
        })
    }
}

/// A rule of strings has one format, and one context of addresses with it.
fn together(earlier: Option<Format>, format: Format) -> Option<Format> {
    earlier.map_or(Some(format), |earlier| keywords::both(earlier, format))
}

impl Strings {
    pub(super) fn rule(self) -> StringRule {
        StringRule::new(&self.keywords, &mut |_| ()).matching(self.pattern)
    }

    /// Whether a name that the document declares keeps the rule. Of whose host it names nothing is
    /// said: the document may name any.
    pub(super) fn accept(&self, name: &str) -> bool {
        let StringKeywords {
            min_length,
            max_length,
            format,
            ..
        } = self.keywords;
        let length = name.chars().count();
        min_length.is_none_or(|least| length >= least)
            && max_length.is_none_or(|most| length <= most)
            && format.is_none_or(|format| keywords::is_of(format, name))
            && self
                .pattern
                .as_ref()
                .is_none_or(|pattern| pattern.matches(name.as_bytes()))
    }
}
