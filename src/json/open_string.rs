use super::{SyntaxError, string};
use crate::text::{Marks, Text};

/// A string whose end was not found in one run.
#[derive(Debug, Default)]
pub(super) struct OpenString {
    start: usize,
    marks: Marks,
    /// Up to here the bytes stand in `unescaped`, if there are escapes.
    copied: usize,
    escaped: bool,
    unescaped: Vec<u8>,
}

impl OpenString {
    pub(super) fn open(&mut self, start: usize, at: usize, marks: Marks) {
        self.start = start;
        self.copied = at;
        self.marks = marks;
        self.escaped = false;
    }

    pub(super) fn text<'a>(&'a self, bytes: &'a [u8], end: usize) -> Text<'a> {
        let bytes = if self.escaped {
            &self.unescaped
        } else {
            &bytes[self.start..end]
        };
        Text {
            bytes,
            marks: self.marks,
        }
    }

    /// Reads on in a string that has escapes or came in pieces, to its closing quote. Answers whether it
    /// is there.
    pub(super) fn read(
        &mut self,
        bytes: &[u8],
        at: &mut usize,
        longest: usize,
        last: bool,
    ) -> Result<bool, SyntaxError> {
        loop {
            *at = string::plain_run(bytes, *at, &mut self.marks);
            if self.escaped {
                self.unescaped.extend_from_slice(&bytes[self.copied..*at]);
                self.copied = *at;
            }
            let length = if self.escaped {
                self.unescaped.len()
            } else {
                *at - self.start
            };
            if length > longest {
                return Err(SyntaxError::StringTooLarge);
            }
            match bytes.get(*at) {
                Some(b'"') => return Ok(true),
                Some(b'\\') => {
                    if !self.escaped {
                        self.escaped = true;
                        self.unescaped.clear();
                        self.unescaped.extend_from_slice(&bytes[self.start..*at]);
                        self.copied = *at;
                    }
                    let before = self.unescaped.len();
                    match string::unescape(&bytes[*at..], &mut self.unescaped)? {
                        Some(length) => *at += length,
                        None => break,
                    }
                    for byte in &self.unescaped[before..] {
                        self.marks.add_byte(*byte);
                    }
                    self.copied = *at;
                }
                Some(_) => return Err(SyntaxError::Malformed),
                None => break,
            }
        }
        if last {
            return Err(SyntaxError::Malformed);
        }
        Ok(false)
    }
}
