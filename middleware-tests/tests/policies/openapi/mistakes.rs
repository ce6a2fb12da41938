//! What is wrong with a document, and where.

use middleware_tests::suite;
use serde::Deserialize;
use serde_json::Value;
use tower_harden::OpenApi;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    why: String,
    document: Value,
    /// The beginnings of all that is told, in its order.
    mistakes: Vec<String>,
}

/// What is told of a document.
pub(super) fn told(document: &OpenApi) -> Vec<String> {
    match document.to_policy_file() {
        Ok(policy) => panic!("it has no mistake: {policy:#}"),
        Err(error) => error.problems().iter().map(ToString::to_string).collect(),
    }
}

#[test]
fn each_has_its_place() {
    let mut wrong = Vec::new();
    for row in suite::vectors::<Row>("openapi/mistakes.jsonl") {
        let told = match OpenApi::new(row.document.to_string()).to_policy_file() {
            Ok(_) => Vec::new(),
            Err(error) => error.problems().iter().map(ToString::to_string).collect(),
        };
        let fits = |(told, expected): (&String, &String)| told.starts_with(expected);
        if told.len() != row.mistakes.len() || !told.iter().zip(&row.mistakes).all(fits) {
            wrong.push(format!("{}: {told:#?}, not {:#?}", row.why, row.mistakes));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn all_are_told_at_once() {
    let document = OpenApi::new(
        "
        openapi: 3.0.3
        paths:
          /a/{id}:
            get:
              parameters:
                - { name: q, in: query, schema: { $ref: other.yaml } }
            post:
              requestBody: { content: { text/plain: { schema: { type: string } } } }
        ",
    );
    let places: Vec<String> = told(&document)
        .iter()
        .filter_map(|told| Some(told.split_once(": ")?.0.to_owned()))
        .collect();
    assert_eq!(
        places,
        [
            "#/paths/~1a~1{id}/get",
            "#/paths/~1a~1{id}/get/parameters/0/schema/$ref",
            "#/paths/~1a~1{id}/post",
            "#/paths/~1a~1{id}/post/requestBody/content/text~1plain",
        ]
    );
}

#[test]
fn a_component_is_told_of_once() {
    let document = OpenApi::new(
        r##"
        openapi: 3.1.0
        paths:
          /a: { get: { parameters: [ { $ref: "#/components/parameters/Q" } ] } }
          /b: { get: { parameters: [ { $ref: "#/components/parameters/Q" } ] } }
        components:
          parameters:
            Q: { name: q, in: query }
        "##,
    );
    let place = "#/components/parameters/Q/schema: is not there";
    let told = told(&document);
    assert!(told.len() == 1 && told[0].starts_with(place), "{told:?}");
}
