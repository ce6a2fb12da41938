use std::path::Path;

use serde_json::json;

use crate::{harden, with_input};

const OPENAPI: &[&str] = &["openapi.yaml", "--without", "POST /upload"];

fn import(more: &[&str]) -> crate::Run {
    harden(&[&["import"], OPENAPI, more].concat())
}

fn revision(text: &str) -> serde_json::Value {
    let run = with_input(&["check", "-", "--json"], text.as_bytes());
    assert_eq!(run.code, 0, "{}", run.out);
    run.json()["revision"].clone()
}

#[test]
fn the_printed_file_says_what_the_document_does() {
    let run = import(&[]);
    assert_eq!(run.code, 0, "{}", run.err);
    let document = harden(&[&["check"], OPENAPI, &["--json"]].concat()).json();
    assert_eq!(revision(&run.out), document["revision"]);
    let json = import(&["--json"]);
    assert_eq!(revision(&json.out), document["revision"]);
    assert_eq!(json.json()["version"], 1);
}

#[test]
fn documents_that_others_wrote_are_printed_too() {
    let vectors = Path::new(env!("CARGO_MANIFEST_DIR")).join("../middleware-tests/vectors/openapi");
    for (document, more) in [
        ("orders-3.1.yaml", &["--without", "PUT /upload"][..]),
        ("petshop-3.0.yaml", &[]),
        ("aide-3.1.document.json", &[]),
    ] {
        let path = vectors.join(document);
        let args = [&[path.to_str().expect("a path")], more].concat();
        let printed = harden(&[&["import"], &args[..]].concat());
        assert_eq!(printed.code, 0, "{}", printed.err);
        let document = harden(&[&["check"], &args[..], &["--json"]].concat()).json();
        assert_eq!(revision(&printed.out), document["revision"]);
    }
}

#[test]
fn the_printed_file_is_readable() {
    let expected = r##"version = 1
mode = "enforce"

[schemas.Order]
type = "object"
required = ["sku", "quantity"]
properties.callback = { type = "string", format = "uri", maxLength = 200 }
properties.quantity = { type = "integer", minimum = 1, maximum = 100 }
properties.sku = { type = "string", pattern = "^[A-Z0-9-]+$", maxLength = 64 }
properties.state.type = ["string", "null"]
properties.state.anyOf = [{ enum = ["open", "done"] }, { type = "null" }]

[routes."POST /orders"]
json = { "$ref" = "#/schemas/Order" }

[routes."GET /orders/{id}"]
path.id = { type = "string", format = "uuid" }
query.fields = { enum = ["sku", "quantity"] }
"##;
    assert_eq!(import(&[]).out, expected);
}

#[test]
fn what_is_not_taken_is_noted_beside_it() {
    let run = import(&[]);
    let told =
        "openapi.yaml: note: #/servers/0: has a path, which is not taken: say it by --prefix";
    assert!(run.err.starts_with(told), "{}", run.err);
    assert_eq!(import(&["--prefix", "/v1"]).err, "");
}

#[test]
fn the_mode_is_asked_for() {
    let run = import(&["--mode", "report"]);
    assert!(
        run.out.starts_with("version = 1\nmode = \"report\"\n"),
        "{}",
        run.out
    );
    assert_eq!(revision(&run.out).as_str().map(str::len), Some(16));
    assert_eq!(import(&["--mode", "loud"]).code, 2);
}

#[test]
fn routes_are_named_as_the_router_has_them() {
    let run = import(&["--prefix", "/v1", "--path", "/orders/{id}=/orders/{*id}"]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(
        run.out.contains("\n[routes.\"GET /v1/orders/{*id}\"]\n"),
        "{}",
        run.out
    );
    for wrong in [
        ["--path", "/orders"],
        ["--without", "/upload"],
        ["--without", "POST upload"],
    ] {
        assert_eq!(import(&wrong).code, 2, "{wrong:?}");
    }
    let run = import(&["--without", "POST /uplaod"]);
    assert_eq!(run.code, 2);
    assert!(
        run.err
            .contains("is left out by --without, and is no operation"),
        "{}",
        run.err
    );
}

#[test]
fn what_toml_has_no_value_for_is_told() {
    let run = harden(&["import", "deep_null.json"]);
    assert_eq!((run.code, run.out.as_str()), (2, ""));
    for told in [
        "json/enum/0/0 of the policy file has null",
        "has a whole number beyond 63 bits",
    ] {
        assert!(run.err.contains(told), "{}", run.err);
    }
    assert!(
        run.err.contains("--json prints a file that has it"),
        "{}",
        run.err
    );

    let json = harden(&["import", "deep_null.json", "--json"]);
    assert_eq!(json.code, 0);
    let read = harden(&["check", "deep_null.json", "--json"]).json();
    assert_eq!(revision(&json.out), read["revision"]);
}

#[test]
fn every_kind_of_text_survives() {
    let schemas = json!({
        "Any": true,
        "Long": {"type": "string", "pattern": "a\\.b\"'\n", "enum": ["x".repeat(90), "y"]},
        "odd name": {"type": "object", "properties": {"a.b": {"const": 1.5}, "": {"const": "\u{7f}é"}}},
    });
    let names = ["Any", "Long", "odd name"];
    let paths: serde_json::Map<_, _> = names
        .iter()
        .enumerate()
        .map(|(number, name)| {
            let pointer = name.replace(' ', "%20");
            let schema = json!({"$ref": format!("#/components/schemas/{pointer}")});
            let content = json!({"application/json": {"schema": schema}});
            let body = json!({"required": true, "content": content});
            (format!("/{number}"), json!({"post": {"requestBody": body}}))
        })
        .collect();
    let document = json!({
        "openapi": "3.1.0", "info": {"title": "x", "version": "1"},
        "paths": paths, "components": {"schemas": schemas},
    })
    .to_string();
    let run = with_input(&["import", "-"], document.as_bytes());
    assert_eq!(run.code, 0, "{}", run.err);
    assert_eq!(revision(&run.out), revision(&document));
}

#[test]
fn what_is_no_document_is_told() {
    let run = harden(&["import", "harden.toml"]);
    assert_eq!(run.code, 2);
    assert!(
        run.err
            .starts_with("harden.toml: error: is no OpenAPI document"),
        "{}",
        run.err
    );
    let half = harden(&["import", "half.yaml"]);
    assert_eq!(half.code, 2);
    assert!(
        half.err.starts_with("half.yaml:2:8: error: "),
        "{}",
        half.err
    );
}
