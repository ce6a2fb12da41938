//! `application/x-www-form-urlencoded`, as a query string and as a body (WHATWG URL §5.1).

use memchr::memchr;

use super::percent::{self, Plus};

/// Why pairs were not read to their end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PairsError {
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
) -> Result<(), PairsError> {
    let decode = |text| percent::decode(text, Plus::Space).ok_or(PairsError::Malformed);
    let pairs = text
        .split(|byte| *byte == b'&')
        .filter(|pair| !pair.is_empty());
    for (count, encoded) in pairs.enumerate() {
        if count == most {
            return Err(PairsError::TooMany);
        }
        let end = memchr(b'=', encoded).unwrap_or(encoded.len());
        let name = decode(&encoded[..end])?;
        let value = decode(encoded.get(end + 1..).unwrap_or_default())?;
        if !pair(&name, &value) {
            return Err(PairsError::Stopped);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(text: &str, most: usize) -> Result<Vec<(String, String)>, PairsError> {
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
        assert_eq!(pairs("a=%zz", 10), Err(PairsError::Malformed));
        assert_eq!(pairs("%FF=1", 10), Err(PairsError::Malformed));
        assert_eq!(pairs("a&b&c", 2), Err(PairsError::TooMany));
    }
}
