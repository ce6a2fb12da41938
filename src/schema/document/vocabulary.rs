//! The keywords of draft 2020-12, and the one that is added to them.

use serde_json::{Map, Value};

use super::{harden, nearest};

/// What a keyword is there for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Keyword {
    /// Applies schemas to the value itself.
    InPlace(Shape),
    /// Applies schemas to parts of the value: its items, its members, their names.
    ToParts(Shape),
    /// Keeps schemas for those who refer to them.
    Keeps(Shape),
    /// Says something of the value.
    Assertion,
    /// Says something of the schema.
    Annotation,
}

/// How a keyword holds its schemas.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    One,
    List,
    Map,
}

/// The keywords, by what they are there for.
const KEYWORDS: &[(Keyword, &[&str])] = &[
    (Keyword::InPlace(Shape::One), &["else", "if", "not", "then"]),
    (Keyword::InPlace(Shape::List), &["allOf", "anyOf", "oneOf"]),
    (Keyword::InPlace(Shape::Map), &["dependentSchemas"]),
    (
        Keyword::ToParts(Shape::One),
        &[
            "additionalProperties",
            "contains",
            "items",
            "propertyNames",
            "unevaluatedItems",
            "unevaluatedProperties",
        ],
    ),
    (Keyword::ToParts(Shape::List), &["prefixItems"]),
    (
        Keyword::ToParts(Shape::Map),
        &["patternProperties", "properties"],
    ),
    // `definitions` is what `$defs` was called before draft 2019-09.
    (Keyword::Keeps(Shape::Map), &["$defs", "definitions"]),
    (
        Keyword::Assertion,
        &[
            "$dynamicRef",
            "$ref",
            "const",
            "dependentRequired",
            "enum",
            "exclusiveMaximum",
            "exclusiveMinimum",
            "format",
            "maxContains",
            "maxItems",
            "maxLength",
            "maxProperties",
            "maximum",
            "minContains",
            "minItems",
            "minLength",
            "minProperties",
            "minimum",
            "multipleOf",
            "pattern",
            "required",
            "type",
            "uniqueItems",
            harden::KEYWORD,
        ],
    ),
    (
        Keyword::Annotation,
        &[
            "$anchor",
            "$comment",
            "$dynamicAnchor",
            "$id",
            "$schema",
            "$vocabulary",
            "contentEncoding",
            "contentMediaType",
            "contentSchema",
            "default",
            "deprecated",
            "description",
            "examples",
            "readOnly",
            "title",
            "writeOnly",
        ],
    ),
];

impl Keyword {
    /// The keyword of that name. Others are unknown to the draft.
    pub(crate) fn of(name: &str) -> Option<Self> {
        let found = KEYWORDS.iter().find(|(_, names)| names.contains(&name));
        found.map(|(keyword, _)| *keyword)
    }

    /// The keyword that a name was likely meant to be, as a question.
    pub(crate) fn meant(name: &str) -> Option<String> {
        let names = KEYWORDS.iter().flat_map(|(_, names)| *names).copied();
        nearest(name, names).map(|near| format!("did you mean {near:?}?"))
    }

    /// How it holds schemas, if it does.
    pub(crate) const fn shape(self) -> Option<Shape> {
        match self {
            Self::InPlace(shape) | Self::ToParts(shape) | Self::Keeps(shape) => Some(shape),
            Self::Assertion | Self::Annotation => None,
        }
    }
}

/// What a schema in another one is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Part<'v> {
    /// The member of that name.
    Member(&'v str),
    /// The item at that place.
    Item(usize),
    /// Something else, perhaps any member or item.
    Other,
}

/// The schemas in a schema, each with the keyword that holds it and what it is about.
pub(super) fn subschemas(
    keywords: &Map<String, Value>,
) -> impl Iterator<Item = (Keyword, Part<'_>, &Value)> {
    keywords.iter().flat_map(|(name, value)| {
        let keyword = Keyword::of(name);
        let schemas: Vec<(Part<'_>, &Value)> = match (keyword.and_then(Keyword::shape), value) {
            (Some(Shape::One), schema) => vec![(Part::Other, schema)],
            (Some(Shape::List), Value::Array(schemas)) => (0..)
                .zip(schemas)
                .map(|(place, schema)| match name.as_str() {
                    "prefixItems" => (Part::Item(place), schema),
                    _ => (Part::Other, schema),
                })
                .collect(),
            (Some(Shape::Map), Value::Object(schemas)) => schemas
                .iter()
                .map(|(member, schema)| match name.as_str() {
                    "properties" => (Part::Member(member), schema),
                    _ => (Part::Other, schema),
                })
                .collect(),
            _ => Vec::new(),
        };
        let held = move |(part, schema)| Some((keyword?, part, schema));
        schemas.into_iter().filter_map(held)
    })
}

/// The schemas that one keyword holds in a list.
pub(super) fn list<'v>(keywords: &'v Map<String, Value>, name: &str) -> &'v [Value] {
    let list = keywords.get(name).and_then(Value::as_array);
    list.map_or(&[], Vec::as_slice)
}

/// What one keyword of a schema holds in a list.
pub(super) fn list_of<'v>(schema: &'v Value, name: &str) -> &'v [Value] {
    schema
        .as_object()
        .map_or(&[], |keywords| list(keywords, name))
}

/// What one keyword holds by names.
pub(super) fn map<'v>(
    keywords: &'v Map<String, Value>,
    name: &str,
) -> impl Iterator<Item = (&'v str, &'v Value)> {
    let map = keywords.get(name).and_then(Value::as_object);
    map.into_iter()
        .flatten()
        .map(|(name, value)| (name.as_str(), value))
}
