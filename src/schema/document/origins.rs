use std::{
    collections::{BTreeMap, HashMap},
    ptr,
};

use serde_json::{Map, Value};

use super::{Mistake, documents::ROOT};

/// Where everything stands in the documents, to tell people of it.
pub(super) struct Origins<'d> {
    origins: HashMap<usize, Origin<'d>>,
}

/// Where an object or array stands.
#[derive(Clone, Copy)]
struct Origin<'d> {
    value: &'d Value,
    document: &'d str,
    /// What it stands in, and where.
    parent: Option<(usize, Step<'d>)>,
}

#[derive(Clone, Copy)]
enum Step<'d> {
    Member(&'d str),
    Item(usize),
}

/// What is the same for one value of the documents, however it was reached, and different for others:
/// the documents never move while they are compiled.
pub(super) fn key(value: &Value) -> usize {
    ptr::from_ref(value).addr()
}

impl<'d> Origins<'d> {
    pub(super) fn of(documents: &'d BTreeMap<String, Value>) -> Self {
        let mut origins = HashMap::new();
        for (document, value) in documents {
            let mut left = vec![(value, None)];
            while let Some((value, parent)) = left.pop() {
                let inside = |step| Some((key(value), step));
                match value {
                    Value::Object(members) => left.extend(
                        members
                            .iter()
                            .map(|(name, value)| (value, inside(Step::Member(name)))),
                    ),
                    Value::Array(items) => left.extend(
                        (0..)
                            .zip(items)
                            .map(|(place, value)| (value, inside(Step::Item(place)))),
                    ),
                    _ => continue,
                }
                let origin = Origin {
                    value,
                    document,
                    parent,
                };
                origins.insert(key(value), origin);
            }
        }
        Self { origins }
    }

    /// Whether it is an object or array of the documents.
    pub(super) fn contain(&self, key: usize) -> bool {
        self.origins.contains_key(&key)
    }

    /// The URI of the document in which it stands.
    pub(super) fn document(&self, key: usize) -> Option<&'d str> {
        self.origins.get(&key).map(|origin| origin.document)
    }

    /// Every object of the documents.
    pub(super) fn objects(&self) -> impl Iterator<Item = (usize, &'d Map<String, Value>)> {
        self.origins
            .iter()
            .filter_map(|(key, origin)| Some((*key, origin.value.as_object()?)))
    }

    /// Where it stands: the document, unless it is the main one, and its JSON Pointer.
    pub(super) fn place(&self, key: usize) -> String {
        let mut steps = Vec::new();
        let mut origin = self.origins.get(&key);
        let document = origin.map_or(ROOT, |origin| origin.document);
        while let Some((parent, step)) = origin.and_then(|origin| origin.parent) {
            steps.push(match step {
                Step::Member(name) => escape(name),
                Step::Item(place) => place.to_string(),
            });
            origin = self.origins.get(&parent);
        }
        steps.reverse();
        place(document, &steps)
    }
}

/// A place in a document, for people.
pub(super) fn place(document: &str, steps: &[String]) -> String {
    let document = if document == ROOT { "" } else { document };
    let slash = if steps.is_empty() { "" } else { "/" };
    format!("document {document}#{slash}{}", steps.join("/"))
}

/// What is wrong with a document as a whole.
pub(super) fn whole(told: String) -> Mistake {
    ("the document".to_owned(), told)
}

/// A name as a step of a JSON Pointer (RFC 6901 §3).
pub(crate) fn escape(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}
