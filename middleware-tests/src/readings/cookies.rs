//! Declared cookies, which a handler reads from a jar.

use std::sync::LazyLock;

use axum::{
    Router,
    body::{Body, Bytes},
    extract::Request,
    routing::get,
};
use axum_extra::extract::CookieJar;
use http::{HeaderValue, StatusCode, header::COOKIE};
use tower_harden::{Field, HardenLayer, Policy, RouteSchema};

use super::{
    Outcome, READ,
    plain::{is_text, is_uuid},
    refusal::assert_quiet,
    send,
};
use crate::policy;

/// The names of the cookies.
pub const NAMES: [&str; 3] = ["session", "theme", "page"];

/// Sends cookies, each line in a header of its own, as they are written.
///
/// # Panics
///
/// Where one has two readings, or a refusal says what it should not.
pub fn check(lines: &[u8]) -> Outcome {
    static ROUTER: LazyLock<Router> = LazyLock::new(|| {
        let schema = RouteSchema::new()
            .required_cookie("session", Field::uuid())
            .cookie("theme", Field::string().max_length(6))
            .cookie("page", Field::integer(1..=9));
        let policy = policy(Policy::builder().get("/", schema));
        Router::new()
            .route("/", get(read))
            .layer(HardenLayer::new(policy))
    });
    let mut request = Request::new(Body::empty());
    for line in lines.split(|byte| *byte == b'\n') {
        let Ok(line) = HeaderValue::from_bytes(line) else {
            return Outcome::NoRequest;
        };
        request.headers_mut().append(COOKIE, line);
    }
    let answer = send(&ROUTER, request);
    if answer.status() == READ {
        return Outcome::Read;
    }
    assert_quiet(&answer, &[400, 422], &NAMES);
    Outcome::Refused(answer)
}

async fn read(jar: CookieJar) -> (StatusCode, Bytes) {
    let value = |name: &str| jar.get(name).map(|cookie| cookie.value().to_owned());
    let session = value("session").expect("it is required");
    assert!(is_uuid(&session), "{session:?}");
    assert!(value("theme").is_none_or(|theme| is_text(&theme, 0, 6)));
    let page = value("page");
    assert!(page.is_none_or(|page| (1..=9).contains(&page.parse::<u8>().expect("a number"))));
    (READ, Bytes::new())
}
