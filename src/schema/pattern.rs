//! Patterns of strings, matched in time linear in the string.

use std::sync::Arc;

use regex_automata::{
    meta::{self, Regex},
    util::syntax,
};
#[cfg(feature = "json-schema")]
use regex_syntax::hir::Literal;
use regex_syntax::hir::{Class, Hir, HirKind, Look};

/// The largest compiled pattern: a few thousand states, built in milliseconds.
pub(super) const SIZE: usize = 1024 * 1024;

/// A compiled pattern. Clones share it.
#[derive(Clone, Debug)]
pub(super) enum Pattern {
    /// `^[class]{min,max}$` of ASCII characters, the shape of most patterns: one look-up a byte.
    Class {
        class: Arc<AsciiClass>,
        min: usize,
        max: usize,
    },
    /// Anything else.
    Regex(Arc<Expression>),
    /// All of several.
    #[cfg(feature = "json-schema")]
    All(Arc<[Pattern]>),
}

/// ASCII characters, and the pattern that they are written as.
#[derive(Debug)]
pub(super) struct AsciiClass {
    members: [bool; 256],
    text: Box<str>,
}

/// A regular expression as it is written and compiled.
#[derive(Debug)]
pub(super) struct Expression {
    regex: Regex,
    text: Box<str>,
    /// It matches whole texts, and not some part of them.
    anchored: bool,
    /// The most bytes that it matches at a time.
    longest: Option<usize>,
}

impl Pattern {
    /// Compiles a pattern of the syntax of the `regex` crate.
    ///
    /// # Errors
    ///
    /// What is wrong with it, in a sentence that does not repeat it.
    pub(super) fn new(pattern: &str) -> Result<Self, String> {
        let hir = regex_syntax::parse(pattern).map_err(|error| match error {
            regex_syntax::Error::Parse(error) => {
                format!(
                    "{} at character {}",
                    error.kind(),
                    error.span().start.offset + 1
                )
            }
            regex_syntax::Error::Translate(error) => {
                format!(
                    "{} at character {}",
                    error.kind(),
                    error.span().start.offset + 1
                )
            }
            other => other.to_string(),
        })?;
        if let Some(class) = whole_class(&hir, pattern) {
            return Ok(class);
        }
        Regex::builder()
            .syntax(syntax::Config::new())
            .configure(
                meta::Config::new()
                    .nfa_size_limit(Some(SIZE))
                    .onepass_size_limit(Some(SIZE)),
            )
            .build_from_hir(&hir)
            .map(|regex| {
                Self::Regex(Arc::new(Expression {
                    regex,
                    text: pattern.into(),
                    anchored: is_anchored(&hir),
                    longest: hir.properties().maximum_len(),
                }))
            })
            .map_err(|_| format!("compiles to more than {SIZE} bytes"))
    }

    pub(super) fn matches(&self, text: &[u8]) -> bool {
        match self {
            Self::Class { class, min, max } => {
                (*min..=*max).contains(&text.len())
                    && text.iter().all(|byte| class.members[usize::from(*byte)])
            }
            Self::Regex(expression) => expression.regex.is_match(text),
            #[cfg(feature = "json-schema")]
            Self::All(patterns) => patterns.iter().all(|pattern| pattern.matches(text)),
        }
    }

    /// What a string has to match that has to match each of these.
    #[cfg(feature = "json-schema")]
    pub(super) fn all(mut patterns: Vec<Self>) -> Option<Self> {
        match patterns.len() {
            0 | 1 => patterns.pop(),
            _ => Some(Self::All(patterns.into())),
        }
    }

    /// The patterns as they are written, of all of which it is.
    pub(super) fn texts(&self) -> Vec<&str> {
        match self {
            Self::Class { class, .. } => vec![&class.text],
            Self::Regex(expression) => vec![&expression.text],
            #[cfg(feature = "json-schema")]
            Self::All(patterns) => patterns.iter().flat_map(Self::texts).collect(),
        }
    }

    /// Whether it matches whole texts, and not some part of them.
    pub(super) fn is_anchored(&self) -> bool {
        match self {
            Self::Class { .. } => true,
            Self::Regex(expression) => expression.anchored,
            #[cfg(feature = "json-schema")]
            Self::All(patterns) => patterns.iter().any(Self::is_anchored),
        }
    }

    /// The fewest and the most characters of the texts that it matches, as far as that is known.
    pub(super) fn lengths(&self) -> (usize, usize) {
        match self {
            Self::Class { min, max, .. } => (*min, *max),
            Self::Regex(expression) if expression.anchored => {
                // A character has a byte or more.
                (0, expression.longest.unwrap_or(usize::MAX))
            }
            Self::Regex(_) => (0, usize::MAX),
            #[cfg(feature = "json-schema")]
            Self::All(patterns) => {
                let all = patterns.iter().map(Self::lengths);
                all.fold((0, usize::MAX), |(least, most), (min, max)| {
                    (least.max(min), most.min(max))
                })
            }
        }
    }

