//! What a file says, and where it says it.

use std::ops::Range;

use serde_json::{Map, Number, Value};

use crate::Pointer;

/// Where a part stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum At {
    /// The bytes of a text.
    Text(Range<usize>),
    /// In a value that comes from no text of ours.
    Value(Pointer),
}

impl At {
    /// The place in a text. In other values the order is that in which they are read.
    pub(super) const fn start(&self) -> usize {
        match self {
            Self::Text(range) => range.start,
            Self::Value(_) => 0,
        }
    }
}

/// A part of a file.
#[derive(Debug)]
pub(super) struct Node {
    pub(super) at: At,
    pub(super) kind: Kind,
}

#[derive(Debug)]
pub(super) enum Kind {
    Null,
    Boolean(bool),
    Number(Number),
    String(String),
    Array(Vec<Node>),
    /// The members in the order of the text.
    Table(Vec<Member>),
    /// What JSON has no value for. It has been told already, and is not told of again.
    Unreadable,
}

/// A key and its value.
#[derive(Debug)]
pub(super) struct Member {
    pub(super) name: String,
    /// Where the name stands.
    pub(super) at: At,
    pub(super) value: Node,
}

impl Node {
    /// The members of a table; otherwise none.
    pub(super) fn members(&self) -> &[Member] {
        match &self.kind {
            Kind::Table(members) => members,
            _ => &[],
        }
    }

    /// A member of a table.
    pub(super) fn member(&self, name: &str) -> Option<&Member> {
        self.members().iter().find(|member| member.name == name)
    }

    pub(super) fn as_str(&self) -> Option<&str> {
        match &self.kind {
            Kind::String(text) => Some(text),
            _ => None,
        }
    }

    /// What a step of a JSON Pointer leads to, and where that begins.
    pub(super) fn step(&self, step: &str) -> Option<(&At, &Self)> {
        match &self.kind {
            Kind::Array(items) => {
                let item = items.get(step.parse::<usize>().ok()?)?;
                Some((&item.at, item))
            }
            _ => self
                .member(step)
                .map(|member| (&member.value.at, &member.value)),
        }
    }

    /// The part as a value of JSON.
    pub(super) fn to_value(&self) -> Value {
        match &self.kind {
            Kind::Null | Kind::Unreadable => Value::Null,
            Kind::Boolean(value) => Value::Bool(*value),
            Kind::Number(number) => Value::Number(number.clone()),
            Kind::String(text) => Value::String(text.clone()),
            Kind::Array(items) => items.iter().map(Self::to_value).collect(),
            Kind::Table(members) => {
                let members = members.iter();
                let members = members.map(|member| (member.name.clone(), member.value.to_value()));
                Value::Object(members.collect::<Map<_, _>>())
            }
        }
    }
}
