//! A document as it was given: text that is read, or a value that is in memory already.

use std::sync::Arc;

use serde_json::Value;

use super::{Mistake, origins::whole};

/// How many levels a document may have: what `serde_json` reads.
const DEEPEST: usize = 127;

/// The document of a schema.
#[derive(Clone, Debug)]
pub(super) enum Given {
    Text(String),
    /// Nothing in it can be read in two ways: its names are different, and its numbers are read.
    Value(Arc<Value>),
}

impl Given {
    /// How long it is as text, about, in bytes.
    pub(super) fn length(&self) -> usize {
        match self {
            Self::Text(text) => text.len(),
            Self::Value(value) => length(value),
        }
    }
}

/// The length of the text of a value, but for escapes in strings.
pub(super) fn length(value: &Value) -> usize {
    /// The quotes and the comma or colon of a string.
    const AROUND: usize = 3;
    let mut all = 0_usize;
    let mut left = vec![value];
    while let Some(value) = left.pop() {
        all = all.saturating_add(match value {
            Value::Null | Value::Bool(_) => 5,
            Value::Number(number) => number.to_string().len() + 1,
            Value::String(text) => text.len() + AROUND,
            Value::Array(items) => {
                left.extend(items);
                AROUND
            }
            Value::Object(members) => {
                left.extend(members.values());
                let names = members.keys().map(|name| name.len() + AROUND);
                names.sum::<usize>() + AROUND
            }
        });
    }
    all
}

/// Tells of a value that has more levels than text can have. Whatever looks at it may go down by
/// recursion.
pub(super) fn too_deep(value: &Value) -> Option<Mistake> {
    let mut left = vec![(value, 1)];
    while let Some((value, level)) = left.pop() {
        match value {
            Value::Array(items) => left.extend(items.iter().map(|item| (item, level + 1))),
            Value::Object(members) => left.extend(members.values().map(|it| (it, level + 1))),
            _ => continue,
        }
        if level > DEEPEST {
            return Some(whole(format!("has more than {DEEPEST} levels")));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::{AddressPolicy, JsonSchema, Limits, Validator};

    fn mistake(document: Value) -> Option<String> {
        let schema = JsonSchema::from(document);
        let made = Validator::new(schema, AddressPolicy::deny_internal(), Limits::default());
        made.err().map(|error| error.to_string())
    }

    #[test]
    fn values_are_no_deeper_and_no_longer_than_texts() {
        let nested = |levels| (1..levels).fold(json!({}), |inner, _| json!({ "not": inner }));
        assert_eq!(mistake(nested(40)), None);
        let told = mistake(nested(DEEPEST + 1)).expect("it is too deep");
        assert!(told.contains("has more than 127 levels"), "{told}");
        let told = mistake(json!({"title": "a".repeat(8 * 1024 * 1024)}));
        let told = told.expect("it is too long");
        assert!(told.contains("is longer than 8388608 bytes"), "{told}");
    }

    #[test]
    fn values_are_about_as_long_as_their_texts() {
        for value in [
            json!({"type": "object", "properties": {"a": {"type": ["string", "null"]}}}),
            json!([1, 22, 333, null, true, "text"]),
        ] {
            let (about, exactly) = (length(&value), value.to_string().len());
            assert!(about.abs_diff(exactly) <= exactly / 2, "{about} {exactly}");
        }
    }
}
