/// A name as it stands in a document that has no needless escapes and spaces, with its closing quote
/// and the colon.
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
    /// So much of a document is looked at.
    pub(crate) const WINDOW: usize = 16;

    /// What no document has where a name begins.
    const NEVER: Self = Self {
        words: [1, 0],
        masks: [0, 0],
        length: 0,
    };

    /// A name that is long, or that has to be escaped, is never found.
    pub(crate) fn new(name: &str) -> Self {
        let escaped = |byte: &u8| *byte < b' ' || matches!(byte, b'"' | b'\\');
        let length = name.len() + 2;
        if length > Self::WINDOW || name.as_bytes().iter().any(escaped) {
            return Self::NEVER;
        }
        let mut written = [0; Self::WINDOW];
        let mut mask = [0; Self::WINDOW];
        written[..name.len()].copy_from_slice(name.as_bytes());
        written[name.len()..length].copy_from_slice(b"\":");
        mask[..length].fill(0xff);
        Self {
            words: words(&written),
            masks: words(&mask),
            length,
        }
    }

    /// How many bytes it takes, where it stands at the start of `window`.
    #[inline(always)]
    pub(crate) fn find(&self, window: &[u8; Self::WINDOW]) -> Option<usize> {
        let here = words(window);
        let differs = ((here[0] & self.masks[0]) ^ self.words[0])
            | ((here[1] & self.masks[1]) ^ self.words[1]);
        (differs == 0).then_some(self.length)
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
        WrittenName::new(name).find(document.as_bytes().first_chunk()?)
    }

    #[test]
    fn a_name_is_found_whole() {
        assert_eq!(find("sku", r#"sku":1"#), Some(5));
        assert_eq!(find("", r#"":1"#), Some(2));
        assert_eq!(find("naïve", r#"naïve":1"#), Some(8));
        assert_eq!(find("14 characters.", r#"14 characters.":1"#), Some(16));
        for other in [
            r#"skus":1"#,
            r#"sk":1"#,
            r#"SKU":1"#,
            r#"sku" :1"#,
            r#"sku\":1"#,
            r#"s\u006bu":1"#,
        ] {
            assert_eq!(find("sku", other), None, "{other}");
        }
        for name in ["fifteen letters", "a\"b", "a\\b", "a\nb"] {
            assert_eq!(find(name, &format!("{name}\":1")), None, "{name}");
        }
    }
}
