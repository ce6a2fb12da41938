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
