use std::{error::Error, fmt};

use crate::BoxError;

/// Why a policy was not replaced; the old one is in force.
pub struct ReloadError {
    kind: ReloadErrorKind,
    told: String,
    source: Option<BoxError>,
}

/// What stood in the way of another policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ReloadErrorKind {
    /// It could not be made: a file that is not there, a mistake in it.
    Source,
    /// It decides otherwise on a request whose verdict has to stay.
    Probe,
    /// There is no candidate to put in force.
    NoCandidate,
}

impl ReloadError {
    pub(super) fn source(source: BoxError) -> Self {
        // A candidate that is missing comes the same way as a file that is.
        source.downcast().map_or_else(
            |source| Self {
                kind: ReloadErrorKind::Source,
                told: "the policy could not be made".into(),
                source: Some(source),
            },
            |own| *own,
        )
    }

    pub(super) fn probe(told: String) -> Self {
        Self {
            kind: ReloadErrorKind::Probe,
            told,
            source: None,
        }
    }

    pub(super) fn no_candidate() -> Self {
        Self {
            kind: ReloadErrorKind::NoCandidate,
            told: "there is no candidate".into(),
            source: None,
        }
    }

    /// What stood in the way.
    #[must_use]
    pub fn kind(&self) -> ReloadErrorKind {
        self.kind
    }
}

impl fmt::Display for ReloadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.told)?;
        match &self.source {
            Some(source) => write!(f, ": {source}"),
            None => Ok(()),
        }
    }
}

/// As it is displayed, for `main` and `unwrap`.
impl fmt::Debug for ReloadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Error for ReloadError {
    /// Nothing: what it comes from is displayed with it.
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        None
    }
}
