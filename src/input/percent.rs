//! Percent-decoding, without the leniency of the extractors.

use std::borrow::Cow;

use memchr::memchr2;

/// What `+` stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Plus {
    /// A space, in forms and queries.
    Space,
    /// Itself, everywhere else.
    Plus,
}

/// Decodes `%xx`, as it stands in a URI that is no form.
#[cfg(feature = "json-schema")]
pub(crate) fn decode_uri(text: &str) -> Option<Cow<'_, str>> {
    decode(text, Plus::Plus)
}

/// Decodes `%xx` and, where it is one, the space that `+` stands for.
///
/// Extractors take `%zz` literally and make U+FFFD of bytes that are no UTF-8, without a word. Both
/// are `None` here.
pub(crate) fn decode(text: &str, plus: Plus) -> Option<Cow<'_, str>> {
    let bytes = text.as_bytes();
    let Some(first) = memchr2(b'%', b'+', bytes) else {
        return Some(Cow::Borrowed(text));
    };
    let mut decoded = Vec::with_capacity(bytes.len());
    decoded.extend_from_slice(&bytes[..first]);
    let mut rest = &bytes[first..];
    loop {
        rest = match rest {
            [] => break,
            [b'%', high, low, rest @ ..] => {
                let digit = |byte: u8| (byte as char).to_digit(16);
                decoded.push(u8::try_from(digit(*high)? * 16 + digit(*low)?).ok()?);
                rest
            }
            [b'%', ..] => return None,
            [b'+', rest @ ..] if plus == Plus::Space => {
                decoded.push(b' ');
                rest
            }
            [byte, rest @ ..] => {
                decoded.push(*byte);
                rest
            }
        };
    }
    String::from_utf8(decoded).ok().map(Cow::Owned)
}

#[cfg(test)]
mod tests {
    use super::{Plus, decode};

    #[test]
    fn well_formed_escapes_only() {
        assert_eq!(
            decode("a+b%20c%C3%A9", Plus::Space).as_deref(),
            Some("a b cé")
        );
        assert_eq!(decode("a+b%20c", Plus::Plus).as_deref(), Some("a+b c"));
        assert!(matches!(
            decode("plain", Plus::Space),
            Some(std::borrow::Cow::Borrowed("plain"))
        ));
        for text in ["%", "%4", "%zz", "%FF", "%C0%AF", "%ED%A0%80", "a%"] {
            assert_eq!(decode(text, Plus::Space), None, "{text}");
        }
    }
}
