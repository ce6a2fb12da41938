//! Named formats of strings: one file for each grammar, the addresses in [`crate::address`].

mod date_time;
#[cfg(feature = "json-schema")]
mod duration;
mod email;
mod encoding;
mod file_name;
#[cfg(feature = "json-schema")]
mod json_pointer;
#[cfg(feature = "json-schema")]
mod located;
#[cfg(feature = "json-schema")]
mod of_documents;
mod shell;
mod uuid;

pub(crate) use file_name::is_file_name;
use file_name::is_relative_path;
#[cfg(feature = "json-schema")]
pub(crate) use located::Located;
#[cfg(feature = "json-schema")]
pub(crate) use of_documents::DocumentFormat;

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
    FileName,
    RelativePath,
    ShellWord,
    Base64,
    /// A host, and nothing behind it: the `hostname` of documents.
    #[cfg(feature = "json-schema")]
    HostWithoutPort,
    /// One that only documents name.
    #[cfg(feature = "json-schema")]
    Document(DocumentFormat),
    /// One of those that name hosts, or something else.
    #[cfg(feature = "json-schema")]
    Located(Located),
}

impl Format {
    /// The name that people know it by.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Uuid => "uuid",
            Self::DateTime => "date-time",
            Self::Email => "email",
            Self::Url => "url",
            Self::Hostname => "hostname",
            Self::Ipv4 => "ipv4",
            Self::Ipv6 => "ipv6",
            Self::TableName => "table_name",
            Self::FileName => "file_name",
            Self::RelativePath => "relative_path",
            Self::ShellWord => "shell_safe",
            Self::Base64 => "base64",
            #[cfg(feature = "json-schema")]
            Self::HostWithoutPort => "hostname without port",
            #[cfg(feature = "json-schema")]
            Self::Document(format) => format.name(),
            #[cfg(feature = "json-schema")]
            Self::Located(located) => located.name(),
        }
    }

    /// Whether it says of a string which host or address it names, or that it has none.
    pub(super) const fn is_located(self) -> bool {
        match self {
            Self::Url | Self::Hostname | Self::Ipv4 | Self::Ipv6 => true,
            #[cfg(feature = "json-schema")]
            Self::HostWithoutPort | Self::Located(_) => true,
            _ => false,
        }
    }

    /// Whether it can be shown that every text of this format is one of the other, and with the same
    /// addresses one that the other lets pass. `None` is a text of no format.
    ///
    /// A URL is no such text: what stands in its query is searched in a text alone.
    pub(super) fn is_within(self, other: Option<Self>) -> bool {
        match other {
            Some(other) if self == other => true,
            #[cfg(feature = "json-schema")]
            Some(Self::Hostname) => self == Self::HostWithoutPort,
            Some(_) => false,
            None => match self {
                Self::Url | Self::Hostname => false,
                #[cfg(feature = "json-schema")]
                Self::HostWithoutPort | Self::Located(_) => false,
                _ => true,
            },
        }
    }

    /// The fewest and the most characters that a text of this format has.
    pub(super) const fn lengths(self) -> (usize, usize) {
        match self {
            Self::Uuid => (36, 36),
            Self::DateTime => (20, usize::MAX),
            Self::Ipv4 => (7, 15),
            Self::Email => (3, 254),
            Self::TableName => (3, 255),
            Self::FileName => (1, file_name::LONGEST_NAME),
            Self::RelativePath => (1, file_name::LONGEST_PATH),
            Self::ShellWord => (1, usize::MAX),
            _ => (0, usize::MAX),
        }
    }

    /// What is wrong with a text of this format: the first thing, and what may stand behind it.
    pub(super) fn check_each(self, text: Text<'_>, addresses: &AddressPolicy) -> [Option<Code>; 2] {
        let behind = match self {
            #[cfg(feature = "json-schema")]
            Self::HostWithoutPort => unless(has_no_port(text.bytes)),
            _ => None,
        };
        [self.check(text, addresses), behind]
    }

    /// What is wrong with a text of this format.
    ///
    /// A mail address such as `//127.0.0.1/@example.com` and a table name such as
    /// `metadata.google.internal` are texts in which a host can stand, and are searched as other text
    /// is; a UUID and a date have no room for one.
    pub(super) fn check(self, text: Text<'_>, addresses: &AddressPolicy) -> Option<Code> {
        let matches = match self {
            Self::Url => return addresses.judge_url(text),
            Self::Hostname => return addresses.judge_host(text),
            Self::Ipv4 => return addresses.judge_ip(text, false),
            Self::Ipv6 => return addresses.judge_ip(text, true),
            Self::Uuid => return unless(uuid::matches(text.bytes)),
            Self::DateTime => return unless(date_time::matches(text.bytes)),
            Self::Email => email::matches(text.bytes),
            Self::TableName => TableName::is_valid(text.bytes),
            Self::FileName => is_file_name(text.as_str()),
            Self::RelativePath => is_relative_path(text.as_str()),
            Self::ShellWord => shell::is_word(text.bytes),
            Self::Base64 => {
                return unless(encoding::matches(text.bytes))
                    .or_else(|| addresses.judge_text(text))
                    .or_else(|| judge_decoded(text, addresses));
            }
            #[cfg(feature = "json-schema")]
            Self::HostWithoutPort => {
                let is_name = has_no_port(text.bytes);
                return addresses.judge_host(text).or_else(|| unless(is_name));
            }
            #[cfg(feature = "json-schema")]
            Self::Located(located) => return located.check(text, addresses),
            #[cfg(feature = "json-schema")]
            Self::Document(format) => format.matches(text.bytes),
        };
        unless(matches).or_else(|| addresses.judge_text(text))
    }
}

/// What is wrong with the bytes that a text is in base64, in any spelling.
#[inline(never)]
pub(super) fn judge_decoded(text: Text<'_>, addresses: &AddressPolicy) -> Option<Code> {
    addresses.judge_bytes(&encoding::decode(text.bytes))
}

/// Whether a host is nothing but its name.
#[cfg(feature = "json-schema")]
fn has_no_port(host: &[u8]) -> bool {
    let mut bytes = host.iter();
    !bytes.any(|byte| matches!(byte, b':' | b'/' | b'[')) && !host.ends_with(b".")
}

fn unless(matches: bool) -> Option<Code> {
    (!matches).then_some(Code::Format)
}
