/// A name as it stands in a document that has no needless escapes, up to its closing quote.
///
/// Clients write their members in one order, nearly always the declared one. Comparing the bytes
/// with the name that is likely to come is cheaper than looking for the end of whatever comes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct WrittenName {
    words: [u64; 2],
    masks: [u64; 2],
    length: usize,
}

impl WrittenName {
    /// `None` for a name that is long or that has to be escaped.
    pub(crate) fn new(name: &str) -> Option<Self> {
        let escaped = |byte: &u8| *byte < b' ' || matches!(byte, b'"' | b'\\');
        if name.len() > 15 || name.as_bytes().iter().any(escaped) {
            return None;
        }
        let mut written = [0; 16];
        let mut mask = [0; 16];
        written[..name.len()].copy_from_slice(name.as_bytes());
        written[name.len()] = b'"';
        mask[..=name.len()].fill(0xff);
        Some(Self {
            words: words(&written),
            masks: words(&mask),
            length: name.len() + 1,
        })
    }

    /// The place behind the name, where it stands at `at`. Near the end of `bytes` it is not found.
    #[inline(always)]
    pub(super) fn find(&self, bytes: &[u8], at: usize) -> Option<usize> {
        let written = words(bytes.get(at..)?.first_chunk()?);
        let differs = (written[0] ^ self.words[0]) & self.masks[0]
            | (written[1] ^ self.words[1]) & self.masks[1];
        (differs == 0).then_some(at + self.length)
    }
}

#[inline(always)]
fn words(bytes: &[u8; 16]) -> [u64; 2] {
    let word = u128::from_le_bytes(*bytes);
    #[expect(clippy::cast_possible_truncation, reason = "the halves of a u128")]
    [word as u64, (word >> 64) as u64]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn find(name: &str, written: &str) -> Option<usize> {
        let document = format!("{written}                ");
        WrittenName::new(name)?.find(document.as_bytes(), 0)
    }

    #[test]
    fn a_name_is_found_whole() {
        assert_eq!(find("sku", r#"sku":1"#), Some(4));
        assert_eq!(find("", r#"":1"#), Some(1));
        assert_eq!(find("naïve", r#"naïve":1"#), Some(7));
        assert_eq!(find("fifteen letters", r#"fifteen letters":1"#), Some(16));
        for other in [
            r#"skus":1"#,
            r#"sk":1"#,
            r#"SKU":1"#,
            r#"sku\":1"#,
            r#"s\u006bu":1"#,
        ] {
            assert_eq!(find("sku", other), None, "{other}");
        }
        for name in ["sixteen letters!", "a\"b", "a\\b", "a\nb"] {
            assert!(WrittenName::new(name).is_none(), "{name}");
        }
    }
}
