use std::{
    collections::{HashSet, hash_map::RandomState},
    hash::{BuildHasher, BuildHasherDefault, Hasher},
};

use crate::text::Key;

/// The member names of the objects that are open, to find the ones that stand twice.
///
/// Of each name a key is kept: a short name itself, or a keyed hash. A client cannot aim at a collision
/// because the key is random, and one that happens by chance refuses: a duplicate is never missed.
#[derive(Debug, Default)]
pub(crate) struct Names {
    keys: RandomState,
    levels: Vec<Level>,
    depth: usize,
}

/// Up to this many names are searched one after the other.
const FEW: usize = 32;

#[derive(Debug, Default)]
struct Level {
    few: Vec<Key>,
    many: HashSet<u64, BuildHasherDefault<Hashed>>,
}

impl Names {
    /// An object begins.
    pub(crate) fn begin(&mut self) {
        match self.levels.get_mut(self.depth) {
            None => self.levels.push(Level::default()),
            Some(level) => {
                level.few.clear();
                // Clearing costs the set's capacity, also where it is empty.
                if !level.many.is_empty() {
                    level.many.clear();
                }
            }
        }
        self.depth += 1;
    }

    /// Whether `name` is new in the innermost object.
    pub(crate) fn insert(&mut self, name: &[u8]) -> bool {
        let hash = |name: &[u8]| self.keys.hash_one(name);
        let mut key = Key::of(name);
        if !key.is_exact() {
            key = Key::of_hash(hash(name));
        }
        let Some(level) = self
            .depth
            .checked_sub(1)
            .and_then(|depth| self.levels.get_mut(depth))
        else {
            return false;
        };
        if level.few.contains(&key) {
            return false;
        }
        if level.few.len() < FEW {
            level.few.push(key);
            return true;
        }
        // The set takes a hash as it is: of short names too, which a client chooses.
        level.many.insert(hash(name))
    }

    /// The innermost object ends.
    pub(crate) fn end(&mut self) {
        self.depth = self.depth.saturating_sub(1);
    }
}

/// Hands a hash that is already keyed and mixed through as it is.
#[derive(Debug, Default)]
struct Hashed(u64);

impl Hasher for Hashed {
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(*byte);
        }
    }

    fn write_u64(&mut self, hash: u64) {
        self.0 = hash;
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_new_once_in_each_object() {
        let mut names = Names::default();
        names.begin();
        for round in 0..3 {
            names.begin();
            for name in 0..200_u32 {
                assert!(names.insert(&name.to_le_bytes()), "{name} in round {round}");
            }
            for name in 0..200_u32 {
                assert!(
                    !names.insert(&name.to_le_bytes()),
                    "{name} in round {round}"
                );
            }
            names.end();
            assert!(names.insert(&[round]));
            assert!(!names.insert(&[round]));
        }
        names.end();
    }
}
