use serde_json::Value;

use super::{
    compile::{Compiler, Reason},
    conjunction::{Conjunction, lower},
    keywords,
};
use crate::schema::{declaration::StringKeywords, pattern::Pattern, rule::StringRule};

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
            let format = keywords.get("format").and_then(Value::as_str);
            let Some(format) = format.filter(|_| self.asserts_formats()) else {
                continue;
            };
            let format = keywords::format(format).ok_or("format")?;
            // A rule of strings has one format, and one context of addresses with it.
            if all.format.is_some_and(|other| other != format) {
                return Err("format");
            }
            all.format = Some(format);
        }
        Ok(Strings {
            keywords: all,
            pattern: Pattern::all(patterns),
        })
    }
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
