use super::{SyntaxError, string};
use crate::text::{Marks, Text};

/// A string whose end was not found in one run.
#[derive(Debug, Default)]
pub(super) struct OpenString {
    start: usize,
    /// Up to here the bytes are known to be UTF-8.
    checked: usize,
    marks: Marks,
    /// Up to here the bytes stand in `unescaped`, if there are escapes.
    copied: usize,
    escaped: bool,
    unescaped: Vec<u8>,
}

impl OpenString {
    pub(super) fn open(&mut self, start: usize, at: usize, marks: Marks) {
        self.start = start;
        self.checked = start;
        self.copied = at;
        self.marks = marks;
        self.escaped = false;
    }

    pub(super) fn text<'a>(&'a self, bytes: &'a [u8], end: usize) -> Text<'a> {
        if self.escaped {
            let marks = Marks::of(&self.unescaped);
            Text {
                bytes: &self.unescaped,
                marks,
            }
        } else {
            Text {
                bytes: &bytes[self.start..end],
                marks: self.marks,
            }
        }
    }

    /// Reads on in a string that has escapes or came in pieces, to its closing quote. Answers whether it
    /// is there.
    ///
    /// The first byte that is wrong is the one that is told of, wherever the pieces are cut: before
    /// each other error the bytes up to it are checked.
    pub(super) fn read(
        &mut self,
        bytes: &[u8],
        at: &mut usize,
        longest: usize,
        last: bool,
    ) -> Result<bool, SyntaxError> {
        loop {
            let run = *at;
            *at = string::plain_run(bytes, run, &mut self.marks);
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
                let passed = *at - (length - longest).min(*at - run);
                self.check_utf8(bytes, passed, false)?;
                return Err(SyntaxError::StringTooLarge);
            }
            match bytes.get(*at) {
                Some(b'"') => {
                    self.check_utf8(bytes, *at, true)?;
                    return Ok(true);
                }
                Some(b'\\') => {
                    if !self.escaped {
                        self.escaped = true;
                        self.unescaped.clear();
                        self.unescaped.extend_from_slice(&bytes[self.start..*at]);
                        self.copied = *at;
                    }
                    match string::unescape(&bytes[*at..], &mut self.unescaped) {
                        Ok(Some(length)) => *at += length,
                        Ok(None) => break,
                        Err(error) => {
                            self.check_utf8(bytes, *at, true)?;
                            return Err(error);
                        }
                    }
                    self.copied = *at;
                }
                Some(_) => {
                    self.check_utf8(bytes, *at, true)?;
                    return Err(SyntaxError::Malformed);
                }
                None => break,
            }
        }
        self.check_utf8(bytes, *at, false)?;
        if last {
            return Err(SyntaxError::Malformed);
        }
        Ok(false)
    }

    /// Escapes are ASCII and stand for whole characters, so that checking the text as it is written
    /// checks what it stands for.
    fn check_utf8(&mut self, bytes: &[u8], end: usize, last: bool) -> Result<(), SyntaxError> {
        if !self.marks.non_ascii() {
            return Ok(());
        }
        match std::str::from_utf8(&bytes[self.checked..end]) {
            Ok(_) => self.checked = end,
            Err(error) if !last && error.error_len().is_none() => {
                self.checked += error.valid_up_to();
            }
            Err(_) => return Err(SyntaxError::NotUtf8),
        }
        Ok(())
    }
}
