//! Percent-decoding of text that may hold anything.

use crate::text::{holds_any, positions};

/// Whether a text may have escapes.
pub(super) fn may_be(text: &[u8]) -> bool {
    holds_any(text, [b'%'])
}

/// The text with its escapes decoded, or `None` where it has none. What is not an escape stays.
pub(super) fn decode(text: &[u8]) -> Option<Vec<u8>> {
    let first = positions(text, |block| block.is(b'%')).next()?;
    let mut decoded = Vec::with_capacity(text.len());
    decoded.extend_from_slice(&text[..first]);
    let mut rest = &text[first..];
    let mut changed = false;
    while let [byte, behind @ ..] = rest {
        if let Some(value) = escape(rest) {
            decoded.push(value);
            changed = true;
            rest = &rest[3..];
        } else {
            decoded.push(*byte);
            rest = behind;
        }
    }
    changed.then_some(decoded)
}

/// The byte that `%xx` at the start of `text` stands for.
fn escape(text: &[u8]) -> Option<u8> {
    let [b'%', high, low, ..] = text else {
        return None;
    };
    let digit = |byte: u8| (byte as char).to_digit(16);
    u8::try_from(digit(*high)? * 16 + digit(*low)?).ok()
}
