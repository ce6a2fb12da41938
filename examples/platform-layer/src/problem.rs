//! What is answered where neither the handler nor the policy has: problem details (RFC 9457).

use std::any::Any;

use bytes::Bytes;
use http::{HeaderValue, Response, StatusCode, header::CONTENT_TYPE};
use http_body::Body;
use http_body_util::Full;
use serde_json::json;
use tower_http::catch_panic::ResponseForPanic;

/// Answers a panic with 500 and nothing of its text, which may hold anything. The text goes to the panic hook
/// alone: that of the standard library prints it.
#[derive(Clone, Copy, Debug)]
pub struct PanicProblem;

impl ResponseForPanic for PanicProblem {
    type ResponseBody = Full<Bytes>;

    fn response_for_panic(&mut self, _: Box<dyn Any + Send>) -> Response<Full<Bytes>> {
        tracing::error!("a handler panicked");
        problem(StatusCode::INTERNAL_SERVER_ERROR)
    }
}

/// Says in a body what an answer without one says by its status: `TimeoutLayer` makes it so.
pub(crate) fn timed_out<B: Body + From<Bytes>>(response: Response<B>) -> Response<B> {
    let is_bare = response.headers().is_empty() && response.body().is_end_stream();
    if is_bare && response.status() == StatusCode::GATEWAY_TIMEOUT {
        problem(StatusCode::GATEWAY_TIMEOUT)
    } else {
        response
    }
}

fn problem<B: From<Bytes>>(status: StatusCode) -> Response<B> {
    let title = status.canonical_reason().unwrap_or_default();
    let body = json!({ "title": title, "status": status.as_u16() }).to_string();
    let mut response = Response::new(Bytes::from(body).into());
    *response.status_mut() = status;
    let media_type = HeaderValue::from_static("application/problem+json");
    response.headers_mut().insert(CONTENT_TYPE, media_type);
    response
}
