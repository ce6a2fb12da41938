//! The contexts that a string of a request is judged in, as its schema has it.

use std::net::IpAddr;

use super::{AddressPolicy, Finding, host, text, url};
#[cfg(fuzzing)]
use crate::text::Marks;
use crate::{Code, text::Text};

impl AddressPolicy {
    /// Judges a URL as [`Field::url`](crate::Field::url) does, for values that come by no request: from a
    /// queue, a database, a configuration.
    ///
    /// # Errors
    ///
    /// The rule that refuses it; [`Code::Format`] where it is no URL in its one spelling.
    ///
    /// ```
    /// use tower_harden::{AddressPolicy, Code};
    ///
    /// let policy = AddressPolicy::deny_internal();
    /// assert_eq!(policy.check_url("https://hooks.example.com/orders"), Ok(()));
    /// assert_eq!(policy.check_url("http://0xa9fea9fe/"), Err(Code::AddressMetadata));
    /// ```
    pub fn check_url(&self, url: &str) -> Result<(), Code> {
        self.judge_url(Text::new(url)).map_or(Ok(()), Err)
    }

    /// Judges a host, with or without port, as [`Field::hostname`](crate::Field::hostname) does.
    ///
    /// # Errors
    ///
    /// As [`check_url`](Self::check_url).
    pub fn check_host(&self, host: &str) -> Result<(), Code> {
        self.judge_host(Text::new(host)).map_or(Ok(()), Err)
    }

    /// Judges a text as [`Field::string`](crate::Field::string) does: it may name no internal host.
    ///
    /// # Errors
    ///
    /// The rule that refuses it.
    pub fn check_text(&self, text: &str) -> Result<(), Code> {
        self.judge_text(Text::new(text)).map_or(Ok(()), Err)
    }

    /// Judges an address, one that a name was resolved to for instance.
    ///
    /// # Errors
    ///
    /// As [`check_text`](Self::check_text).
    pub fn check_address(&self, address: IpAddr) -> Result<(), Code> {
        self.host_address(address)
            .map_or(Ok(()), |found| Err(found.code()))
    }

    /// A string that is a URL.
    pub(crate) fn judge_url(&self, text: Text<'_>) -> Option<Code> {
        code(url::judge(text, self))
    }

    /// A string that is a host, with or without port.
    pub(crate) fn judge_host(&self, text: Text<'_>) -> Option<Code> {
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
    pub(crate) fn judge_ip(&self, text: Text<'_>, v6: bool) -> Option<Code> {
        let found = match host::ip(text.bytes) {
            Some(address) if address.is_ipv6() == v6 => Finding::of(self.class(address)),
            _ => return Some(text::find(text, self).map_or(Code::Format, Finding::code)),
        };
        found.map(Finding::code)
    }

    /// Bytes of any kind: text is searched as text, and of other bytes what people would read of them.
    pub(crate) fn judge_bytes(&self, bytes: &[u8]) -> Option<Code> {
        let judge = |text| self.judge_text(Text::new(text));
        match std::str::from_utf8(bytes) {
            Ok(text) => judge(text),
            // In an image of a megabyte there is a `://` now and then, but no text around it.
            Err(_) => bytes
                .utf8_chunks()
                .flat_map(|chunk| chunk.valid().split(is_unreadable))
                .filter(|run| run.len() >= SHORTEST_RUN || holds_http(run))
                .find_map(judge),
        }
    }

    /// What is found in a text, and what is found where it is looked at all over.
    #[cfg(fuzzing)]
    #[doc(hidden)]
    pub fn judge_in_two_ways(&self, text: &str) -> (Option<Code>, Option<Code>) {
        let text = Text::new(text);
        let full = text::search(text.bytes, Marks::all(), self);
        (self.judge_text(text), full.map(Finding::code))
    }

    /// Any other string.
    #[inline]
    pub(crate) fn judge_text(&self, text: Text<'_>) -> Option<Code> {
        text::find(text, self).map(Finding::code)
    }
}

/// The bytes of `http://[::1]` and `http://127.1`.
const SHORTEST_RUN: usize = 12;

/// Whether it holds a scheme that no image has by chance: `http:0` is a URL of this machine.
fn holds_http(run: &str) -> bool {
    let is = |window: &[u8]| {
        window.eq_ignore_ascii_case(b"http:") || window.eq_ignore_ascii_case(b"https:")
    };
    run.as_bytes().windows(5).any(is) || run.as_bytes().windows(6).any(is)
}

/// Controls but for those that URL parsers drop.
fn is_unreadable(character: char) -> bool {
    character.is_control() && !matches!(character, '\t' | '\n' | '\r' | '\0')
}

fn code(verdict: Result<(), Option<Finding>>) -> Option<Code> {
    match verdict {
        Ok(()) => None,
        Err(finding) => Some(finding.map_or(Code::Format, Finding::code)),
    }
}
