//! What the crate `jsonschema` does not know, in words that it knows.

use serde_json::{Map, Value, json};

use super::{harden, numbers::Range};

/// The longest string of the format `regex`, in characters: the crate compares the names of all groups.
const LONGEST_REGEX: usize = 4_096;

/// How the crate calls a format of `x-harden`.
pub(super) fn name(of: &str) -> String {
    format!("{}:{of}", harden::KEYWORD)
}

/// The schema of these keywords; formats are `asserted`, or say nothing.
pub(super) fn schema(mut keywords: Map<String, Value>, asserted: bool) -> Value {
    let formats = harden::formats(&keywords);
    let mut all: Vec<Value> = formats.map(|(of, _)| json!({"format": name(of)})).collect();
    keywords.remove(harden::KEYWORD);
    let format = keywords.get("format").and_then(Value::as_str);
    let range = format.and_then(Range::of);
    if !asserted || range.is_some() {
        all.extend(range.filter(|_| asserted).map(Range::schema));
        keywords.remove("format");
    } else if format == Some("regex") {
        all.push(json!({"maxLength": LONGEST_REGEX}));
    }
    if all.is_empty() {
        return keywords.into();
    }
    all.push(keywords.into());
    json!({ "allOf": all })
}
