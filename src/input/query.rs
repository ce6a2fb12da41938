//! The query string as `application/x-www-form-urlencoded` (WHATWG URL §5.1).

use super::percent::decode;

/// Why a query was not read to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum QueryError {
    Malformed,
    TooMany,
    Stopped,
}

/// Calls `parameter` with the name and the value of each parameter, decoded, in their order, until
/// it answers `false`.
///
/// Pairs are split at `&` alone; `;` is no separator. A pair without `=` has an empty value.
pub(crate) fn read_query(
    query: &str,
    most: usize,
    mut parameter: impl FnMut(&str, &str) -> bool,
) -> Result<(), QueryError> {
    let pairs = query
        .as_bytes()
        .split(|byte| *byte == b'&')
        .filter(|pair| !pair.is_empty());
    for (count, pair) in pairs.enumerate() {
        if count == most {
            return Err(QueryError::TooMany);
        }
        let end = pair
            .iter()
            .position(|byte| *byte == b'=')
            .unwrap_or(pair.len());
        let name = decode(&pair[..end]).ok_or(QueryError::Malformed)?;
        let value = decode(pair.get(end + 1..).unwrap_or_default()).ok_or(QueryError::Malformed)?;
        if !parameter(&name, &value) {
            return Err(QueryError::Stopped);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(query: &str, most: usize) -> Result<Vec<(String, String)>, QueryError> {
        let mut pairs = Vec::new();
        read_query(query, most, |name, value| {
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
        assert_eq!(pairs("a=%zz", 10), Err(QueryError::Malformed));
        assert_eq!(pairs("%FF=1", 10), Err(QueryError::Malformed));
        assert_eq!(pairs("a&b&c", 2), Err(QueryError::TooMany));
    }
}
