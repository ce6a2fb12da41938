use std::fmt;

use crate::json::Number;

/// A number that others have to be a multiple of, exactly: 0.3 is a multiple of 0.1 here, whatever
/// their nearest `f64`s are.
#[derive(Clone, Copy, Debug)]
pub(in crate::schema) struct Multiple {
    digits: u64,
    exponent: i64,
}

impl Multiple {
    /// Reads a positive number of up to 19 digits.
    pub(super) fn new(text: &str) -> Option<Self> {
        let decimal = Number::parse(text.as_bytes(), 400)?.to_decimal();
        let digits = decimal.digits().try_fold(0_u64, |sum, digit| {
            sum.checked_mul(10)?.checked_add(u64::from(digit))
        })?;
        let positive = digits > 0 && !text.starts_with('-');
        positive.then_some(Self {
            digits,
            exponent: decimal.exponent,
        })
    }

    pub(in crate::schema) fn divides(self, number: Number<'_>) -> bool {
        let decimal = number.to_decimal();
        if decimal.is_zero() {
            return true;
        }
        let Ok(zeros) = usize::try_from(decimal.exponent - self.exponent) else {
            // The last digit stands where a multiple has none.
            return false;
        };
        let zeros = std::iter::repeat_n(0, zeros);
        decimal
            .digits()
            .chain(zeros)
            .fold(0, |rest, digit| self.shift(rest, digit))
            == 0
    }

    /// The rest of a number that goes on with one digit more.
    #[expect(
        clippy::cast_possible_truncation,
        reason = "a rest is smaller than its divisor"
    )]
    fn shift(self, rest: u64, digit: u8) -> u64 {
        ((u128::from(rest) * 10 + u128::from(digit)) % u128::from(self.digits)) as u64
    }
}

impl fmt::Display for Multiple {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.exponent {
            0 => write!(f, "{}", self.digits),
            exponent => write!(f, "{}e{exponent}", self.digits),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn multiples_are_exact() {
        let divides = |of: &str, text: &str| {
            let number = Number::parse(text.as_bytes(), 64).expect("a number");
            Multiple::new(of).expect("a divisor").divides(number)
        };
        for (of, text) in [
            ("2", "10"),
            ("2", "0"),
            ("0.01", "4.35"),
            ("0.1", "0.3"),
            ("0.0001", "0.0075"),
            ("1.5", "4.5"),
            ("1.5", "-3"),
            ("1e-8", "12391239123"),
            ("0.5", "1e308"),
            ("3", "3e10"),
            ("2", "20e-1"),
            ("100", "1e2"),
            ("7", "7000000000000000000000000000000000000000"),
        ] {
            assert!(divides(of, text), "{text} of {of}");
        }
        for (of, text) in [
            ("2", "7"),
            ("1.5", "35"),
            ("0.0001", "0.00751"),
            ("0.123456789", "1e308"),
            ("100", "1e1"),
            ("1", "0.5"),
            ("7", "7000000000000000000000000000000000000001"),
        ] {
            assert!(!divides(of, text), "{text} of {of}");
        }
        for none in ["0", "-1", "x", "", "0.0", "99999999999999999999"] {
            assert!(Multiple::new(none).is_none(), "{none}");
        }
    }
}
