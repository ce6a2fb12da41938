use crate::{
    AddressPolicy, Code,
    schema::{
        declaration::{Controls, StringKeywords},
        format::{Format, judge_decoded},
        pattern::Pattern,
        rule::values::Values,
    },
    text::{Text, holds_any},
    violations::Wanted,
};

/// What a string has to be.
#[derive(Debug)]
pub(in crate::schema) struct StringRule {
    pub(in crate::schema) min_length: usize,
    pub(in crate::schema) max_length: usize,
    pub(in crate::schema) controls: Controls,
    pub(in crate::schema) encoded: bool,
    pub(in crate::schema) format: Option<Format>,
    pub(in crate::schema) pattern: Option<Pattern>,
    pub(in crate::schema) values: Option<Values>,
}

impl Default for StringRule {
    fn default() -> Self {
        Self::new(&StringKeywords::default(), &mut |_| {})
    }
}

impl StringRule {
    /// Compiles the keywords and says what is wrong with them.
    pub(in crate::schema) fn new(
        keywords: &StringKeywords,
        problem: &mut dyn FnMut(String),
    ) -> Self {
        let min_length = keywords.min_length.unwrap_or(0);
        if keywords.max_length.is_some_and(|max| max < min_length) {
            problem("min_length is larger than max_length: no string fits".into());
        }
        let lengths = keywords.format.map(Format::lengths);
        if lengths.is_some_and(|(least, most)| {
            min_length > most || keywords.max_length.is_some_and(|max| max < least)
        }) {
            problem("the format has no strings of these lengths: no string fits".into());
        }
        let said_twice = keywords.min_length.is_some()
            || keywords.max_length.is_some()
            || keywords.pattern.is_some()
            || keywords.format.is_some();
        if keywords.values.is_some() && said_twice {
            problem("one_of names the strings: lengths and patterns have nothing to add".into());
        }
        let pattern = keywords.pattern.as_deref().and_then(|pattern| {
            Pattern::new(pattern)
                .map_err(|error| problem(format!("pattern: {error}")))
                .ok()
        });
        let values = keywords
            .values
            .as_ref()
            .map(|values| Values::new(values, problem));
        Self {
            min_length,
            max_length: keywords.max_length.unwrap_or(usize::MAX),
            controls: keywords.controls,
            encoded: keywords.encoded,
            format: keywords.format,
            pattern,
            values,
        }
    }

    /// Sets what strings have to match.
    #[cfg(feature = "json-schema")]
    pub(in crate::schema) fn matching(self, pattern: Option<Pattern>) -> Self {
        Self { pattern, ..self }
    }

    /// The first thing that is wrong with `text`.
    #[inline(always)]
    pub(in crate::schema) fn check(
        &self,
        text: Text<'_>,
        addresses: &AddressPolicy,
    ) -> Option<Code> {
        let length = text.bytes.len();
        if length < self.min_length {
            return Some(Code::MinLength);
        }
        // Bytes are characters, or more than there are.
        if length > self.max_length || (text.marks.non_ascii() && self.min_length > 1) {
            let length = characters(text);
            if length < self.min_length {
                return Some(Code::MinLength);
            }
            if length > self.max_length {
                return Some(Code::MaxLength);
            }
        }
        if let Some(values) = &self.values {
            // What is declared by its text needs no other check.
            return (!values.contain(text.bytes)).then_some(Code::Enum);
        }
        if (text.marks.control() || text.marks.non_ascii()) && self.refuses_control(text) {
            return Some(Code::ControlCharacter);
        }
        let found = match self.format {
            Some(format) => format.check(text, addresses),
            None => addresses.judge_text(text),
        };
        let found = match found {
            None if self.encoded => judge_decoded(text, addresses),
            found => found,
        };
        if found.is_some() {
            return found;
        }
        match &self.pattern {
            Some(pattern) if !pattern.matches(text.bytes) => Some(Code::Pattern),
            _ => None,
        }
    }

    /// The first thing that is wrong with `text` and is wanted, whatever else is wrong before it.
    #[cold]
    pub(in crate::schema) fn check_behind(
        &self,
        text: Text<'_>,
        addresses: &AddressPolicy,
        wanted: Wanted<'_>,
    ) -> Option<Code> {
        let named = || addresses.judge_text(text).filter(|code| wanted(*code));
        if let Some(values) = &self.values {
            let other = !values.contain(text.bytes);
            let found = other.then_some(Code::Enum).filter(|code| wanted(*code));
            return found.or_else(|| other.then(named).flatten());
        }
        let length = characters(text);
        let found = match self.format {
            Some(format) => format.check_each(text, addresses),
            None => [None, None],
        };
        // What is none of the format is a text, in which a host can stand.
        let is_text = self.format.is_none() || found.contains(&Some(Code::Format));
        let codes = [
            (length < self.min_length).then_some(Code::MinLength),
            (length > self.max_length).then_some(Code::MaxLength),
            self.refuses_control(text).then_some(Code::ControlCharacter),
        ];
        let mut codes = codes.into_iter().chain(found).flatten();
        codes
            .find(|code| wanted(*code))
            .or_else(|| is_text.then(named).flatten())
            .or_else(|| {
                let decoded = self.encoded.then(|| judge_decoded(text, addresses));
                decoded.flatten().filter(|code| wanted(*code))
            })
            .or_else(|| {
                let pattern = self.pattern.as_ref();
                let breaks = pattern.is_some_and(|pattern| !pattern.matches(text.bytes));
                breaks.then_some(Code::Pattern).filter(|code| wanted(*code))
            })
    }

