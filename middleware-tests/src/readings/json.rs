//! A JSON body that a handler reads as a struct, as a value, and as bytes.

use std::{collections::HashMap, sync::LazyLock};

use axum::{
    Json,
    body::Bytes,
    extract::{FromRequest, Request},
};
use http::StatusCode;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::{
    Outcome, READ,
    document::{Document, replay},
    order::{self, Order},
    refusal::assert_quiet,
    tree::Tree,
};

/// Sends a body where an [`order`] is expected.
///
/// # Panics
///
/// Where it has two readings, or a refusal says what it should not.
pub fn check(body: &[u8], pieces: impl IntoIterator<Item = usize>) -> Outcome {
    static ROUTES: LazyLock<[Document; 2]> =
        LazyLock::new(|| [1, 8].map(|violations| Document::new(order::schema(), violations, read)));

    let pieces: Vec<usize> = pieces.into_iter().take(body.len()).collect();
    let [first, several] = &*ROUTES;
    let answer = first.answer(body, pieces.iter().copied());
    let other = several.answer(body, pieces);
    if answer.status() == READ {
        assert_eq!(other.status(), READ, "refused for a second violation alone");
        assert_eq!(answer.body, body, "the handler gets what was judged");
        return Outcome::Read;
    }
    let names = [&order::NAMES[..], &order::LINE_NAMES].concat();
    for answer in [&answer, &other] {
        assert_quiet(answer, &[400, 413, 422], &names);
    }
    assert_eq!(answer.errors()[0], other.errors()[0], "the first violation");
    Outcome::Refused(answer)
}

async fn read(request: Request) -> (StatusCode, Bytes) {
    let (body, again) = replay(request).await;
    let value: Value = extract(again()).await;
    let order: Order = extract(again()).await;
    let members: HashMap<String, Value> = extract(again()).await;
    let tree: Tree = extract(again()).await;

    assert!(tree.is(&value), "{tree:?} is not {value}");
    order.assert_kept();
    assert!(order::is_closed(&value), "{value}");
    assert_eq!(Value::from_iter(members), value);
    let again: Order = serde_json::from_value(value).expect("an order");
    assert_eq!(again, order);
    (READ, body)
}

pub(super) async fn extract<T: DeserializeOwned>(request: Request) -> T {
    let body = Json::from_request(request, &()).await;
    let Json(body) = body.unwrap_or_else(|error| panic!("accepted, and then: {error}"));
    body
}
