/// Eight, four, four, four and twelve hexadecimal digits with hyphens between (RFC 9562 §4).
pub(super) fn matches(text: &[u8]) -> bool {
    let Ok(text) = <&[u8; 36]>::try_from(text) else {
        return false;
    };
    // Without a way out in between, which compiles to a few steps over many bytes each.
    let is_digit = |byte: u8| byte.wrapping_sub(b'0') < 10 || (byte | 0x20).wrapping_sub(b'a') < 6;
    let digits = text
        .iter()
        .fold(0_u8, |count, byte| count + u8::from(is_digit(*byte)));
    digits == 32 && [8, 13, 18, 23].iter().all(|place| text[*place] == b'-')
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
