//! What the tests share: requests, handlers that must not run, answers, the log, the suites, and the
//! checks that properties and fuzz targets have in common.

pub mod log;
pub mod pieces;
pub mod readings;
pub mod suite;
pub mod tape;

use std::convert::Infallible;

use bytes::Bytes;
use http::{Request, Response, StatusCode};
use http_body_util::Full;
use serde::Deserialize;
use tower::{Layer, ServiceExt, service_fn};
use tower_harden::{HardenLayer, Policy, PolicyBuilder};

/// The body of the requests that the tests make.
pub type Body = Full<Bytes>;

/// A policy that has no mistakes.
///
/// # Panics
///
/// Where it has.
#[must_use]
pub fn policy(builder: PolicyBuilder) -> Policy {
    builder.build().unwrap_or_else(|error| panic!("{error}"))
}

/// Builds a policy that has mistakes and looks for the words that tell of them.
///
/// # Panics
///
/// Where it has none, or tells of one in other words.
pub fn mistakes(builder: PolicyBuilder, words: &[&str]) {
    let told = match builder.build() {
        Ok(_) => panic!("it has no mistakes"),
        Err(error) => error.to_string(),
    };
    for words in words {
        assert!(told.contains(words), "{words:?} in {told}");
    }
}

/// A handler that must not run.
///
/// # Errors
///
/// Never: it has no error.
///
/// # Panics
///
/// Where it runs.
pub async fn unreached(request: Request<Body>) -> Result<Response<Body>, Infallible> {
    panic!(
        "the handler was reached by {} {}",
        request.method(),
        request.uri()
    );
}

/// A handler that answers with the body that it gets.
///
/// # Errors
///
/// Never: it has no error.
pub async fn echo(request: Request<Body>) -> Result<Response<Body>, Infallible> {
    Ok(Response::new(request.into_body()))
}

/// A request for JSON.
///
/// # Panics
///
/// Where `path` is no path.
pub fn post(path: &str, body: impl Into<Bytes>) -> Request<Body> {
    Request::post(path)
        .header("content-type", "application/json")
        .body(Full::new(body.into()))
        .unwrap_or_else(|error| panic!("{error}"))
}

/// A request without a body.
///
/// # Panics
///
/// Where `path` is no path.
#[must_use]
pub fn get(path: &str) -> Request<Body> {
    Request::get(path)
        .body(Full::default())
        .unwrap_or_else(|error| panic!("{error}"))
}

/// The answer to a request, as far as the tests look at it.
#[derive(Debug)]
pub struct Answer {
    /// The status, the headers and the extensions.
    pub parts: http::response::Parts,
    /// The bytes of the body.
    pub body: Bytes,
}

impl Answer {
    /// Reads a response to its end.
    ///
    /// # Panics
    ///
    /// Where its body fails.
    pub async fn of<B>(response: Response<B>) -> Self
    where
        B: http_body_util::BodyExt<Data = Bytes>,
        B::Error: std::fmt::Debug,
    {
        let (parts, body) = response.into_parts();
        let body = body.collect().await.expect("a body that ends").to_bytes();
        Self { parts, body }
    }

    /// The status.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.parts.status
    }

    /// The problem document.
    ///
    /// # Panics
    ///
    /// Where the answer is none.
    #[must_use]
    pub fn problem(&self) -> Problem {
        let media_type = self.parts.headers.get("content-type");
        assert_eq!(
            media_type.map(http::HeaderValue::as_bytes),
            Some(&b"application/problem+json"[..])
        );
        serde_json::from_slice(&self.body).expect("a problem document")
    }

    /// `code at pointer-or-parameter` of each error, in order.
    #[must_use]
    pub fn errors(&self) -> Vec<String> {
        self.problem()
            .errors
            .iter()
            .map(ToString::to_string)
            .collect()
    }
}

/// A problem document (RFC 9457), read strictly.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Problem {
    /// The phrase of the status.
    pub title: String,
    /// The status.
    pub status: u16,
    /// What was wrong.
    pub errors: Vec<ProblemError>,
}

/// One error of a [`Problem`].
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProblemError {
    /// The stable name of the rule.
    pub code: String,
    /// The part of the request.
    pub r#in: String,
    /// The place in the body.
    pub pointer: Option<String>,
    /// The declared parameter.
    pub parameter: Option<String>,
    /// A sentence.
    pub detail: String,
}

impl std::fmt::Display for ProblemError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} in {}", self.code, self.r#in)?;
        for place in [&self.pointer, &self.parameter].into_iter().flatten() {
            write!(f, " {place}")?;
        }
        Ok(())
    }
}

/// A layer whose route is the path itself.
pub fn by_path(policy: Policy) -> HardenLayer {
    HardenLayer::new(policy).route_by(|parts| Some(parts.uri.path()))
}

/// The answer to a request that must not reach its handler.
///
/// # Panics
///
/// Where it does.
pub async fn refused(layer: &HardenLayer, request: Request<Body>) -> Answer {
    let response = layer.layer(service_fn(unreached)).oneshot(request).await;
    Answer::of(response.unwrap_or_else(|never| match never {})).await
}

/// The answer to a request, reached or not.
pub async fn answer(layer: &HardenLayer, request: Request<Body>) -> Answer {
    let response = layer.layer(service_fn(echo)).oneshot(request).await;
    Answer::of(response.unwrap_or_else(|never| match never {})).await
}
