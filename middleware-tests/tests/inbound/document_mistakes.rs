//! Mistakes in JSON Schema documents, which are told when a policy is built.

use std::fmt::Write;

use serde_json::{Map, json};
use tower_harden::{AddressPolicy, JsonSchema, Limits, Policy, RouteSchema, Validator};

/// The mistakes in a document: their places in it, and what they are.
fn mistakes(schema: JsonSchema) -> Vec<String> {
    let built = Validator::new(schema, AddressPolicy::deny_internal(), Limits::default());
    let error = built.expect_err("it has mistakes");
    let told = |problem: &tower_harden::ConfigProblem| {
        let place = problem.place().strip_prefix("schema: body #: ");
        format!(
            "{}: {}",
            place.expect("the place of the schema"),
            problem.message()
        )
    };
    error.problems().iter().map(told).collect()
}

fn assert_fine(schema: JsonSchema) {
    let built = Validator::new(schema, AddressPolicy::deny_internal(), Limits::default());
    built.unwrap_or_else(|error| panic!("{error}"));
}

/// Documents with one mistake, and what is told of it.
const MISTAKES: &[(&str, &str)] = &[
    ("{", "the document: EOF while parsing"),
    (
        r#"{"items":{"maxLength":4,"maxLength":40}}"#,
        "document #/items/maxLength: an object has two members of one name",
    ),
    (
        r#"{"prefixItems":[{},{"maximum":0.1000000000000000055}]}"#,
        "document #/prefixItems/1/maximum: readers round the number",
    ),
    (r#"{"type":"strnig"}"#, "document #/type: "),
    (
        r#"{"$schema":"http://json-schema.org/draft-07/schema#"}"#,
        "document #/$schema: is not that of draft 2020-12",
    ),
    (r#"{"maxLength":-1}"#, "document #/maxLength: "),
    (r#"{"required":["a","a"]}"#, "document #/required: "),
    (
        r##"{"items":{"$ref":"#/$defs/missing"}}"##,
        "document #/items/$ref: Pointer '/$defs/missing' does not exist",
    ),
    (r##"{"$ref":"#missing"}"##, "document #/$ref: "),
    (r#"{"$ref":"https://["}"#, "document #/$ref: "),
    (
        r#"{"$ref":"https://example.com/name.json#/a"}"#,
        "document #/$ref: https://example.com/name.json is not among the resources",
    ),
    (
        r#"{"pattern":"("}"#,
        "document #/pattern: pattern: unclosed group at character 1",
    ),
    (r#"{"pattern":"(?=a)b"}"#, "document #/pattern: pattern: "),
    (r#"{"pattern":"\\a"}"#, "document #/pattern: pattern: "),
    (
        r#"{"patternProperties":{"a/(":true}}"#,
        "document #/patternProperties/a~1(: pattern: unclosed group at character 3",
    ),
    (
        r#"{"properties":{"a":{"format":"colour"}}}"#,
        "document #/properties/a/format: is no format of draft 2020-12",
    ),
    (
        r#"{"properties":{"$serde_json::private::Number":true}}"#,
        "document #/properties/$serde_json::private::Number: is a name that serde_json keeps",
    ),
    ("null", "document #: is no schema"),
    (
        r##"{"items":{"$ref":"#/$defs/a/type"},"$defs":{"a":{"type":"string"}}}"##,
        "document #/items/$ref: leads to what is no schema",
    ),
    (
        r#"{"type":"object","required":["$serde_json::private::RawValue"]}"#,
        "document #/required/$serde_json::private::RawValue: is a name that serde_json keeps",
    ),
    (
        r#"{"dependentRequired":{"a":["$serde_json::private::Number"]}}"#,
        "document #/dependentRequired/$serde_json::private::Number: is a name that serde_json",
    ),
    (
        r#"{"items":{"properties":{"a":{}},"required":["b"]}}"#,
        "document #/items: speaks of \"b\" in `required`",
    ),
    (
        r#"{"properties":{"a":{}},"dependentRequired":{"a":["b"]}}"#,
        "document #: speaks of \"b\" in `required` or `dependentRequired`, and declares no such",
    ),
    (
        r##"{"$ref":"#/$defs/f","unevaluatedProperties":false,"$defs":{"f":{"oneOf":[
                {"properties":{"a":{"$ref":"#/$defs/f","unevaluatedProperties":false}}}]}}}"##,
        "document #/$defs/f/oneOf/0/properties/a: looks for what the choices behind a reference",
    ),
    (
        r#"{"items":{"minLength":2,"maxLength":1}}"#,
        "document #/items: min_length is larger than max_length: no string fits",
    ),
    (
        r#"{"minimum":1,"exclusiveMaximum":1}"#,
        "document #: the range is empty: no number fits",
    ),
    (
        r#"{"minItems":2,"maxItems":1}"#,
        "document #: min_items is larger than max_items: no array fits",
    ),
    (
        r#"{"minProperties":2,"maxProperties":1}"#,
        "document #: min_members is larger than max_members: no object fits",
    ),
    (
        r#"{"enum":[1,"a",1.0]}"#,
        "document #/enum: names a value twice",
    ),
    (
        r#"{"type":["string","integer"],"enum":[1.5,null]}"#,
        "document #/enum: has no value of the declared type",
    ),
    (
        r#"{"$anchor":"a","items":{"$anchor":"a"}}"#,
        "document #/items/$anchor: names another schema too",
    ),
    // Also in what is judged as a whole.
    (
        r#"{"not":{"anyOf":[{"maxLenght":1}]}}"#,
        "document #/not/anyOf/0/maxLenght: ",
    ),
];

/// Patterns are compiled once for all documents of a policy.
#[test]
fn a_pattern_is_wrong_in_each_document() {
    let schema = || JsonSchema::new(r#"{"pattern":"("}"#);
    let fine = || JsonSchema::new(r#"{"pattern":"^a+b$"}"#);
    let built = Policy::builder()
        .post("/a", RouteSchema::new().json(schema()))
        .post("/b", RouteSchema::new().json(fine()))
        .post("/c", RouteSchema::new().json(fine()))
        .post("/d", RouteSchema::new().json(schema()))
        .build();
    let error = built.expect_err("it has mistakes").to_string();
    assert_eq!(error.matches("unclosed group").count(), 2, "{error}");
    assert!(error.contains("/a") && error.contains("/d"), "{error}");
}

#[test]
fn each_mistake_has_a_place() {
    for &(document, told) in MISTAKES {
        let found = mistakes(JsonSchema::new(document));
        assert_eq!(found.len(), 1, "{document}: {found:#?}");
        assert!(found[0].starts_with(told), "{document}: {found:#?}");
    }
}

#[test]
fn all_mistakes_are_told_at_once() {
    let document = JsonSchema::new(
        r##"{
            "properties": {
                "a": {"type": "text", "maxLenght": 3},
                "b": {"pattern": "["},
                "c": {"$ref": "#/$defs/none"},
                "d": {"$ref": "other.json#/$defs/d"},
                "e": {"$ref": "https://example.com/none.json"}
            },
            "$id": "https://example.com/order.json"
        }"##,
    )
    .resource(
        "https://example.com/other.json",
        r#"{"components":{},"$defs":{"d":{"minLength":-1,"format":"hue"}}}"#,
    );
    let mut found = mistakes(document);
    found.sort();
    let places: Vec<_> = found
        .iter()
        .filter_map(|told| told.split_once(": ").map(|(place, _)| place))
        .collect();
    assert_eq!(
        places,
        [
            "document #/properties/a/maxLenght",
            "document #/properties/a/type",
            "document #/properties/b/pattern",
            "document #/properties/c/$ref",
            "document #/properties/e/$ref",
            "document https://example.com/other.json#/$defs/d/format",
            "document https://example.com/other.json#/$defs/d/minLength",
        ],
        "{found:#?}"
    );
}

#[test]
fn unknown_keywords_are_mistakes_unless_they_are_annotations() {
    let document = r#"{"type":"string","maxLenght":4,"x-maxLenght":4,"title":"","properties":{"a":{"nullable":true}}}"#;
    let told = mistakes(JsonSchema::new(document));
    assert_eq!(told.len(), 2, "{told:#?}");
    for (told, expected) in told.iter().zip([
        "maxLenght: is no keyword of draft 2020-12: did you mean \"maxLength\"?",
        "properties/a/nullable: is no keyword of draft 2020-12: others begin",
    ]) {
        assert!(
            told.starts_with(&format!("document #/{expected}")),
            "{told}"
        );
    }
    assert_fine(JsonSchema::new(document).unknown_keywords_as_annotations());
    // Names and values are no keywords, and neither are those of the standard that say nothing.
    assert_fine(JsonSchema::new(
        r#"{
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "$id": "https://example.com/a", "$comment": "", "title": "", "description": "",
            "default": {"b": 1}, "examples": [{"c": 1}], "deprecated": true, "readOnly": true,
            "writeOnly": true, "contentEncoding": "base64", "contentMediaType": "text/plain",
            "contentSchema": {"d": 1}, "x-e": {"f": 1}, "properties": {"g": {"const": {"h": 1}}},
            "$defs": {"i": {"enum": [{"j": 1}]}}, "dependentRequired": {"k": []}
        }"#,
    ));
}

#[test]
fn documents_of_other_drafts_are_told_wherever_they_stand() {
    let draft_7 = r#"{"$schema":"http://json-schema.org/draft-07/schema#","$defs":{"a":{}}}"#;
    let document = JsonSchema::new(r#"{"items":{"$ref":"https://example.com/7#/$defs/a"}}"#);
    assert_eq!(
        mistakes(document.resource("https://example.com/7", draft_7)),
        ["document https://example.com/7#/$schema: is not that of draft 2020-12"]
    );
}

#[test]
fn references_that_go_in_a_circle_without_end_are_mistakes() {
    for (document, place) in [
        (json!({"$ref": "#"}), "#"),
        (
            json!({"$ref": "#/$defs/a", "$defs": {"a": {"$ref": "#/$defs/b"}, "b": {"$ref": "#/$defs/a"}}}),
            "#/$defs/b",
        ),
        (json!({"allOf": [{"$ref": "#"}]}), "#/allOf/0"),
        (
            json!({"items": {"not": {"anyOf": [{"$ref": "#/items"}]}}}),
            "#/items/not/anyOf/0",
        ),
        (
            json!({"dependentSchemas": {"a": {"$ref": "#"}}}),
            "#/dependentSchemas/a",
        ),
    ] {
        assert_eq!(
            mistakes(JsonSchema::new(document.to_string())),
            [format!(
                "document {place}: applies itself to a value again and again"
            )]
        );
    }
    // Through a part of the value they end.
    assert_fine(JsonSchema::new(
        r##"{"items":{"$ref":"#"},"anyOf":[{"items":{"$ref":"#"}}]}"##,
    ));
}

/// Definitions `d0` to `d<count>`, each of the one that comes next.
fn chain(count: usize, schema: impl Fn(serde_json::Value) -> serde_json::Value) -> JsonSchema {
    let next = |number: usize| json!({"$ref": format!("#/$defs/d{}", number + 1)});
    let mut definitions: Map<_, _> = (0..count)
        .map(|number| (format!("d{number}"), schema(next(number))))
        .collect();
    definitions.insert(format!("d{count}"), json!({"type": "integer"}));
    JsonSchema::new(json!({"$ref": "#/$defs/d0", "$defs": definitions}).to_string())
}

#[test]
fn documents_that_would_take_too_long_are_mistakes() {
    type Schema = fn(serde_json::Value) -> serde_json::Value;
    let fans: [Schema; 4] = [
        |next| json!({"allOf": [next, next]}),
        |next| json!({"anyOf": [next, next, {"not": next}]}),
        |next| json!({"anyOf": [{"properties": {"a": next}}, {"properties": {"a": next}}]}),
        |next| json!({"oneOf": [{"items": next}, {"prefixItems": [next]}]}),
    ];
    for fan in fans {
        for schema in [chain(24, fan), chain(24, fan).open_objects()] {
            let found = mistakes(schema);
            assert_eq!(found.len(), 1, "{found:#?}");
            assert!(
                found[0].contains("applies more than 100,000 schemas to a value"),
                "{found:?}"
            );
        }
    }
    let found = mistakes(chain(200, |next| next));
    assert!(
        found[0].contains("applies more than 100 schemas in each other"),
        "{found:?}"
    );

    // Each member has the schemas that all the others leave to it.
    let part = |number: usize| {
        let (name, length) = (format!("m{number}"), number + 1);
        json!({"properties": {name: true}, "additionalProperties": {"maxLength": length}})
    };
    let parts: Vec<_> = (0..460).map(part).collect();
    let found = mistakes(JsonSchema::new(json!({"allOf": parts}).to_string()));
    assert_eq!(
        found,
        ["the document: says too much in too many ways at once"]
    );
}

#[test]
fn documents_that_are_too_large_are_mistakes() {
    let long = format!(r#"{{"title":"{}"}}"#, "x".repeat(9 << 20));
    let found = mistakes(JsonSchema::new("true").resource("https://example.com/long", &long));
    assert_eq!(found, ["the document: is longer than 8388608 bytes"]);

    let mut deep = String::new();
    for _ in 0..200 {
        let _ = write!(deep, r#"{{"not":"#);
    }
    deep.push_str("true");
    deep.push_str(&"}".repeat(200));
    let found = mistakes(JsonSchema::new(deep));
    assert!(
        found[0].starts_with("the document: recursion limit exceeded"),
        "{found:?}"
    );

    let heavy = (0..200).map(|number| format!(r#"{{"pattern":"(a{{300}}{number}){{300}}"}}"#));
    let heavy = heavy.collect::<Vec<_>>().join(",");
    let found = mistakes(JsonSchema::new(format!(r#"{{"allOf":[{heavy}]}}"#)));
    assert!(found.len() < 100, "{}", found.len());
    assert!(
        found.iter().any(|told| told.contains("take more than")),
        "{found:?}"
    );
}

#[test]
fn what_is_large_or_refers_far_and_ends_is_fine() {
    assert_fine(chain(
        2_000,
        |next| json!({"properties": {"a": next, "b": next}}),
    ));
    assert_fine(chain(
        8,
        |next| json!({"anyOf": [{"properties": {"a": next}}, {"properties": {"a": next, "b": next}}]}),
    ));
    let items: Vec<_> = (0..500).map(|_| json!({"$ref": "#/$defs/many"})).collect();
    let many: Vec<_> = (0..400)
        .map(|number| json!({"maxLength": number + 1}))
        .collect();
    let document = json!({"prefixItems": items, "$defs": {"many": {"anyOf": many}}});
    assert_fine(JsonSchema::new(document.to_string()));
    let members: Map<_, _> = (0..1_000)
        .map(|number| {
            (
                format!("m{number}"),
                json!({"oneOf": [{"maxLength": number}, {"type": "null"}]}),
            )
        })
        .collect();
    assert_fine(JsonSchema::new(json!({"properties": members}).to_string()));
}
