//! `application/x-www-form-urlencoded`, as a query string and as a body (WHATWG URL §5.1).

use std::borrow::Cow;

use super::percent::{self, Plus};

/// Why pairs were not read to their end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FieldsError {
    Malformed,
    TooMany,
    Stopped,
}

/// Calls `pair` with each name and its value, decoded, in their order, until it answers `false`.
///
/// Pairs are split at `&` alone; `;` is no separator. A pair without `=` has an empty value.
pub(crate) fn read_pairs(
    text: &[u8],
    most: usize,
    mut pair: impl FnMut(&str, &str) -> bool,
) -> Result<(), FieldsError> {
    // Nearly all pairs are plain, and are handed on as they stand.
    let plain = as_plain(text);
    let read = |from: usize, to: usize| match plain {
        Some(plain) => Ok(Cow::Borrowed(&plain[from..to])),
        None => percent::decode(&text[from..to], Plus::Space).ok_or(FieldsError::Malformed),
    };
    let mut count = 0;
    let mut from = 0;
    while from < text.len() {
        let end = find(text, b'&', from, text.len());
        if end > from {
            if count == most {
                return Err(FieldsError::TooMany);
            }
            count += 1;
            let equals = find(text, b'=', from, end);
            let name = read(from, equals)?;
            let value = read((equals + 1).min(end), end)?;
            if !pair(&name, &value) {
                return Err(FieldsError::Stopped);
            }
        }
        from = end + 1;
    }
    Ok(())
}

/// The text, where it is ASCII that stands for itself.
fn as_plain(text: &[u8]) -> Option<&str> {
    // To the end, whatever is found: a loop without exits is done many bytes at a time.
    let encoded = text.iter().fold(false, |any, byte| {
        any | matches!(byte, b'%' | b'+' | 0x80..)
    });
    if encoded {
        None
    } else {
        std::str::from_utf8(text).ok()
    }
}

/// The place of the first `byte`, or `to`.
fn find(text: &[u8], byte: u8, from: usize, to: usize) -> usize {
    let place = text[from..to].iter().position(|other| *other == byte);
    place.map_or(to, |place| from + place)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(text: &str, most: usize) -> Result<Vec<(String, String)>, FieldsError> {
        let mut pairs = Vec::new();
        read_pairs(text.as_bytes(), most, |name, value| {
            pairs.push((name.to_owned(), value.to_owned()));
            true
        })?;
        Ok(pairs)
    }

    #[test]
    fn pairs_are_what_form_urlencoded_reads() {
        for query in [
            "",
            "a=1",
            "a=1&b",
            "a=&&b=2&",
            "a=1;b=2",
            "=x",
            "a==",
            "%75rl=%26+x",
            "a=1=2",
        ] {
            let expected: Vec<(String, String)> =
                serde_urlencoded::from_str(query).expect("pairs of strings");
            assert_eq!(pairs(query, 10), Ok(expected), "{query}");
        }
    }

    #[test]
    fn what_is_not_one_reading_is_an_error() {
        assert_eq!(pairs("a=%zz", 10), Err(FieldsError::Malformed));
        assert_eq!(pairs("%FF=1", 10), Err(FieldsError::Malformed));
        assert_eq!(pairs("a&b&c", 2), Err(FieldsError::TooMany));
    }
}
