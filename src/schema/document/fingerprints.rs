//! What documents say, as numbers: the same for the same text of a schema, wherever it stands.

use std::{
    borrow::Cow,
    collections::{BTreeMap, HashMap, VecDeque},
};

use serde_json::{Map, Value};

use crate::fingerprint::Fingerprint;

/// How many values may be looked at for the parts of one document. Behind it each part has the number of
/// the document as a whole.
const MOST: usize = 2_000_000;

/// The number of some documents by their URIs.
pub(super) fn of_documents(values: &BTreeMap<String, Cow<'_, Value>>, annotations: bool) -> u64 {
    let mut print = Fingerprint::new();
    print.number(annotations.into());
    for (uri, value) in values {
        print.text(uri);
        add(&mut print, value, &mut |_| None);
    }
    print.value()
}

/// The numbers of the parts of a document that is flat: its members are parts, and what they refer to
/// stands in `$defs` by its place.
pub(super) struct Parts<'d> {
    document: &'d Value,
    looked_at: usize,
}

impl<'d> Parts<'d> {
    pub(super) fn of(document: &'d Value) -> Self {
        Self {
            document,
            looked_at: 0,
        }
    }

    /// The number of the part of that name: of its text, and of what it refers to in the order in which
    /// it does.
    pub(super) fn fingerprint(&mut self, name: &str) -> u64 {
        let mut print = Fingerprint::new();
        if self.looked_at > MOST {
            print.text(name);
            self.looked_at += add(&mut print, self.document, &mut |_| None);
            return print.value();
        }
        let mut known: HashMap<&str, u64> = HashMap::new();
        let mut left = VecDeque::from([&self.document["properties"][name]]);
        while let Some(value) = left.pop_front() {
            self.looked_at += add(&mut print, value, &mut |reference: &'d str| {
                let definition = reference.strip_prefix("#/$defs/")?;
                let next = known.len() as u64;
                let number = *known.entry(definition).or_insert(next);
                if number == next {
                    left.push_back(&self.document["$defs"][definition]);
                }
                Some(number)
            });
        }
        print.value()
    }
}

/// Adds a value, the members of its objects in the order of their names. What `numbered` knows of a
/// reference stands in its place. Answers how many values it has.
fn add<'d>(
    print: &mut Fingerprint,
    value: &'d Value,
    numbered: &mut dyn FnMut(&'d str) -> Option<u64>,
) -> usize {
    match value {
        Value::Array(items) => {
            print.text("[");
            print.number(items.len() as u64);
            let items = items.iter().map(|item| add(print, item, numbered));
            items.sum::<usize>() + 1
        }
        Value::Object(members) => {
            print.text("{");
            print.number(members.len() as u64);
            let mut looked_at = 1;
            for (name, value) in sorted(members) {
                print.text(name);
                let number = match (name.as_str(), value) {
                    ("$ref", Value::String(reference)) => numbered(reference),
                    _ => None,
                };
                match number {
                    Some(number) => print.number(number),
                    None => looked_at += add(print, value, numbered),
                }
            }
            looked_at
        }
        scalar => {
            print.text(&scalar.to_string());
            1
        }
    }
}

/// Another crate of the build may have switched on that they stand in the order of the text.
fn sorted(members: &Map<String, Value>) -> Vec<(&String, &Value)> {
    let mut members: Vec<_> = members.iter().collect();
    members.sort_by_key(|(name, _)| *name);
    members
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn of(document: &Value, part: &str) -> u64 {
        Parts::of(document).fingerprint(part)
    }

    #[test]
    fn parts_have_the_number_of_what_they_reach() {
        let one = json!({
            "properties": {"0": {"allOf": [{"$ref": "#/$defs/0"}]}},
            "$defs": {"0": {"oneOf": [{"$ref": "#/$defs/1"}, {"$ref": "#/$defs/0"}]}, "1": {"type": "null"}},
        });
        let moved = json!({
            "properties": {
                "0": {"allOf": [{"$ref": "#/$defs/2"}]},
                "1": {"allOf": [{"$ref": "#/$defs/0"}]},
            },
            "$defs": {
                "0": {"oneOf": [{"$ref": "#/$defs/1"}, {"$ref": "#/$defs/0"}]},
                "1": {"type": "null"},
                "2": {"type": "string"},
            },
        });
        let mut changed = one.clone();
        changed["$defs"]["1"]["type"] = json!("string");

        assert_eq!(of(&one, "0"), of(&moved, "1"));
        assert_ne!(of(&one, "0"), of(&moved, "0"));
        assert_ne!(of(&one, "0"), of(&changed, "0"));
    }
}
