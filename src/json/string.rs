//! Finding the end of a string, and what its escapes stand for.

use super::SyntaxError;
use crate::text::{Bits, Block, Marks};

/// The place of the next byte that is not plain: `"`, `\`, a C0 control or the end of `bytes`.
#[inline(always)]
pub(super) fn plain_run(bytes: &[u8], from: usize, marks: &mut Marks) -> usize {
    let mut at = from;
    while let Some(chunk) = bytes.get(at..).and_then(<[u8]>::first_chunk) {
        let block = Block::new(*chunk);
        let stops = block.stops();
        if stops != 0 {
            marks.add(block, before_first(stops));
            return at + stops.trailing_zeros() as usize;
        }
        marks.add(block, Bits::MAX);
        at += Block::LENGTH;
    }
    plain_tail(bytes, at, marks)
}

#[cold]
fn plain_tail(bytes: &[u8], at: usize, marks: &mut Marks) -> usize {
    let rest = bytes.get(at..).unwrap_or_default();
    // Less than a block is left, so that a quote of the padding always stops the run.
    let block = Block::padded(rest, b'"');
    let stops = block.stops();
    marks.add(block, before_first(stops));
    at + stops.trailing_zeros() as usize
}

/// The bits below the first one that is set.
const fn before_first(bits: Bits) -> Bits {
    (bits & bits.wrapping_neg()) - 1
}

/// Reads the escape whose backslash is at the start of `bytes` and appends what it stands for.
/// Returns its length, or `None` where it may go on behind the end of `bytes`.
pub(super) fn unescape(bytes: &[u8], into: &mut Vec<u8>) -> Result<Option<usize>, SyntaxError> {
    let Some(kind) = bytes.get(1) else {
        return Ok(None);
    };
    let plain = match kind {
        b'"' | b'\\' | b'/' => *kind,
        b'b' => 0x08,
        b'f' => 0x0c,
        b'n' => b'\n',
        b'r' => b'\r',
        b't' => b'\t',
        b'u' => return unescape_unicode(bytes, into),
        _ => return Err(SyntaxError::Malformed),
    };
    into.push(plain);
    Ok(Some(2))
}

fn unescape_unicode(bytes: &[u8], into: &mut Vec<u8>) -> Result<Option<usize>, SyntaxError> {
    let Some(first) = hex(bytes.get(2..).unwrap_or_default())? else {
        return Ok(None);
    };
    let (code, length) = match first {
        0xd800..=0xdbff => {
            match (bytes.get(6), bytes.get(7)) {
                (None, _) | (Some(b'\\'), None) => return Ok(None),
                (Some(b'\\'), Some(b'u')) => {}
                _ => return Err(SyntaxError::NotUtf8),
            }
            let Some(second) = hex(bytes.get(8..).unwrap_or_default())? else {
                return Ok(None);
            };
            if !(0xdc00..=0xdfff).contains(&second) {
                return Err(SyntaxError::NotUtf8);
            }
            (0x1_0000 + ((first - 0xd800) << 10) + (second - 0xdc00), 12)
        }
        code => (code, 6),
    };
    let character = char::from_u32(code).ok_or(SyntaxError::NotUtf8)?;
    into.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
    Ok(Some(length))
}

/// The four hexadecimal digits at the start of `bytes`.
fn hex(bytes: &[u8]) -> Result<Option<u32>, SyntaxError> {
    let mut code = 0;
    for place in 0..4 {
        let Some(digit) = bytes.get(place) else {
            return Ok(None);
        };
        code = code * 16
            + (*digit as char)
                .to_digit(16)
                .ok_or(SyntaxError::Malformed)?;
    }
    Ok(Some(code))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_ends_at_the_first_byte_that_is_not_plain() {
        for length in 0..40 {
            for behind in 0..40 {
                let mut bytes = vec![b'x'; length];
                bytes.push(b'"');
                bytes.extend(vec![b':'; behind]);
                let mut marks = Marks::default();
                assert_eq!(plain_run(&bytes, 0, &mut marks), length);
                assert!(
                    !marks.authority(),
                    "marks behind the end, {length} {behind}"
                );
            }
            assert_eq!(
                plain_run(&vec![b'x'; length], 0, &mut Marks::default()),
                length
            );
        }
    }

    #[test]
    fn escapes() {
        let unescaped = |text: &str| {
            let mut into = Vec::new();
            let length = unescape(text.as_bytes(), &mut into);
            length.map(|length| {
                length.map(|length| (length, String::from_utf8(into).unwrap_or_default()))
            })
        };
        assert_eq!(unescaped(r"\n"), Ok(Some((2, "\n".into()))));
        assert_eq!(unescaped(r"\/x"), Ok(Some((2, "/".into()))));
        assert_eq!(unescaped(r"\u00e9"), Ok(Some((6, "é".into()))));
        assert_eq!(unescaped(r"\uD83D\uDE42"), Ok(Some((12, "🙂".into()))));
        for cut in [
            r"\",
            r"\u",
            r"\u00e",
            r"\ud83d",
            r"\ud83d\",
            r"\ud83d\u",
            r"\ud83d\ude4",
        ] {
            assert_eq!(unescaped(cut), Ok(None), "{cut}");
        }
        assert_eq!(unescaped(r"\x"), Err(SyntaxError::Malformed));
        assert_eq!(unescaped(r"\u00g0"), Err(SyntaxError::Malformed));
        for lone in [r"\udc00", r"\ud800x", r"\ud800\n", r"\ud800\ud800"] {
            assert_eq!(unescaped(lone), Err(SyntaxError::NotUtf8), "{lone}");
        }
    }
}
