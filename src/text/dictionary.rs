use super::key::Key;

/// Texts that are known in advance, each with its place. One is found at the same cost among ten and
/// among ten thousand: a hash table that is filled once, at most half full.
///
/// The hash has no key. Nobody but the service puts a text into the table, so that nobody else can
/// make its chains long.
#[derive(Debug)]
pub(crate) struct Dictionary {
    texts: Vec<(Key, Box<[u8]>)>,
    /// Places in the order of their buckets.
    places: Vec<u32>,
    /// For each bucket, where it begins in `places`; one more than there are buckets.
    starts: Vec<u32>,
    shift: u32,
}

impl Dictionary {
    /// The place of a text is its number in this order.
    pub(crate) fn new<'a>(texts: impl IntoIterator<Item = &'a str>) -> Self {
        let texts: Vec<(Key, Box<[u8]>)> = texts
            .into_iter()
            .map(|text| (Key::of(text.as_bytes()), text.as_bytes().into()))
            .collect();
        let buckets = (texts.len() * 2).next_power_of_two().max(2);
        let shift = 64 - buckets.trailing_zeros();
        if texts.is_empty() {
            // Most schemas are of no object, and keep a table of nothing.
            return Self {
                texts,
                places: Vec::new(),
                starts: Vec::new(),
                shift,
            };
        }
        let mut chains = vec![Vec::new(); buckets];
        for (place, (key, _)) in (0..).zip(&texts) {
            chains[bucket(*key, shift)].push(place);
        }
        let mut places = Vec::with_capacity(texts.len());
        let mut starts = Vec::with_capacity(buckets + 1);
        starts.push(0);
        for chain in chains {
            places.extend(chain);
            let start = u32::try_from(places.len());
            starts.push(start.expect("four billion names do not fit in memory"));
        }
        Self {
            texts,
            places,
            starts,
            shift,
        }
    }

    /// The place of `text`. `guess` is where it is likely to be, and then nothing is searched.
    #[inline]
    pub(crate) fn find(&self, text: &[u8], guess: usize) -> Option<usize> {
        let key = Key::of(text);
        let is = |place: usize| {
            self.texts.get(place).is_some_and(|(known, known_text)| {
                *known == key && (key.is_exact() || **known_text == *text)
            })
        };
        if is(guess) {
            return Some(guess);
        }
        let bucket = bucket(key, self.shift);
        let bound = |bucket: usize| self.starts.get(bucket).map_or(0, |start| *start as usize);
        let places = self.places.get(bound(bucket)..bound(bucket + 1))?;
        places
            .iter()
            .map(|place| *place as usize)
            .find(|place| is(*place))
    }
}

impl Default for Dictionary {
    fn default() -> Self {
        Self::new([])
    }
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "the shift leaves fewer bits than a usize has"
)]
const fn bucket(key: Key, shift: u32) -> usize {
    (key.hash() >> shift) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_found_among_nothing() {
        let dictionary = Dictionary::default();
        for text in ["", "a", "a text that is longer than a key"] {
            assert_eq!(dictionary.find(text.as_bytes(), 0), None, "{text}");
        }
    }

    #[test]
    fn texts_of_every_length_are_found_and_no_others() {
        let text = |length: usize, last: char| "x".repeat(length) + &last.to_string();
        let known: Vec<String> = (0..40).map(|length| text(length, 'a')).collect();
        let dictionary = Dictionary::new(known.iter().map(String::as_str));
        for (length, known) in known.iter().enumerate() {
            assert_eq!(dictionary.find(known.as_bytes(), 0), Some(length));
            assert_eq!(dictionary.find(known.as_bytes(), length), Some(length));
            let other = text(length, 'b');
            assert_eq!(dictionary.find(other.as_bytes(), length), None);
        }
        assert_eq!(dictionary.find(b"", 0), None);
        let mut middle = text(30, 'a').into_bytes();
        middle[15] = b'y';
        assert_eq!(
            dictionary.find(&middle, 30),
            None,
            "long ones are compared whole"
        );
        assert_eq!(Dictionary::default().find(b"", 0), None);
    }
}
