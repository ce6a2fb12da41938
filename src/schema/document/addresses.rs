//! Maps and sets of what stands in documents, by where it stands in memory.

use std::{
    collections::{HashMap, HashSet},
    hash::{BuildHasherDefault, Hasher},
};

/// By the [`key`](super::origins::key) of a schema.
pub(super) type Keyed<V> = HashMap<usize, V, BuildHasherDefault<AddressHasher>>;

/// By the keys of several.
pub(super) type KeyedByAll<V> = HashMap<Vec<usize>, V, BuildHasherDefault<AddressHasher>>;

/// Keys of schemas.
pub(super) type Keys = HashSet<usize, BuildHasherDefault<AddressHasher>>;

/// Hashes addresses, which nobody chooses: a multiplication each, where the hasher of the standard library
/// would take a tenth of the time that a document takes.
#[derive(Default)]
pub(super) struct AddressHasher(u64);

/// The fraction of the golden ratio in 64 bits: odd, and without a pattern in its bits.
const FACTOR: u64 = 0x9e37_79b9_7f4a_7c15;

impl Hasher for AddressHasher {
    fn write(&mut self, bytes: &[u8]) {
        let (words, rest) = bytes.as_chunks();
        for word in words {
            self.write_u64(u64::from_ne_bytes(*word));
        }
        for byte in rest {
            self.write_u64(u64::from(*byte));
        }
    }

    fn write_u64(&mut self, number: u64) {
        self.0 = (self.0.rotate_left(5) ^ number).wrapping_mul(FACTOR);
    }

    fn write_usize(&mut self, number: usize) {
        self.write_u64(number as u64);
    }

    fn finish(&self) -> u64 {
        // Addresses end in zeros, and so do the products.
        self.0.rotate_left(26)
    }
}
