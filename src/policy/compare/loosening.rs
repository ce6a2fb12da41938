use std::{fmt, str::FromStr};

use serde::{Serialize, Serializer};

use crate::ConfigError;

/// A kind of rule by which a policy may accept what its base refuses.
///
/// ```
/// use tower_harden::Loosening;
///
/// let kind: Loosening = "limits.max_body".parse()?;
/// assert_eq!(kind, Loosening::MaxBody);
/// assert_eq!(kind.as_str(), "limits.max_body");
/// # Ok::<(), tower_harden::ConfigError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Loosening {
    /// Routes and methods that the base does not declare.
    Routes,
    /// Modes that let pass what the base refuses.
    Mode,
    /// Fields and bodies.
    Schemas,
    /// Headers that name hosts.
    HostHeaders,
    /// [`Limits::max_body`](crate::Limits::max_body).
    MaxBody,
    /// [`Limits::body_timeout`](crate::Limits::body_timeout).
    BodyTimeout,
    /// [`Limits::min_body_rate`](crate::Limits::min_body_rate).
    MinBodyRate,
    /// [`Limits::max_depth`](crate::Limits::max_depth).
    MaxDepth,
    /// [`Limits::max_members`](crate::Limits::max_members).
    MaxMembers,
    /// [`Limits::max_items`](crate::Limits::max_items).
    MaxItems,
    /// [`Limits::max_string`](crate::Limits::max_string).
    MaxString,
    /// [`Limits::max_number`](crate::Limits::max_number).
    MaxNumber,
    /// [`Limits::max_parameters`](crate::Limits::max_parameters).
    MaxParameters,
    /// [`AddressPolicy::allow_host`](crate::AddressPolicy::allow_host).
    AllowHost,
    /// [`AddressPolicy::allow_net`](crate::AddressPolicy::allow_net).
    AllowNet,
    /// [`AddressPolicy::only_hosts`](crate::AddressPolicy::only_hosts).
    OnlyHosts,
    /// [`AddressPolicy::only_ports`](crate::AddressPolicy::only_ports).
    OnlyPorts,
    /// [`AddressPolicy::https_only`](crate::AddressPolicy::https_only).
    HttpsOnly,
    /// [`AddressPolicy::nested_urls`](crate::AddressPolicy::nested_urls).
    NestedUrls,
    /// [`AddressPolicy::nat64`](crate::AddressPolicy::nat64).
    Nat64,
    /// [`DangerousAddressPolicy::allow_metadata`](crate::DangerousAddressPolicy::allow_metadata).
    AllowMetadata,
}

impl Loosening {
    /// All of them.
    pub const ALL: &[Self] = &[
        Self::Routes,
        Self::Mode,
        Self::Schemas,
        Self::HostHeaders,
        Self::MaxBody,
        Self::BodyTimeout,
        Self::MinBodyRate,
        Self::MaxDepth,
        Self::MaxMembers,
        Self::MaxItems,
        Self::MaxString,
        Self::MaxNumber,
        Self::MaxParameters,
        Self::AllowHost,
        Self::AllowNet,
        Self::OnlyHosts,
        Self::OnlyPorts,
        Self::HttpsOnly,
        Self::NestedUrls,
        Self::Nat64,
        Self::AllowMetadata,
    ];

    /// The name that stands in files, such as `routes` or `limits.max_body`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Routes => "routes",
            Self::Mode => "mode",
            Self::Schemas => "schemas",
            Self::HostHeaders => "host_headers",
            Self::MaxBody => "limits.max_body",
            Self::BodyTimeout => "limits.body_timeout",
            Self::MinBodyRate => "limits.min_body_rate",
            Self::MaxDepth => "limits.max_depth",
            Self::MaxMembers => "limits.max_members",
            Self::MaxItems => "limits.max_items",
            Self::MaxString => "limits.max_string",
            Self::MaxNumber => "limits.max_number",
            Self::MaxParameters => "limits.max_parameters",
            Self::AllowHost => "addresses.allow_host",
            Self::AllowNet => "addresses.allow_net",
            Self::OnlyHosts => "addresses.only_hosts",
            Self::OnlyPorts => "addresses.only_ports",
            Self::HttpsOnly => "addresses.https_only",
            Self::NestedUrls => "addresses.nested_urls",
            Self::Nat64 => "addresses.nat64",
            Self::AllowMetadata => "addresses.allow_metadata",
        }
    }

    pub(super) fn named(name: &str) -> Option<Self> {
        let mut all = Self::ALL.iter();
        all.find(|kind| kind.as_str() == name).copied()
    }
}

impl fmt::Display for Loosening {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Loosening {
    type Err = ConfigError;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        Self::named(name).ok_or_else(|| {
            let names: Vec<&str> = Self::ALL.iter().map(|kind| kind.as_str()).collect();
            let told = format!("is no kind of rule: write one of {}", names.join(", "));
            ConfigError::one(format!("{name:?}"), told)
        })
    }
}

impl Serialize for Loosening {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

/// A rule by which a policy may accept what its base refuses; see
/// [`Policy::loosened_by`](crate::Policy::loosened_by).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Loosened {
    pub(super) kind: Loosening,
    pub(super) place: String,
    pub(super) rule: &'static str,
    pub(super) base: Option<String>,
    pub(super) own: Option<String>,
}

impl Loosened {
    /// The kind of rule.
    #[must_use]
    pub fn kind(&self) -> Loosening {
        self.kind
    }

    /// Where it stands, such as `POST /orders: body #/sku`.
    #[must_use]
    pub fn place(&self) -> &str {
        &self.place
    }

    /// The rule, such as `max_length`.
    #[must_use]
    pub fn rule(&self) -> &str {
        self.rule
    }

    /// Its value in the base, if it has one there.
    #[must_use]
    pub fn base(&self) -> Option<&str> {
        self.base.as_deref()
    }

    /// What the rule says on both sides, without its place.
    pub(in crate::policy) fn told(&self) -> String {
        let rule = self.rule;
        let is_state = matches!(rule, "declared" | "required");
        match (self.own(), self.base()) {
            (Some("yes"), None) if is_state => format!("is {rule}, and not in the base"),
            (None, Some("yes")) if is_state => format!("is {rule} in the base, and not here"),
            (own, base) => {
                let [own, base] = [own, base].map(|value| value.unwrap_or("not said"));
                format!("{rule} is {own}, and {base} in the base")
            }
        }
    }

    /// Its value in the policy itself, if it has one there.
    #[must_use]
    pub fn own(&self) -> Option<&str> {
        self.own.as_deref()
    }
}

impl fmt::Display for Loosened {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { kind, place, .. } = self;
        write!(f, "{place}: {} ({kind})", self.told())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_read_as_they_are_written() {
        for kind in Loosening::ALL {
            assert_eq!(kind.as_str().parse::<Loosening>().as_ref(), Ok(kind));
        }
        let told = "limits.max_violations"
            .parse::<Loosening>()
            .expect_err("it loosens nothing");
        assert!(told.to_string().contains("limits.max_body"), "{told}");
    }
}
