//! The JSON Schema of policy files says what the reader says.

use std::collections::BTreeSet;

use jsonschema::Validator;
use serde_json::{Value, json};
use tower_harden::{Policy, PolicyBuilder};

use crate::file;

fn published() -> Value {
    serde_json::from_str(Policy::FILE_SCHEMA).expect("it is JSON")
}

fn validator() -> Validator {
    jsonschema::validator_for(&published()).expect("it is a schema")
}

/// A file as the value that it says.
fn value(name: &str, text: &str) -> Value {
    if name.ends_with("toml") {
        toml::from_str(text).expect("it is TOML")
    } else {
        serde_json::from_str(text).expect("it is JSON")
    }
}

fn every_key() -> Value {
    let files = file::valid();
    let (name, text) = files
        .iter()
        .find(|(name, _)| name == "every_key.toml")
        .expect("it is there");
    value(name, text)
}

#[test]
fn every_policy_fits() {
    let validator = validator();
    for (name, text) in file::valid() {
        let value = value(&name, &text);
        let errors: Vec<String> = validator
            .iter_errors(&value)
            .map(|error| error.to_string())
            .collect();
        assert!(errors.is_empty(), "{name}: {errors:#?}");
    }
}

/// Both languages say one tree.
#[test]
fn every_policy_is_one_as_json_too() {
    for (name, text) in file::valid() {
        let text = value(&name, &text).to_string();
        if let Err(error) = Policy::from_json(&text) {
            panic!("{name}: {error}");
        }
    }
}

/// What the reader knows beyond keys, types and values: no schema can say it.
const BEYOND: &[&str] = &[
    "leads nowhere: schemas has no",
    "is no address and no block of addresses",
    "is not a host name",
    "is no IPv6 prefix",
    "is a metadata service",
    "is required, and is none of the properties",
    "nested_urls is the contrary",
    "a form is an object of properties, or refers to one",
];

/// Each way to spoil one part of a value, and whether that part is one of a schema in it.
fn spoiled(whole: &Value) -> Vec<(String, Value)> {
    let mut all = Vec::new();
    let mut left = vec![String::new()];
    while let Some(pointer) = left.pop() {
        let part = whole.pointer(&pointer).expect("it is there");
        let mut with = |what: &str, part: Value| {
            let mut spoiled = whole.clone();
            *spoiled.pointer_mut(&pointer).expect("it is there") = part;
            all.push((format!("{pointer}: {what}"), spoiled));
        };
        let others = [
            Value::Null,
            json!(true),
            json!(0),
            json!(-1),
            json!(1.5),
            json!(5e9),
            json!(""),
            json!("no such value"),
            json!([]),
            json!([0]),
            json!({}),
            json!({"no_such_key": 0}),
        ];
        for other in others {
            with(&format!("is {other}"), other);
        }
        if let Some(members) = part.as_object() {
            for name in members.keys() {
                let mut dropped = members.clone();
                let value = dropped.remove(name).expect("it is there");
                with(&format!("without {name}"), dropped.clone().into());
                dropped.insert(format!("{name}x"), value.clone());
                with(&format!("with {name}x for {name}"), dropped.clone().into());
                dropped.remove(&format!("{name}x"));
                dropped.insert(name.to_uppercase(), value);
                with(&format!("with {name} in capitals"), dropped.into());
                let step = name.replace('~', "~0").replace('/', "~1");
                left.push(format!("{pointer}/{step}"));
            }
        }
        if let Some(items) = part.as_array() {
            left.extend((0..items.len()).map(|place| format!("{pointer}/{place}")));
        }
    }
    all
}

