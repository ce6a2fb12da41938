//! Whether a refusal is carried out.

use std::fmt;

/// What the layer does with a request that breaks a rule.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Mode {
    /// Refuse it. The handler does not run.
    #[default]
    Enforce,
    /// Judge and log it, and let it through. The limit on the size of the body still holds.
    Report,
    /// Do not look at it.
    Off,
}

impl Mode {
    /// The name that stands in events: `enforce`, `report` or `off`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Enforce => "enforce",
            Self::Report => "report",
            Self::Off => "off",
        }
    }
}

impl fmt::Display for Mode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