    /// Whether it can be shown that every text that it matches is matched by the other one.
    pub(super) fn is_within(&self, other: &Self) -> bool {
        match (self, other) {
            #[cfg(feature = "json-schema")]
            (_, Self::All(others)) => others.iter().all(|other| self.is_within(other)),
            #[cfg(feature = "json-schema")]
            (Self::All(patterns), _) => patterns.iter().any(|own| own.is_within(other)),
            (
                Self::Class { class, min, max },
                Self::Class {
                    class: other,
                    min: least,
                    max: most,
                },
            ) => {
                let members = class.members.iter().zip(&other.members);
                min >= least
                    && max <= most
                    && members.into_iter().all(|(own, other)| *other || !own)
            }
            (Self::Regex(own), Self::Regex(other)) => own.text == other.text,
            _ => false,
        }
    }

    /// How much memory it takes, in bytes.
    #[cfg(feature = "json-schema")]
    pub(super) fn size(&self) -> usize {
        match self {
            Self::Class { class, .. } => class.members.len(),
            Self::Regex(expression) => expression.regex.memory_usage(),
            Self::All(patterns) => patterns.iter().map(Self::size).sum(),
        }
    }
}

/// The characters with which every text begins that a pattern matches, as far as that is plain to see.
#[cfg(feature = "json-schema")]
pub(super) fn beginning(pattern: &str) -> Vec<u8> {
    let hir = regex_syntax::parse(pattern).ok();
    let parts = match hir.as_ref().map(Hir::kind) {
        Some(HirKind::Concat(parts)) => parts.as_slice(),
        _ => &[],
    };
    match parts {
        [start, literal, ..] if *start.kind() == HirKind::Look(Look::Start) => {
            match literal.kind() {
                HirKind::Literal(Literal(bytes)) => bytes.to_vec(),
                _ => Vec::new(),
            }
        }
        _ => Vec::new(),
    }
}

/// Whether a pattern matches nothing but whole texts, as far as that is plain to see.
fn is_anchored(hir: &Hir) -> bool {
    let properties = hir.properties();
    properties.look_set_prefix().contains(Look::Start)
        && properties.look_set_suffix().contains(Look::End)
}

fn whole_class(hir: &Hir, text: &str) -> Option<Pattern> {
    let HirKind::Concat(parts) = hir.kind() else {
        return None;
    };
    let [start, middle, end] = parts.as_slice() else {
        return None;
    };
    if *start.kind() != HirKind::Look(Look::Start) || *end.kind() != HirKind::Look(Look::End) {
        return None;
    }
    let (class, min, max) = match middle.kind() {
        HirKind::Repetition(repetition) => (repetition.sub.kind(), repetition.min, repetition.max),
        class => (class, 1, Some(1)),
    };
    let HirKind::Class(Class::Unicode(class)) = class else {
        return None;
    };
    let mut members = [false; 256];
    for range in class.ranges() {
        for character in range.start()..=range.end() {
            let byte = u8::try_from(character).ok().filter(u8::is_ascii)?;
            members[usize::from(byte)] = true;
        }
    }
    Some(Pattern::Class {
        class: Arc::new(AsciiClass {
            members,
            text: text.into(),
        }),
        min: min as usize,
        max: max.map_or(usize::MAX, |max| max as usize),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pattern(text: &str) -> Pattern {
        Pattern::new(text).unwrap_or_else(|error| panic!("{text}: {error}"))
    }

    #[test]
    fn classes_and_regexes_agree() {
        for (text, class) in [
            ("^[A-Z0-9-]+$", true),
            ("^[a-f]{2,4}$", true),
            (r"^[^\x00-\x7f]$", false),
            ("[A-Z]", false),
            ("^(a|b)c$", false),
        ] {
            let compiled = pattern(text);
            assert_eq!(matches!(compiled, Pattern::Class { .. }), class, "{text}");
            let regex = Regex::new(text).unwrap_or_else(|error| panic!("{text}: {error}"));
            for value in ["", "A", "AB-9", "ab", "abcde", "é", "A\n", "ac", "x A"] {
                assert_eq!(
                    compiled.matches(value.as_bytes()),
                    regex.is_match(value),
                    "{text} {value:?}"
                );
            }
        }
    }

    #[cfg(feature = "json-schema")]
    #[test]
    fn beginnings_are_literal() {
        for (text, expected) in [
            ("^x-", "x-"),
            ("^x-[a-z]", "x-"),
            ("^(x-)a", ""),
            ("^a|b", ""),
            ("x-", ""),
            ("^[ab]c", ""),
            ("^ab?", "a"),
            ("^é", "é"),
        ] {
            let found = beginning(text);
            assert_eq!(String::from_utf8_lossy(&found), expected, "{text}");
        }
    }

    #[test]
    fn what_is_not_linear_or_too_large_is_refused() {
        for text in ["[A-Z", r"(a)\1", "(?=a)b", "(?:a{1000}){1000}"] {
            assert!(Pattern::new(text).is_err(), "{text}");
        }
    }
}
