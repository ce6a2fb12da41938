use super::SyntaxError;

/// A number as it was written.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Number<'a> {
    text: &'a [u8],
    /// All digits as one integer. It means something where there is no exponent and the text fits.
    digits: u64,
    /// How many of the digits stand behind the point.
    fraction: usize,
    form: Form,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    Integer,
    Decimal,
    Exponent,
}

/// So many digits fit a `u64`, and as many characters have no more digits.
const FITS: usize = 19;

/// The powers of ten that an `f64` holds, as far as a short number needs them.
const POWERS: [f64; FITS] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18,
];

impl<'a> Number<'a> {
    /// Reads text that is one number by the grammar of RFC 8259 §6 and nothing else.
    pub(crate) fn parse(text: &'a [u8], longest: usize) -> Option<Self> {
        match scan(text, 0, true, longest) {
            Ok(Some((end, number))) if end == text.len() => Some(number),
            _ => None,
        }
    }

    /// Whether it was written without fraction and exponent, and not as `-0`, which readers of
    /// integers refuse or read as a float.
    pub(crate) fn is_integer(self) -> bool {
        self.form == Form::Integer && (self.digits != 0 || self.text != b"-0")
    }

    /// Whether it is an integer, however it is written.
    pub(crate) fn is_whole(self) -> bool {
        match self.form {
            Form::Integer => true,
            // Most fractions do not end with a zero.
            Form::Decimal if self.text.last() != Some(&b'0') => false,
            _ => self.to_decimal().exponent >= 0,
        }
    }

    /// The value of an integer, where an `i64` or a `u64` holds it: readers make floats of others.
    #[inline]
    pub(crate) fn to_integer(self) -> Option<i128> {
        if !self.is_integer() {
            return None;
        }
        if self.text.len() > FITS {
            return self.to_long_integer();
        }
        let magnitude = i128::from(self.digits);
        Some(if self.is_negative() {
            -magnitude
        } else {
            magnitude
        })
    }

    #[cold]
    fn to_long_integer(self) -> Option<i128> {
        let value: i128 = std::str::from_utf8(self.text).ok()?.parse().ok()?;
        (i128::from(i64::MIN)..=i128::from(u64::MAX))
            .contains(&value)
            .then_some(value)
    }

    fn is_negative(self) -> bool {
        self.text.first() == Some(&b'-')
    }

    /// The least and the largest `f64` that readers make of it.
    ///
    /// Up to 15 digits have one reading. Of longer ones, `serde_json` makes a neighbour of the
    /// nearest `f64` unless its feature `float_roundtrip` is on: two roundings and a power of ten
    /// that is rounded itself, less than four units in the last place.
    #[inline]
    pub(crate) fn readings(self) -> (f64, f64) {
        if let Some(value) = self.short_decimal() {
            return (value, value);
        }
        let nearest = self.to_f64();
        if self.is_exact() {
            return (nearest, nearest);
        }
        let spread = nearest.abs() * (4.0 * f64::EPSILON) + 4.0 * f64::from_bits(1);
        (nearest - spread, nearest + spread)
    }

    /// Whether an `f64` holds its digits as well as the power of ten, so that readers round once: with an
    /// exponent as without one.
    #[cold]
    fn is_exact(self) -> bool {
        let decimal = self.to_decimal();
        self.text.len() <= FITS && decimal.digits().count() <= 15 && decimal.exponent.abs() <= 22
    }

    /// The nearest `f64`.
    #[cold]
    fn to_f64(self) -> f64 {
        // Every text that the grammar of RFC 8259 allows is one that `f64` reads.
        std::str::from_utf8(self.text)
            .ok()
            .and_then(|text| text.parse().ok())
            .unwrap_or(f64::NAN)
    }

    /// The value of a short number without exponent. An `f64` holds its digits as well as the power of
    /// ten, so that there is one rounding, as there has to be.
    #[inline]
    fn short_decimal(self) -> Option<f64> {
        if self.form == Form::Exponent || self.text.len() > FITS || self.digits >= 1 << 53 {
            return None;
        }
        #[expect(clippy::cast_precision_loss, reason = "it is below 2^53")]
        let value = self.digits as f64 / POWERS.get(self.fraction)?;
        Some(if self.is_negative() { -value } else { value })
    }

