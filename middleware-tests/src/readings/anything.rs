//! A JSON body of a route that takes any, which a handler reads as a value.

use std::sync::LazyLock;

use axum::{body::Bytes, extract::Request};
use http::StatusCode;
use serde_json::{Value, value::RawValue};
use tower_harden::Schema;

use super::{
    Outcome, READ,
    document::{Document, replay},
    json::extract,
    plain::holds_control,
    refusal::assert_quiet,
    tree::Tree,
};

/// Sends a body where any JSON is expected.
///
/// # Panics
///
/// Where it has two readings, or a refusal says what it should not.
pub fn check(body: &[u8], pieces: impl IntoIterator<Item = usize>) -> Outcome {
    static ROUTE: LazyLock<Document> = LazyLock::new(|| Document::new(Schema::any(), 8, read));

    let answer = ROUTE.answer(body, pieces);
    if answer.status() == READ {
        assert_eq!(answer.body, body, "the handler gets what was judged");
        return Outcome::Read;
    }
    assert_quiet(&answer, &[400, 413, 422], &[]);
    Outcome::Refused(answer)
}

async fn read(request: Request) -> (StatusCode, Bytes) {
    let (body, again) = replay(request).await;
    let value: Value = extract(again()).await;
    let tree: Tree = extract(again()).await;
    let raw: Box<RawValue> = extract(again()).await;

    assert!(tree.is(&value), "{tree:?} is not {value}");
    assert!(tree.depth() <= 32, "{} levels", tree.depth());
    let controls: Vec<&str> = tree
        .texts()
        .into_iter()
        .filter(|text| holds_control(text))
        .collect();
    assert_eq!(controls, [""; 0]);
    assert_eq!(raw.get().as_bytes(), body.trim_ascii());
    (READ, body)
}
