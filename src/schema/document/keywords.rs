//! What keywords of a document say, one by one. The metaschema has found them to be of their types.

use serde_json::{Map, Value};

use crate::schema::{
    declaration::{Bound, NumberKeywords, Types, Value as Number},
    format::Format,
};

/// Keywords that need more of a value than the place where its reader stands.
pub(super) const WHOLE: &[&str] = &[
    "$dynamicRef",
    "$id",
    "$ref",
    "allOf",
    "anyOf",
    "contains",
    "dependentSchemas",
    "else",
    "if",
    "maxContains",
    "minContains",
    "not",
    "oneOf",
    "patternProperties",
    "then",
    "unevaluatedItems",
    "uniqueItems",
];

/// Keywords that change what references of the whole document mean.
pub(super) const SCOPES: &[&str] = &["$dynamicAnchor", "$dynamicRef", "$id", "$vocabulary"];

/// Whether one of these keywords stands in an object.
pub(super) fn names(keywords: &Map<String, Value>, wanted: &[&str]) -> bool {
    wanted.iter().any(|keyword| keywords.contains_key(*keyword))
}

/// Whether one of these keywords stands anywhere in one of these values.
pub(super) fn holds<'v>(values: impl IntoIterator<Item = &'v Value>, wanted: &[&str]) -> bool {
    let mut left: Vec<&Value> = values.into_iter().collect();
    while let Some(value) = left.pop() {
        match value {
            Value::Object(object) if names(object, wanted) => return true,
            Value::Object(object) => left.extend(object.values()),
            Value::Array(array) => left.extend(array),
            _ => {}
        }
    }
    false
}

/// Whether a keyword says something of a value, and not of the schema.
pub(super) fn is_rule(keyword: &str) -> bool {
    !matches!(
        keyword,
        "$comment"
            | "$defs"
            | "$schema"
            | "default"
            | "definitions"
            | "deprecated"
            | "description"
            | "examples"
            | "readOnly"
            | "title"
            | "writeOnly"
    )
}

pub(super) fn types(value: &Value) -> Option<Types> {
    let one = |value: &Value| {
        Some(match value.as_str()? {
            "null" => Types::NULL,
            "boolean" => Types::BOOLEAN,
            "integer" => Types::WHOLE,
            "number" => Types::NUMBER,
            "string" => Types::STRING,
            "array" => Types::ARRAY,
            "object" => Types::OBJECT,
            _ => return None,
        })
    };
    match value {
        Value::Array(values) => values
            .iter()
            .try_fold(Types::NONE, |types, value| Some(types | one(value)?)),
        value => one(value),
    }
}

pub(super) fn number(keywords: &Map<String, Value>) -> Option<NumberKeywords> {
    let bound = |inclusive: &str, exclusive: &str| {
        let (value, exclusive) = match (keywords.get(inclusive), keywords.get(exclusive)) {
            (None, None) => return Some(None),
            (Some(value), None) => (value, false),
            (None, Some(value)) => (value, true),
            (Some(_), Some(_)) => return None,
        };
        let integer = value
            .as_i64()
            .map(i128::from)
            .or(value.as_u64().map(i128::from));
        let value = match integer {
            Some(integer) => Number::Integer(integer),
            None => Number::Float(value.as_f64()?),
        };
        Some(Some(Bound { value, exclusive }))
    };
    Some(NumberKeywords {
        minimum: bound("minimum", "exclusiveMinimum")?,
        maximum: bound("maximum", "exclusiveMaximum")?,
        multiple_of: keywords.get("multipleOf").map(ToString::to_string),
    })
}

/// A number of characters, which a document may also write as `2.0`.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the metaschema has it whole and not negative, and the cast saturates"
)]
pub(super) fn length(keywords: &Map<String, Value>, keyword: &str) -> Option<usize> {
    keywords
        .get(keyword)
        .and_then(Value::as_f64)
        .map(|length| length as usize)
}

/// A number of members or items. There are never more than a `u32` counts.
pub(super) fn count(keywords: &Map<String, Value>, keyword: &str) -> Option<u32> {
    length(keywords, keyword).map(|length| u32::try_from(length).unwrap_or(u32::MAX))
}

pub(super) fn native_format(name: &str) -> Option<Format> {
    Some(match name {
        "date-time" => Format::DateTime,
        "email" => Format::Email,
        "hostname" | "idn-hostname" => Format::Hostname,
        "ipv4" => Format::Ipv4,
        "ipv6" => Format::Ipv6,
        "iri" | "uri" => Format::Url,
        "uuid" => Format::Uuid,
        _ => return None,
    })
}
