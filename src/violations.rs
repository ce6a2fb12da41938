//! Collecting what is wrong with one request.

use crate::{Code, Location, Violation};

/// The violations found so far, up to a number at which looking stops.
#[derive(Debug)]
pub(crate) struct Violations {
    list: Vec<Violation>,
    most: usize,
}

impl Violations {
    pub(crate) fn new(most: usize) -> Self {
        Self {
            list: Vec::new(),
            most,
        }
    }

    /// Adds one, unless there are enough.
    pub(crate) fn add(&mut self, location: Location, code: Code) {
        if !self.is_full() {
            self.list.push(Violation::new(location, code));
        }
    }

    /// Whether looking on is of no use.
    pub(crate) fn is_full(&self) -> bool {
        self.list.len() >= self.most
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// The violations in the order in which they were found. None are left.
    pub(crate) fn take(&mut self) -> Vec<Violation> {
        std::mem::take(&mut self.list)
    }
}
