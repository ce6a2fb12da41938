//! Requests with expressions of the grammar that the service documents.
//!
//! Source: *Amazon DynamoDB Developer Guide*, "Using expressions in DynamoDB".

use std::collections::HashMap;

use aws_sdk_dynamodb::types::AttributeValue;

use super::{
    choices::Choices,
    names::{MEMBERS, NAMED, TENANT, WORDS},
    request::{Operation, Request},
};
use crate::items::{number, text};

pub(super) fn request(choices: Choices) -> Request {
    let mut writer = Writer {
        choices,
        tokens: Vec::new(),
        names: HashMap::new(),
        values: HashMap::new(),
    };
    let mut request = Request::default();
    match writer.choices.below(4) {
        0 => request.projection = Some(writer.projection()),
        1 => {
            request.operation = Operation::Query;
            request.key_condition = Some(writer.key_condition());
            request.projection = Some(writer.projection());
            if writer.choices.below(4) > 0 {
                request.condition = Some(writer.condition());
            }
        }
        2 => {
            request.operation = Operation::Update;
            request.update = Some(writer.update());
            if writer.choices.below(2) > 0 {
                request.condition = Some(writer.condition());
            }
        }
        _ => {
            request.operation = Operation::Delete;
            request.condition = Some(writer.condition());
        }
    }
    request.names = writer.names;
    request.values = writer.values;
    request
}

/// What a value is, as far as it matters where it stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Text,
    Number,
    List,
    Set,
}

struct Writer {
    choices: Choices,
    tokens: Vec<String>,
    names: HashMap<String, String>,
    values: HashMap<String, AttributeValue>,
}

impl Writer {
    fn projection(&mut self) -> String {
        self.path();
        while self.choices.once_in(2) {
            self.push(",");
            self.path();
        }
        self.text()
    }

    fn key_condition(&mut self) -> String {
        let other = self.choices.below(6);
        if other == 5 {
            self.sort_key();
            self.word("AND");
            self.partition_key();
        } else {
            self.partition_key();
            if other > 1 {
                self.word("AND");
                self.sort_key();
            }
        }
        self.text()
    }

    fn partition_key(&mut self) {
        let wrapped = self.choices.once_in(4);
        self.wrap(wrapped, |writer| {
            writer.attribute("tenant");
            writer.push("=");
            writer.value_of(text(TENANT));
        });
    }

    fn sort_key(&mut self) {
        let wrapped = self.choices.once_in(4);
        self.wrap(wrapped, |writer| match writer.choices.below(3) {
            0 => {
                writer.attribute("id");
                let sign = writer.choices.of(&["=", "<", "<=", ">", ">="]);
                writer.push(sign);
                writer.value_of(text("i1"));
            }
            1 => {
                writer.attribute("id");
                writer.word("BETWEEN");
                writer.value_of(text("a"));
                writer.word("AND");
                writer.value_of(text("z"));
            }
            _ => {
                writer.push("begins_with");
                writer.push("(");
                writer.attribute("id");
                writer.push(",");
                writer.value_of(text("i"));
                writer.push(")");
            }
        });
    }

    fn condition(&mut self) -> String {
        self.either(0);
        self.text()
    }

    fn either(&mut self, depth: usize) {
        self.all(depth);
        while self.choices.once_in(4) {
            self.word("OR");
            self.all(depth);
        }
    }

    fn all(&mut self, depth: usize) {
        self.one(depth);
        while self.choices.once_in(4) {
            self.word("AND");
            self.one(depth);
        }
    }

