/// The kinds of bytes that a string holds.
///
/// A mark may be set too often and never too seldom: whoever finds none of them may skip the checks
/// that they stand for. Each field collects, for every block of the string, a bit in the high bit of
/// the byte that it was found in; the other bits are noise.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Marks {
    high: u64,
    authority: u64,
    control: u64,
}

/// `0x01` in each byte of a block, to be multiplied with a byte.
const EACH: u64 = 0x0101_0101_0101_0101;
/// The high bit of each byte of a block.
const HIGH: u64 = EACH * 0x80;

impl Marks {
    /// The string holds something outside of ASCII.
    pub(crate) const fn non_ascii(self) -> bool {
        self.high & HIGH != 0
    }

    /// The string may hold what an authority needs behind it or hides in: `:`, `@`, `%` or `\`.
    pub(crate) const fn authority(self) -> bool {
        self.authority & HIGH != 0
    }

    /// The string may hold DEL or a C0 control character.
    pub(crate) const fn control(self) -> bool {
        self.control & HIGH != 0
    }

    /// The marks of a whole string.
    pub(crate) fn of(bytes: &[u8]) -> Self {
        let mut marks = Self::default();
        let mut rest = bytes;
        while let Some((block, behind)) = rest.split_first_chunk() {
            marks.add_unescaped(Block::new(*block));
            rest = behind;
        }
        let mut last = [b' '; 8];
        last[..rest.len()].copy_from_slice(rest);
        marks.add_unescaped(Block::new(last));
        marks
    }

    /// Adds those bytes of a block of a JSON string that `mask` covers.
    #[inline(always)]
    pub(crate) fn add(&mut self, block: Block, mask: u64) {
        self.high |= block.word & mask;
        self.authority |= (block.equal(b':') | block.equal(b'@') | block.equal(b'%')) & mask;
        self.control |= (block.ascii + EACH) & mask;
    }

    /// Adds a block that may hold what JSON strings hold only escaped.
    fn add_unescaped(&mut self, block: Block) {
        self.add(block, u64::MAX);
        self.authority |= block.equal(b'\\');
        self.control |= block.below_space();
    }
}

/// Eight bytes, looked at together.
///
/// Tests answer in the high bit of each byte and are exact for ASCII: the subtractions take a
/// seven-bit number from one with the high bit set, so that no byte borrows from its neighbour.
#[derive(Clone, Copy)]
pub(crate) struct Block {
    word: u64,
    ascii: u64,
}

impl Block {
    #[inline(always)]
    pub(crate) const fn new(bytes: [u8; 8]) -> Self {
        let word = u64::from_le_bytes(bytes);
        Self {
            word,
            ascii: word & !HIGH,
        }
    }

    /// The bytes that end a plain run of a JSON string: `"`, `\` and C0 controls.
    #[inline(always)]
    pub(crate) const fn stops(self) -> u64 {
        (self.equal(b'"') | self.equal(b'\\') | self.below_space()) & HIGH & !self.word
    }

    #[inline(always)]
    const fn equal(self, byte: u8) -> u64 {
        HIGH - (self.ascii ^ (EACH * byte as u64))
    }

    #[inline(always)]
    const fn below_space(self) -> u64 {
        (HIGH | (EACH * 0x1f)) - self.ascii
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_in_every_place_is_marked() {
        for place in 0..24 {
            for byte in 0..=u8::MAX {
                let mut text = [b'a'; 24];
                text[place] = byte;
                let marks = Marks::of(&text);

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

    #[test]
    fn stops_are_exact() {
        for place in 0..8 {
            for byte in 0..=u8::MAX {
                let mut bytes = [b'a'; 8];
                bytes[place] = byte;
                let stop = byte < 0x20 || matches!(byte, b'"' | b'\\');
                let expected = if stop { 0x80 << (place * 8) } else { 0 };
                assert_eq!(Block::new(bytes).stops(), expected, "{byte:#x} at {place}");
            }
        }
    }
}
