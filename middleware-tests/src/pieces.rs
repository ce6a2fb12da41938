//! Bodies that arrive in pieces.

use std::convert::Infallible;

use axum::body::Body;
use bytes::Bytes;
use futures_util::stream;
use http::HeaderMap;
use http_body::Frame;
use http_body_util::StreamBody;

/// A body in frames of the given lengths, the rest of it in one, and trailers behind.
///
/// A length of zero is an empty frame.
pub fn cut(body: &[u8], lengths: impl IntoIterator<Item = usize>) -> Body {
    let mut rest = Bytes::copy_from_slice(body);
    let mut frames: Vec<Bytes> = Vec::new();
    for length in lengths {
        if rest.is_empty() {
            break;
        }
        frames.push(rest.split_to(length.min(rest.len())));
    }
    frames.push(rest);
    let trailers = Frame::trailers(HeaderMap::new());
    let frames = frames.into_iter().map(Frame::data).chain([trailers]);
    Body::new(StreamBody::new(stream::iter(
        frames.map(Ok::<_, Infallible>),
    )))
}
