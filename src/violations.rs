//! Collecting what is wrong with one request.

use crate::{Code, Location, Mode, Violation, mode::Modes};

/// How many violations are kept that are only reported.
const REPORTED: usize = 16;

/// The violations found so far: those that refuse the request, up to a number at which looking stops,
/// and those that are only reported.
#[derive(Debug)]
pub(crate) struct Violations {
    refusing: Vec<Violation>,
    reported: Vec<Violation>,
    /// Whether something was wrong that nobody looks at.
    ignored: bool,
    modes: Modes,
    /// So many are enough; `None` where the modes decide.
    most: Option<usize>,
}

/// Whether a code is one that is looked for.
pub(crate) type Wanted<'a> = &'a dyn Fn(Code) -> bool;

/// A place in the order in which violations were found.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Mark(usize, usize);

impl Violations {
    pub(crate) fn new(most: Option<usize>, modes: Modes) -> Self {
        Self {
            refusing: Vec::new(),
            reported: Vec::new(),
            ignored: false,
            modes,
            most,
        }
    }

    /// Adds one, unless there are enough or nobody looks at its class.
    pub(crate) fn add(&mut self, location: Location, code: Code) {
        let (list, most) = match self.modes.of(code.class()) {
            Mode::Enforce => (&mut self.refusing, self.most.unwrap_or(1)),
            Mode::Report => (&mut self.reported, self.most.unwrap_or(REPORTED)),
            Mode::Off => {
                self.ignored = true;
                return;
            }
        };
        if list.len() < most {
            list.push(Violation::new(location, code));
        }
    }

    /// Adds the first of several that one value breaks and, where that one does not refuse the request, the
    /// first `behind` it that does. That one is asked for among those of which it is said that they do.
    pub(crate) fn add_first(
        &mut self,
        location: &Location,
        code: Code,
        behind: impl FnOnce(Wanted<'_>) -> Option<Code>,
    ) {
        self.add(location.clone(), code);
        if self.hides(code) {
            let modes = self.modes;
            let wanted = |code: Code| modes.of(code.class()) == Mode::Enforce;
            if let Some(code) = behind(&wanted) {
                self.add(location.clone(), code);
            }
        }
    }

    /// Whether one does not refuse a request that another one may refuse.
    pub(crate) fn hides(&self, code: Code) -> bool {
        self.modes.of(code.class()) != Mode::Enforce && self.modes.enforce()
    }

    /// How many there are so far.
    pub(crate) fn mark(&self) -> Mark {
        Mark(self.refusing.len(), self.reported.len())
    }

    /// Forgets those that came later.
    pub(crate) fn rewind(&mut self, mark: Mark) {
        self.refusing.truncate(mark.0);
        self.reported.truncate(mark.1);
    }

    /// Whether looking on is of no use. Reported ones never hide those that refuse.
    pub(crate) fn is_full(&self) -> bool {
        if self.modes.enforce() {
            !self.refusing.is_empty() && self.refusing.len() >= self.most.unwrap_or(1)
        } else {
            !self.reported.is_empty() && self.reported.len() >= self.most.unwrap_or(REPORTED)
        }
    }

    /// Whether the request is to be refused.
    pub(crate) fn refuse(&self) -> bool {
        !self.refusing.is_empty()
    }

    /// Whether nothing was wrong, not even for a class that is off.
    pub(crate) fn is_clean(&self) -> bool {
        self.is_empty() && !self.ignored
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.refusing.is_empty() && self.reported.is_empty()
    }

    /// The violations that refuse the request or, if none does, those that are reported, in the order in
    /// which they were found. None are left.
    pub(crate) fn take(&mut self) -> Vec<Violation> {
        let reported = std::mem::take(&mut self.reported);
        if self.refuse() {
            std::mem::take(&mut self.refusing)
        } else {
            reported
        }
    }
}
