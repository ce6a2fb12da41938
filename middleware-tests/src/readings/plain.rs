//! The rules of a schema, once more: slow, plain, and without a line of the library.

use std::net::{Ipv4Addr, Ipv6Addr};

use url::{Host, Url};

/// Whether a text has a number of characters and none that is a control.
pub(super) fn is_text(text: &str, shortest: usize, longest: usize) -> bool {
    (shortest..=longest).contains(&text.chars().count()) && !holds_control(text)
}

/// Whether a text has a number of characters and no controls but those that break lines.
pub(super) fn is_multiline(text: &str, longest: usize) -> bool {
    let one_line: String = text
        .chars()
        .filter(|character| !matches!(character, '\t' | '\n' | '\r'))
        .collect();
    text.chars().count() <= longest && !holds_control(&one_line)
}

/// Controls, and what turns text around.
pub(super) fn holds_control(text: &str) -> bool {
    text.chars().any(|character| {
        character.is_control()
            || ('\u{202a}'..='\u{202e}').contains(&character)
            || ('\u{2066}'..='\u{2069}').contains(&character)
    })
}

/// Whether a text is a UUID with hyphens.
pub(super) fn is_uuid(text: &str) -> bool {
    let lengths: Vec<usize> = text.split('-').map(str::len).collect();
    let is_hexadecimal = |character: char| character == '-' || character.is_ascii_hexdigit();
    lengths == [8, 4, 4, 4, 12] && text.chars().all(is_hexadecimal)
}

/// Whether a text begins as a date and a time do and ends as an offset does.
pub(super) fn is_date_time(text: &str) -> bool {
    let shape: String = text
        .chars()
        .map(|character| {
            if character.is_ascii_digit() {
                '0'
            } else {
                character
            }
        })
        .collect();
    let offset = shape.to_ascii_uppercase();
    shape
        .to_ascii_uppercase()
        .starts_with("0000-00-00T00:00:00")
        && ["Z", "+00:00", "-00:00"]
            .iter()
            .any(|end| offset.ends_with(end))
}

/// Whether the parser of browsers reads a text as the address of a public host, as it is written.
pub(super) fn is_public_url(text: &str) -> bool {
    let Ok(url) = Url::parse(text) else {
        return false;
    };
    matches!(url.scheme(), "http" | "https") && url.host().as_ref().is_some_and(is_public)
}

fn is_public(host: &Host<&str>) -> bool {
    match host {
        Host::Domain(name) => {
            let name = name.trim_end_matches('.');
            name.contains('.')
                && name
                    .rsplit('.')
                    .next()
                    .is_none_or(|last| !["localhost", "local", "internal"].contains(&last))
        }
        Host::Ipv4(address) => is_public_v4(*address),
        Host::Ipv6(address) => is_public_v6(*address),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    !(address.is_loopback()
        || address.is_private()
        || address.is_link_local()
        || address.is_unspecified()
        || address.is_broadcast()
        || address.is_multicast()
        || address.is_documentation())
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    let inner = address.to_ipv4().is_none_or(is_public_v4);
    inner
        && !(address.is_loopback()
            || address.is_unspecified()
            || address.is_multicast()
            || address.is_unique_local()
            || address.is_unicast_link_local())
}
