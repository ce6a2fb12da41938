//! What the keywords of one schema say, one by one. Of those that are malformed the metaschema tells,
//! and they say nothing here.

use std::cmp::Ordering;

use serde_json::{Map, Value};

use super::{choices::Choice, harden, numbers::Range};
use crate::{
    AddressPolicy, Code,
    schema::{
        declaration::{
            ArrayKeywords, Bound, NumberKeywords, ObjectKeywords, StringKeywords, Types,
            Value as Number,
        },
        format::{DocumentFormat, Format},
    },
    text::Text,
};

pub(super) fn types(keywords: &Map<String, Value>) -> Types {
    let one = |name: &Value| match name.as_str() {
        Some("null") => Types::NULL,
        Some("boolean") => Types::BOOLEAN,
        Some("integer") => Types::INTEGER | Types::WHOLE,
        Some("number") => Types::INTEGER | Types::WHOLE | Types::NUMBER,
        Some("string") => Types::STRING,
        Some("array") => Types::ARRAY,
        Some("object") => Types::OBJECT,
        _ => Types::NONE,
    };
    match keywords.get("type") {
        None => Types::ANY,
        Some(Value::Array(names)) => names
            .iter()
            .fold(Types::NONE, |types, name| types | one(name)),
        Some(name) => one(name),
    }
}

/// The values of `enum` or of `const`.
pub(super) fn values<'v>(keywords: &'v Map<String, Value>, keyword: &str) -> Option<&'v [Value]> {
    match (keyword, keywords.get(keyword)?) {
        ("enum", Value::Array(values)) => Some(values),
        ("const", value) => Some(std::slice::from_ref(value)),
        _ => None,
    }
}

/// The values of `enum` and those of `const`, if there are such keywords.
pub(super) fn sets(keywords: &Map<String, Value>) -> impl Iterator<Item = Vec<&Value>> {
    let set = |keyword| Some(values(keywords, keyword)?.iter().collect());
    ["enum", "const"].into_iter().filter_map(set)
}

/// The keyword that needs more of a value than the place where its reader stands, if there is one.
pub(super) fn whole_rule(keywords: &Map<String, Value>) -> Option<&'static str> {
    const WHOLE: &[&str] = &[
        // Of several schemas, which ones hold is known at the end of the value.
        "anyOf",
        "oneOf",
        "not",
        "if",
        "contains",
        // Of a member, whether it will come.
        "dependentSchemas",
    ];
    let unique = keywords.get("uniqueItems") == Some(&Value::Bool(true));
    let mut whole = WHOLE.iter().filter(|name| keywords.contains_key(**name));
    let whole = whole.find(|name| Choice::of(keywords, name).is_none());
    whole
        .copied()
        // Of an item, all the items before it.
        .or_else(|| unique.then_some("uniqueItems"))
}

/// The keywords of numbers.
pub(super) fn number(keywords: &Map<String, Value>) -> NumberKeywords {
    let bound = |keyword: &str, exclusive: bool| {
        let value = keywords.get(keyword)?;
        let integer = value
            .as_i64()
            .map(i128::from)
            .or(value.as_u64().map(i128::from));
        let value = match integer {
            Some(integer) => Number::Integer(integer),
            None => Number::Float(value.as_f64()?),
        };
        Some(Bound { value, exclusive })
    };
    let multiple = keywords.get("multipleOf").filter(|it| it.is_number());
    NumberKeywords {
        minimum: tighter(
            bound("minimum", false),
            bound("exclusiveMinimum", true),
            Ordering::Greater,
        ),
        maximum: tighter(
            bound("maximum", false),
            bound("exclusiveMaximum", true),
            Ordering::Less,
        ),
        multiples_of: multiple.map(ToString::to_string).into_iter().collect(),
    }
}

/// The one of two bounds that lets fewer numbers through: the `order`ed one, and of two at one place
/// the exclusive one.
pub(super) fn tighter(a: Option<Bound>, b: Option<Bound>, order: Ordering) -> Option<Bound> {
    let (Some(first), Some(second)) = (a, b) else {
        return a.or(b);
    };
    let compared = first.value.compare(second.value);
    let is_first =
        compared == Some(order) || (compared == Some(Ordering::Equal) && first.exclusive);
    Some(if is_first { first } else { second })
}

/// The keywords of strings but for patterns and formats.
pub(super) fn string(keywords: &Map<String, Value>) -> StringKeywords {
    StringKeywords {
        min_length: length(keywords, "minLength"),
        max_length: length(keywords, "maxLength"),
        encoded: is_encoded(keywords),
        ..StringKeywords::default()
    }
}

