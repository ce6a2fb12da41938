//! `Content-Type`, read strictly (RFC 9110 §8.3.1).

use http::{HeaderMap, header::CONTENT_TYPE};

/// Whether the only `Content-Type` line is `essence`, without parameters or with `charset=utf-8`.
///
/// `essence` is in lower case. Parameters are refused because decoders disagree on them: axum's
/// `Json` reads `;charset=utf-16` as UTF-8.
pub(super) fn is(headers: &HeaderMap, essence: &str) -> bool {
    let mut lines = headers.get_all(CONTENT_TYPE).iter();
    let (Some(line), None) = (lines.next(), lines.next()) else {
        return false;
    };
    let line = line.as_bytes();
    let Some((start, parameters)) = line.split_at_checked(essence.len()) else {
        return false;
    };
    start.eq_ignore_ascii_case(essence.as_bytes()) && is_utf8(parameters)
}

/// The boundary of the only `Content-Type` line, where that is `multipart/form-data` with no other
/// parameter (RFC 2046 §5.1.1).
pub(super) fn boundary(headers: &HeaderMap) -> Option<&[u8]> {
    let mut lines = headers.get_all(CONTENT_TYPE).iter();
    let (Some(line), None) = (lines.next(), lines.next()) else {
        return None;
    };
    let (essence, parameters) = line
        .as_bytes()
        .split_at_checked("multipart/form-data".len())?;
    let parameter = parameters.trim_ascii().strip_prefix(b";")?.trim_ascii();
    let (name, value) = parameter.split_at_checked("boundary=".len())?;
    if !essence.eq_ignore_ascii_case(b"multipart/form-data")
        || !name.eq_ignore_ascii_case(b"boundary=")
    {
        return None;
    }
    let (boundary, allowed): (_, fn(&u8) -> bool) = match value {
        [b'"', quoted @ .., b'"'] => (quoted, |byte| is_token(*byte) || b"(),/:=?".contains(byte)),
        token => (token, |byte| is_token(*byte)),
    };
    (matches!(boundary.len(), 1..=70) && boundary.iter().all(allowed)).then_some(boundary)
}

/// Whether a text is a type and a subtype and nothing else.
pub(crate) fn is_media_type(text: &str) -> bool {
    essence(text).is_some_and(|essence| essence.len() == text.len())
}

/// Type and subtype of one media type, without parameters or with `charset=utf-8`.
pub(crate) fn essence(line: &str) -> Option<&str> {
    let (essence, parameters) = line.split_at(line.find(';').unwrap_or(line.len()));
    let essence = essence.trim_ascii_end();
    let (kind, subtype) = essence.split_once('/')?;
    let is_name = |name: &str| !name.is_empty() && name.bytes().all(is_token);
    (is_name(kind) && is_name(subtype) && is_utf8(parameters.as_bytes())).then_some(essence)
}

/// `tchar` of RFC 9110 §5.6.2.
const fn is_token(byte: u8) -> bool {
    byte.is_ascii_alphanumeric()
        || matches!(
            byte,
            b'!' | b'#'
                | b'$'
                | b'%'
                | b'&'
                | b'\''
                | b'*'
                | b'+'
                | b'-'
                | b'.'
                | b'^'
                | b'_'
                | b'`'
                | b'|'
                | b'~'
        )
}

/// Nothing, or `; charset=utf-8` with the value in any case and perhaps quoted.
fn is_utf8(parameters: &[u8]) -> bool {
    let parameters = parameters.trim_ascii();
    if parameters.is_empty() {
        return true;
    }
    let Some(parameter) = parameters.strip_prefix(b";") else {
        return false;
    };
    [&b"charset=utf-8"[..], b"charset=\"utf-8\""]
        .iter()
        .any(|utf8| parameter.trim_ascii().eq_ignore_ascii_case(utf8))
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    #[test]
    fn boundaries() {
        let boundary = |line: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(
                CONTENT_TYPE,
                HeaderValue::from_str(line).expect("a header value"),
            );
            boundary(&headers).map(<[u8]>::to_vec)
        };
        for (line, expected) in [
            (
                "multipart/form-data; boundary=----WebKitFormBoundary7MA4",
                "----WebKitFormBoundary7MA4",
            ),
            ("Multipart/Form-Data;Boundary=x", "x"),
            ("multipart/form-data; boundary=\"a:b\"", "a:b"),
        ] {
            assert_eq!(
                boundary(line).as_deref(),
                Some(expected.as_bytes()),
                "{line}"
            );
        }
        for line in [
            "multipart/form-data",
            "multipart/form-data;",
            "multipart/form-data; boundary=",
            "multipart/form-data; boundary=\"\"",
            "multipart/form-data; boundary=a:b",
            "multipart/form-data; boundary=a b",
            "multipart/form-data; boundary=\"a b\"",
            "multipart/form-data; boundary=a; charset=utf-8",
            "multipart/form-data; boundary=a; boundary=b",
            "multipart/mixed; boundary=a",
            "multipart/form-data, boundary=a",
            &format!("multipart/form-data; boundary={}", "a".repeat(71)),
        ] {
            assert_eq!(boundary(line), None, "{line}");
        }
    }

    #[test]
    fn one_spelling_of_json() {
        let is_json = |line: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(
                CONTENT_TYPE,
                HeaderValue::from_str(line).expect("a header value"),
            );
            is(&headers, "application/json")
        };
        for line in [
            "application/json",
            "Application/JSON",
            "application/json;charset=utf-8",
            "application/json; charset=UTF-8",
            "application/json ; charset=\"utf-8\"",
        ] {
            assert!(is_json(line), "{line}");
        }
        for line in [
            "",
            "text/plain",
            "application/jsonx",
            "application/problem+json",
            "application/json;",
            "application/json; charset=utf-16",
            "application/json; charset=utf-8; charset=utf-16",
            "application/json; profile=x",
            "application/json, text/plain",
        ] {
            assert!(!is_json(line), "{line}");
        }
    }

    #[test]
    fn two_lines_are_none() {
        let mut headers = HeaderMap::new();
        assert!(!is(&headers, "application/json"));
        headers.append(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        headers.append(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        assert!(!is(&headers, "application/json"));
    }
}
