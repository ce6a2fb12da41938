//! Named formats of strings: one file for each grammar, the addresses in [`crate::address`].

mod date_time;
mod email;
mod uuid;

use crate::{AddressPolicy, Code, TableName, text::Text};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    Uuid,
    DateTime,
    Email,
    Url,
    Hostname,
    Ipv4,
    Ipv6,
    TableName,
}

impl Format {
    /// What is wrong with a text of this format.
    ///
    /// No text that has one of these formats names a host but the ones that are hosts, so none is
    /// searched for addresses as other text is.
    pub(super) fn check(self, text: Text<'_>, addresses: &AddressPolicy) -> Option<Code> {
        let matches = match self {
            Self::Url => return addresses.check_url(text),
            Self::Hostname => return addresses.check_host(text),
            Self::Ipv4 => return addresses.check_ip(text, false),
            Self::Ipv6 => return addresses.check_ip(text, true),
            Self::Uuid => uuid::matches(text.bytes),
            Self::DateTime => date_time::matches(text.bytes),
            Self::Email => email::matches(text.bytes),
            Self::TableName => TableName::is_valid(text.bytes),
        };
        (!matches).then_some(Code::Format)
    }
}
