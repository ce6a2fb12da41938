/// `json-pointer` of RFC 6901 §3.
pub(super) fn matches(text: &[u8]) -> bool {
    let starts = text.first().is_none_or(|byte| *byte == b'/');
    // Each `~` is the first half of an escape.
    let escapes = text.split(|byte| *byte == b'~').skip(1);
    starts
        && escapes
            .map(<[u8]>::first)
            .all(|next| matches!(next, Some(b'0' | b'1')))
}

/// `relative-json-pointer` of draft-bhutton-relative-json-pointer-00 §3.
pub(super) fn is_relative(text: &[u8]) -> bool {
    let Some(rest) = behind_integer(text) else {
        return false;
    };
    let rest = match rest {
        [b'+' | b'-', shift @ ..] => behind_integer(shift).filter(|_| shift.first() != Some(&b'0')),
        rest => Some(rest),
    };
    rest.is_some_and(|rest| rest == b"#" || matches(rest))
}

/// What stands behind an integer that has no needless zeros.
fn behind_integer(text: &[u8]) -> Option<&[u8]> {
    let digits = text.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let plain = digits == 1 || (digits > 1 && text[0] != b'0');
    plain.then(|| &text[digits..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pointers_of_the_whole() {
        for text in [
            "", "/", "/foo/0", "/a~1b", "/c%d", "/m~0n", "/~01", "/ ", "/é", "/a~0~1",
        ] {
            assert!(matches(text.as_bytes()), "{text}");
        }
        for text in ["a", "#/a", "/~", "/~2", "/a~", "/~~0", "0", "#"] {
            assert!(!matches(text.as_bytes()), "{text}");
        }
    }

    #[test]
    fn pointers_from_a_place() {
        for text in [
            "0",
            "1",
            "120/foo/bar",
            "0/objects",
            "0#",
            "1+1",
            "0-1#",
            "2-3/a",
        ] {
            assert!(is_relative(text.as_bytes()), "{text}");
        }
        for text in [
            "", "/foo", "-1/a", "+1/a", "01/a", "01#", "0##", "0+/a", "0+0", "0#a", "a",
        ] {
            assert!(!is_relative(text.as_bytes()), "{text}");
        }
    }
}
