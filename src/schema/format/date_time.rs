/// `date-time` of RFC 3339 §5.6, with the days of each month and leap seconds (§5.7) in place.
pub(super) fn matches(text: &[u8]) -> bool {
    let Some((date, [b'T' | b't', time @ ..])) = text.split_at_checked(10) else {
        return false;
    };
    let (Some(date), Some(time)) = (read_date(date), read_time(time)) else {
        return false;
    };
    !time.is_leap || is_last_minute_of_month(&date, time.utc_minute)
}

/// `full-date` of RFC 3339 §5.6.
#[cfg(feature = "json-schema")]
pub(super) fn is_date(text: &[u8]) -> bool {
    read_date(text).is_some()
}

/// `full-time` of RFC 3339 §5.6. A leap second is the last one of a day in UTC, whichever it is.
#[cfg(feature = "json-schema")]
pub(super) fn is_time(text: &[u8]) -> bool {
    read_time(text).is_some_and(|time| !time.is_leap || is_last_minute(time.utc_minute))
}

struct Date {
    day: u16,
    days_of_month: u16,
}

struct Time {
    is_leap: bool,
    /// From the midnight that begins the date, so that it may lie on the day before or after.
    utc_minute: i32,
}

const DAY: i32 = 24 * 60;

fn is_last_minute(utc_minute: i32) -> bool {
    utc_minute.rem_euclid(DAY) == DAY - 1
}

fn is_last_minute_of_month(date: &Date, utc_minute: i32) -> bool {
    let utc_day = i32::from(date.day) + utc_minute.div_euclid(DAY);
    // Day 0 is the last one of the month before.
    is_last_minute(utc_minute) && (utc_day == 0 || utc_day == i32::from(date.days_of_month))
}

fn read_date(text: &[u8]) -> Option<Date> {
    let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = text else {
        return None;
    };
    let year = two(*y1, *y2)? * 100 + two(*y3, *y4)?;
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days_of_month = match two(*m1, *m2)? {
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        1..=12 => 31,
        _ => return None,
    };
    let day = two(*d1, *d2)?;
    (1..=days_of_month)
        .contains(&day)
        .then_some(Date { day, days_of_month })
}

fn read_time(text: &[u8]) -> Option<Time> {
    let [h1, h2, b':', m1, m2, b':', s1, s2, rest @ ..] = text else {
        return None;
    };
    let (hour, minute, second) = (two(*h1, *h2)?, two(*m1, *m2)?, two(*s1, *s2)?);
    let rest = match rest {
        [b'.', fraction @ ..] => {
            let digits = fraction
                .iter()
                .take_while(|byte| byte.is_ascii_digit())
                .count();
            if digits == 0 {
                return None;
            }
            &fraction[digits..]
        }
        rest => rest,
    };
    let offset = offset_minutes(rest)?;
    (hour <= 23 && minute <= 59 && second <= 60).then_some(Time {
        is_leap: second == 60,
        utc_minute: i32::from(hour) * 60 + i32::from(minute) - offset,
    })
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
    use super::*;

    #[cfg(feature = "json-schema")]
    #[test]
    fn dates_and_times_stand_alone() {
        for text in ["2026-11-24", "2024-02-29"] {
            assert!(is_date(text.as_bytes()), "{text}");
        }
        for text in ["2026-02-29", "2026-11-24T", "26-11-24", "2026-1-24", ""] {
            assert!(!is_date(text.as_bytes()), "{text}");
        }
        for text in [
            "10:00:00Z",
            "23:59:60Z",
            "15:59:60-08:00",
            "10:00:00.5+01:00",
        ] {
            assert!(is_time(text.as_bytes()), "{text}");
        }
        for text in [
            "10:00:00",
            "24:00:00Z",
            "10:00:60Z",
            "10:00Z",
            "10:00:00+24:00",
            "",
        ] {
            assert!(!is_time(text.as_bytes()), "{text}");
        }
    }

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
