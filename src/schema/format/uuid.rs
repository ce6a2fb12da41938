/// Eight, four, four, four and twelve hexadecimal digits with hyphens between (RFC 9562 §4).
pub(super) fn matches(text: &[u8]) -> bool {
    text.len() == 36
        && text.iter().enumerate().all(|(place, byte)| match place {
            8 | 13 | 18 | 23 => *byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        })
}

#[cfg(test)]
mod tests {
    use super::matches;

    #[test]
    fn hyphenated_form_only() {
        assert!(matches(b"550e8400-e29b-41d4-a716-446655440000"));
        assert!(matches(b"550E8400-E29B-41D4-A716-446655440000"));
        for text in [
            "550e8400e29b41d4a716446655440000",
            "{550e8400-e29b-41d4-a716-446655440000}",
            "550e8400-e29b-41d4-a716-44665544000g",
            "550e8400-e29b-41d4-a716-4466554400000",
            "",
        ] {
            assert!(!matches(text.as_bytes()), "{text}");
        }
    }
}
