//! Small documents.

use std::fmt::Debug;

use proptest::{
    collection::{btree_set, vec},
    prelude::*,
    sample::select,
    strategy::Union,
};
use serde_json::{Map, Value, json};

/// Names of members: some of them match one pattern, some several.
pub(crate) const NAMES: &[&str] = &["a", "b", "ab", "ba", "x-a", "x-b", "7", "é", ""];

/// Patterns of names and of other strings.
const PATTERNS: &[&str] = &[
    "^a", "b$", "^x-", r"^\d+$", "^[ab]+$", r"\w", "a|é", r"^x\-a", ".", "^$",
];

pub(crate) const STRINGS: &[&str] = &[
    "", "a", "b", "ab", "ba", "abc", "x-a", "7", "é", "a b", "\u{1}",
];

/// Numbers, some of them in more than one way.
pub(crate) const NUMBERS: &[&str] = &[
    "0",
    "-0.0",
    "1",
    "1.0",
    "2",
    "-1",
    "0.5",
    "1.5",
    "3",
    "10",
    "1e1",
    "100",
    "0.1",
    "0.3",
    "9007199254740993",
];

/// A document, perhaps with keywords that are not held while a value is read.
pub(crate) fn document(others: bool) -> impl Strategy<Value = Value> {
    let here = |references| Grammar { others, references };
    let definitions = vec(here(NOWHERE).schema(2), 3);
    let root = here(DEFINITIONS).schema(3);
    let named = select(&[Leads::Pointer, Leads::Anchor, Leads::Uri][..]);
    (root, definitions, named).prop_map(|(root, definitions, named)| {
        let mut root = match root {
            Value::Object(root) => root,
            other => Map::from_iter([("allOf".to_owned(), json!([other]))]),
        };
        let mut kept = Map::new();
        for (name, mut schema) in ["one", "two", "three"].into_iter().zip(definitions) {
            if let Value::Object(schema) = &mut schema {
                schema.insert("$anchor".into(), name.into());
            }
            kept.insert(name.into(), schema);
        }
        kept.insert(
            "named".into(),
            json!({"$anchor": "named", "type": ["string", "object"]}),
        );
        root.insert("$defs".into(), kept.into());
        if named == Leads::Uri {
            root.insert("$id".into(), "https://example.com/root.json".into());
        }
        let mut root = Value::Object(root);
        if named == Leads::Pointer {
            without_anchors(&mut root);
        }
        root
    })
}

/// How schemas are referred to beside JSON Pointers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Leads {
    Pointer,
    Anchor,
    Uri,
}

/// Leaves nothing in a document that is named in another way than by its place.
fn without_anchors(value: &mut Value) {
    match value {
        Value::Object(members) => {
            members.remove("$anchor");
            if members.get("$ref") == Some(&json!("#named")) {
                members.insert("$ref".into(), "#/$defs/named".into());
            }
            members.values_mut().for_each(without_anchors);
        }
        Value::Array(items) => items.iter_mut().for_each(without_anchors),
        _ => {}
    }
}

/// Where references may lead without going round in a circle: from the definitions themselves to none
/// of them, and from the parts of a value anywhere.
const NOWHERE: &[&str] = &["#named"];
const DEFINITIONS: &[&str] = &["#/$defs/one", "#/$defs/two", "#/$defs/three", "#named"];
const ANYWHERE: &[&str] = &[
    "#",
    "#/$defs/one",
    "#/$defs/two",
    "#/$defs/three",
    "#/$defs/named",
];

#[derive(Clone, Copy)]
struct Grammar {
    others: bool,
    references: &'static [&'static str],
}

type Keyword = BoxedStrategy<(String, Value)>;

impl Grammar {
    fn schema(self, depth: u32) -> BoxedStrategy<Value> {
        let keywords = vec(self.keyword(depth), 0..6);
        let object = keywords.prop_map(|keywords| Value::Object(keywords.into_iter().collect()));
        prop_oneof![
            1 => Just(json!(true)),
            1 => Just(json!(false)),
            24 => object,
        ]
        .boxed()
    }

    /// The schema of a part of the value.
    fn inner(self, depth: u32) -> BoxedStrategy<Value> {
        let inner = Self {
            references: ANYWHERE,
            ..self
        };
        inner.schema(depth)
    }

    fn keyword(self, depth: u32) -> Keyword {
        let mut keywords = vec![
            assertion(),
            assertion(),
            named("$ref", select(self.references)),
        ];
        if depth > 0 {
            let depth = depth - 1;
            keywords.extend([self.object(depth), self.object(depth), self.array(depth)]);
            keywords.push(named("allOf", vec(self.schema(depth), 1..3)));
            keywords.push(self.choice(depth));
            if self.others {
                keywords.push(self.whole(depth));
            }
        }
        Union::new(keywords).boxed()
    }

    fn object(self, depth: u32) -> Keyword {
        let schema = || self.inner(depth);
        let closed = || prop_oneof![Just(json!(false)), schema()];
        prop_oneof![
            4 => named("properties", by_names(schema(), NAMES)),
            3 => named("patternProperties", by_names(schema(), PATTERNS)),
            2 => named("additionalProperties", closed()),
            1 => named("unevaluatedProperties", closed()),
            1 => named("propertyNames", schema_of_names()),
            1 => named("dependentRequired", by_names(names(), NAMES)),
        ]
        .boxed()
    }

    fn array(self, depth: u32) -> Keyword {
        let schema = || self.inner(depth);
        prop_oneof![
            named("items", schema()),
            named("prefixItems", vec(schema(), 1..3)),
            named(
                "unevaluatedItems",
                prop_oneof![Just(json!(false)), schema()]
            ),
        ]
        .boxed()
    }

