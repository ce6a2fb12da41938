//! One reading: what the layer lets through is what every extractor of a handler reads, and that is
//! what the schema says.
//!
//! Each check sends what a client may write through the layer, to a handler that reads it with the
//! extractors of axum and axum-extra and judges what it gets by plain comparisons, without the
//! library. The properties in `tests/readings` and the fuzz targets call the same checks.

pub mod anything;
pub mod json;
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

use crate::Answer;

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

/// The answer of a router that has nothing to wait for.
fn send(router: &Router, request: Request<Body>) -> Answer {
    let answer = async {
        let response = router.clone().oneshot(request).await;
        Answer::of(response.unwrap_or_else(|never| match never {})).await
    };
    answer.now_or_never().expect("everything has arrived")
}
