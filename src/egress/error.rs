use std::{error::Error, fmt};

use crate::{address::Finding, error::cause};

/// A connection that was denied.
///
/// It names neither the host nor its addresses, which a client may have chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EgressDenied {
    kind: EgressDeniedKind,
}

/// Why a connection was denied.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum EgressDeniedKind {
    /// To a metadata service or platform endpoint.
    Metadata,
    /// To an address or name that is not public.
    Internal,
    /// To a host that can be read in two ways, or in none.
    Ambiguous,
    /// To a host that is not one of the only ones.
    Unlisted,
    /// By a scheme that is not allowed, or that is neither `http` nor `https`.
    Scheme,
    /// To a port that is not allowed.
    Port,
    /// To a name without addresses.
    Unresolved,
}

impl EgressDenied {
    pub(super) const fn new(kind: EgressDeniedKind) -> Self {
        Self { kind }
    }

    /// Why the connection was denied.
    #[must_use]
    pub const fn kind(&self) -> EgressDeniedKind {
        self.kind
    }

    /// Says it in the log, where it is denied.
    pub(super) fn told(self) -> Self {
        tracing::warn!(
            target: "tower_harden",
            { kind = self.kind.as_str() },
            "connection denied"
        );
        self
    }
}

impl EgressDeniedKind {
    /// The stable name that stands in events, such as `metadata`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Metadata => "metadata",
            Self::Internal => "internal",
            Self::Ambiguous => "ambiguous",
            Self::Unlisted => "unlisted",
            Self::Scheme => "scheme",
            Self::Port => "port",
            Self::Unresolved => "unresolved",
        }
    }
}

impl From<Option<Finding>> for EgressDenied {
    fn from(found: Option<Finding>) -> Self {
        Self::new(match found {
            Some(Finding::Metadata) => EgressDeniedKind::Metadata,
            Some(Finding::Internal) => EgressDeniedKind::Internal,
            Some(Finding::Ambiguous) | None => EgressDeniedKind::Ambiguous,
            Some(Finding::Unlisted) => EgressDeniedKind::Unlisted,
            Some(Finding::Scheme) => EgressDeniedKind::Scheme,
            Some(Finding::Port) => EgressDeniedKind::Port,
        })
    }
}

impl fmt::Display for EgressDenied {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.kind {
            EgressDeniedKind::Metadata => "a connection to a metadata service was denied",
            EgressDeniedKind::Internal => "a connection to an internal address was denied",
            EgressDeniedKind::Ambiguous => {
                "a connection to a host that cannot be read in one way was denied"
            }
            EgressDeniedKind::Unlisted => "a connection to a host that is not allowed was denied",
            EgressDeniedKind::Scheme => "a connection by a scheme that is not allowed was denied",
            EgressDeniedKind::Port => "a connection to a port that is not allowed was denied",
            EgressDeniedKind::Unresolved => "a connection to a name without addresses was denied",
        })
    }
}

impl Error for EgressDenied {}

/// The denial in an error of a client, wherever it wraps it.
///
/// ```
/// use tower_harden::egress::{EgressDeniedKind, denied};
///
/// fn status(error: &(dyn std::error::Error + 'static)) -> u16 {
///     match denied(error).map(|denied| denied.kind()) {
///         Some(EgressDeniedKind::Unresolved) | None => 502,
///         Some(_) => 422,
///     }
/// }
/// ```
#[must_use]
pub fn denied<'e>(error: &'e (dyn Error + 'static)) -> Option<&'e EgressDenied> {
    cause(error)
}
