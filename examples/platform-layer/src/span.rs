use axum::extract::MatchedPath;
use http::{Method, Request};
use tower_http::trace::MakeSpan;
use tracing::Span;

/// The span of a request: its route and its method. Its path and its query are values of the client, which
/// no log gets.
#[derive(Clone, Copy, Debug)]
pub struct RouteSpan;

impl<B> MakeSpan<B> for RouteSpan {
    fn make_span(&mut self, request: &Request<B>) -> Span {
        let route = request.extensions().get().map(MatchedPath::as_str);
        let method = request.method();
        let method = if KNOWN.contains(method) {
            method.as_str()
        } else {
            "_OTHER"
        };
        tracing::info_span!("request", http.route = route, http.request.method = method)
    }
}

/// Those of RFC 9110 and RFC 5789. Any other is a text of the client, too.
const KNOWN: [Method; 9] = [
    Method::GET,
    Method::HEAD,
    Method::POST,
    Method::PUT,
    Method::DELETE,
    Method::CONNECT,
    Method::OPTIONS,
    Method::TRACE,
    Method::PATCH,
];