#[test]
fn schema_and_reader_refuse_the_same_files() {
    let validator = validator();
    let (mut both, mut neither, mut beyond) = (0, 0, 0);
    let mut wrong = Vec::new();
    for (name, text) in file::valid() {
        for (what, spoiled) in spoiled(&value(&name, &text)) {
            let fits = validator.is_valid(&spoiled);
            let text = spoiled.to_string();
            // What a schema of the file says is the builder's to read, and the metaschema knows less of it.
            match (fits, PolicyBuilder::from_json(&text)) {
                (true, Ok(_)) => neither += 1,
                (false, Err(_)) => both += 1,
                (true, Err(error)) => {
                    let told = error.problems();
                    // Nor does it look at what a form refers to.
                    let of_form = what.starts_with("/schemas/Form");
                    let known = |told: &str| {
                        BEYOND.iter().any(|known| told.contains(known))
                            || (of_form && told.contains("form"))
                    };
                    if told.iter().all(|problem| known(problem.message())) {
                        beyond += 1;
                    } else {
                        wrong.push(format!("{name}{what}: only the reader refuses it: {error}"));
                    }
                }
                (false, Ok(builder)) => match builder.build() {
                    Ok(_) => wrong.push(format!("{name}{what}: only the schema refuses it")),
                    Err(_) => both += 1,
                },
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "{} of them: {:#?}",
        wrong.len(),
        &wrong[..wrong.len().min(20)]
    );
    println!(
        "policy files: {both} refused by both, {neither} by none, {beyond} by the reader alone"
    );
    assert!(both > 1_000 && neither > 100, "{both} and {neither}");
}

/// The tables of a file, and where the published schema has their keys.
const TABLES: &[(&str, &str)] = &[
    ("", ""),
    ("/limits", "/$defs/limits"),
    ("/addresses", "/$defs/addresses"),
    (
        "/addresses/dangerous",
        "/$defs/addresses/properties/dangerous",
    ),
    ("/host_headers/0", "/properties/host_headers/items"),
    ("/routes/POST ~1orders", "/$defs/route"),
    (
        "/routes/POST ~1form/form",
        "/$defs/route/properties/form/else",
    ),
    (
        "/routes/POST ~1photos/multipart",
        "/$defs/route/properties/multipart",
    ),
    (
        "/routes/POST ~1photos/multipart/required_file/photo",
        "/$defs/files/additionalProperties",
    ),
];

#[test]
fn the_reader_names_the_keys_of_the_schema() {
    let published = published();
    for (table, schema) in TABLES {
        let mut spoiled = every_key();
        let members = spoiled.pointer_mut(table).and_then(Value::as_object_mut);
        members
            .expect(table)
            .insert("zzzzzzzzzzzz".into(), json!(0));

        let error = PolicyBuilder::from_json(&spoiled.to_string()).expect_err(table);
        let [problem] = error.problems() else {
            panic!("{table}: {error}")
        };
        let (_, named) = problem.message().split_once("which has ").expect(table);
        let named: BTreeSet<&str> = named.split(", ").collect();
        let declared = published.pointer(&format!("{schema}/properties"));
        let declared = declared.and_then(Value::as_object).expect(schema);
        let declared: BTreeSet<&str> = declared.keys().map(String::as_str).collect();
        assert_eq!(named, declared, "{table}");
    }
}

/// So that what is spoiled is all there is.
#[test]
fn the_file_of_every_key_has_every_key() {
    let text = every_key().to_string();
    let published = published();
    for (_, schema) in TABLES {
        let declared = published.pointer(&format!("{schema}/properties"));
        for key in declared.and_then(Value::as_object).expect(schema).keys() {
            assert!(text.contains(&format!("{key:?}:")), "{key} of {schema}");
        }
    }
}

#[test]
fn methods_are_those_of_the_schema() {
    let published = published();
    let pattern = published.pointer("/properties/routes/propertyNames/pattern");
    let pattern = pattern.and_then(Value::as_str).expect("a pattern");
    let methods = pattern
        .trim_start_matches("^(")
        .split(')')
        .next()
        .expect("methods");
    for method in methods.split('|') {
        let file = json!({"version": 1, "routes": {format!("{method} /"): {}}});
        let read = PolicyBuilder::from_json(&file.to_string());
        assert!(read.is_ok(), "{method}");
    }
    for method in ["PRI", "get", "FETCH", ""] {
        let file = json!({"version": 1, "routes": {format!("{method} /"): {}}});
        assert!(
            PolicyBuilder::from_json(&file.to_string()).is_err(),
            "{method}"
        );
        assert!(!validator().is_valid(&file), "{method}");
    }
}
