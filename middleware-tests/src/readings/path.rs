//! Path parameters, which a handler reads as a tuple, as a struct and as pairs.

use std::{collections::HashMap, sync::LazyLock};

use axum::{
    Router,
    body::{Body, Bytes},
    extract::{FromRequestParts, Path, RawPathParams, Request},
    routing::get,
};
use http::{StatusCode, Uri, request::Parts};
use serde::{Deserialize, de::DeserializeOwned};
use tower_harden::{Field, HardenLayer, Policy, RouteSchema, TableName};

use super::{Outcome, READ, plain::is_text, refusal::assert_quiet, send};
use crate::policy;

/// The names of the parameters.
pub const NAMES: [&str; 4] = ["table", "key", "sort", "rest"];

/// Sends a path as it is written.
///
/// # Panics
///
/// Where it has two readings, or a refusal says what it should not.
pub fn check(path: &[u8]) -> Outcome {
    static ROUTER: LazyLock<Router> = LazyLock::new(|| {
        const ROUTE: &str = "/tables/{table}/{key}/{sort}/{*rest}";
        let schema = RouteSchema::new()
            .path("table", Field::table_name())
            .path("key", Field::integer(-9..=999))
            .path("sort", Field::number(0.0..1.0))
            .path("rest", Field::string().min_length(1).max_length(12));
        let policy = policy(Policy::builder().get(ROUTE, schema));
        Router::new()
            .route(ROUTE, get(read))
            .layer(HardenLayer::new(policy))
    });

    let Ok(uri) = Uri::try_from(path) else {
        return Outcome::NoRequest;
    };
    let written = uri.path().to_owned();
    let request = Request::get(uri).body(Body::empty()).expect("a request");
    let answer = send(&ROUTER, request);
    if answer.status() == READ {
        assert_eq!(answer.body, written, "the handler gets what was judged");
        return Outcome::Read;
    }
    assert_quiet(&answer, &[400, 404, 422], &NAMES);
    Outcome::Refused(answer)
}

#[derive(Debug, Deserialize, PartialEq)]
#[serde(deny_unknown_fields)]
struct Item {
    table: String,
    key: i32,
    sort: f64,
    rest: String,
}

impl Item {
    fn is_kept(&self) -> bool {
        TableName::try_from(self.table.as_str()).is_ok()
            && (-9..=999).contains(&self.key)
            && (0.0..1.0).contains(&self.sort)
            && is_text(&self.rest, 1, 12)
    }
}

async fn read(request: Request) -> (StatusCode, Bytes) {
    let (mut parts, _) = request.into_parts();
    let item: Item = extract(&mut parts).await;
    let texts: HashMap<String, String> = extract(&mut parts).await;
    let pairs: Vec<(String, String)> = extract(&mut parts).await;
    let (table, key, sort, rest) = extract(&mut parts).await;
    let raw = RawPathParams::from_request_parts(&mut parts, &())
        .await
        .expect("accepted");

    assert!(item.is_kept(), "{item:?}");
    assert_eq!((&texts["table"], &texts["rest"]), (&item.table, &item.rest));
    assert!(
        raw.iter().eq(pairs
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str())))
    );
    assert_eq!(HashMap::from_iter(pairs), texts);
    assert_eq!(
        item,
        Item {
            table,
            key,
            sort,
            rest
        }
    );
    (READ, parts.uri.path().to_owned().into())
}

async fn extract<T: DeserializeOwned + Send>(parts: &mut Parts) -> T {
    let path = Path::from_request_parts(parts, &()).await;
    let Path(path) = path.unwrap_or_else(|error| panic!("accepted, and then: {error}"));
    path
}
