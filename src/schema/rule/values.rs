use crate::text::Key;

/// The only values that a string may have.
#[derive(Debug)]
pub(in crate::schema) struct Values {
    /// Sorted by key.
    values: Vec<(Key, Box<[u8]>)>,
}

/// Up to this many values are compared one after the other.
const FEW: usize = 8;

impl Values {
    /// Says what is wrong with the values.
    pub(super) fn new(values: &[String], problem: &mut dyn FnMut(String)) -> Self {
        if values.is_empty() {
            problem("one_of has no values: no string fits".into());
        }
        let mut values: Vec<(Key, Box<[u8]>)> = values
            .iter()
            .map(|value| (Key::of(value.as_bytes()), value.as_bytes().into()))
            .collect();
        values.sort();
        if values.windows(2).any(|pair| pair[0] == pair[1]) {
            problem("one_of names a value twice".into());
        }
        Self { values }
    }

    /// The values, in any order.
    pub(in crate::schema) fn iter(&self) -> impl Iterator<Item = &str> + Clone {
        // They were made of strings.
        let values = self.values.iter();
        values.filter_map(|(_, value)| std::str::from_utf8(value).ok())
    }

    #[inline]
    pub(super) fn contain(&self, text: &[u8]) -> bool {
        let key = Key::of(text);
        let is = |(known, value): &(Key, Box<[u8]>)| {
            *known == key && (key.is_exact() || **value == *text)
        };
        if self.values.len() <= FEW {
            return self.values.iter().any(is);
        }
        let from = self.values.partition_point(|(known, _)| *known < key);
        self.values[from..]
            .iter()
            .take_while(|(known, _)| *known == key)
            .any(is)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_and_many_values_are_found() {
        for count in [1, 3, FEW, FEW + 1, 300] {
            // Long ones have the same key.
            let values: Vec<String> = (0..count)
                .map(|number| format!("a long value with {number:04} inside of it"))
                .chain((0..count).map(|number| number.to_string()))
                .collect();
            let known = Values::new(&values, &mut |problem| panic!("{problem}"));
            for value in &values {
                assert!(known.contain(value.as_bytes()), "{value}");
                assert!(!known.contain(format!("{value} ").as_bytes()), "{value}");
            }
            assert!(!known.contain(b""));
            assert!(!known.contain(b"a long value with 9999 inside of it"));
        }
    }
}
