use std::fmt;

use crate::json::Number;

/// A number by its mathematical value: `1`, `1.0` and `10e-1` are one.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::schema) struct Exact {
    negative: bool,
    exponent: i64,
    /// Without zeros in front and behind.
    digits: Box<[u8]>,
}

impl Exact {
    #[cfg(feature = "json-schema")]
    pub(in crate::schema) fn new(number: Number<'_>) -> Self {
        let decimal = number.to_decimal();
        Self {
            negative: is_negative(number),
            exponent: decimal.exponent,
            digits: decimal.digits().collect(),
        }
    }

    /// Whether it has no fraction.
    pub(in crate::schema) const fn is_whole(&self) -> bool {
        self.exponent >= 0
    }
}

impl fmt::Display for Exact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.digits.is_empty() {
            return f.write_str("0");
        }
        if self.negative {
            f.write_str("-")?;
        }
        for digit in &self.digits {
            write!(f, "{digit}")?;
        }
        match self.exponent {
            0 => Ok(()),
            zeros @ 1..=18 => (0..zeros).try_for_each(|_| f.write_str("0")),
            exponent => write!(f, "e{exponent}"),
        }
    }
}

/// The only values that a number may have.
#[derive(Debug)]
pub(super) struct Numbers {
    /// In the order of [`Exact`], which is not that of their values.
    values: Box<[Exact]>,
}

impl Numbers {
    #[cfg(feature = "json-schema")]
    pub(super) fn new(mut values: Vec<Exact>) -> Self {
        values.sort();
        Self {
            values: values.into(),
        }
    }

    pub(super) fn values(&self) -> &[Exact] {
        &self.values
    }

    pub(super) fn contain(&self, number: Number<'_>) -> bool {
        // As the derived order of `Exact`, without making one.
        let (negative, decimal) = (is_negative(number), number.to_decimal());
        self.values
            .binary_search_by(|value| {
                (value.negative, value.exponent)
                    .cmp(&(negative, decimal.exponent))
                    .then_with(|| value.digits.iter().copied().cmp(decimal.digits()))
            })
            .is_ok()
    }
}

/// Zero has no sign, and what its readers make of any other number has the sign of its text.
fn is_negative(number: Number<'_>) -> bool {
    let (least, largest) = number.readings();
    least + largest < 0.0
}

#[cfg(all(test, feature = "json-schema"))]
mod tests {
    use super::*;

    fn number(text: &str) -> Number<'_> {
        Number::parse(text.as_bytes(), 64).unwrap_or_else(|| panic!("{text} is a number"))
    }

    #[test]
    fn numbers_are_found_however_they_are_written() {
        let texts = [
            "0",
            "1",
            "-1",
            "100",
            "0.1",
            "-2.5",
            "9007199254740993",
            "1e300",
            "5e-324",
        ];
        let numbers = Numbers::new(texts.iter().map(|text| Exact::new(number(text))).collect());
        for text in texts.iter().copied().chain([
            "-0",
            "0.0",
            "0e9",
            "1.0",
            "10e-1",
            "-1.00",
            "1e2",
            "100.0",
            "1E-1",
            "0.10",
            "-25e-1",
            "9007199254740993.0",
            "10e299",
            "50e-325",
        ]) {
            assert!(numbers.contain(number(text)), "{text}");
        }
        for text in [
            "2",
            "10",
            "1000",
            "0.01",
            "2.5",
            "-100",
            "9007199254740992",
            "-1e300",
            "-5e-324",
            "0.1000000000000000055",
            "11",
        ] {
            assert!(!numbers.contain(number(text)), "{text}");
        }
    }
}
