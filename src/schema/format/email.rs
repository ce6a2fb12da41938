/// `dot-atom@host`: what mail systems exchange (RFC 5321 §4.1.2). Quoted local parts, comments and
/// address literals are not accepted: they are where two readers split the address differently.
pub(super) fn matches(text: &[u8]) -> bool {
    // RFC 5321 §4.5.3.1.3: a path of 256 bytes with its angle brackets.
    if text.len() > 254 {
        return false;
    }
    let Some(at) = text.iter().position(|byte| *byte == b'@') else {
        return false;
    };
    let (local, host) = (&text[..at], &text[at + 1..]);
    local.len() <= 64
        && local
            .split(|byte| *byte == b'.')
            .all(|atom| !atom.is_empty() && atom.iter().all(|byte| is_atom(*byte)))
        && host.split(|byte| *byte == b'.').all(is_label)
        && is_top_label_alphabetic(host)
}

/// The same with letters of other scripts (RFC 6531 §3.3), which the reader has found to be UTF-8.
#[cfg(feature = "json-schema")]
pub(super) fn is_international(text: &[u8]) -> bool {
    let plain: Vec<u8> = text
        .iter()
        .map(|byte| if byte.is_ascii() { *byte } else { b'x' })
        .collect();
    matches(&plain)
}

fn is_atom(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~".contains(&byte)
}

/// A label of a host name (RFC 1123 §2.1).
fn is_label(label: &[u8]) -> bool {
    (1..=63).contains(&label.len())
        && label
            .iter()
            .all(|byte| byte.is_ascii_alphanumeric() || *byte == b'-')
        && label.first() != Some(&b'-')
        && label.last() != Some(&b'-')
}

/// What tells a name from an address without brackets (RFC 1123 §2.1).
fn is_top_label_alphabetic(host: &[u8]) -> bool {
    host.rsplit(|byte| *byte == b'.')
        .next()
        .and_then(|label| label.first())
        .is_some_and(u8::is_ascii_alphabetic)
}

#[cfg(test)]
mod tests {
    use super::matches;

    #[test]
    fn dot_atom_at_host() {
        for text in [
            "joe.bloggs@example.com",
            "te~st@example.com",
            "a+b@x.co",
            "user@localhost",
        ] {
            assert!(matches(text.as_bytes()), "{text}");
        }
        for text in [
            "2962",
            ".test@example.com",
            "te..st@example.com",
            "test.@example.com",
            "\"joe bloggs\"@example.com",
            "joe@[127.0.0.1]",
            "joe@exa mple.com",
            "joe@-example.com",
            "joe@example.com@example.org",
            "@example.com",
            "joe@",
            "jo\u{e9}@example.com",
        ] {
            assert!(!matches(text.as_bytes()), "{text}");
        }
        #[cfg(feature = "json-schema")]
        {
            assert!(super::is_international(
                "jo\u{e9}@bücher.example".as_bytes()
            ));
            assert!(!super::is_international(
                "jo\u{e9} b@example.com".as_bytes()
            ));
        }
        assert!(!matches(
            format!("{}@example.com", "a".repeat(65)).as_bytes()
        ));
    }
}
