//! A string of a request, once decoded, and what kinds of bytes it holds.
//!
//! The kinds are found while the end of the string is looked for, sixteen bytes at a time, so that
//! a harmless string is never walked again.

mod block;
mod dictionary;
mod key;
mod marks;

pub(crate) use block::{Bits, Block, holds_any, positions};
pub(crate) use dictionary::Dictionary;
pub(crate) use key::Key;
pub(crate) use marks::Marks;

/// A string or name, decoded. The bytes are UTF-8.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Text<'a> {
    pub(crate) bytes: &'a [u8],
    pub(crate) marks: Marks,
}

impl<'a> Text<'a> {
    /// The text of a `str`, whose marks are read here.
    pub(crate) fn new(text: &'a str) -> Self {
        let bytes = text.as_bytes();
        Self {
            bytes,
            marks: Marks::of(bytes),
        }
    }

    /// The text as a `str`.
    pub(crate) fn as_str(self) -> &'a str {
        // The reader has checked the bytes already; without `unsafe` this is the way to say so.
        std::str::from_utf8(self.bytes).unwrap_or_default()
    }
}