    #[cold]
    fn refuses_control(&self, text: Text<'_>) -> bool {
        let lines = match self.controls {
            Controls::None => false,
            Controls::Lines => true,
            Controls::All => return false,
        };
        (text.marks.control() && holds_control(text.bytes, lines))
            || (text.marks.non_ascii() && holds_invisible_control(text.bytes))
    }
}

#[cold]
fn characters(text: Text<'_>) -> usize {
    if text.marks.non_ascii() {
        // Every character has one byte that is not a continuation byte.
        text.bytes
            .iter()
            .filter(|byte| **byte & 0xc0 != 0x80)
            .count()
    } else {
        text.bytes.len()
    }
}

/// C0 controls and DEL, perhaps but for tabs and line ends.
fn holds_control(text: &[u8], lines: bool) -> bool {
    // To the end, whatever is found: a loop without exits is done many bytes at a time.
    text.iter().fold(false, |held, byte| {
        let opened = lines && matches!(byte, b'\t' | b'\n' | b'\r');
        held | (byte.is_ascii_control() && !opened)
    })
}

/// C1 controls, and the embeddings, overrides and isolates that reorder what people see
/// (CVE-2021-42574). The three marks, U+061C, U+200E and U+200F, are part of ordinary Arabic and
/// Hebrew text and reorder nothing but the neutral character beside them.
fn holds_invisible_control(text: &[u8]) -> bool {
    // All of them begin with one of two bytes, which are rare in the text of most languages.
    holds_any(text, [0xc2, 0xe2])
        && text.windows(2).enumerate().any(|(at, pair)| {
            matches!(
                (pair, text.get(at + 2)),
                // U+0080 to U+009F
                ([0xc2, 0x80..=0x9f], _)
                // U+202A to U+202E
                | ([0xe2, 0x80], Some(0xaa..=0xae))
                // U+2066 to U+2069
                | ([0xe2, 0x81], Some(0xa6..=0xa9))
            )
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule(keywords: &StringKeywords) -> StringRule {
        StringRule::new(keywords, &mut |problem| panic!("{problem}"))
    }

    fn check(rule: &StringRule, text: &str) -> Option<Code> {
        rule.check(Text::new(text), &AddressPolicy::deny_internal())
    }

    #[test]
    fn lengths_are_characters() {
        let rule = rule(&StringKeywords {
            min_length: Some(2),
            max_length: Some(3),
            ..Default::default()
        });
        assert_eq!(check(&rule, "é"), Some(Code::MinLength));
        assert_eq!(check(&rule, "é🙂"), None);
        assert_eq!(check(&rule, "éé🙂"), None);
        assert_eq!(check(&rule, "éé🙂x"), Some(Code::MaxLength));
        assert_eq!(check(&rule, "a"), Some(Code::MinLength));
        assert_eq!(check(&rule, "abcd"), Some(Code::MaxLength));
    }

    #[test]
    fn controls_that_nobody_sees_are_these() {
        for character in '\0'..=char::MAX {
            let held = holds_invisible_control(format!("a{character}b").as_bytes());
            let expected = matches!(
                character,
                '\u{80}'..='\u{9f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
            );
            assert_eq!(held, expected, "{character:?}");
        }
    }

    #[test]
    fn control_characters_are_refused_unless_opened() {
        let closed = rule(&StringKeywords::default());
        let lines = rule(&StringKeywords {
            controls: Controls::Lines,
            ..Default::default()
        });
        for text in [
            "a\0",
            "a\u{7f}",
            "a\u{85}",
            "a\u{202e}b",
            "a\u{2066}b",
            "a\u{1b}[0m",
        ] {
            assert_eq!(
                check(&closed, text),
                Some(Code::ControlCharacter),
                "{text:?}"
            );
            assert_eq!(
                check(&lines, text),
                Some(Code::ControlCharacter),
                "{text:?}"
            );
        }
        assert_eq!(
            check(&closed, "\u{5d0}\u{200f}, \u{627}\u{61c} \u{200e}a"),
            None
        );
        for text in ["a\tb", "a\r\nb"] {
            assert_eq!(
                check(&closed, text),
                Some(Code::ControlCharacter),
                "{text:?}"
            );
            assert_eq!(check(&lines, text), None, "{text:?}");
        }
        assert_eq!(check(&closed, "naïve 🙂 “quotes”"), None);
    }

    #[test]
    fn values_are_exact() {
        let rule = rule(&StringKeywords {
            values: Some(vec!["open".into(), "shipped".into()]),
            ..Default::default()
        });
        assert_eq!(check(&rule, "open"), None);
        for text in ["Open", "open ", "", "ope"] {
            assert_eq!(check(&rule, text), Some(Code::Enum), "{text:?}");
        }
    }

    #[test]
    fn keywords_that_nothing_can_fit_are_problems() {
        let mut problems = Vec::new();
        for keywords in [
            StringKeywords {
                min_length: Some(2),
                max_length: Some(1),
                ..Default::default()
            },
            StringKeywords {
                values: Some(Vec::new()),
                ..Default::default()
            },
            StringKeywords {
                values: Some(vec!["a".into(), "a".into()]),
                ..Default::default()
            },
            StringKeywords {
                pattern: Some("(".into()),
                ..Default::default()
            },
        ] {
            StringRule::new(&keywords, &mut |problem| problems.push(problem));
        }
        assert_eq!(problems.len(), 4, "{problems:?}");
    }
}
