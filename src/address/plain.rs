//! Host names as nearly all are written, which need no mapping and have one reading: up to 63 lower-case
//! letters, digits, single hyphens and dots between them, the last label beginning with a letter.

use crate::text::Block;

/// The plain name at the start of `text`, if it goes to the end or to what ends an authority: the
/// delimiters of URLs, and in other text white space and controls.
pub(super) fn leading_name(text: &[u8]) -> Option<&[u8]> {
    let (mut foreign, mut dots, mut hyphens) = (0, 0, 0);
    for start in (0..64).step_by(Block::LENGTH) {
        let rest = text.get(start..)?;
        let block = rest
            .first_chunk()
            .map_or_else(|| Block::padded(rest, b'/'), |block| Block::new(*block));
        foreign |= u64::from(block.foreign_to_names()) << start;
        dots |= u64::from(block.is(b'.')) << start;
        hyphens |= u64::from(block.is(b'-')) << start;
        if foreign != 0 {
            break;
        }
    }
    let end = foreign.trailing_zeros() as usize;
    let before = foreign.wrapping_sub(1) & !foreign;
    let ends = matches!(text.get(end), None | Some(b'/' | b'?' | b'#' | 0..=b' '));
    let (dots, hyphens) = (dots & before, hyphens & before);
    // A label is empty where a dot is the first byte or stands behind another one. Two hyphens may be
    // those of Punycode.
    let one_reading = ends && dots & (dots << 1 | 1) == 0 && hyphens & (hyphens << 1) == 0;
    let last_label = 64 - dots.leading_zeros() as usize;
    let is_name = one_reading
        && foreign != 0
        && text[last_label..end]
            .first()
            .is_some_and(u8::is_ascii_lowercase);
    is_name.then(|| &text[..end])
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
        for name in [
            "a",
            "a-1.example",
            "sixteen.example1",
            "a.b.c.d.e.f.g.h.i.j.k.l.m.n.o.p.q.r.s",
        ] {
            for behind in ["", "/", "/a.b", "?x", "#", "//", " b", "\n", "/..--.A@:"] {
                let text = format!("{name}{behind}");
                assert_eq!(
                    leading_name(text.as_bytes()),
                    Some(name.as_bytes()),
                    "{text}"
                );
            }
            for behind in [
                ":80", "@c.d/", "\\c", "A", "_", "..", ".1", "--a", "é", "\u{7f}", "%41",
            ] {
                let text = format!("{name}{behind}");
                assert_eq!(leading_name(text.as_bytes()), None, "{text}");
            }
        }
        for text in ["", "/", ".a", "a..b", "1.2", "a.1", "-a.-/"] {
            assert_eq!(leading_name(text.as_bytes()), None, "{text}");
        }
        assert!(!is_name(b"a.b/"));
    }

    #[test]
    fn every_byte_is_of_names_or_not() {
        for place in 0..63 {
            for byte in 0..=u8::MAX {
                let mut text = [b'a'; 63];
                text[place] = byte;
                let of_names = matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.');
                let expected = match byte {
                    b'.' => place > 0 && place < 62,
                    b'-' => place > 0,
                    b'0'..=b'9' => place > 0,
                    _ => of_names,
                };
                assert_eq!(is_name(&text), expected, "{byte:#x} at {place}");
            }
        }
        assert!(!is_name(&[b'a'; 64]));
    }
}