    /// The number as digits and a power of ten. The digits neither begin nor end with a zero.
    pub(crate) fn to_decimal(self) -> Decimal<'a> {
        let end = self
            .text
            .iter()
            .position(|byte| matches!(byte, b'e' | b'E'));
        let (digits, exponent) = self.text.split_at(end.unwrap_or(self.text.len()));
        // A number within the bounds of this reader is one of an f64: its exponent is small.
        let exponent: i64 = std::str::from_utf8(exponent.get(1..).unwrap_or_default())
            .ok()
            .and_then(|exponent| exponent.parse().ok())
            .unwrap_or(0);
        let is_digit = |byte: &u8| matches!(byte, b'1'..=b'9');
        let (Some(first), Some(last)) = (
            digits.iter().position(is_digit),
            digits.iter().rposition(is_digit),
        ) else {
            return Decimal {
                digits: &[],
                exponent: 0,
            };
        };
        let point = digits.iter().position(|byte| *byte == b'.');
        let point = point.unwrap_or(digits.len());
        // How far behind the point the last digit stands, or how many digits before it.
        let place = if last > point {
            -i64::try_from(last - point).unwrap_or(i64::MAX)
        } else {
            i64::try_from(point - last - 1).unwrap_or(i64::MAX)
        };
        Decimal {
            digits: &digits[first..=last],
            exponent: exponent.saturating_add(place),
        }
    }

    /// Whether an `f64` holds it: neither infinite, nor zero where the text is not.
    fn fits_f64(self) -> bool {
        let value = self.to_f64();
        let mantissa = self
            .text
            .split(|byte| matches!(byte, b'e' | b'E'))
            .next()
            .unwrap_or(self.text);
        value.is_finite()
            && (value != 0.0 || !mantissa.iter().any(|byte| matches!(byte, b'1'..=b'9')))
    }
}

/// A number without sign: an integer and the power of ten that it is multiplied with.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Decimal<'a> {
    /// As they were written, perhaps with a point between.
    digits: &'a [u8],
    pub(crate) exponent: i64,
}

impl<'a> Decimal<'a> {
    pub(crate) const fn is_zero(self) -> bool {
        self.digits.is_empty()
    }

    /// The values of the digits.
    pub(crate) fn digits(self) -> impl Iterator<Item = u8> + 'a {
        let digits = self.digits.iter().filter(|byte| **byte != b'.');
        digits.map(|byte| byte - b'0')
    }
}

