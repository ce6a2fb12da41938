use std::sync::Arc;

use super::{AddressClass, Finding, host, text, url};
#[cfg(fuzzing)]
use crate::text::Marks;
use crate::{Code, ConfigError, text::Text};

/// Which addresses and hosts may stand in a request.
///
/// Every string of a request is judged in one of four contexts, which its schema decides:
///
/// | context | fields | passes |
/// |---|---|---|
/// | URL | [`Field::url`](crate::Field::url) | an absolute `http` or `https` URL in its one spelling, with a public host |
/// | host | [`Field::hostname`](crate::Field::hostname) | a public host, with or without port |
/// | IP address | [`Field::ipv4`](crate::Field::ipv4), [`Field::ipv6`](crate::Field::ipv6) | a public address |
/// | text | every other string | whatever names no internal host |
///
/// A text names a host where it holds `scheme://host` in any spelling, also percent-encoded, and where
/// it is nothing but a location: `//host`, `host:port` or `host/path` of an address or a listed name,
/// an IPv6 address, an IPv4 address of loopback, link-local or a metadata service. Other bare IPv4
/// addresses look like version numbers, and bare words like words: declare fields that are hosts as
/// [`Field::hostname`](crate::Field::hostname).
///
/// # What a value cannot show
///
/// A name with public DNS that resolves inward, such as `127.0.0.1.nip.io`, looks like any other
/// name. Judging values narrows what reaches a handler; only the code that connects sees the address
/// that a name leads to. Keep a network policy on metadata services (on AWS: IMDSv2 with a hop limit
/// of 1) whatever this type does.
///
/// ```
/// use tower_harden::AddressPolicy;
///
/// let addresses = AddressPolicy::deny_internal().allow_host("hooks.internal")?;
/// # Ok::<(), tower_harden::ConfigError>(())
/// ```
#[derive(Clone, Debug)]
pub struct AddressPolicy {
    allowed: Vec<Arc<str>>,
}

impl AddressPolicy {
    /// Refuses everything that is not public: the default of every policy.
    #[must_use]
    pub fn deny_internal() -> Self {
        Self {
            allowed: Vec::new(),
        }
    }

    /// Lets one host pass whatever its class is, in any case and with or without a trailing dot.
    ///
    /// # Errors
    ///
    /// Where `name` is not a host name: a URL, an address, or a pattern.
    pub fn allow_host(mut self, name: &str) -> Result<Self, ConfigError> {
        let Some(plain) = host::registrable(name) else {
            return Err(ConfigError::one(
                format!("allow_host({name:?})"),
                "is not a host name such as hooks.example.com",
            ));
        };
        self.allowed.push(plain.into());
        Ok(self)
    }

    /// Whether a name without trailing dot was allowed by name.
    pub(super) fn allows_name(&self, name: &[u8]) -> bool {
        self.allowed
            .iter()
            .any(|allowed| name.eq_ignore_ascii_case(allowed.as_bytes()))
    }

    /// A string that is a URL.
    pub(crate) fn check_url(&self, text: Text<'_>) -> Option<Code> {
        code(url::judge(text, self))
    }

    /// A string that is a host, with or without port.
    pub(crate) fn check_host(&self, text: Text<'_>) -> Option<Code> {
        let whole = if let Some(address) = host::ipv6(text.bytes) {
            judge_address(AddressClass::of(address.into()))
        } else {
            // The slash that ends a host in a URL is no part of another host.
            let host = text.bytes.strip_suffix(b"/").unwrap_or(text.bytes);
            match url::without_port(host) {
                Some(host) if !host.is_empty() => host::strict_hostname(host, self),
                _ => Err(None),
            }
        };
        match whole {
            Err(None) => code(Err(
                text::find(text, self).or_else(|| host::lenient(text.bytes, self))
            )),
            verdict => code(verdict),
        }
    }

    /// A string that is an IP address of the wanted family.
    pub(crate) fn check_ip(&self, text: Text<'_>, v6: bool) -> Option<Code> {
        match host::ip(text.bytes) {
            Some(address) if address.is_ipv6() == v6 => {
                code(judge_address(AddressClass::of(address)))
            }
            _ => Some(text::find(text, self).map_or(Code::Format, Finding::code)),
        }
    }

    /// What is found in a text, and what is found where it is looked at all over.
    #[cfg(fuzzing)]
    #[doc(hidden)]
    pub fn judge_in_two_ways(&self, text: &str) -> (Option<Code>, Option<Code>) {
        let text = Text::new(text);
        let full = text::search(text.bytes, Marks::all(), self);
        (self.check_text(text), full.map(Finding::code))
    }

    /// Any other string.
    #[inline]
    pub(crate) fn check_text(&self, text: Text<'_>) -> Option<Code> {
        text::find(text, self).map(Finding::code)
    }
}

impl Default for AddressPolicy {
    fn default() -> Self {
        Self::deny_internal()
    }
}

fn judge_address(class: AddressClass) -> Result<(), Option<Finding>> {
    Finding::of(class).map_or(Ok(()), |finding| Err(Some(finding)))
}

fn code(verdict: Result<(), Option<Finding>>) -> Option<Code> {
    match verdict {
        Ok(()) => None,
        Err(finding) => Some(finding.map_or(Code::Format, Finding::code)),
    }
}
