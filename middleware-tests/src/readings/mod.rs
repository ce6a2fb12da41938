//! One reading: what the layer lets through is what every extractor of a handler reads, and that is
//! what the schema says.
//!
//! Each check sends what a client may write through the layer, to a handler that reads it with the
//! extractors of axum and axum-extra and judges what it gets by plain comparisons, without the
//! library. The properties in `tests/readings` and the fuzz targets call the same checks.

pub mod anything;
pub mod cookies;
pub mod form;
pub mod headers;
pub mod hosts;
pub mod json;
pub mod json_schema;
pub mod multipart;
pub mod order;
pub mod path;
pub mod query;
pub mod tags;

mod document;
mod plain;
mod refusal;
mod tree;

use axum::{Router, body::Body};
use futures_util::FutureExt;
use http::{Request, StatusCode};
use tower::ServiceExt;

use crate::{Answer, pieces};

/// What became of a request. A check that finds two readings panics instead.
#[derive(Debug)]
#[must_use]
pub enum Outcome {
    /// The handler read it.
    Read,
    /// The layer refused it.
    Refused(Answer),
    /// HTTP cannot carry it.
    NoRequest,
}

/// The status of a handler that has read its request. The layer has no such answer.
const READ: StatusCode = StatusCode::ACCEPTED;

/// The longest body that is accepted here, in bytes.
const LONGEST: usize = 4096;

/// The answer to a body, which is the same whole and in pieces of the given lengths.
fn send_body(
    router: &Router,
    media_type: &str,
    body: &[u8],
    pieces: impl IntoIterator<Item = usize>,
) -> Answer {
    let request = |body| {
        Request::post("/")
            .header("content-type", media_type)
            .body(body)
            .expect("a request")
    };
    let whole = send(router, request(Body::from(body.to_vec())));
    let cut = send(router, request(pieces::cut(body, pieces)));
    if body.len() > LONGEST {
        // In pieces, something else may be wrong before it is too long.
        assert_eq!(whole.status(), StatusCode::PAYLOAD_TOO_LARGE);
        assert_ne!(cut.status(), READ, "too long and read in pieces");
        return whole;
    }
    assert_eq!(whole.status(), cut.status(), "whole and in pieces");
    assert_eq!(
        whole.parts.headers, cut.parts.headers,
        "whole and in pieces"
    );
    assert_eq!(whole.body, cut.body, "whole and in pieces");
    whole
}

/// The answer of a router that has nothing to wait for.
fn send(router: &Router, request: Request<Body>) -> Answer {
    let answer = async {
        let response = router.clone().oneshot(request).await;
        Answer::of(response.unwrap_or_else(|never| match never {})).await
    };
    answer.now_or_never().expect("everything has arrived")
}
