use wide::u8x16;

/// Sixteen bytes, looked at together.
#[derive(Clone, Copy)]
pub(crate) struct Block(u8x16);

/// What was found in a block: a bit for each byte, the first byte's lowest.
pub(crate) type Bits = u32;

impl Block {
    pub(crate) const LENGTH: usize = 16;

    #[inline(always)]
    pub(crate) fn new(bytes: [u8; Self::LENGTH]) -> Self {
        Self(u8x16::new(bytes))
    }

    /// The bytes that end a plain run of a JSON string: `"`, `\` and C0 controls.
    #[inline(always)]
    pub(crate) fn stops(self) -> Bits {
        (self.equal(b'"') | self.equal(b'\\') | self.below_space()).to_bitmask()
    }

    #[inline(always)]
    pub(super) fn non_ascii(self) -> Bits {
        self.0.to_bitmask()
    }

    /// `:`, `@` and `%`.
    #[inline(always)]
    pub(super) fn authority(self) -> Bits {
        (self.equal(b':') | self.equal(b'@') | self.equal(b'%')).to_bitmask()
    }

    /// DEL.
    #[inline(always)]
    pub(super) fn delete(self) -> Bits {
        self.equal(0x7f).to_bitmask()
    }

    /// `\` and C0 controls.
    #[inline(always)]
    pub(super) fn escaped(self) -> (Bits, Bits) {
        (
            self.equal(b'\\').to_bitmask(),
            self.below_space().to_bitmask(),
        )
    }

    #[inline(always)]
    fn equal(self, byte: u8) -> u8x16 {
        self.0.simd_eq(u8x16::splat(byte))
    }

    #[inline(always)]
    fn below_space(self) -> u8x16 {
        self.0.simd_eq(self.0.min(u8x16::splat(0x1f)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stops_are_exact() {
        for place in 0..Block::LENGTH {
            for byte in 0..=u8::MAX {
                let mut bytes = [b'a'; Block::LENGTH];
                bytes[place] = byte;
                let stop = byte < 0x20 || matches!(byte, b'"' | b'\\');
                let expected = if stop { 1 << place } else { 0 };
                assert_eq!(Block::new(bytes).stops(), expected, "{byte:#x} at {place}");
            }
        }
    }
}
