/// `duration` of RFC 3339, appendix A: weeks, or a date, a time or both, in which no unit is left out
/// between two others.
pub(super) fn matches(text: &[u8]) -> bool {
    let [b'P', rest @ ..] = text else {
        return false;
    };
    if units(rest, b"W") {
        return true;
    }
    let time = rest.iter().position(|byte| *byte == b'T');
    let (date, time) = rest.split_at(time.unwrap_or(rest.len()));
    let is_date = units(date, b"YMD");
    match time {
        [] => is_date,
        [_, time @ ..] => (is_date || date.is_empty()) && units(time, b"HMS"),
    }
}

/// One or more numbers, each with its unit, of units that follow each other.
fn units(text: &[u8], units: &[u8]) -> bool {
    let mut rest = text;
    let mut next: Option<usize> = None;
    while !rest.is_empty() {
        let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let unit = rest.get(digits);
        let place = units.iter().position(|known| Some(known) == unit);
        let follows = place.is_some() && (next.is_none() || place == next);
        if digits == 0 || !follows {
            return false;
        }
        next = place.map(|place| place + 1);
        rest = &rest[digits + 1..];
    }
    next.is_some()
}

#[cfg(test)]
mod tests {
    use super::matches;

    #[test]
    fn units_follow_each_other() {
        for text in [
            "P4DT12H30M5S",
            "P4Y",
            "PT0S",
            "P0D",
            "P1M",
            "PT1M",
            "PT36H",
            "P1DT12H",
            "P2W",
            "P1Y2M3D",
            "P1M2D",
            "PT1M2S",
        ] {
            assert!(matches(text.as_bytes()), "{text}");
        }
        for text in [
            "",
            "P",
            "PT",
            "P1",
            "1D",
            "p1d",
            "P1YT",
            "PT1D",
            "P2D1Y",
            "P1D2H",
            "P2S",
            "P1W1D",
            "P1Y2W",
            "P1Y2D",
            "PT1H2S",
            "P-1D",
            "P1.5D",
            "P1Y1Y",
            "P\u{967}Y",
        ] {
            assert!(!matches(text.as_bytes()), "{text}");
        }
    }
}
