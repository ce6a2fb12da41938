//! Bytes as text, by the alphabet of RFC 4648 §4.

use base64::{Engine, engine::general_purpose::STANDARD};

/// Whether a text is the one spelling of some bytes: padded, without white space, and with no bits set
/// behind the last byte (RFC 4648 §3.5).
pub(super) fn matches(text: &[u8]) -> bool {
    STANDARD.decode(text).is_ok()
}

/// The bytes of a text, as the most lenient reader has them: white space and all that is no digit is
/// skipped (RFC 2045 §6.8), padding may be missing or stand between, and digits are of either alphabet (RFC
/// 4648 §5). There are not more of them than of the text.
pub(super) fn decode(text: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3 + 2);
    let (mut bits, mut held) = (0_u32, 0);
    for byte in text {
        if *byte == b'=' {
            held = 0;
        }
        let Some(value) = value(*byte) else {
            continue;
        };
        bits = bits << 6 | u32::from(value);
        held += 6;
        if held >= 8 {
            held -= 8;
            let [.., low] = (bits >> held).to_be_bytes();
            bytes.push(low);
        }
    }
    bytes
}

const fn value(digit: u8) -> Option<u8> {
    Some(match digit {
        b'A'..=b'Z' => digit - b'A',
        b'a'..=b'z' => digit - b'a' + 26,
        b'0'..=b'9' => digit - b'0' + 52,
        b'+' | b'-' => 62,
        b'/' | b'_' => 63,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_have_one_spelling() {
        // RFC 4648 §10
        for (text, bytes) in [
            ("", ""),
            ("Zg==", "f"),
            ("Zm8=", "fo"),
            ("Zm9v", "foo"),
            ("Zm9vYg==", "foob"),
            ("Zm9vYmE=", "fooba"),
            ("Zm9vYmFy", "foobar"),
        ] {
            assert!(matches(text.as_bytes()), "{text}");
            assert_eq!(decode(text.as_bytes()), bytes.as_bytes(), "{text}");
        }
        assert_eq!(decode(b"+/+/"), decode(b"-_-_"));
        assert_eq!(decode(b"+/+/"), [0xfb, 0xff, 0xbf]);
    }

    #[test]
    fn other_spellings_are_read_and_are_none() {
        for (text, bytes) in [
            ("Zg", "f"),
            ("Zg=", "f"),
            ("Zh==", "f"),
            ("Zm9=", "fo"),
            ("Z", ""),
            ("Zm9v\n", "foo"),
            ("Zm 9v", "foo"),
            ("Zg==Zg==", "ff"),
            ("Zm9v====", "foo"),
            ("====", ""),
            ("=", ""),
            ("Zm9v=Zg=", "foof"),
            ("_-==", "\u{ff}"),
        ] {
            assert!(!matches(text.as_bytes()), "{text}");
            if bytes.is_ascii() {
                assert_eq!(decode(text.as_bytes()), bytes.as_bytes(), "{text}");
            }
        }
    }
}
