//! Whole documents, and the policies that they come to.

use std::fs;

use http::Method;
use serde::Deserialize;
use serde_json::Value;
use tower_harden::OpenApi;

/// What is expected of a document.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    policy: Value,
    notes: Vec<String>,
}

pub(super) fn vector(name: &str) -> String {
    let path = format!("{}/vectors/openapi/{name}", env!("CARGO_MANIFEST_DIR"));
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn assert_comes_to(document: &OpenApi, expected: &str) {
    let expected: Expected = serde_json::from_str(&vector(expected)).expect("what is expected");
    let policy = document
        .to_policy_file()
        .unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(policy, expected.policy, "{policy:#}");
    assert_eq!(document.notes(), expected.notes);
}

#[test]
fn version_3_0() {
    let document = OpenApi::new(vector("petshop-3.0.yaml"));
    assert_comes_to(&document, "petshop-3.0.json");
}

#[test]
fn version_3_1() {
    let document = OpenApi::new(vector("orders-3.1.yaml"))
        .path("/files/{path}", "/files/{*path}")
        .without(&Method::PUT, "/upload");
    assert_comes_to(&document, "orders-3.1.json");
}

/// A document that the crate `aide` wrote, 0.15, of handlers and their types.
#[test]
fn that_aide_writes() {
    let document = OpenApi::new(vector("aide-3.1.document.json"));
    assert_comes_to(&document, "aide-3.1.json");
}
