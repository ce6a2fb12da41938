//! Hosts as readers map them that still follow IDNA of 2003: curl asks for a host so where UTS 46 refuses
//! it, and Python always.

use crate::text::holds_any;

/// Whether a host may have one of the characters: the bytes that they begin with in UTF-8.
pub(super) fn may_be(host: &[u8]) -> bool {
    holds_any(host, [0xe1, 0xe2, 0xef])
}

/// A host as IDNA of 2003 maps it where UTS 46 does not: joiners are dropped wherever they stand, and dots
/// are made of more characters (RFC 3491 §3 and §4). `None` where it has none of these.
pub(super) fn mapped(host: &[u8]) -> Option<Vec<u8>> {
    if !may_be(host) {
        return None;
    }
    let text = std::str::from_utf8(host).ok()?;
    let mut older = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\u{1806}' | '\u{200c}' | '\u{200d}' => {}
            '\u{2024}' | '\u{fe52}' => older.push('.'),
            // DIGIT ONE FULL STOP to NUMBER TWENTY FULL STOP.
            '\u{2488}'..='\u{249b}' => {
                let number = u32::from(character) - 0x2487;
                older.push_str(&number.to_string());
                older.push('.');
            }
            _ => older.push(character),
        }
    }
    (older != text).then(|| older.into_bytes())
}

#[cfg(test)]
mod tests {
    use super::mapped;

    #[test]
    fn joiners_are_dropped_and_dots_are_made() {
        for (host, older) in [
            ("local\u{200d}host", "localhost"),
            ("meta\u{200c}data.goo\u{1806}g", "metadata.goog"),
            ("db\u{2024}x\u{fe52}internal", "db.x.internal"),
            ("169.25\u{248b}169.254", "169.254.169.254"),
            ("\u{2488}\u{249b}é", "1.20.é"),
        ] {
            let mapped = mapped(host.as_bytes());
            assert_eq!(mapped.as_deref(), Some(older.as_bytes()), "{host:?}");
        }
        for host in ["", "example.com", "bücher.example", "１２７.1"] {
            assert_eq!(mapped(host.as_bytes()), None, "{host}");
        }
        assert_eq!(mapped(b"a\xe2\x80"), None);
    }
}
