//! Documents that would take much of something.

use std::{
    fmt::Write,
    time::{Duration, Instant},
};

use tower_harden::OpenApi;

use super::mistakes::told;

const TOO_MUCH: &str = "the document: comes to more than 500000 values";

/// What is told, which takes no time to speak of.
fn told_soon(text: impl Into<String>) -> Vec<String> {
    let document = OpenApi::new(text);
    let begin = Instant::now();
    let told = told(&document);
    let took = begin.elapsed();
    assert!(took < Duration::from_mins(1), "{took:?}");
    told
}

#[test]
fn a_document_has_an_end() {
    let text = format!(
        "openapi: 3.1.0 #{}\npaths: {{}}",
        "-".repeat(8 * 1024 * 1024)
    );
    assert_eq!(
        told_soon(text),
        ["the document: is longer than 8388608 bytes"]
    );
}

#[test]
fn aliases_do_not_multiply() {
    let mut text = "openapi: 3.1.0\nx-0: &a0 [a, a, a, a, a, a, a, a, a, a]\n".to_owned();
    for level in 1..10 {
        let alias = format!("*a{},", level - 1).repeat(10);
        writeln!(text, "x-{level}: &a{level} [{alias}]").expect("a text");
    }
    let told = told_soon(text);
    assert!(told[0].starts_with("the document: "), "{told:?}");
}

#[test]
fn containers_are_not_nested_without_end() {
    for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
        let nested = format!("{}1{}", open.repeat(100_000), close.repeat(100_000));
        for text in [
            format!("{{\"openapi\":\"3.1.0\",\"x-a\":{nested}}}"),
            format!("openapi: 3.1.0\nx-a: {nested}"),
        ] {
            let told = told_soon(text);
            assert!(told[0].starts_with("the document: "), "{told:?}");
        }
    }
}

#[test]
fn references_do_not_multiply() {
    let item = "{ \"name\": \"q\", \"in\": \"query\", \"schema\": {} },".repeat(5_000);
    let mut text = "{ \"openapi\": \"3.1.0\", \"paths\": {".to_owned();
    for path in 0..5_000 {
        let reference = "\"$ref\": \"#/components/pathItems/A\"";
        write!(text, "\"/{path}\": {{ {reference} }},").expect("a text");
    }
    let items = item.trim_end_matches(',');
    write!(
        text,
        "\"/\": {{}} }}, \"components\": {{ \"pathItems\": {{ \"A\": {{ \"parameters\": [{items}], \
         \"get\": {{}} }} }} }} }}"
    )
    .expect("a text");
    let told = told_soon(text);
    assert!(
        told.iter().any(|told| told.starts_with(TOO_MUCH)),
        "{told:?}"
    );
}

/// What each schema refers to twice would be looked at 2^n times.
#[test]
fn schemas_of_parameters_are_looked_at_once() {
    let mut text = String::from(
        "openapi: 3.1.0\npaths: { /a: { get: { parameters: [{ name: q, in: query, schema: { $ref: \
         '#/components/schemas/A0' } }] } } }\ncomponents:\n  schemas:\n",
    );
    for level in 0..30 {
        let next = format!("{{ $ref: '#/components/schemas/A{}' }}", level + 1);
        writeln!(text, "    A{level}: {{ anyOf: [{next}, {next}] }}").expect("a text");
    }
    text.push_str("    A30: { type: object }\n");
    let told = told_soon(text);
    let place = "#/paths/~1a/get/parameters/0/schema: is an object";
    assert!(told.len() == 1 && told[0].starts_with(place), "{told:?}");
}

/// Each schema holds with the next one, and one after the other is looked at.
#[test]
fn schemas_that_hold_together_need_no_stack() {
    let mut text = String::from(
        "openapi: 3.0.0\npaths: { /a: { post: { requestBody: { content: { application/json: { schema: \
         { $ref: '#/components/schemas/A0' } } } } } } }\ncomponents:\n  schemas:\n",
    );
    for level in 0..4_000 {
        let next = format!("{{ $ref: '#/components/schemas/A{}' }}", level + 1);
        writeln!(text, "    A{level}: {{ allOf: [{next}] }}").expect("a text");
    }
    text.push_str("    A4000: { type: object }\n");
    let told = told_soon(text);
    assert_eq!(told.len(), 1);
    assert!(told[0].starts_with(TOO_MUCH), "{told:?}");
}

/// A text that many operations take over is counted by its length.
#[test]
fn long_texts_do_not_multiply() {
    let mut text = "openapi: 3.1.0\npaths:\n".to_owned();
    for path in 0..5_000 {
        writeln!(
            text,
            "  /{path}: {{ post: {{ requestBody: {{ $ref: '#/components/requestBodies/A' }} }} }}"
        )
        .expect("a text");
    }
    let pattern = "a".repeat(1_000_000);
    write!(
        text,
        "components: {{ requestBodies: {{ A: {{ content: {{ application/json: {{ schema: {{ pattern: \
         {pattern} }} }} }} }} }} }}"
    )
    .expect("a text");
    let told = told_soon(text);
    assert!(
        told.iter().any(|told| told.starts_with(TOO_MUCH)),
        "{told:?}"
    );
}

#[test]
fn not_more_than_a_thousand_mistakes_are_told() {
    let mut text = "openapi: 3.1.0\npaths:\n".to_owned();
    for path in 0..3_000 {
        writeln!(text, "  /{path}: {{ get: {{ parameter: [] }} }}").expect("a text");
    }
    assert_eq!(told_soon(text).len(), 1_000);
}
