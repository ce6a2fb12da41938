//! A query of parameters that stand once, which a handler reads as a struct and as pairs.

use std::{collections::HashMap, sync::LazyLock};

use axum::{
    Router,
    body::{Body, Bytes},
    extract::{FromRequestParts, Query, RawQuery, Request},
    routing::get,
};
use axum_extra::extract::Query as ExtraQuery;
use http::{StatusCode, Uri, request::Parts};
use serde::{Deserialize, de::DeserializeOwned};
use tower_harden::{Field, HardenLayer, Policy, RouteSchema};

use super::{
    Outcome, READ,
    plain::{is_public_url, is_text, is_uuid},
    refusal::assert_quiet,
    send,
};
use crate::policy;

/// The names of the parameters.
pub const NAMES: [&str; 9] = [
    "limit", "offset", "ratio", "deep", "sort", "text", "note", "id", "next",
];

/// Sends a query as it is written.
///
/// # Panics
///
/// Where it has two readings, or a refusal says what it should not.
pub fn check(query: &[u8]) -> Outcome {
    static ROUTER: LazyLock<Router> = LazyLock::new(|| {
        let schema = RouteSchema::new()
            .required_query("limit", Field::integer(1..=50))
            .query("offset", Field::unsigned(..))
            .query("ratio", Field::number(0.0..1.0))
            .query("deep", Field::boolean())
            .query("sort", Field::one_of(["asc", "desc"]))
            .query("text", Field::string().min_length(1).max_length(8))
            .query("note", Field::string().max_length(4).multiline())
            .query("id", Field::uuid())
            .query("next", Field::url());
        let policy = policy(Policy::builder().get("/", schema));
        Router::new()
            .route("/", get(read))
            .layer(HardenLayer::new(policy))
    });
    send_query(&ROUTER, query, &NAMES)
}

pub(super) fn send_query(router: &Router, query: &[u8], names: &[&str]) -> Outcome {
    let Ok(uri) = Uri::try_from([b"/?", query].concat()) else {
        return Outcome::NoRequest;
    };
    let written = uri.query().unwrap_or_default().to_owned();
    let request = Request::get(uri).body(Body::empty()).expect("a request");
    let answer = send(router, request);
    if answer.status() == READ {
        assert_eq!(answer.body, written, "the handler gets what was judged");
        return Outcome::Read;
    }
    assert_quiet(&answer, &[400, 422], names);
    Outcome::Refused(answer)
}

#[derive(Debug, Deserialize, PartialEq)]
#[serde(deny_unknown_fields)]
struct Search {
    limit: i64,
    offset: Option<u64>,
    ratio: Option<f64>,
    deep: Option<bool>,
    sort: Option<Sort>,
    text: Option<String>,
    note: Option<String>,
    id: Option<String>,
    next: Option<String>,
}

#[derive(Debug, Deserialize, PartialEq)]
#[serde(rename_all = "lowercase")]
enum Sort {
    Asc,
    Desc,
}

impl Search {
    fn is_kept(&self) -> bool {
        (1..=50).contains(&self.limit)
            && self.ratio.is_none_or(|ratio| (0.0..1.0).contains(&ratio))
            && self.text.as_ref().is_none_or(|text| is_text(text, 1, 8))
            && self
                .note
                .as_ref()
                .is_none_or(|note| super::plain::is_multiline(note, 4))
            && self.id.as_ref().is_none_or(|id| is_uuid(id))
            && self.next.as_ref().is_none_or(|next| is_public_url(next))
    }
}

async fn read(request: Request) -> (StatusCode, Bytes) {
    let (mut parts, _) = request.into_parts();
    let mut search: Search = extract(&mut parts).await;
    let pairs: Vec<(String, String)> = extract(&mut parts).await;
    let last: HashMap<String, String> = extract(&mut parts).await;
    let extra = ExtraQuery::from_request_parts(&mut parts, &()).await;
    let ExtraQuery(extra): ExtraQuery<Search> = extra.expect("accepted");

    assert!(search.is_kept(), "{search:?}");
    assert_eq!(last.len(), pairs.len(), "a repeated name in {pairs:?}");
    assert_eq!(HashMap::from_iter(pairs), last);
    // axum-extra reads an empty value as none: the one difference that is let through, because
    // the empty text is valid.
    search.note = search.note.filter(|note| !note.is_empty());
    assert_eq!(extra, search);
    (READ, raw(&mut parts).await)
}

pub(super) async fn extract<T: DeserializeOwned>(parts: &mut Parts) -> T {
    let query = Query::from_request_parts(parts, &()).await;
    let Query(query) = query.unwrap_or_else(|error| panic!("accepted, and then: {error}"));
    query
}

/// The query as it is written.
pub(super) async fn raw(parts: &mut Parts) -> Bytes {
    let RawQuery(query) = RawQuery::from_request_parts(parts, &())
        .await
        .unwrap_or_else(|never| match never {});
    query.unwrap_or_default().into()
}
