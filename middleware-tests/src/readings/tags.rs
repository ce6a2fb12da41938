//! A query with lists, which a handler reads with axum-extra and as pairs.

use std::sync::LazyLock;

use axum::{
    Router,
    body::Bytes,
    extract::{FromRequestParts, Request},
    routing::get,
};
use axum_extra::extract::Query as ExtraQuery;
use http::StatusCode;
use serde::Deserialize;
use tower_harden::{Field, HardenLayer, Policy, RouteSchema};

use super::{
    Outcome, READ,
    plain::is_text,
    query::{extract, raw, send_query},
};
use crate::policy;

/// The names of the parameters.
pub const NAMES: [&str; 3] = ["page", "tag", "n"];

/// Sends a query as it is written.
///
/// # Panics
///
/// Where it has two readings, or a refusal says what it should not.
pub fn check(query: &[u8]) -> Outcome {
    static ROUTER: LazyLock<Router> = LazyLock::new(|| {
        let schema = RouteSchema::new()
            .query("page", Field::integer(0..=9))
            .query(
                "tag",
                Field::list(Field::string().max_length(3))
                    .min_items(2)
                    .max_items(3),
            )
            .query("n", Field::list(Field::integer(-9..=9)).max_items(4));
        let policy = policy(Policy::builder().get("/", schema));
        Router::new()
            .route("/", get(read))
            .layer(HardenLayer::new(policy))
    });
    send_query(&ROUTER, query, &NAMES)
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Tags {
    page: Option<u8>,
    #[serde(default)]
    tag: Vec<String>,
    #[serde(default)]
    n: Vec<i8>,
}

async fn read(request: Request) -> (StatusCode, Bytes) {
    let (mut parts, _) = request.into_parts();
    let pairs: Vec<(String, String)> = extract(&mut parts).await;
    let tags = ExtraQuery::from_request_parts(&mut parts, &()).await;
    let ExtraQuery(Tags { page, tag, n }) = tags.expect("accepted");

    assert!(page.is_none_or(|page| page <= 9), "{page:?}");
    assert!(tag.is_empty() || (2..=3).contains(&tag.len()), "{tag:?}");
    assert!(tag.iter().all(|tag| is_text(tag, 0, 3)), "{tag:?}");
    assert!(
        n.len() <= 4 && n.iter().all(|n| (-9..=9).contains(n)),
        "{n:?}"
    );
    let values = |name: &str| -> Vec<&str> {
        let named = pairs.iter().filter(|(other, _)| other == name);
        named.map(|(_, value)| value.as_str()).collect()
    };
    assert_eq!(values("tag"), tag);
    assert_eq!(
        values("n"),
        n.iter().map(ToString::to_string).collect::<Vec<_>>()
    );
    assert_eq!(
        values("page"),
        page.iter().map(ToString::to_string).collect::<Vec<_>>()
    );
    assert_eq!(pairs.len(), tag.len() + n.len() + values("page").len());
    (READ, raw(&mut parts).await)
}
