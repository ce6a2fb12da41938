use wide::u8x16;

/// Sixteen bytes, looked at together.
#[derive(Clone, Copy)]
pub(crate) struct Block(u8x16);

/// What was found in a block: a bit for each byte, the first byte's lowest.
pub(crate) type Bits = u32;

/// A bit for each byte of a block.
const EVERY: Bits = (1 << Block::LENGTH) - 1;

impl Block {
    pub(crate) const LENGTH: usize = 16;

    #[inline(always)]
    pub(crate) fn new(bytes: [u8; Self::LENGTH]) -> Self {
        Self(u8x16::new(bytes))
    }

    /// The bytes of less than a block, and behind them `fill`.
    #[inline(always)]
    pub(crate) fn padded(bytes: &[u8], fill: u8) -> Self {
        let mut block = [fill; Self::LENGTH];
        block[..bytes.len()].copy_from_slice(bytes);
        Self::new(block)
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

    /// The bytes that plain host names do not have: all but lower-case letters, digits, `-` and `.`.
    #[inline(always)]
    pub(crate) fn foreign_to_names(self) -> Bits {
        let within = |from: u8, to: u8| {
            // Subtracted, the range begins at zero, and what is below it becomes large.
            let shifted = self.0 - u8x16::splat(from);
            shifted.simd_eq(shifted.min(u8x16::splat(to - from)))
        };
        !(within(b'a', b'z') | within(b'0', b'9') | within(b'-', b'.')).to_bitmask() & EVERY
    }

    /// The bytes that are this one.
    #[inline(always)]
    pub(crate) fn is(self, byte: u8) -> Bits {
        self.equal(byte).to_bitmask()
    }

    /// `\` and C0 controls.
    #[inline(always)]
    pub(super) fn escaped(self) -> (Bits, Bits) {
        (self.is(b'\\'), self.below_space().to_bitmask())
    }

    #[inline(always)]
    fn any<const N: usize>(self, wanted: [u8; N]) -> u8x16 {
        wanted
            .iter()
            .fold(u8x16::splat(0), |found, byte| found | self.equal(*byte))
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

/// Whether `bytes` hold one of these.
pub(crate) fn holds_any<const N: usize>(bytes: &[u8], wanted: [u8; N]) -> bool {
    let Some(last) = bytes.last_chunk() else {
        let found = Block::padded(bytes, 0).any(wanted).to_bitmask();
        return found & ((1 << bytes.len()) - 1) != 0;
    };
    // The last block overlaps the one before it. To the end, whatever is found: most hold none.
    let (blocks, _) = bytes.as_chunks();
    let found = blocks
        .iter()
        .fold(Block::new(*last).any(wanted), |found, block| {
            found | Block::new(*block).any(wanted)
        });
    found.to_bitmask() != 0
}

/// The places in `bytes` of what `find` finds in each of their blocks.
pub(crate) fn positions(
    bytes: &[u8],
    find: impl Fn(Block) -> Bits + Copy,
) -> impl Iterator<Item = usize> {
    let (blocks, rest) = bytes.as_chunks();
    let places = |start: usize, mut found: Bits| {
        std::iter::from_fn(move || {
            let place = (found != 0).then_some(start + found.trailing_zeros() as usize);
            found &= found.wrapping_sub(1);
            place
        })
    };
    let tail = find(Block::padded(rest, 0)) & ((1 << rest.len()) - 1);
    blocks
        .iter()
        .enumerate()
        .flat_map(move |(number, block)| places(number * Block::LENGTH, find(Block::new(*block))))
        .chain(places(blocks.len() * Block::LENGTH, tail))
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

    #[test]
    fn either_of_two_is_held_in_any_place() {
        for length in 0..50 {
            assert!(!holds_any(&vec![b'a'; length], [b'x', b'y']));
            for place in 0..length {
                for byte in [b'x', b'y'] {
                    let mut bytes = vec![b'a'; length];
                    bytes[place] = byte;
                    assert!(holds_any(&bytes, [b'x', b'y']), "{place} of {length}");
                }
            }
        }
    }

    #[test]
    fn every_position_is_found() {
        for length in 0..70 {
            let bytes: Vec<u8> = (0..length).map(|place| place % 7).collect();
            for byte in 0..8 {
                let found: Vec<usize> = positions(&bytes, |block| block.is(byte)).collect();
                let expected: Vec<usize> =
                    (0..bytes.len()).filter(|at| bytes[*at] == byte).collect();
                assert_eq!(found, expected, "{byte} in {length}");
            }
        }
    }
}
