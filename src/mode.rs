//! Whether a refusal is carried out.

use std::{fmt, str::FromStr};

use crate::{ConfigError, RuleClass, fact::Fact};

/// What the layer does with a request that breaks a rule.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Mode {
    /// Refuse it. The handler does not run.
    #[default]
    Enforce,
    /// Judge, count and log it, and let it through. The limits on the size of the body and on the time
    /// that it takes still hold.
    Report,
    /// Do not look at it.
    Off,
}

impl Mode {
    /// Its name in policy files, events and metrics: `enforce`, `report` or `off`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Enforce => "enforce",
            Self::Report => "report",
            Self::Off => "off",
        }
    }

    /// What is left of it where nothing may be refused.
    pub(crate) const fn reported(self) -> Self {
        match self {
            Self::Enforce => Self::Report,
            mode => mode,
        }
    }
}

impl fmt::Display for Mode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Reads a name as [`as_str`](Mode::as_str) writes it.
impl FromStr for Mode {
    type Err = ConfigError;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        let mut all = [Self::Enforce, Self::Report, Self::Off].into_iter();
        all.find(|mode| mode.as_str() == name).ok_or_else(|| {
            let told = "is no mode: they are enforce, report, off";
            ConfigError::one(format!("{name:?}"), told)
        })
    }
}

const CLASSES: usize = RuleClass::ALL.len();

/// The mode of each class of rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Modes([Mode; CLASSES]);

impl Modes {
    /// One mode for all.
    pub(crate) const fn all(mode: Mode) -> Self {
        Self([mode; CLASSES])
    }

    pub(crate) const fn of(self, class: RuleClass) -> Mode {
        self.0[class as usize]
    }

    /// Whether a request may be refused.
    pub(crate) fn enforce(self) -> bool {
        self.0.contains(&Mode::Enforce)
    }

    /// Whether nothing is looked at.
    pub(crate) fn are_off(self) -> bool {
        self == Self::all(Mode::Off)
    }

    /// How far they let requests through that break rules, in words the mode of most classes and then the
    /// others.
    pub(crate) fn fact(self) -> Fact {
        let count = |mode: &Mode| self.0.iter().filter(|it| *it == mode).count();
        let most = self.0.iter().rev().max_by_key(|mode| count(mode));
        let most = most.copied().unwrap_or_default();
        let classes = RuleClass::ALL.iter().zip(self.0);
        let others = classes.filter(|(_, mode)| *mode != most);
        let others = others.map(|(class, mode)| format!(", {class} {mode}"));
        let levels = self.0.map(|mode| mode as u8);
        Fact::Each(
            levels.into(),
            others.fold(most.to_string(), |all, one| all + &one),
        )
    }

    /// What is left of them where nothing may be refused.
    pub(crate) fn reported(self) -> Self {
        Self(self.0.map(Mode::reported))
    }
}

/// Modes as they are declared: one for all classes, and one for some of them.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct DeclaredModes {
    pub(crate) all: Option<Mode>,
    classes: [Option<Mode>; CLASSES],
}

impl DeclaredModes {
    /// One mode for all classes.
    pub(crate) fn one(mode: Mode) -> Self {
        Self {
            all: Some(mode),
            ..Self::default()
        }
    }

    /// Declares the mode of a class, and says whether it had none.
    pub(crate) fn declare(&mut self, class: RuleClass, mode: Mode) -> bool {
        self.classes[class as usize].replace(mode).is_none()
    }

    /// What is declared, and what `base` declares where nothing is said.
    pub(crate) fn over(mut self, base: Self) -> Self {
        // A mode for all classes is nearer than those that the base has for some.
        if self.all.is_none() {
            for (mode, inherited) in self.classes.iter_mut().zip(base.classes) {
                *mode = mode.or(inherited);
            }
        }
        self.all = self.all.or(base.all);
        self
    }

    /// The modes, and those of `outer` where nothing is said.
    pub(crate) fn within(self, outer: Modes) -> Modes {
        let outer = self.all.map_or(outer, Modes::all);
        let mut modes = outer.0;
        for (mode, declared) in modes.iter_mut().zip(self.classes) {
            *mode = declared.unwrap_or(*mode);
        }
        Modes(modes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_declaration_holds() {
        let mut policy = DeclaredModes {
            all: Some(Mode::Report),
            ..DeclaredModes::default()
        };
        assert!(policy.declare(RuleClass::Address, Mode::Enforce));
        assert!(!policy.declare(RuleClass::Address, Mode::Enforce));
        let policy = policy.within(Modes::all(Mode::Enforce));
        assert_eq!(policy.of(RuleClass::Schema), Mode::Report);
        assert_eq!(policy.of(RuleClass::Address), Mode::Enforce);
        assert!(policy.enforce());
        assert!(!policy.reported().enforce());

        let mut route = DeclaredModes::default();
        route.declare(RuleClass::Schema, Mode::Off);
        let said = route.within(policy);
        assert_eq!(said.of(RuleClass::Schema), Mode::Off);
        assert_eq!(said.of(RuleClass::Address), Mode::Enforce);
        route.all = Some(Mode::Off);
        assert!(route.within(policy).are_off());
    }
}
