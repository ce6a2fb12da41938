//! What the headers say of a body before a byte of it is read.

use http::{
    HeaderMap,
    header::{CONTENT_ENCODING, CONTENT_LENGTH},
};

use super::media_type;
use crate::Code;

/// The body that a route declares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum BodyKind {
    None,
    Json,
}

/// What is wrong with a body by its headers alone, together with the header that says so.
pub(crate) fn check_headers(
    headers: &HeaderMap,
    kind: BodyKind,
    longest: usize,
) -> Option<(Option<&'static str>, Code)> {
    let announced = announced_length(headers);
    if announced > longest as u64 {
        return Some((None, Code::BodyTooLarge));
    }
    match kind {
        // A stream that announces nothing may still turn out to have nothing.
        BodyKind::None => (announced > 0).then_some((None, Code::BodyUnexpected)),
        BodyKind::Json if !media_type::is(headers, "application/json") => {
            Some((Some("content-type"), Code::MediaType))
        }
        BodyKind::Json if is_encoded(headers) => {
            Some((Some("content-encoding"), Code::ContentEncoding))
        }
        BodyKind::Json => None,
    }
}

/// Every line and every coding in it has to be `identity`; a reader that looks at the first line
/// sees another coding than one that looks at the last.
fn is_encoded(headers: &HeaderMap) -> bool {
    headers
        .get_all(CONTENT_ENCODING)
        .iter()
        .flat_map(|line| line.as_bytes().split(|byte| *byte == b','))
        .any(|coding| !coding.trim_ascii().eq_ignore_ascii_case(b"identity"))
}

/// The bytes that `Content-Length` announces, all there are where it is no number that fits.
fn announced_length(headers: &HeaderMap) -> u64 {
    headers.get(CONTENT_LENGTH).map_or(0, |length| {
        length
            .to_str()
            .ok()
            .and_then(|length| length.parse().ok())
            .unwrap_or(u64::MAX)
    })
}