    fn one(&mut self, depth: usize) {
        if self.choices.once_in(5) {
            self.word("NOT");
        }
        if depth < 5 && self.choices.once_in(6) {
            self.push("(");
            // Doubled parentheses are no expression.
            self.all(depth + 1);
            let word = self.choices.of(&["AND", "OR"]);
            self.word(word);
            self.one(depth + 1);
            self.push(")");
            return;
        }
        match self.choices.below(8) {
            0 | 1 => {
                self.operand();
                let sign = self.choices.of(&["=", "<>", "<", "<=", ">", ">="]);
                self.push(sign);
                self.operand();
            }
            2 => {
                self.operand();
                self.word("BETWEEN");
                self.value(Kind::Number);
                self.word("AND");
                self.value(Kind::Number);
            }
            3 => {
                self.operand();
                self.word("IN");
                self.push("(");
                self.operand();
                while self.choices.once_in(3) {
                    self.push(",");
                    self.operand();
                }
                self.push(")");
            }
            4 => {
                let name = self
                    .choices
                    .of(&["attribute_exists", "attribute_not_exists"]);
                self.call(name, Self::path);
            }
            5 => self.call("attribute_type", |writer| {
                writer.path();
                writer.push(",");
                let kind = writer.choices.of(&["S", "N", "M", "L", "SS"]);
                writer.value_of(text(kind));
            }),
            _ => {
                let name = self.choices.of(&["begins_with", "contains"]);
                self.call(name, |writer| {
                    writer.path();
                    writer.push(",");
                    if writer.choices.once_in(3) {
                        writer.path();
                    } else {
                        writer.value(Kind::Text);
                    }
                });
            }
        }
    }

    fn operand(&mut self) {
        match self.choices.below(5) {
            0 | 1 => self.path(),
            2 => self.call("size", Self::path),
            3 => self.value(Kind::Number),
            _ => self.value(Kind::Text),
        }
    }

    fn update(&mut self) -> String {
        let mut clauses = vec![0, 1, 2, 3];
        let count = 1 + self.choices.below(3);
        for _ in 0..count {
            let place = self.choices.below(clauses.len());
            match clauses.remove(place) {
                0 => self.clause("SET", |writer| {
                    writer.path();
                    writer.push("=");
                    writer.assigned();
                }),
                1 => self.clause("REMOVE", Self::path),
                2 => self.clause("ADD", |writer| {
                    if writer.choices.once_in(2) {
                        writer.attribute("tags");
                        writer.value(Kind::Set);
                    } else {
                        let number = writer.choices.of(&["qty", "missing"]);
                        writer.attribute(number);
                        writer.value(Kind::Number);
                    }
                }),
                _ => self.clause("DELETE", |writer| {
                    writer.attribute("tags");
                    writer.value(Kind::Set);
                }),
            }
        }
        self.text()
    }

    fn clause(&mut self, word: &str, mut one: impl FnMut(&mut Self)) {
        self.word(word);
        one(self);
        while self.choices.once_in(4) {
            self.push(",");
            one(self);
        }
    }

    fn assigned(&mut self) {
        match self.choices.below(5) {
            0 => self.value(Kind::Text),
            1 => self.path(),
            2 => {
                self.attribute("qty");
                let sign = self.choices.of(&["+", "-"]);
                self.push(sign);
                self.value(Kind::Number);
            }
            3 => self.call("if_not_exists", |writer| {
                writer.path();
                writer.push(",");
                if writer.choices.once_in(3) {
                    writer.path();
                } else {
                    writer.value(Kind::Text);
                }
            }),
            _ => self.call("list_append", |writer| {
                writer.attribute("parts");
                writer.push(",");
                writer.value(Kind::List);
            }),
        }
    }

    fn call(&mut self, name: &str, inside: impl FnOnce(&mut Self)) {
        self.push(name);
        self.wrap(true, inside);
    }

    fn wrap(&mut self, wrapped: bool, inside: impl FnOnce(&mut Self)) {
        if wrapped {
            self.push("(");
        }
        inside(self);
        if wrapped {
            self.push(")");
        }
    }

    fn path(&mut self) {
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
    fn attribute(&mut self, attribute: &str) {
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

    fn value(&mut self, kind: Kind) {
        let place = i64::try_from(self.values.len()).unwrap_or_default();
        self.value_of(match kind {
            Kind::Text => text(&format!("text {place}")),
            // Those of BETWEEN have to be in order.
            Kind::Number => number(place),
            Kind::List => AttributeValue::L(vec![text("D")]),
            Kind::Set => AttributeValue::Ss(vec!["b".into(), "c".into()]),
        });
    }

    fn value_of(&mut self, value: AttributeValue) {
        let stem = self.choices.of(&["v", "pw", "OR", "_"]);
        let name = format!(":{stem}{}", self.values.len());
        self.push(&name);
        self.values.insert(name, value);
    }

    fn push(&mut self, token: &str) {
        self.tokens.push(token.to_owned());
    }

    /// A keyword, in any case.
    fn word(&mut self, word: &str) {
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
    fn text(&mut self) -> String {
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