/// Reads the number that begins at `start`. `None` where it may go on behind the end of `bytes`.
#[inline(always)]
pub(super) fn scan(
    bytes: &[u8],
    start: usize,
    last: bool,
    longest: usize,
) -> Result<Option<(usize, Number<'_>)>, SyntaxError> {
    let mut value: u64 = 0;
    let mut digits = |from: usize| {
        let mut at = from;
        while let Some(digit) = bytes.get(at).map(|byte| byte.wrapping_sub(b'0'))
            && digit < 10
        {
            value = value.wrapping_mul(10).wrapping_add(u64::from(digit));
            at += 1;
        }
        at
    };
    // What ends the number too early, at this place: the end of the bytes, or a byte that is wrong.
    let ends = |at: usize| {
        if at - start > longest {
            Err(SyntaxError::NumberTooLarge)
        } else if last || at < bytes.len() {
            Err(SyntaxError::Malformed)
        } else {
            Ok(None)
        }
    };

    let mut at = start + usize::from(bytes.get(start) == Some(&b'-'));
    at = match bytes.get(at) {
        Some(b'0') => at + 1,
        Some(b'1'..=b'9') => digits(at),
        _ => return ends(at),
    };
    let mut form = Form::Integer;
    let mut fraction = 0;
    if bytes.get(at) == Some(&b'.') {
        let end = digits(at + 1);
        if end == at + 1 {
            return ends(end);
        }
        form = Form::Decimal;
        fraction = end - at - 1;
        at = end;
    }
    if matches!(bytes.get(at), Some(b'e' | b'E')) {
        let sign = usize::from(matches!(bytes.get(at + 1), Some(b'+' | b'-')));
        let end = digits(at + 1 + sign);
        if end == at + 1 + sign {
            return ends(end);
        }
        form = Form::Exponent;
        at = end;
    }
    if at - start > longest {
        return Err(SyntaxError::NumberTooLarge);
    }
    if at == bytes.len() && !last {
        return Ok(None);
    }
    let number = Number {
        text: &bytes[start..at],
        digits: value,
        fraction,
        form,
    };
    // Without an exponent no text within the bound leaves the range of an f64.
    if (form == Form::Exponent || longest > 300) && !number.fits_f64() {
        return Err(SyntaxError::NumberTooLarge);
    }
    Ok(Some((at, number)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Option<Number<'_>> {
        Number::parse(text.as_bytes(), 64)
    }

    #[test]
    fn grammar_of_rfc_8259() {
        for text in [
            "0", "-0", "7", "-12", "1.5", "0.0", "1e3", "1E+3", "-2.5e-3", "0e1",
        ] {
            assert!(parse(text).is_some(), "{text}");
        }
        for text in [
            "", "-", "+1", "01", "-01", ".5", "1.", "1.e3", "1e", "1e+", "NaN", "0x1", "1 ", "--1",
        ] {
            assert!(parse(text).is_none(), "{text}");
        }
    }

    #[test]
    fn what_no_f64_holds_is_out_of_range() {
        assert!(parse("1e308").is_some());
        for text in ["1e400", "-1e400", "1e-400", "0.1e-330"] {
            assert!(parse(text).is_none(), "{text}");
        }
        assert!(parse("0e-400").is_some());
        assert!(parse(&"9".repeat(65)).is_none());
    }

    #[test]
    fn integers_are_written_as_integers() {
        assert!(parse("12").is_some_and(Number::is_integer));
        for text in ["-0", "1.0", "1e2"] {
            assert!(!parse(text).is_some_and(Number::is_integer), "{text}");
        }
        for (text, value) in [
            ("18446744073709551615", Some(i128::from(u64::MAX))),
            ("18446744073709551616", None),
            ("-9223372036854775808", Some(i128::from(i64::MIN))),
            ("-9223372036854775809", None),
            ("1.0", None),
        ] {
            assert_eq!(parse(text).and_then(Number::to_integer), value, "{text}");
        }
        let beyond = "9".repeat(60);
        assert_eq!(parse(&beyond).and_then(Number::to_integer), None);
        assert_eq!(
            parse("-123456789012345678").and_then(Number::to_integer),
            Some(-123_456_789_012_345_678)
        );
    }

    #[test]
    fn short_decimals_are_the_nearest() {
        for text in [
            "0",
            "-0",
            "7",
            "-12",
            "0.1",
            "-0.3",
            "19.99",
            "1.005",
            "100000.25",
            "123456789012345",
            "0.00000000000001",
            "99999999999999.9",
            "9007199254740991",
            "-0.0000000000000001",
            "9.00719925474099",
            "900719925474099.1",
        ] {
            let nearest: f64 = text.parse().unwrap_or(f64::NAN);
            let value = parse(text).and_then(Number::short_decimal);
            assert_eq!(value.map(f64::to_bits), Some(nearest.to_bits()), "{text}");
        }
        for text in [
            "9007199254740993",
            "900719925474099.3",
            "1e3",
            "0.000000000000000001",
        ] {
            assert_eq!(parse(text).and_then(Number::short_decimal), None, "{text}");
        }
    }

    #[test]
    fn what_serde_json_reads_is_one_of_the_readings() {
        let digits = "31415926535897932384626433832795028841971693993751";
        for length in 1..=digits.len() {
            for exponent in [-300, -160, -40, -20, -5, 0, 5, 20, 40, 160, 250] {
                let text = format!("{}.{}e{exponent}", &digits[..1], &digits[..length]);
                let read: f64 = serde_json::from_str(&text).expect("a number");
                let (least, largest) = parse(&text).expect("a number").readings();
                assert!(least <= read && read <= largest, "{text}: {read}");
            }
        }
    }

    #[test]
    fn a_cut_number_waits_for_its_rest() {
        for cut in ["", "-", "1", "1.", "1.5", "1.5e", "1.5e-", "1.5e-7"] {
            assert!(
                matches!(scan(cut.as_bytes(), 0, false, 64), Ok(None)),
                "{cut}"
            );
        }
        assert!(scan(b"1.x", 0, false, 64).is_err());
        assert!(scan(&[b'1'; 65], 0, false, 64).is_err());
    }
}
