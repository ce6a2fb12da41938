//! What the headers say of a body before a byte of it is read.

use http::{
    HeaderMap, HeaderName,
    header::{CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE},
};

use super::media_type;
use crate::Code;

/// The bodies that a route declares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Bodies {
    pub(crate) json: bool,
    pub(crate) form: bool,
    pub(crate) multipart: bool,
}

impl Bodies {
    pub(crate) const NONE: Self = Self {
        json: false,
        form: false,
        multipart: false,
    };

    pub(crate) const fn any(self) -> bool {
        self.json || self.form || self.multipart
    }
}

/// The body that the headers of a request announce.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum BodyKind<'a> {
    None,
    Json,
    Form,
    /// A form in parts, which this boundary divides.
    Multipart(&'a [u8]),
}

/// The body that the headers announce.
///
/// # Errors
///
/// What is wrong with it by its headers alone, together with the header that says so.
pub(crate) fn check_headers(
    headers: &HeaderMap,
    declared: Bodies,
    longest: usize,
) -> Result<BodyKind<'_>, (Option<HeaderName>, Code)> {
    let announced = announced_length(headers);
    if announced > longest as u64 {
        return Err((None, Code::BodyTooLarge));
    }
    if !declared.any() {
        // A stream that announces nothing may still turn out to have nothing.
        return if announced > 0 {
            Err((None, Code::BodyUnexpected))
        } else {
            Ok(BodyKind::None)
        };
    }
    let kind = if declared.json && media_type::is(headers, "application/json") {
        BodyKind::Json
    } else if declared.form && media_type::is(headers, "application/x-www-form-urlencoded") {
        BodyKind::Form
    } else if let (true, Some(boundary)) = (declared.multipart, media_type::boundary(headers)) {
        BodyKind::Multipart(boundary)
    } else {
        return Err((Some(CONTENT_TYPE), Code::MediaType));
    };
    if is_encoded(headers) {
        return Err((Some(CONTENT_ENCODING), Code::ContentEncoding));
    }
    Ok(kind)
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
