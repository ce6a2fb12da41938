use super::block::{Bits, Block};

/// The kinds of bytes that a string holds: of each, bits that are set where it does.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Marks {
    non_ascii: Bits,
    authority: Bits,
    control: Bits,
}

impl Marks {
    /// The string holds something outside of ASCII.
    pub(crate) const fn non_ascii(self) -> bool {
        self.non_ascii != 0
    }

    /// The string holds what an authority needs behind it or hides in: `:`, `@`, `%` or `\`.
    pub(crate) const fn authority(self) -> bool {
        self.authority != 0
    }

    /// The string holds DEL or a C0 control character.
    pub(crate) const fn control(self) -> bool {
        self.control != 0
    }

    /// All marks there are: everything is looked at.
    #[cfg(any(test, fuzzing))]
    pub(crate) const fn all() -> Self {
        Self {
            non_ascii: Bits::MAX,
            authority: Bits::MAX,
            control: Bits::MAX,
        }
    }

    /// The marks of a whole string.
    pub(crate) fn of(bytes: &[u8]) -> Self {
        let mut marks = Self::default();
        let Some(last) = bytes.last_chunk() else {
            marks.add_unescaped(Block::padded(bytes, b' '));
            return marks;
        };
        // The last block overlaps the one before it: what is marked twice is marked.
        let (blocks, _) = bytes.as_chunks();
        for block in blocks {
            marks.add_unescaped(Block::new(*block));
        }
        marks.add_unescaped(Block::new(*last));
        marks
    }

    /// Adds those bytes of a block of a JSON string that `mask` covers.
    #[inline(always)]
    pub(crate) fn add(&mut self, block: Block, mask: Bits) {
        self.non_ascii |= block.non_ascii() & mask;
        self.authority |= block.authority() & mask;
        self.control |= block.is(0x7f) & mask;
    }

    /// Adds one byte of any kind.
    pub(crate) fn add_byte(&mut self, byte: u8) {
        self.non_ascii |= Bits::from(!byte.is_ascii());
        self.authority |= Bits::from(matches!(byte, b':' | b'@' | b'%' | b'\\'));
        self.control |= Bits::from(byte.is_ascii_control());
    }

    /// Adds a block that may hold what JSON strings hold only escaped.
    fn add_unescaped(&mut self, block: Block) {
        let (backslash, control) = block.escaped();
        self.add(block, Bits::MAX);
        self.authority |= backslash;
        self.control |= control;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    impl Marks {
        fn kinds(self) -> [bool; 3] {
            [self.non_ascii(), self.authority(), self.control()]
        }
    }

    #[test]
    fn every_byte_in_every_place_is_marked() {
        for place in 0..40 {
            for byte in 0..=u8::MAX {
                let mut text = [b'a'; 40];
                text[place] = byte;
                let marks = Marks::of(&text);
                let mut one = Marks::default();
                one.add_byte(byte);

                assert_eq!(marks.kinds(), one.kinds(), "{byte:#x} at {place}");
                assert_eq!(marks.non_ascii(), byte >= 0x80, "{byte:#x} at {place}");
                if byte.is_ascii() {
                    let authority = matches!(byte, b':' | b'@' | b'%' | b'\\');
                    assert_eq!(marks.authority(), authority, "{byte:#x} at {place}");
                    assert_eq!(
                        marks.control(),
                        byte.is_ascii_control(),
                        "{byte:#x} at {place}"
                    );
                }
            }
        }
    }
}
