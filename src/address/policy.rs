use std::sync::Arc;

use super::{AddressClass, Finding, host, text, url};
use crate::{Code, ConfigError, text::Text};

/// Which addresses and hosts may stand in a request and be connected to.
///
/// Every string of a request is judged in the context that its schema gives it: a URL, a host, an IP
/// address, or text in which a network location may hide. The module documentation says how.
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
