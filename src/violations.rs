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
