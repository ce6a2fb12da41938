//! Host names as nearly all are written, which need no mapping and have one reading: labels of
//! lower-case letters, digits and hyphens, no Punycode, the last one beginning with a letter.

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    /// A lower-case letter or a digit.
    Label,
    Hyphen,
    Dot,
    /// What ends an authority: the delimiters of URLs, and in other text white space and controls.
    End,
    Other,
}

const KINDS: [Kind; 256] = {
    let mut kinds = [Kind::Other; 256];
    let mut byte = u8::MIN;
    while byte < 0x80 {
        kinds[byte as usize] = match byte {
            b'a'..=b'z' | b'0'..=b'9' => Kind::Label,
            b'-' => Kind::Hyphen,
            b'.' => Kind::Dot,
            b'/' | b'?' | b'#' | 0..=b' ' => Kind::End,
            _ => Kind::Other,
        };
        byte += 1;
    }
    kinds
};

const fn kind(byte: u8) -> Kind {
    KINDS[byte as usize]
}

/// The plain name at the start of `text`, if it goes to the end or to what ends an authority.
pub(super) fn leading_name(text: &[u8]) -> Option<&[u8]> {
    let mut label = 0;
    let mut at = 0;
    loop {
        let behind = &text[at..];
        at += behind
            .iter()
            .take_while(|byte| kind(**byte) == Kind::Label)
            .count();
        match text.get(at).map_or(Kind::End, |byte| kind(*byte)) {
            Kind::End => break,
            Kind::Dot if at > label && at - label <= 63 => label = at + 1,
            Kind::Hyphen if !text[label..at].starts_with(b"xn-") => {}
            _ => return None,
        }
        at += 1;
    }
    let last = &text[label..at];
    let is_name = at <= 253 && last.len() <= 63 && last.first().is_some_and(u8::is_ascii_lowercase);
    is_name.then_some(&text[..at])
}

/// Whether a host is a plain name.
pub(super) fn is_name(host: &[u8]) -> bool {
    leading_name(host).is_some_and(|name| name.len() == host.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_end_where_authorities_do() {
        for behind in ["", "/", "/a.b", "?x", "#", "//", " b", "\n"] {
            let text = format!("a-1.example{behind}");
            assert_eq!(
                leading_name(text.as_bytes()),
                Some(&b"a-1.example"[..]),
                "{text}"
            );
        }
        for text in ["a.b:80", "a.b@c.d/", "a.b\\c", "a.b/../", "/"] {
            let text = text.as_bytes();
            assert_eq!(leading_name(text).is_some(), text == b"a.b/../");
        }
        assert!(!is_name(b"a.b/"));
    }
}
