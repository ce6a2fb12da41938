//! Declared headers, which a handler reads line by line.

use std::sync::LazyLock;

use axum::{
    Router,
    body::{Body, Bytes},
    extract::Request,
    routing::get,
};
use http::{HeaderMap, HeaderValue, StatusCode};
use tower_harden::{Field, HardenLayer, Policy, RouteSchema};

use super::{
    Outcome, READ,
    plain::{is_public_url, is_text, is_uuid},
    refusal::assert_quiet,
    send,
};
use crate::policy;

/// The names of the headers.
pub const NAMES: [&str; 4] = ["x-limit", "x-name", "x-request-id", "x-callback"];

/// Sends headers: each line is the place of a name and a value as it is written.
///
/// # Panics
///
/// Where one has two readings, or a refusal says what it should not.
pub fn check(lines: &[u8]) -> Outcome {
    static ROUTER: LazyLock<Router> = LazyLock::new(|| {
        let schema = RouteSchema::new()
            .required_header("x-limit", Field::integer(1..=50))
            .header("x-name", Field::string().min_length(1).max_length(8))
            .header("x-request-id", Field::uuid())
            .header("x-callback", Field::url());
        let policy = policy(Policy::builder().get("/", schema));
        Router::new()
            .route("/", get(read))
            .layer(HardenLayer::new(policy))
    });
    let mut request = Request::new(Body::empty());
    for line in lines.split(|byte| *byte == b'\n') {
        let Some((place, value)) = line.split_first() else {
            continue;
        };
        let Ok(value) = HeaderValue::from_bytes(value) else {
            return Outcome::NoRequest;
        };
        let name = NAMES[usize::from(*place) % NAMES.len()];
        request.headers_mut().append(name, value);
    }
    let answer = send(&ROUTER, request);
    if answer.status() == READ {
        return Outcome::Read;
    }
    assert_quiet(&answer, &[400, 422], &NAMES);
    Outcome::Refused(answer)
}

async fn read(headers: HeaderMap) -> (StatusCode, Bytes) {
    let value = |name: &str| -> Option<&str> {
        let mut lines = headers.get_all(name).iter();
        let line = lines.next()?;
        assert_eq!(lines.next(), None, "{name} stands twice");
        Some(line.to_str().expect("accepted"))
    };
    let limit = value("x-limit").expect("it is required");
    assert!((1..=50).contains(&limit.parse::<u8>().expect("a number")));
    assert_eq!(
        limit.parse::<u8>().map(|limit| limit.to_string()),
        Ok(limit.to_owned())
    );
    assert!(value("x-name").is_none_or(|name| is_text(name, 1, 8)));
    assert!(value("x-request-id").is_none_or(is_uuid));
    assert!(value("x-callback").is_none_or(is_public_url));
    (READ, Bytes::new())
}
