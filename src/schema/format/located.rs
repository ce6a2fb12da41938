use std::ops::BitOr;

use super::Format;
use crate::{AddressPolicy, Code, text::Text};

/// The contexts of addresses that a string may stand in, one of which it need not be: where a document
/// says that a string is a host or something else, it is searched as a host and refused for no other
/// reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Located {
    url: bool,
    host: bool,
    address: bool,
}

impl Located {
    /// The context that a format is, if it is one.
    pub(crate) fn of(format: Format) -> Option<Self> {
        let located = Self {
            url: format == Format::Url,
            host: matches!(format, Format::Hostname | Format::HostWithoutPort),
            address: matches!(format, Format::Ipv4 | Format::Ipv6),
        };
        (located.url || located.host || located.address).then_some(located)
    }

    /// The contexts, for people.
    pub(super) const fn name(self) -> &'static str {
        match (self.url, self.host, self.address) {
            (true, false, false) => "url or not",
            (false, true, false) => "hostname or not",
            (false, false, true) => "address or not",
            (true, true, false) => "url or hostname or not",
            (true, false, true) => "url or address or not",
            (false, true, true) => "hostname or address or not",
            (true, true, true) => "url or hostname or address or not",
            (false, false, false) => "text",
        }
    }

    pub(super) fn check(self, text: Text<'_>, addresses: &AddressPolicy) -> Option<Code> {
        let url = self.url.then(|| addresses.judge_url(text));
        let host = self.host.then(|| addresses.judge_host(text));
        let v4 = self.address.then(|| addresses.judge_ip(text, false));
        let v6 = self.address.then(|| addresses.judge_ip(text, true));
        let found = [url, host, v4, v6].into_iter().flatten().flatten();
        // That it is none of them is for the document to say.
        found
            .into_iter()
            .find(|code| *code != Code::Format)
            .or_else(|| addresses.judge_text(text))
    }
}

impl BitOr for Located {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self {
            url: self.url || other.url,
            host: self.host || other.host,
            address: self.address || other.address,
        }
    }
}
