//! Choices that a property makes.

/// Choices, one after the other; when there are no more, the first of each.
#[derive(Clone, Debug)]
pub struct Tape<'a>(std::slice::Iter<'a, u8>);

impl<'a> Tape<'a> {
    /// The choices that these bytes stand for.
    #[must_use]
    pub fn new(choices: &'a [u8]) -> Self {
        Self(choices.iter())
    }

    /// A number below `most`.
    pub fn below(&mut self, most: usize) -> usize {
        let choice = self.0.next().copied().unwrap_or(0);
        usize::from(choice) % most.max(1)
    }

    /// Whether this is one time of so many.
    pub fn one_in(&mut self, most: usize) -> bool {
        self.below(most) == most - 1
    }

    /// One of these.
    ///
    /// # Panics
    ///
    /// Where there are none.
    pub fn pick<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.below(all.len())]
    }
}
