//! The contexts that a string of a request is judged in, as its schema has it.

use super::{AddressPolicy, Finding, host, text, url};
#[cfg(fuzzing)]
use crate::text::Marks;
use crate::{Code, text::Text};

impl AddressPolicy {
    /// A string that is a URL.
    pub(crate) fn check_url(&self, text: Text<'_>) -> Option<Code> {
        code(url::judge(text, self))
    }

    /// A string that is a host, with or without port.
    pub(crate) fn check_host(&self, text: Text<'_>) -> Option<Code> {
        code(match self.host(text.bytes) {
            Err(None) => Err(text::find(text, self).or_else(|| host::lenient(text.bytes, self))),
            verdict => verdict,
        })
    }

    fn host(&self, text: &[u8]) -> Result<(), Option<Finding>> {
        if let Some(address) = host::ipv6(text) {
            return host::refuse(self.host_address(address.into()));
        }
        // The slash that ends a host in a URL is no part of another host.
        let text = text.strip_suffix(b"/").unwrap_or(text);
        let (host, port) = url::split_port(text).ok_or(None)?;
        if host.is_empty() {
            return Err(None);
        }
        host::strict_hostname(host, self)?;
        host::refuse(port.and_then(|port| self.port(port)))
    }

    /// A string that is an IP address of the wanted family.
    pub(crate) fn check_ip(&self, text: Text<'_>, v6: bool) -> Option<Code> {
        let found = match host::ip(text.bytes) {
            Some(address) if address.is_ipv6() == v6 => Finding::of(self.class(address)),
            _ => return Some(text::find(text, self).map_or(Code::Format, Finding::code)),
        };
        found.map(Finding::code)
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

fn code(verdict: Result<(), Option<Finding>>) -> Option<Code> {
    match verdict {
        Ok(()) => None,
        Err(finding) => Some(finding.map_or(Code::Format, Finding::code)),
    }
}
