//! Requests with expressions of the grammar that the service documents.
//!
//! Source: *Amazon DynamoDB Developer Guide*, "Using expressions in DynamoDB".

use super::{
    choices::Choices,
    names::{OTHER, TENANT},
    request::{Operation, Request},
    writer::{Kind, Writer},
};
use crate::items::text;

pub(super) fn request(choices: Choices) -> Request {
    let mut writer = Writer::new(choices);
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
    request.foreign = writer.foreign;
    request.names = writer.names;
    request.values = writer.values;
    request
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
            writer.foreign |= writer.choices.once_in(8);
            let tenant = if writer.foreign { OTHER } else { TENANT };
            writer.compared("tenant", "=", tenant);
        });
    }

    fn sort_key(&mut self) {
        let wrapped = self.choices.once_in(4);
        self.wrap(wrapped, |writer| match writer.choices.below(3) {
            0 => {
                let sign = writer.choices.of(&["=", "<", "<=", ">", ">="]);
                writer.compared("id", sign, "i1");
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

    /// A key and a value, which may stand the other way round.
    fn compared(&mut self, key: &str, sign: &str, value: &str) {
        if self.choices.once_in(4) {
            self.value_of(text(value));
            self.push(sign);
            self.attribute(key);
        } else {
            self.attribute(key);
            self.push(sign);
            self.value_of(text(value));
        }
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
                let wrapped = self.choices.once_in(4);
                self.wrap(wrapped, |writer| {
                    writer.attribute("qty");
                    let sign = writer.choices.of(&["+", "-"]);
                    writer.push(sign);
                    writer.value(Kind::Number);
                });
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
}
