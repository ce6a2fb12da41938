use std::error::Error;

use bytes::{Buf, BufMut, Bytes};
use http_body_util::LengthLimitError;

/// A body as far as it has arrived. One that came in one piece is never copied.
#[derive(Debug, Default)]
pub(in crate::layer) struct Collected {
    first: Bytes,
    all: Vec<u8>,
}

impl Collected {
    /// Adds a piece, or refuses it where the whole would be longer than `longest`.
    pub(in crate::layer) fn add<D: Buf>(
        &mut self,
        mut piece: D,
        longest: usize,
    ) -> Result<(), TooLong> {
        let length = piece.remaining();
        let before = self.as_slice().len();
        if length > longest.saturating_sub(before) {
            return Err(TooLong);
        }
        if before == 0 {
            self.first = piece.copy_to_bytes(length);
            return Ok(());
        }
        // Doubled, so that a byte is moved a few times at most, and never beyond what may come.
        let room = (before + length).next_power_of_two().min(longest);
        if self.all.capacity() < room {
            self.all.reserve_exact(room - self.all.len());
        }
        if self.all.is_empty() {
            self.all.extend_from_slice(&std::mem::take(&mut self.first));
        }
        self.all.put(piece);
        Ok(())
    }

    pub(in crate::layer) fn as_slice(&self) -> &[u8] {
        if self.all.is_empty() {
            &self.first
        } else {
            &self.all
        }
    }

    pub(in crate::layer) fn into_bytes(self) -> Bytes {
        if self.all.is_empty() {
            self.first
        } else {
            self.all.into()
        }
    }
}

/// A body is longer than it may be.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::layer) struct TooLong;

/// Whether an error of a body says that a limit outside of this layer was passed.
pub(in crate::layer) fn is_length_limit(error: &(dyn Error + 'static)) -> bool {
    let mut cause = Some(error);
    while let Some(error) = cause {
        if error.is::<LengthLimitError>() {
            return true;
        }
        cause = error.source();
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_piece_is_handed_on_as_it_is() {
        let piece = Bytes::from_static(b"whole");
        let mut collected = Collected::default();
        assert_eq!(collected.add(piece.clone(), 5), Ok(()));
        assert_eq!(collected.into_bytes().as_ptr(), piece.as_ptr());
    }

    #[test]
    fn pieces_are_joined_up_to_the_limit() {
        let mut collected = Collected::default();
        for piece in [&b"ab"[..], b"", b"cd"] {
            assert_eq!(collected.add(piece, 4), Ok(()));
        }
        assert_eq!(collected.add(&b"e"[..], 4), Err(TooLong));
        assert_eq!(collected.into_bytes(), "abcd");
    }
}
