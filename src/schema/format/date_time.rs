/// `date-time` of RFC 3339 §5.6, with the days of each month and leap seconds (§5.7) in place.
pub(super) fn matches(text: &[u8]) -> bool {
    let Some((date, time)) = text.split_at_checked(10) else {
        return false;
    };
    is_date(date) && matches!(time, [b'T' | b't', rest @ ..] if is_time(rest))
}

fn is_date(text: &[u8]) -> bool {
    let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = text else {
        return false;
    };
    let (Some(century), Some(year), Some(month), Some(day)) =
        (two(*y1, *y2), two(*y3, *y4), two(*m1, *m2), two(*d1, *d2))
    else {
        return false;
    };
    let year = century * 100 + year;
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        1..=12 => 31,
        _ => return false,
    };
    (1..=days).contains(&day)
}

fn is_time(text: &[u8]) -> bool {
    let [h1, h2, b':', m1, m2, b':', s1, s2, rest @ ..] = text else {
        return false;
    };
    let (Some(hour), Some(minute), Some(second)) = (two(*h1, *h2), two(*m1, *m2), two(*s1, *s2))
    else {
        return false;
    };
    let rest = match rest {
        [b'.', fraction @ ..] => {
            let digits = fraction
                .iter()
                .take_while(|byte| byte.is_ascii_digit())
                .count();
            if digits == 0 {
                return false;
            }
            &fraction[digits..]
        }
        rest => rest,
    };
    let Some(offset) = offset_minutes(rest) else {
        return false;
    };
    if hour > 23 || minute > 59 {
        return false;
    }
    match second {
        0..=59 => true,
        // Leap seconds are the last second of a day in UTC.
        60 => {
            (i32::from(hour) * 60 + i32::from(minute) - offset).rem_euclid(24 * 60) == 23 * 60 + 59
        }
        _ => false,
    }
}

fn offset_minutes(text: &[u8]) -> Option<i32> {
    match text {
        [b'Z' | b'z'] => Some(0),
        [sign @ (b'+' | b'-'), h1, h2, b':', m1, m2] => {
            let (hours, minutes) = (two(*h1, *h2)?, two(*m1, *m2)?);
            let offset = i32::from(hours) * 60 + i32::from(minutes);
            (hours <= 23 && minutes <= 59).then_some(if *sign == b'-' { -offset } else { offset })
        }
        _ => None,
    }
}

/// The number that two digits write.
fn two(tens: u8, ones: u8) -> Option<u16> {
    let digit = |byte: u8| byte.is_ascii_digit().then(|| u16::from(byte - b'0'));
    Some(digit(tens)? * 10 + digit(ones)?)
}

#[cfg(test)]
mod tests {
    use super::matches;

    #[test]
    fn days_offsets_and_leap_seconds() {
        for text in [
            "2026-11-24T10:00:00Z",
            "1985-04-12t23:20:50.52z",
            "1996-12-19T16:39:57-08:00",
            "1990-12-31T23:59:60Z",
            "1990-12-31T15:59:60-08:00",
            "2000-02-29T00:00:00+23:59",
        ] {
            assert!(matches(text.as_bytes()), "{text}");
        }
        for text in [
            "2026-11-24 10:00:00Z",
            "2026-11-24T10:00:00",
            "2026-02-29T10:00:00Z",
            "1900-02-29T10:00:00Z",
            "2026-13-01T10:00:00Z",
            "2026-11-31T10:00:00Z",
            "2026-11-24T24:00:00Z",
            "2026-11-24T10:60:00Z",
            "2026-11-24T10:00:60Z",
            "2026-11-24T10:00:00.Z",
            "2026-11-24T10:00:00+24:00",
            "2026-11-24T10:00:00+0100",
            "20261124T100000Z",
            "2026-11-24T10:00:00ZZ",
            "２026-11-24T10:00:00Z",
        ] {
            assert!(!matches(text.as_bytes()), "{text}");
        }
    }
}
