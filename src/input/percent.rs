//! Percent-decoding as `application/x-www-form-urlencoded` has it, without its leniency.

use std::borrow::Cow;

/// Decodes `+` and `%xx`.
///
/// Extractors take `%zz` literally and make U+FFFD of bytes that are no UTF-8, without a word. Both
/// are `None` here.
pub(super) fn decode(text: &[u8]) -> Option<Cow<'_, str>> {
    let Some(first) = text.iter().position(|byte| matches!(byte, b'%' | b'+')) else {
        return std::str::from_utf8(text).ok().map(Cow::Borrowed);
    };
    let mut decoded = Vec::with_capacity(text.len());
    decoded.extend_from_slice(&text[..first]);
    let mut rest = &text[first..];
    loop {
        rest = match rest {
            [] => break,
            [b'%', high, low, rest @ ..] => {
                let digit = |byte: u8| (byte as char).to_digit(16);
                decoded.push(u8::try_from(digit(*high)? * 16 + digit(*low)?).ok()?);
                rest
            }
            [b'%', ..] => return None,
            [b'+', rest @ ..] => {
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
    use super::decode;

    #[test]
    fn well_formed_escapes_only() {
        assert_eq!(decode(b"a+b%20c%C3%A9").as_deref(), Some("a b cé"));
        assert!(matches!(
            decode(b"plain"),
            Some(std::borrow::Cow::Borrowed("plain"))
        ));
        for text in ["%", "%4", "%zz", "%FF", "%C0%AF", "%ED%A0%80", "a%"] {
            assert_eq!(decode(text.as_bytes()), None, "{text}");
        }
        assert_eq!(decode(b"\xff"), None);
    }
}
