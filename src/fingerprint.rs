//! A number that stands for a text.

use std::fmt::{self, Write};

/// FNV-1a of 64 bits (draft-eastlake-fnv): the same on every machine, and no signature, because
/// anybody can make two texts that have the same one.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Fingerprint(u64);

impl Fingerprint {
    pub(crate) const fn new() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }

    pub(crate) fn bytes(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }

    /// A text and where it ends, so that `ab` and `c` are not `a` and `bc`.
    pub(crate) fn text(&mut self, text: &str) {
        self.number(text.len() as u64);
        self.bytes(text.as_bytes());
    }

    pub(crate) fn number(&mut self, number: u64) {
        self.bytes(&number.to_le_bytes());
    }

    /// What a value is shown as, and where it ends.
    pub(crate) fn shown(&mut self, value: &dyn fmt::Display) {
        // Writing to it does not fail.
        let _ = write!(self, "{value}");
        self.bytes(&[0xff]);
    }

    pub(crate) const fn value(self) -> u64 {
        self.0
    }
}

impl Write for Fingerprint {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.bytes(text.as_bytes());
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_that_of_the_draft() {
        for (text, value) in [
            ("", 0xcbf2_9ce4_8422_2325),
            ("a", 0xaf63_dc4c_8601_ec8c),
            ("foobar", 0x8594_4171_f739_67e8),
        ] {
            let mut print = Fingerprint::new();
            print.bytes(text.as_bytes());
            assert_eq!(print.value(), value, "{text}");
        }
    }
}
