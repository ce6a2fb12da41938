//! Percent-encoding, in the ways that clients have for it.

/// Which spelling each character has, two bits for each.
pub(crate) type Spelling = u64;

/// Encodes a text: bytes that may stand for themselves are encoded or not, in either case.
pub(crate) fn spelled(text: &str, spelling: Spelling, plus_is_space: bool) -> String {
    let spell = |(place, byte): (usize, u8)| {
        let choice = (spelling >> (place * 2 % 64)) & 3;
        let plain = byte.is_ascii_alphanumeric() || b"-._~:/@!$'()*,".contains(&byte);
        match choice {
            0 | 1 if plain => char::from(byte).to_string(),
            1 if byte == b' ' && plus_is_space => "+".to_owned(),
            0 | 1 => format!("%{byte:02X}"),
            2 => format!("%{byte:02x}"),
            _ => format!("%{byte:02X}"),
        }
    };
    text.bytes().enumerate().map(spell).collect()
}
