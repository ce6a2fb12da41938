//! URLs in other URLs, where a policy does not look at them.

use std::borrow::Cow;

use super::host;
use crate::text::positions;

/// A text without the queries and fragments of its `http` and `https` URLs, each from its `?` or `#` to what
/// no URL has in it: white space, controls, quotes and angle brackets (RFC 3986 appendix C).
///
/// The URLs themselves stay, so that an internal one is found as ever.
pub(super) fn removed(text: &[u8]) -> Cow<'_, [u8]> {
    let mut kept = Vec::new();
    let mut from = 0;
    // What stands before it was looked at, so that no byte is read twice.
    let mut looked_at = 0;
    for colon in positions(text, |block| block.is(b':')) {
        if colon < looked_at || !ends_in_http(&text[from..colon]) {
            continue;
        }
        let Some(url) = text[colon..].strip_prefix(b"://") else {
            continue;
        };
        let before = host::cut(url, |byte| matches!(byte, b'?' | b'#') || ends_url(byte));
        let start = colon + 3 + before.len();
        looked_at = start;
        if !before.is_empty() {
            let query = host::cut(&url[before.len()..], ends_url);
            kept.extend_from_slice(&text[from..start]);
            looked_at += query.len();
            from = looked_at;
        }
    }
    if from == 0 {
        return Cow::Borrowed(text);
    }
    kept.extend_from_slice(&text[from..]);
    Cow::Owned(kept)
}

fn ends_in_http(before: &[u8]) -> bool {
    let ends = |scheme: &[u8]| {
        let start = before.len().checked_sub(scheme.len());
        start.is_some_and(|start| {
            let (word, end) = before.split_at(start);
            end.eq_ignore_ascii_case(scheme) && !word.last().is_some_and(u8::is_ascii_alphanumeric)
        })
    };
    ends(b"http") || ends(b"https")
}

const fn ends_url(byte: u8) -> bool {
    matches!(byte, 0..=b' ' | 0x7f | b'"' | b'<' | b'>')
}

#[cfg(test)]
mod tests {
    fn removed(text: &str) -> String {
        String::from_utf8_lossy(&super::removed(text.as_bytes())).into_owned()
    }

    #[test]
    fn queries_and_fragments_are_removed() {
        for (text, expected) in [
            ("", ""),
            ("http://a", "http://a"),
            ("http://a?b", "http://a"),
            ("HTTPS://a/b#c?d e?f", "HTTPS://a/b e?f"),
            ("<http://a/?b>http://c/?d", "<http://a/>http://c/"),
            (
                "http://a/?http://b/?c d http://e/#f",
                "http://a/ d http://e/",
            ),
            ("x http://a/http://b/?c", "x http://a/http://b/"),
            ("ftp://a/?http://b/", "ftp://a/?http://b/"),
            ("http://?http://b/", "http://?http://b/"),
            ("http://?http://b/?c", "http://?http://b/"),
            ("xhttp://a/?http://b/", "xhttp://a/?http://b/"),
            ("http:/a/?b", "http:/a/?b"),
        ] {
            assert_eq!(removed(text), expected, "{text}");
        }
    }
}
