//! Where a body is cut into frames.

/// The first byte says how many cuts there are, up to seven, and so many bytes how long each piece is.
/// The rest is the body. `0` has no cuts.
pub fn split(input: &[u8]) -> (&[u8], impl Iterator<Item = usize> + '_) {
    let (count, rest) = input.split_first().unwrap_or((&0, input));
    let count = usize::from(count % 8).min(rest.len());
    let (pieces, body) = rest.split_at(count);
    (body, pieces.iter().map(|length| usize::from(*length)))
}
