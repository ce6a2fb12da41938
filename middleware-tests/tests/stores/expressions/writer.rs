//! What all kinds of expressions are written with: paths, values, keywords and white space.

use std::collections::HashMap;

use aws_sdk_dynamodb::types::AttributeValue;

use super::{
    choices::Choices,
    names::{MEMBERS, NAMED, WORDS},
};
use crate::items::{number, text};

/// What a value is, as far as it matters where it stands.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    Number,
    List,
    Set,
}

/// Writes expressions of one request, with the names and values that stand in them.
pub(super) struct Writer {
    pub(super) choices: Choices,
    tokens: Vec<String>,
    /// It asks for items of another tenant.
    pub(super) foreign: bool,
    pub(super) names: HashMap<String, String>,
    pub(super) values: HashMap<String, AttributeValue>,
}

impl Writer {
    pub(super) fn new(choices: Choices) -> Self {
        Self {
            choices,
            tokens: Vec::new(),
            foreign: false,
            names: HashMap::new(),
            values: HashMap::new(),
        }
    }

    pub(super) fn call(&mut self, name: &str, inside: impl FnOnce(&mut Self)) {
        self.push(name);
        self.wrap(true, inside);
    }

    pub(super) fn wrap(&mut self, wrapped: bool, inside: impl FnOnce(&mut Self)) {
        if wrapped {
            self.push("(");
        }
        inside(self);
        if wrapped {
            self.push(")");
        }
    }

    pub(super) fn path(&mut self) {
        let place = self.choices.below(WORDS.len() + NAMED.len());
        match WORDS.get(place) {
            Some(word) => self.attribute(word),
            None => self.named(NAMED[place - WORDS.len()]),
        }
        let attribute = WORDS.get(place).copied().unwrap_or_default();
        if attribute == "parts" && self.choices.once_in(2) {
            self.element();
            self.members(2);
        } else if attribute == "info" {
            self.members(2);
        } else if self.choices.once_in(12) {
            self.members(3);
        }
    }

    /// Mostly few of them.
    fn members(&mut self, most: usize) {
        for _ in 0..most {
            if !self.choices.once_in(2) {
                return;
            }
            if self.choices.once_in(8) {
                self.element();
            } else {
                self.push(".");
                let member = self.choices.of(MEMBERS);
                self.attribute(member);
            }
        }
    }

    fn element(&mut self) {
        self.push("[");
        let place = self.choices.of(&["0", "1", "2", "7"]);
        self.push(place);
        self.push("]");
    }

    /// As it is, or by a name.
    pub(super) fn attribute(&mut self, attribute: &str) {
        if self.choices.once_in(3) {
            self.named(attribute);
        } else {
            self.push(attribute);
        }
    }

    fn named(&mut self, attribute: &str) {
        let known = self.names.iter().find(|(_, known)| *known == attribute);
        let known = known.map(|(name, _)| name.clone());
        let name = match known {
            Some(name) if self.choices.below(2) == 0 => name,
            _ => {
                let stem = self.choices.of(&["n", "pw", "AND", "_", "0", "SET"]);
                let name = format!("#{stem}{}", self.names.len());
                self.names.insert(name.clone(), attribute.to_owned());
                name
            }
        };
        self.push(&name);
    }

    pub(super) fn value(&mut self, kind: Kind) {
        let place = i64::try_from(self.values.len()).unwrap_or_default();
        self.value_of(match kind {
            Kind::Text => text(&format!("text {place}")),
            // Those of BETWEEN have to be in order.
            Kind::Number => number(place),
            Kind::List => AttributeValue::L(vec![text("D")]),
            Kind::Set => AttributeValue::Ss(vec!["b".into(), "c".into()]),
        });
    }

    pub(super) fn value_of(&mut self, value: AttributeValue) {
        let stem = self.choices.of(&["v", "pw", "OR", "_"]);
        let name = format!(":{stem}{}", self.values.len());
        self.push(&name);
        self.values.insert(name, value);
    }

    pub(super) fn push(&mut self, token: &str) {
        self.tokens.push(token.to_owned());
    }

    /// A keyword, in any case.
    pub(super) fn word(&mut self, word: &str) {
        let word: String = match self.choices.below(4) {
            0 | 1 => word.to_owned(),
            2 => word.to_lowercase(),
            _ => {
                let odd = |(place, letter): (usize, char)| match place % 2 {
                    0 => letter.to_ascii_lowercase(),
                    _ => letter,
                };
                word.chars().enumerate().map(odd).collect()
            }
        };
        self.tokens.push(word);
    }

    /// The tokens as one text, with space where it has to be and where it may be.
    pub(super) fn text(&mut self) -> String {
        let mut text = String::new();
        for token in std::mem::take(&mut self.tokens) {
            let is_word = |sign: char| sign.is_ascii_alphanumeric() || sign == '_';
            let apart = text.ends_with(is_word) && token.starts_with(is_word);
            let odd = self.choices.of(&["", " ", " ", "\t", "\n", "\r\n", "  \t"]);
            text.push_str(if apart && odd.is_empty() { " " } else { odd });
            text.push_str(&token);
        }
        let end = self.choices.of(&["", "", " ", "\n"]);
        text + end
    }
}
