//! JSON Schema documents with the choices that programs write for optional values and enumerations:
//! they are made while a value is read, and tell what is wrong where it is.

use tower_harden::{AddressPolicy, JsonSchema, Limits, Validator};

use crate::{documents::check, documents_together::delegated};

fn assert_native(document: &str) {
    let shown = delegated(document);
    assert!(shown.contains("delegated: []"), "{shown}");
}

#[tokio::test]
async fn an_optional_value_is_judged_as_it_is_read() {
    for choice in ["anyOf", "oneOf"] {
        let document = format!(
            r##"{{
                "type": "object",
                "properties": {{
                    "by": {{"description": "who", "{choice}": [{{"$ref": "#/$defs/person"}}, {{"type": "null"}}]}},
                    "state": {{"{choice}": [{{"type": "null"}}, {{"$ref": "#/$defs/state"}}]}},
                    "host": {{"{choice}": [{{"type": "string", "format": "hostname"}}, {{"type": "null"}}]}}
                }},
                "$defs": {{
                    "person": {{
                        "type": "object",
                        "properties": {{"name": {{"type": "string", "maxLength": 4}}}},
                        "required": ["name"]
                    }},
                    "state": {{"oneOf": [
                        {{"const": "open", "description": "It waits.", "type": "string"}},
                        {{"enum": ["shipped", "lost"], "type": "string"}}
                    ]}}
                }}
            }}"##
        );
        assert_native(&document);
        check(
            &document,
            &[
                "{}",
                r#"{"by":null,"state":null,"host":null}"#,
                r#"{"by":{"name":"a"},"state":"lost","host":"a.example.com"}"#,
            ],
            &[
                (
                    r#"{"by":{"name":"abcde"}}"#,
                    "string.max_length in body #/by/name",
                ),
                (
                    r#"{"by":{"name":"a","admin":true}}"#,
                    "body.unknown_member in body #/by",
                ),
                (r#"{"by":{}}"#, "required in body #/by/name"),
                (r#"{"by":1}"#, "type in body #/by"),
                (r#"{"state":"closed"}"#, "enum in body #/state"),
                (r#"{"host":"localhost"}"#, "address.internal in body #/host"),
            ],
        )
        .await;
    }
}

/// `oneOf` is one: where both sides take `null`, it is refused.
#[tokio::test]
async fn null_is_what_its_schemas_say() {
    for (document, null_passes) in [
        (
            r#"{"anyOf":[{"type":["string","null"]},{"type":"null"}]}"#,
            true,
        ),
        (
            r#"{"oneOf":[{"type":["string","null"]},{"type":"null"}]}"#,
            false,
        ),
        (r#"{"oneOf":[{"maxLength":4},{"type":"null"}]}"#, false),
        (r#"{"oneOf":[{"type":"string"},{"type":"null"}]}"#, true),
        (
            r#"{"type":"string","oneOf":[{"maxLength":4},{"const":null}]}"#,
            false,
        ),
        (
            r#"{"allOf":[{"anyOf":[{"type":"string"},{"type":"null"}]},{"type":"string"}]}"#,
            false,
        ),
        (
            r#"{"anyOf":[{"anyOf":[{"type":"string"},{"type":"null"}]},{"type":"null"}]}"#,
            true,
        ),
        (
            r#"{"oneOf":[{"oneOf":[{"type":"string"},{"type":"null"}]},{"type":"null"}]}"#,
            false,
        ),
        (
            r#"{"enum":["a",null],"anyOf":[{"const":"a"},{"type":"null"}]}"#,
            true,
        ),
        (
            r#"{"enum":["a","b"],"anyOf":[{"const":"a"},{"type":"null"}]}"#,
            false,
        ),
        (
            r#"{"anyOf":[{"type":"string","allOf":[false]},{"type":"null"}]}"#,
            true,
        ),
        (
            r#"{"anyOf":[{"allOf":[false,{"not":true}]},{"type":"null"}]}"#,
            true,
        ),
    ] {
        assert_native(document);
        let schema = JsonSchema::new(document);
        let judge = Validator::new(schema, AddressPolicy::deny_internal(), Limits::default());
        let judge = judge.unwrap_or_else(|error| panic!("{document}: {error}"));
        assert_eq!(judge.check(b"null").is_ok(), null_passes, "{document}");
        // And the others are not let through with it.
        assert!(
            judge.check(b"[true]").is_err() || document.contains("maxLength"),
            "{document}"
        );
    }
}

#[tokio::test]
async fn an_enumeration_may_be_a_schema_for_each_value() {
    let document = r#"{"oneOf":[
        {"const": "a", "title": "A"},
        {"const": 1},
        {"enum": [true, null]},
        {"const": {"of": [1.0]}}
    ]}"#;
    assert_native(document);
    check(
        document,
        &[r#""a""#, "1", "1.0", "true", "null", r#"{"of":[1]}"#],
        &[
            (r#""b""#, "enum in body #"),
            ("2", "enum in body #"),
            ("false", "enum in body #"),
            (r#"{"of":[2]}"#, "enum in body #"),
        ],
    )
    .await;
    // A value in two of them is not in one.
    let twice = r#"{"oneOf":[{"const":"a"},{"enum":["b","a"]}]}"#;
    assert!(delegated(twice).contains("oneOf"), "{}", delegated(twice));
    check(twice, &[r#""b""#], &[(r#""a""#, "schema in body #")]).await;
    let any = r#"{"anyOf":[{"const":"a"},{"enum":["b","a"]}]}"#;
    assert_native(any);
    check(any, &[r#""a""#, r#""b""#], &[(r#""c""#, "enum in body #")]).await;
}

/// A list of schemas that is no choice is none.
#[tokio::test]
async fn items_of_constants_are_no_enumeration() {
    check(
        r#"{"prefixItems":[{"const":1},{"const":2}]}"#,
        &["[1,2]", "[1]", r#""a""#],
        &[("[2]", "enum in body #/0")],
    )
    .await;
}
