//! How documents are written: JSON, and YAML as version 1.2 has it.

use serde_json::json;
use tower_harden::OpenApi;

use super::mistakes::told;

const BEGIN: &str = "openapi: 3.1.0\npaths:\n  /a:\n    get:\n      parameters:\n";

fn parameter(yaml: &str) -> String {
    format!("{BEGIN}      - {yaml}\n")
}

fn schema(yaml: &str) -> serde_json::Value {
    let text = parameter(&format!("{{ name: q, in: query, schema: {yaml} }}"));
    let policy = OpenApi::new(text).to_policy_file();
    let policy = policy.unwrap_or_else(|error| panic!("{error}"));
    policy["routes"]["GET /a"]["query"]["q"].clone()
}

#[test]
fn yaml_has_two_booleans() {
    let read = schema("{ enum: [no, NO, off, y, true] }");
    assert_eq!(read, json!({ "enum": ["no", "NO", "off", "y", true] }));
}

#[test]
fn yaml_has_numbers_and_text() {
    let read = schema("{ enum: [1, 1.5, 1_000, 12:30, 2020-01-01, '7'] }");
    let expected = json!({ "enum": [1, 1.5, "1_000", "12:30", "2020-01-01", "7"] });
    assert_eq!(read, expected);
}

#[test]
fn keys_that_are_numbers_are_text() {
    let read = schema("{ type: string, x-harden: { 200: a, true: b } }");
    assert_eq!(read["x-harden"], json!({ "200": "a", "true": "b" }));
}

#[test]
fn anchors_are_read() {
    let read = schema("{ items: &text { type: string }, type: array, not: *text }");
    assert_eq!(read["not"], json!({ "type": "string" }));
}

#[test]
fn a_key_stands_once() {
    for twice in [
        "{ name: q, name: r, in: query, schema: {} }",
        "{ name: q, in: query, schema: { maxLength: 1, 'maxLength': 2 } }",
    ] {
        let told = told(&OpenApi::new(parameter(twice)));
        assert!(told[0].contains("duplicate"), "{told:?}");
    }
    let told = told(&OpenApi::new(
        r#"{ "openapi": "3.1.0", "paths": { "/a": { "get": {}, "get": {} } } }"#,
    ));
    assert_eq!(
        told,
        ["#/paths/~1a/get: an object has two members of one name"]
    );
}

#[test]
fn what_readers_of_yaml_do_not_agree_on_is_a_mistake() {
    for text in [
        "{ <<: { name: q }, in: query, schema: {} }",
        "{ name: !!python/name:os.system q, in: query, schema: {} }",
        "{ name: q, in: query, schema: { maximum: .inf } }",
    ] {
        let told = told(&OpenApi::new(parameter(text)));
        assert!(told[0].starts_with("the document: "), "{told:?}");
    }
}

#[test]
fn what_is_no_document_is_told() {
    for text in [
        "",
        "[]",
        "text",
        "{",
        "{\"openapi\":\"3.1.0\"",
        "a: b: c",
        "--- {}\n--- {}",
    ] {
        assert!(!told(&OpenApi::new(text)).is_empty(), "{text}");
    }
}
