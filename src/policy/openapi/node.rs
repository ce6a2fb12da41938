//! A value of a document, and where it stands.

use std::{fmt, ptr, rc::Rc};

use serde_json::Value;

use crate::schema::escape;

/// The characters of one name that are shown in a place.
const SHOWN: usize = 80;

/// The bytes of a text that cost as much as a value.
const BYTES: usize = 64;

/// A value of a document. Its place is the way that led to it, which a reference begins anew.
#[derive(Clone)]
pub(super) struct Node<'d> {
    pub(super) value: &'d Value,
    way: Option<Rc<Way<'d>>>,
}

struct Way<'d> {
    before: Option<Rc<Way<'d>>>,
    step: Step<'d>,
}

#[derive(Clone, Copy)]
enum Step<'d> {
    Member(&'d str),
    Item(usize),
}

impl<'d> Node<'d> {
    /// The document itself.
    pub(super) const fn root(value: &'d Value) -> Self {
        Self { value, way: None }
    }

    fn inner(&self, step: Step<'d>, value: &'d Value) -> Self {
        let before = self.way.clone();
        Self {
            value,
            way: Some(Rc::new(Way { before, step })),
        }
    }

    pub(super) fn member(&self, name: &str) -> Option<Self> {
        let (name, value) = self.value.as_object()?.get_key_value(name)?;
        Some(self.inner(Step::Member(name), value))
    }

    /// The members, if it is an object.
    pub(super) fn members(&self) -> impl Iterator<Item = (&'d str, Self)> + use<'_, 'd> {
        let members = self.value.as_object().into_iter().flatten();
        members.map(|(name, value)| (name.as_str(), self.inner(Step::Member(name), value)))
    }

    /// The items, if it is an array.
    pub(super) fn items(&self) -> impl Iterator<Item = Self> + use<'_, 'd> {
        let items = self.value.as_array().into_iter().flatten();
        items
            .enumerate()
            .map(|(place, value)| self.inner(Step::Item(place), value))
    }

    /// The value at the end of a JSON Pointer whose steps these are.
    pub(super) fn at(&self, steps: &[String]) -> Option<Self> {
        steps.iter().try_fold(self.clone(), |node, step| {
            let Value::Array(items) = node.value else {
                return node.member(step);
            };
            let place = step.parse().ok()?;
            Some(node.inner(Step::Item(place), items.get(place)?))
        })
    }

    pub(super) fn text(&self, name: &str) -> Option<&'d str> {
        self.value.get(name)?.as_str()
    }

    /// Whether a member is `true`.
    pub(super) fn says(&self, name: &str) -> bool {
        self.value.get(name) == Some(&Value::Bool(true))
    }

    /// What is the same for one value, however it was reached, and different for others.
    pub(super) fn key(&self) -> usize {
        ptr::from_ref(self.value).addr()
    }

    /// What the value costs beside those in it: one, and more for a long name or text.
    pub(super) fn cost(&self) -> usize {
        let name = match self.way.as_ref().map(|way| way.step) {
            Some(Step::Member(name)) => name.len(),
            _ => 0,
        };
        1 + (name + self.value.as_str().map_or(0, str::len)) / BYTES
    }

    /// Where a member stands, or would.
    pub(super) fn place_of(&self, name: &str) -> String {
        format!("{self}/{}", shown(name))
    }
}

/// As a JSON Pointer in a fragment, for people: nothing is percent-encoded.
impl fmt::Display for Node<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut steps = Vec::new();
        let mut way = self.way.as_ref();
        while let Some(last) = way {
            steps.push(last.step);
            way = last.before.as_ref();
        }
        f.write_str("#")?;
        steps.iter().rev().try_for_each(|step| match step {
            Step::Member(name) => write!(f, "/{}", shown(name)),
            Step::Item(place) => write!(f, "/{place}"),
        })
    }
}

fn shown(name: &str) -> String {
    match name.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", escape(&name[..end])),
        None => escape(name),
    }
}
