/// A short text in three words, compared without a loop. Up to 16 bytes they are the text; longer
/// texts with one key may differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Key {
    length: usize,
    first: u64,
    last: u64,
}

impl Key {
    #[inline]
    pub(crate) fn of(text: &[u8]) -> Self {
        let length = text.len();
        let (first, last) = if let (Some(first), Some(last)) =
            (text.first_chunk::<8>(), text.last_chunk::<8>())
        {
            (u64::from_le_bytes(*first), u64::from_le_bytes(*last))
        } else if let (Some(first), Some(last)) = (text.first_chunk::<4>(), text.last_chunk::<4>())
        {
            (
                u64::from(u32::from_le_bytes(*first)),
                u64::from(u32::from_le_bytes(*last)),
            )
        } else {
            let byte = |place: usize| text.get(place).copied().map_or(0, u64::from);
            (byte(0) | (byte(1) << 8) | (byte(2) << 16), 0)
        };
        Self {
            length,
            first,
            last,
        }
    }

    /// Of a text that is known by a hash: no text has this length.
    pub(crate) const fn of_hash(hash: u64) -> Self {
        Self {
            length: usize::MAX,
            first: hash,
            last: 0,
        }
    }

    /// Whether texts with this key are the same.
    pub(crate) const fn is_exact(self) -> bool {
        self.length <= 16
    }

    pub(super) const fn hash(self) -> u64 {
        // The golden ratio in 64 bits spreads the words over the high bits.
        let mixed = self.first ^ self.last.rotate_left(29) ^ (self.length as u64).rotate_left(57);
        mixed.wrapping_mul(0x9e37_79b9_7f4a_7c15)
    }
}