/// Whether strings are bytes in base64 (Validation §8.3), of either alphabet of RFC 4648, however that is
/// said.
pub(super) fn is_encoded(keywords: &Map<String, Value>) -> bool {
    let encoding = keywords.get("contentEncoding").and_then(Value::as_str);
    let encoded = encoding.is_some_and(|name| {
        name.eq_ignore_ascii_case("base64") || name.eq_ignore_ascii_case("base64url")
    });
    encoded
        || keywords.get("format").is_some_and(|name| name == "byte")
        || harden::formats(keywords).any(|(_, format)| format == Format::Base64)
}

/// The keywords of arrays but for schemas of items.
pub(super) fn array(keywords: &Map<String, Value>) -> ArrayKeywords {
    ArrayKeywords {
        items: None,
        min_items: count(keywords, "minItems"),
        max_items: count(keywords, "maxItems"),
    }
}

/// The keywords of objects but for schemas of members.
pub(super) fn object(keywords: &Map<String, Value>) -> ObjectKeywords {
    ObjectKeywords {
        min_members: count(keywords, "minProperties"),
        max_members: count(keywords, "maxProperties"),
        ..ObjectKeywords::default()
    }
}

/// A number of characters, which a document may also write as `2.0`.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the metaschema has it whole and not negative, and the cast saturates"
)]
fn length(keywords: &Map<String, Value>, keyword: &str) -> Option<usize> {
    keywords
        .get(keyword)
        .and_then(Value::as_f64)
        .map(|length| length as usize)
}

/// A number of members or items. There are never more than a `u32` counts.
fn count(keywords: &Map<String, Value>, keyword: &str) -> Option<u32> {
    length(keywords, keyword).map(|length| u32::try_from(length).unwrap_or(u32::MAX))
}

/// The formats that are judged while a string is read. Others are judged by the crate `jsonschema`.
pub(super) const NATIVE_FORMATS: &[(&str, Format)] = &[
    // Of OpenAPI's Format Registry, and of its version 3.0.
    ("byte", Format::Base64),
    ("date", Format::Document(DocumentFormat::Date)),
    ("date-time", Format::DateTime),
    ("duration", Format::Document(DocumentFormat::Duration)),
    ("email", Format::Email),
    ("hostname", Format::HostWithoutPort),
    ("idn-email", Format::Document(DocumentFormat::IdnEmail)),
    ("idn-hostname", Format::HostWithoutPort),
    ("ipv4", Format::Ipv4),
    ("ipv6", Format::Ipv6),
    ("iri", Format::Url),
    (
        "json-pointer",
        Format::Document(DocumentFormat::JsonPointer),
    ),
    (
        "relative-json-pointer",
        Format::Document(DocumentFormat::RelativeJsonPointer),
    ),
    ("time", Format::Document(DocumentFormat::Time)),
    ("uri", Format::Url),
    ("uuid", Format::Uuid),
];

/// The format of that name, if it is judged while a string is read.
pub(super) fn format(name: &str) -> Option<Format> {
    let native = NATIVE_FORMATS.iter().find(|(known, _)| *known == name);
    native.map(|(_, format)| *format)
}

/// The formats that say what a string is for, and not how it is written.
pub(super) const PURPOSES: &[&str] = &["binary", "password"];

/// Whether a format says nothing of strings.
pub(super) fn is_of_no_string(name: &str) -> bool {
    PURPOSES.contains(&name) || Range::of(name).is_some()
}

/// Whether the draft has a format of that name (Validation §7.3), or it is one of OpenAPI's that programs
/// write.
pub(super) fn is_format(name: &str) -> bool {
    const OTHERS: &[&str] = &["iri-reference", "regex", "uri-reference", "uri-template"];
    format(name).is_some() || OTHERS.contains(&name) || is_of_no_string(name)
}

/// The one format that two of them are together, if there is one.
pub(super) fn both(one: Format, other: Format) -> Option<Format> {
    match (one, other) {
        (Format::Hostname, Format::HostWithoutPort)
        | (Format::HostWithoutPort, Format::Hostname) => Some(Format::HostWithoutPort),
        _ => (one == other).then_some(one),
    }
}

/// Whether a text is of a format. Of the hosts that it names nothing is said.
pub(super) fn is_of(format: Format, text: &str) -> bool {
    let found = format.check(Text::new(text), &AddressPolicy::deny_internal());
    matches!(
        found,
        None | Some(Code::AddressMetadata | Code::AddressInternal | Code::AddressAmbiguous)
    )
}
