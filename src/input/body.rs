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
    if announced_length(headers).is_some_and(|length| length > longest as u64) {
        return Some((None, Code::BodyTooLarge));
    }
    match kind {
        BodyKind::None => Some((None, Code::BodyUnexpected)),
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

fn announced_length(headers: &HeaderMap) -> Option<u64> {
    headers.get(CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}
