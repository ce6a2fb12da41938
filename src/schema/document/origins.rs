use std::ptr;

use serde_json::{Map, Value};

use super::{
    Mistake,
    addresses::Keyed,
    documents::{DRAFT, ROOT, Values, plain_target},
};

/// Where everything stands in the documents, to tell people of it.
pub(super) struct Origins<'d> {
    origins: Keyed<Origin<'d>>,
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
    pub(super) fn of(documents: &'d Values<'d>) -> Self {
        let mut origins = Keyed::default();
        for (document, value) in documents {
            let mut left = vec![(value.as_ref(), None)];
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

    /// Whether there is one document alone, of the draft, in which nothing has a URI or an anchor, and all
    /// references are JSON Pointers that lead somewhere: then nobody needs to look for URIs in it.
    pub(super) fn are_plain(&self, documents: &'d Values<'d>) -> bool {
        let Some(document) = documents.get(ROOT).filter(|_| documents.len() == 1) else {
            return false;
        };
        let is_plain = |name: &str, value: &Value| match name {
            "$ref" => value
                .as_str()
                .is_none_or(|reference| plain_target(document, reference).is_some()),
            "$schema" => *value == DRAFT,
            "$anchor" | "$dynamicAnchor" | "$dynamicRef" | "$id" => false,
            _ => true,
        };
        let mut objects = self.objects().flat_map(|(_, members)| members);
        objects.all(|(name, value)| !name.starts_with('$') || is_plain(name, value))
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

    /// Whether it stands in that member of the main document.
    pub(super) fn is_under(&self, key: usize, member: &str) -> bool {
        let mut origin = self.origins.get(&key);
        let mut outermost = None;
        while let Some((parent, step)) = origin.and_then(|origin| origin.parent) {
            outermost = Some(step);
            origin = self.origins.get(&parent);
        }
        let is_main = origin.is_some_and(|origin| origin.document == ROOT);
        is_main && matches!(outermost, Some(Step::Member(name)) if name == member)
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