    /// Choices that are made while a value is read.
    fn choice(self, depth: u32) -> Keyword {
        let object = self.schema(depth).prop_map(|schema| match schema {
            Value::Object(_) => schema,
            other => json!({ "allOf": [other] }),
        });
        let null = select(vec![
            json!({"type": "null"}),
            json!({"const": null, "title": "none"}),
        ]);
        let optional = (object, null, any::<bool>()).prop_map(|(other, null, first)| {
            let mut schemas = vec![other, null];
            if first {
                schemas.reverse();
            }
            schemas
        });
        let name = || select(vec!["anyOf", "oneOf"]);
        prop_oneof![
            3 => (name(), optional).prop_map(|(name, it)| (name.to_owned(), it.into())),
            2 => (name(), branches()).prop_map(|(name, it)| (name.to_owned(), it.into())),
        ]
        .boxed()
    }

    /// Keywords that need all of a value.
    fn whole(self, depth: u32) -> Keyword {
        let schema = || self.schema(depth);
        let schemas = || vec(schema(), 1..3);
        prop_oneof![
            named("anyOf", schemas()),
            named("oneOf", schemas()),
            named("not", schema()),
            named("if", schema()),
            named("then", schema()),
            named("else", schema()),
            named("contains", self.inner(depth)),
            named("uniqueItems", Just(true)),
            named("dependentSchemas", by_names(schema(), NAMES)),
        ]
        .boxed()
    }
}

fn named<V>(name: &'static str, values: impl Strategy<Value = V> + 'static) -> Keyword
where
    V: Into<Value> + Debug + 'static,
{
    let named = values.prop_map(move |value| (name.to_owned(), value.into()));
    named.boxed()
}

fn assertion() -> Keyword {
    let types = select(vec![
        "null", "boolean", "integer", "number", "string", "array", "object",
    ]);
    let union = btree_set(types.clone(), 1..4).prop_map(Vec::from_iter);
    let numbers = |of: &'static [f64]| select(of).prop_map(|number| json!(number));
    let (few, many) = (0..=2_u32, 2..=4_u32);
    prop_oneof![
        named("type", types),
        named("type", union.clone()),
        named("type", union),
        named("enum", vec(value(), 0..4).prop_map(different)),
        named("const", value()),
        named("minimum", numbers(&[-1.0, 0.0, 0.3])),
        named("exclusiveMinimum", numbers(&[-1.0, 0.0, 0.5])),
        named("maximum", numbers(&[1.0, 1.5])),
        named("exclusiveMaximum", numbers(&[1.0, 10.0, 1e300])),
        named("multipleOf", numbers(&[1.0, 2.0, 0.5, 0.1, 3.0])),
        named("minLength", few.clone()),
        named("maxLength", many.clone()),
        named("pattern", select(PATTERNS)),
        named("minItems", few.clone()),
        named("maxItems", many.clone()),
        named("minProperties", few),
        named("maxProperties", many),
        named("required", names()),
        named("uniqueItems", Just(false)),
        named("title", Just("a title")),
    ]
    .boxed()
}

/// Without those that are there already, in whichever way they are written.
fn different(values: Vec<Value>) -> Vec<Value> {
    let mut different: Vec<Value> = Vec::new();
    for value in values {
        let same = |other: &Value| {
            *other == value
                || matches!((other.as_f64(), value.as_f64()), (Some(a), Some(b)) if a.total_cmp(&b).is_eq() || (a == 0.0 && b == 0.0))
        };
        if !different.iter().any(same) {
            different.push(value);
        }
    }
    different
}

/// Schemas of different values.
fn branches() -> impl Strategy<Value = Vec<Value>> {
    let values = vec(value(), 1..6).prop_map(different);
    (values, any::<u8>()).prop_map(|(values, dice)| {
        let branches = (0..).zip(values).map(|(place, value)| {
            if dice >> place & 1 == 1 {
                json!({"const": value, "description": "one of them"})
            } else {
                json!({"enum": [value, format!("z{place}")], "type": ["string", "null"]})
            }
        });
        branches.collect()
    })
}

fn names() -> impl Strategy<Value = Vec<&'static str>> + Clone {
    btree_set(select(NAMES), 0..3).prop_map(Vec::from_iter)
}

fn by_names<V>(
    values: impl Strategy<Value = V>,
    names: &'static [&'static str],
) -> impl Strategy<Value = Value>
where
    V: Into<Value> + Debug,
{
    vec((select(names), values), 0..4).prop_map(|members| {
        let members = members.into_iter();
        Value::Object(
            members
                .map(|(name, value)| (name.to_owned(), value.into()))
                .collect(),
        )
    })
}

fn schema_of_names() -> impl Strategy<Value = Value> {
    let keywords = vec(assertion(), 0..3);
    let names = keywords.prop_map(|keywords| Value::Object(keywords.into_iter().collect()));
    prop_oneof![1 => Just(json!(false)), 12 => names]
}

fn number() -> impl Strategy<Value = Value> {
    select(NUMBERS).prop_map(|text| serde_json::from_str(text).expect("a number"))
}

/// A value of an enumeration.
fn value() -> impl Strategy<Value = Value> {
    let scalar = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        number(),
        select(STRINGS).prop_map(Value::from),
    ];
    let inner = scalar.clone().boxed();
    prop_oneof![
        6 => scalar,
        1 => vec(inner.clone(), 0..3).prop_map(Value::from),
        1 => by_names(inner, NAMES),
        1 => select(vec![json!([{"a": 1}]), json!({"a": [1.0]})]),
    ]
}
