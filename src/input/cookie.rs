//! `Cookie`, as the pairs that a cookie jar reads (RFC 6265 §4.2).

use http::{HeaderMap, header::COOKIE};

use super::percent::{self, Plus};

/// A cookie as it stands in a request.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Cookie<'a> {
    /// Name and value, both decoded.
    Pair(&'a str, &'a str),
    /// A name whose value two readers read in two ways.
    Malformed(&'a str),
}

/// Calls `cookie` with each cookie that has a name, in their order, until it answers `false`.
///
/// Every line is read: HTTP/2 clients send one for each cookie (RFC 9113 §8.2.3). Names and values
/// are percent-decoded, as cookie jars decode them. What has no readable name is a cookie to nobody.
/// A line with a byte that is no visible ASCII is skipped whole by some jars: all in it is malformed.
pub(crate) fn read_cookies(headers: &HeaderMap, mut cookie: impl FnMut(Cookie<'_>) -> bool) {
    let pieces = headers.get_all(COOKIE).iter().flat_map(|line| {
        let visible = line.to_str().is_ok();
        let pieces = line.as_bytes().split(|byte| *byte == b';');
        pieces.map(move |piece| (piece, visible))
    });
    for (piece, visible) in pieces {
        let (name, value) = match piece.iter().position(|byte| *byte == b'=') {
            Some(end) => (&piece[..end], Some(&piece[end + 1..])),
            None => (piece, None),
        };
        let decode = |text| percent::decode(std::str::from_utf8(text).ok()?, Plus::Plus);
        let Some(name) = decode(name.trim_ascii()) else {
            continue;
        };
        let value = value.filter(|value| visible && value.iter().all(|byte| is_octet(*byte)));
        let decoded = value.and_then(decode);
        let go_on = match &decoded {
            Some(value) => cookie(Cookie::Pair(&name, value)),
            None => cookie(Cookie::Malformed(&name)),
        };
        if !go_on {
            return;
        }
    }
}

/// `cookie-octet` of RFC 6265 §4.1.1. Of the others, readers drop quotes, split at commas and trim.
const fn is_octet(byte: u8) -> bool {
    matches!(byte, 0x21 | 0x23..=0x2b | 0x2d..=0x3a | 0x3c..=0x5b | 0x5d..=0x7e)
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    fn cookies(lines: &[&[u8]]) -> Vec<(String, Option<String>)> {
        let mut headers = HeaderMap::new();
        for line in lines {
            headers.append(
                COOKIE,
                HeaderValue::from_bytes(line).expect("a header value"),
            );
        }
        let mut all = Vec::new();
        read_cookies(&headers, |cookie| {
            all.push(match cookie {
                Cookie::Pair(name, value) => (name.to_owned(), Some(value.to_owned())),
                Cookie::Malformed(name) => (name.to_owned(), None),
            });
            true
        });
        all
    }

    fn pair(name: &str, value: &str) -> (String, Option<String>) {
        (name.to_owned(), Some(value.to_owned()))
    }

    #[test]
    fn every_line_and_every_pair_is_read() {
        assert_eq!(
            cookies(&[b"a=1; b=x%20y;c=", b"%61=2+3"]),
            [
                pair("a", "1"),
                pair("b", "x y"),
                pair("c", ""),
                pair("a", "2+3")
            ]
        );
        assert_eq!(cookies(&[]), []);
    }

    #[test]
    fn what_readers_do_not_agree_on_has_no_value() {
        for line in [
            &b"a=\"1\""[..],
            b"a= 1",
            b"a=1 ",
            b"a=1,b",
            b"a=\\",
            b"a=%zz",
            b"a=%ff",
            b"a=\xff",
            b"a",
            b" a ",
        ] {
            assert_eq!(cookies(&[line]), [("a".to_owned(), None)], "{line:?}");
        }
        assert_eq!(cookies(&[b"%ff=1"]), []);
        let skipped = cookies(&[b"a=1; b=\xff"]);
        assert_eq!(skipped, [("a".to_owned(), None), ("b".to_owned(), None)]);
    }
}
