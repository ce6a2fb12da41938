use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::text::BOUNDS;
use crate::{
    Code,
    json::{Number, Reader, Sink, Stop},
    schema::{declaration::Types, rule::Exact, whole::WholeRule},
    text::Text,
};

/// A JSON value by what it means (JSON Schema 2020-12, Core §4.2.2): numbers by their mathematical
/// value, and members in any order.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Tree {
    Null,
    Boolean(bool),
    Number(Exact),
    String(Box<str>),
    Array(Vec<Tree>),
    Object(BTreeMap<Box<str>, Tree>),
}

impl Tree {
    /// The value of a text, if it is JSON.
    pub(super) fn read(json: &str) -> Option<Self> {
        Self::read_bytes(json.as_bytes())
    }

    fn read_bytes(json: &[u8]) -> Option<Self> {
        let mut planter = Planter::default();
        Reader::new(BOUNDS).read(json, true, &mut planter).ok()?;
        planter.whole
    }

    /// The value of a value of a document, which readers read in one way.
    pub(super) fn of(value: &Value) -> Self {
        match value {
            Value::Null => Self::Null,
            Value::Bool(value) => Self::Boolean(*value),
            Value::Number(number) => Self::read(&number.to_string()).unwrap_or(Self::Null),
            Value::String(text) => Self::String(text.as_str().into()),
            Value::Array(items) => Self::Array(items.iter().map(Self::of).collect()),
            Value::Object(members) => {
                let members = members.iter();
                let members = members.map(|(name, value)| (name.as_str().into(), Self::of(value)));
                Self::Object(members.collect())
            }
        }
    }

    /// The types of the value.
    pub(super) fn types(&self) -> Types {
        match self {
            Self::Null => Types::NULL,
            Self::Boolean(true) => Types::TRUE,
            Self::Boolean(false) => Types::FALSE,
            Self::Number(number) if number.is_whole() => {
                Types::INTEGER | Types::WHOLE | Types::NUMBER
            }
            Self::Number(_) => Types::NUMBER,
            Self::String(_) => Types::STRING,
            Self::Array(_) => Types::ARRAY,
            Self::Object(_) => Types::OBJECT,
        }
    }

    pub(super) fn as_str(&self) -> Option<&str> {
        match self {
            Self::String(text) => Some(text),
            _ => None,
        }
    }

    pub(super) fn as_number(&self) -> Option<&Exact> {
        match self {
            Self::Number(number) => Some(number),
            _ => None,
        }
    }

    pub(super) fn is_container(&self) -> bool {
        self.types().meet(Types::ARRAY | Types::OBJECT)
    }
}

/// The only arrays and objects that a value may be.
#[derive(Debug)]
pub(super) struct OneOf(BTreeSet<Tree>);

impl OneOf {
    /// Takes the containers out of `values`. `None` where it has none.
    pub(super) fn containers_of(values: &BTreeSet<Tree>) -> Option<Self> {
        let containers: BTreeSet<Tree> = values
            .iter()
            .filter(|value| value.is_container())
            .cloned()
            .collect();
        (!containers.is_empty()).then_some(Self(containers))
    }
}

impl WholeRule for OneOf {
    fn check(&self, json: &[u8]) -> Option<Code> {
        let is_one = Tree::read_bytes(json).is_some_and(|value| self.0.contains(&value));
        (!is_one).then_some(Code::Enum)
    }
}

/// Makes a [`Tree`] of what a reader tells.
#[derive(Default)]
struct Planter {
    open: Vec<Open>,
    whole: Option<Tree>,
}

enum Open {
    Array(Vec<Tree>),
    Object(BTreeMap<Box<str>, Tree>, Box<str>),
}

impl Planter {
    fn add(&mut self, value: Tree) {
        match self.open.last_mut() {
            None => self.whole = Some(value),
            Some(Open::Array(items)) => items.push(value),
            Some(Open::Object(members, name)) => {
                members.insert(std::mem::take(name), value);
            }
        }
    }

    fn close(&mut self) {
        match self.open.pop() {
            Some(Open::Array(items)) => self.add(Tree::Array(items)),
            Some(Open::Object(members, _)) => self.add(Tree::Object(members)),
            None => {}
        }
    }
}

impl Sink for Planter {
    fn begin_object(&mut self) -> Result<(), Stop> {
        self.open
            .push(Open::Object(BTreeMap::new(), Box::default()));
        Ok(())
    }

    fn name(&mut self, name: Text<'_>) -> Result<(), Stop> {
        if let Some(Open::Object(_, current)) = self.open.last_mut() {
            *current = text(name);
        }
        Ok(())
    }

    fn end_object(&mut self) -> Result<(), Stop> {
        self.close();
        Ok(())
    }

    fn begin_array(&mut self) -> Result<(), Stop> {
        self.open.push(Open::Array(Vec::new()));
        Ok(())
    }

    fn end_array(&mut self) -> Result<(), Stop> {
        self.close();
        Ok(())
    }

    fn string(&mut self, string: Text<'_>) -> Result<(), Stop> {
        self.add(Tree::String(text(string)));
        Ok(())
    }

    fn number(&mut self, number: Number<'_>) -> Result<(), Stop> {
        self.add(Tree::Number(Exact::new(number)));
        Ok(())
    }

    fn boolean(&mut self, value: bool) -> Result<(), Stop> {
        self.add(Tree::Boolean(value));
        Ok(())
    }

    fn null(&mut self) -> Result<(), Stop> {
        self.add(Tree::Null);
        Ok(())
    }
}

/// The reader has checked that it is UTF-8.
fn text(text: Text<'_>) -> Box<str> {
    String::from_utf8_lossy(text.bytes).into()
}
