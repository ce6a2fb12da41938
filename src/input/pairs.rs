//! `application/x-www-form-urlencoded`, as a query string and as a body (WHATWG URL §5.1).

use super::percent::{self, Plus};
use crate::text::{Block, holds_any, positions};

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
    text: &str,
    most: usize,
    mut pair: impl FnMut(&str, &str) -> bool,
) -> Result<(), FieldsError> {
    // Nearly all pairs are plain, and are handed on as they stand.
    let plain = !holds_any(text.as_bytes(), [b'%', b'+']);
    let mut count = 0;
    let mut read_pair = |from: usize, equals: Option<usize>, to: usize| {
        if from == to {
            return Ok(());
        }
        if count == most {
            return Err(FieldsError::TooMany);
        }
        count += 1;
        let (name, value) = match equals {
            Some(equals) => (&text[from..equals], &text[equals + 1..to]),
            None => (&text[from..to], ""),
        };
        let go_on = if plain {
            pair(name, value)
        } else {
            let decode = |text| percent::decode(text, Plus::Space).ok_or(FieldsError::Malformed);
            pair(&decode(name)?, &decode(value)?)
        };
        go_on.then_some(()).ok_or(FieldsError::Stopped)
    };
    let (mut from, mut equals) = (0, None);
    let delimiter = |block: Block| block.is(b'&') | block.is(b'=');
    for place in positions(text.as_bytes(), delimiter) {
        if text.as_bytes()[place] == b'=' {
            equals = equals.or(Some(place));
        } else {
            read_pair(from, equals.take(), place)?;
            from = place + 1;
        }
    }
    read_pair(from, equals, text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(text: &str, most: usize) -> Result<Vec<(String, String)>, FieldsError> {
        let mut pairs = Vec::new();
        read_pairs(text, most, |name, value| {
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
