//! A JSON body that keeps a JSON Schema document, in the judgement of the crate `jsonschema` too.

use std::sync::LazyLock;

use axum::{body::Bytes, extract::Request};
use http::StatusCode;
use jsonschema::{Draft, PatternOptions, Validator};
use serde_json::Value;
use tower_harden::JsonSchema;

use super::{
    Outcome, READ,
    document::{Document, replay},
    json::extract,
    refusal::assert_quiet,
};
use crate::Answer;

/// The document: rules that are held while a value is read, and rules that need all of it.
pub const DOCUMENT: &str = include_str!("json_schema.json");

static PEER: LazyLock<Validator> = LazyLock::new(|| {
    let document = serde_json::from_str(DOCUMENT).expect("a document");
    jsonschema::options()
        .with_draft(Draft::Draft202012)
        .with_pattern_options(PatternOptions::regex())
        .build(&document)
        .unwrap_or_else(|error| panic!("{error}"))
});

/// So many violations end the reading: what comes then is not looked at.
const MOST: usize = 8;

/// Sends a body where a value of the [`DOCUMENT`] is expected.
///
/// # Panics
///
/// Where it has two readings or two judgements, or a refusal says what it should not.
pub fn check(body: &[u8], pieces: impl IntoIterator<Item = usize>) -> Outcome {
    static ROUTE: LazyLock<Document> =
        LazyLock::new(|| Document::new(JsonSchema::new(DOCUMENT).open_objects(), MOST, read));

    let answer = ROUTE.answer(body, pieces);
    if answer.status() == READ {
        assert_eq!(answer.body, body, "the handler gets what was judged");
        return Outcome::Read;
    }
    assert_quiet(&answer, &[400, 413, 422], &names());
    if speaks_of_the_document(&answer) && !is_rounded(body) {
        let value: Value = serde_json::from_slice(body).expect("refused for its schema alone");
        assert!(!PEER.is_valid(&value), "{:?} of {value}", answer.errors());
    }
    Outcome::Refused(answer)
}

async fn read(request: Request) -> (StatusCode, Bytes) {
    let (body, again) = replay(request).await;
    let value: Value = extract(again()).await;
    assert!(PEER.is_valid(&value) || is_rounded(&body), "{value}");
    (READ, body)
}

/// Whether all was read, and a violation is one of the document and not of what comes with any.
fn speaks_of_the_document(answer: &Answer) -> bool {
    let errors = answer.problem().errors;
    let other = |code: &str| code.starts_with("address.") || code == "string.control";
    answer.status() == StatusCode::UNPROCESSABLE_ENTITY
        && errors.len() < MOST
        && errors.iter().any(|error| !other(&error.code))
}

/// Whether a number may be one that the peer rounds, which reads it as a float.
fn is_rounded(body: &[u8]) -> bool {
    let of_number = |byte: &u8| matches!(byte, b'0'..=b'9' | b'.' | b'+' | b'-' | b'e' | b'E');
    let numbers = body.split(|byte| !of_number(byte));
    numbers.into_iter().any(|number| {
        number.len() > 15 || number.iter().any(|byte| byte.eq_ignore_ascii_case(&b'e'))
    })
}

/// The names that the document speaks of.
fn names() -> Vec<&'static str> {
    static SPOKEN_OF: LazyLock<Value> =
        LazyLock::new(|| serde_json::from_str(DOCUMENT).expect("a document"));

    let mut names = Vec::new();
    let mut left = vec![&*SPOKEN_OF];
    while let Some(value) = left.pop() {
        match value {
            Value::Array(items) => left.extend(items),
            Value::Object(members) => {
                names.extend(members.keys().map(String::as_str));
                left.extend(members.values());
            }
            Value::String(name) => names.push(name),
            _ => {}
        }
    }
    names
}
