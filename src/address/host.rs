//! What a host names, whatever reader it is given to.
//!
//! Two readings of one text. [`strict`] is for fields that are hosts: it knows one spelling of each
//! host and refuses the others. [`lenient`] is for hosts that stand in other text: it tries every
//! spelling that some reader accepts, and looks for one that is not public.

use std::{
    borrow::Cow,
    net::{IpAddr, Ipv6Addr},
};

use idna::uts46::{AsciiDenyList, DnsLength, Hyphens, Uts46};

use super::{AddressPolicy, Finding, idna_2003, numeric, numeric::Numeric, percent, plain};

/// A host without port.
///
/// # Errors
///
/// `Some` finding where the host is not public, `None` where it is not a host in its one spelling.
pub(super) fn strict(host: &[u8], policy: &AddressPolicy) -> Result<(), Option<Finding>> {
    if plain::is_name(host) {
        return judge_name(host, policy);
    }
    if let [b'[', inner @ .., b']'] = host {
        let address = ipv6(inner).ok_or(None)?;
        return refuse(policy.host_address(address.into()));
    }
    let ascii = to_ascii(host, AsciiDenyList::URL).ok_or(None)?;
    let plain = ascii.strip_suffix(b".").unwrap_or(&ascii);
    match numeric::read(plain) {
        Numeric::Canonical(address) if host.is_ascii() => {
            refuse(policy.host_address(address.into()))
        }
        Numeric::No => {
            strict_name(without_dots(plain), policy)?;
            refuse(idna_2003::mapped(host).and_then(|older| one_reading(&older, policy)))
        }
        _ => Err(lenient(host, policy)),
    }
}

/// A host without port that is no part of a URL: its name has letters, digits, and hyphens that stand
/// at no end of a label (RFC 1123 §2.1), so that no command line takes it for an option.
///
/// # Errors
///
/// As [`strict`].
pub(super) fn strict_hostname(host: &[u8], policy: &AddressPolicy) -> Result<(), Option<Finding>> {
    let is_hostname = host.starts_with(b"[")
        || policy.allows_name(without_dots(host))
        || Uts46::new()
            .to_ascii(
                host,
                AsciiDenyList::STD3,
                Hyphens::CheckFirstLast,
                DnsLength::VerifyAllowRootDot,
            )
            .is_ok();
    if is_hostname {
        strict(host, policy)
    } else {
        Err(None)
    }
}

/// A name without trailing dots. More than one dot is no name to DNS, but some readers strip them all.
fn strict_name(name: &[u8], policy: &AddressPolicy) -> Result<(), Option<Finding>> {
    if policy.allows_name(name) {
        return judge_name(name, policy);
    }
    if !is_name(name) {
        return Err(None);
    }
    if let Numeric::Canonical(_) | Numeric::Other(..) = numeric::read(name) {
        return Err(Some(Finding::Ambiguous));
    }
    // A URL parser has characters in names that end a host for others: 127.0.0.1,example.com.
    let plain = plain_part(name);
    if plain.len() < name.len()
        && let Some(found) = name_or_number(plain, policy)
    {
        return Err(Some(found));
    }
    judge_name(name, policy)
}

/// A name that every reader reads in the same way.
pub(super) fn judge_name(name: &[u8], policy: &AddressPolicy) -> Result<(), Option<Finding>> {
    refuse(policy.host_name(name))
}

pub(super) fn refuse(found: Option<Finding>) -> Result<(), Option<Finding>> {
    found.map_or(Ok(()), |finding| Err(Some(finding)))
}

/// A host with or without port, brackets and trailing dots, in any spelling.
pub(super) fn lenient(host: &[u8], policy: &AddressPolicy) -> Option<Finding> {
    if let Some(inner) = host.strip_prefix(b"[") {
        return bracketed(inner, policy);
    }
    if let Some(address) = ipv6(host) {
        return Finding::of(policy.class(address));
    }
    let host = cut(host, |byte| byte == b':');
    let plain = plain_part(host);
    let found = name_or_number(plain, policy);
    if found.is_some() {
        return found;
    }
    let whole = if plain.len() == host.len() {
        None
    } else {
        name_or_number(host, policy)
    };
    whole.or_else(|| before_foreign(plain, policy))
}

/// As [`lenient`], and else of what its escapes stand for: URL parsers decode a host once the authority is
/// cut (WHATWG URL §3.5), so that what would end it elsewhere may stand encoded before it.
pub(super) fn lenient_or_decoded(host: &[u8], policy: &AddressPolicy) -> Option<Finding> {
    lenient(host, policy).or_else(|| lenient_decoded(host, policy))
}

/// As [`lenient`], of what the escapes of a host stand for.
pub(super) fn lenient_decoded(host: &[u8], policy: &AddressPolicy) -> Option<Finding> {
    let decoded = percent::decode(cut(host, |byte| byte == b':'))?;
    lenient(&decoded, policy)
}

/// An IPv6 address in brackets that stand behind something else, which some readers skip (CVE-2025-0938).
pub(super) fn behind_bracket(host: &[u8], policy: &AddressPolicy) -> Option<Finding> {
    let bracket = host.iter().position(|byte| *byte == b'[')?;
    let address = cut(&host[bracket + 1..], |byte| matches!(byte, b']' | b'%'));
    Finding::of(policy.class(ipv6(address)?))
}

/// As [`lenient`], for a plain name.
pub(super) fn name_in_text(name: &[u8], policy: &AddressPolicy) -> Option<Finding> {
    Finding::of(policy.class_of_name(name))
}

/// The part of a host before the first character outside of ASCII, where text ends a host there:
/// before punctuation and spaces of any script, and behind an address in any case.
fn before_foreign(host: &[u8], policy: &AddressPolicy) -> Option<Finding> {
    let (ascii, foreign) = host.split_at(cut(host, |byte| byte >= 0x80).len());
    // Bytes that are no text end it as well.
    let next = foreign.utf8_chunks().next()?.valid().chars().next();
    let ends =
        next.is_none_or(|next| !next.is_alphanumeric()) || numeric::is_quad(without_dots(ascii));
    if ends {
        name_or_number(ascii, policy)
    } else {
        None
    }
}

/// In text a host ends where its characters do; to a URL parser most characters are its own.
pub(super) fn plain_part(host: &[u8]) -> &[u8] {
    cut(host, |byte| {
        !(byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'%') || byte >= 0x80)
    })
}

fn name_or_number(host: &[u8], policy: &AddressPolicy) -> Option<Finding> {
    one_reading(host, policy).or_else(|| one_reading(&idna_2003::mapped(host)?, policy))
}

fn one_reading(host: &[u8], policy: &AddressPolicy) -> Option<Finding> {
    let Some(plain) = mapped(host) else {
        // DNS has no such name, and a resolver on the machine may still answer for its suffix.
        return Finding::of(policy.class_of_name(host)).or_else(|| foreign_number(host));
    };
    if plain.is_empty() || policy.allows_name(&plain) {
        return None;
    }
    match numeric::read(&plain) {
        Numeric::No => Finding::of(policy.class_of_name(&plain)).or_else(|| foreign_number(host)),
        Numeric::Canonical(address) => Finding::of(policy.class(address)),
        Numeric::Other(address, other) => {
            Finding::of(policy.class(address)).or_else(|| Finding::of(policy.class(other?)))
        }
        Numeric::Broken => Some(Finding::Ambiguous),
    }
}

/// Dotted numbers with digits of other scripts, which some readers take for an address.
fn foreign_number(host: &[u8]) -> Option<Finding> {
    if host.is_ascii() {
        return None;
    }
    let text = std::str::from_utf8(host).ok()?;
    let is_number = text
        .chars()
        .all(|character| character.is_numeric() || character == '.');
    is_number.then_some(Finding::Ambiguous)
}

/// What stands behind a bracket: an IPv6 address, with or without zone, or nothing that connects. Some
/// readers take the brackets off: `[127.1]`, `[localhost]` (CVE-2022-29188).
fn bracketed(behind: &[u8], policy: &AddressPolicy) -> Option<Finding> {
    // What is longer than any address is none, wherever its bracket ends.
    let inner = &behind[..behind.len().min(LONGEST_IPV6 + 1)];
    let address = cut(inner, |byte| matches!(byte, b']' | b'%'));
    let zone = inner.get(address.len()) == Some(&b'%');
    let is_cut = address.len() == inner.len() && inner.len() < behind.len();
    match ipv6(address) {
        Some(address) => Finding::of(policy.class(address)).or(zone.then_some(Finding::Ambiguous)),
        None if address.contains(&b':') => Some(Finding::Ambiguous),
        None if is_cut => None,
        None => name_or_number(address, policy),
    }
}

/// The host as DNS is asked for it, without trailing dots.
pub(super) fn mapped(host: &[u8]) -> Option<Cow<'_, [u8]>> {
    if host.is_ascii() {
        return Some(Cow::Borrowed(without_dots(host)));
    }
    let mut ascii = to_ascii(host, AsciiDenyList::EMPTY)?.into_owned();
    ascii.truncate(without_dots(&ascii).len());
    Some(Cow::Owned(ascii))
}

/// Whether a host surely has a character outside of ASCII once it is mapped: one of the blocks
/// Latin-1 Supplement from U+00C0, Cyrillic, Hebrew, Arabic, Hiragana, Katakana, CJK ideographs from
/// U+5000 and most Hangul syllables, told by the first byte of its UTF-8.
pub(super) fn stays_foreign(host: &[u8]) -> bool {
    host.windows(2).any(|pair| {
        matches!(
            pair,
            [0xc3 | 0xd0 | 0xd1 | 0xd7..=0xd9 | 0xe5..=0xe9 | 0xeb | 0xec, _] | [0xe3, 0x81..=0x83]
        )
    })
}

/// A host name as a configuration writes it: letters, digits, hyphens and underscores in any script,
/// and no address. It is answered as DNS has it.
pub(super) fn registrable(name: &str) -> Option<String> {
    let mapped = mapped(name.as_bytes())?;
    let plain = mapped
        .iter()
        .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_'));
    if !plain || !is_name(&mapped) || numeric::read(&mapped) != Numeric::No {
        return None;
    }
    String::from_utf8(mapped.to_ascii_lowercase()).ok()
}

fn without_dots(host: &[u8]) -> &[u8] {
    let end = host
        .iter()
        .rposition(|byte| *byte != b'.')
        .map_or(0, |last| last + 1);
    &host[..end]
}

/// The host as DNS is asked for it, by the mapping that browsers use (UTS 46, WHATWG URL §3.3).
fn to_ascii(host: &[u8], deny: AsciiDenyList) -> Option<Cow<'_, [u8]>> {
    if is_mapped(host) {
        return Some(Cow::Borrowed(host));
    }
    let ascii = Uts46::new()
        .to_ascii(host, deny, Hyphens::Allow, DnsLength::Ignore)
        .ok()?;
    Some(match ascii {
        Cow::Borrowed(ascii) => Cow::Borrowed(ascii.as_bytes()),
        Cow::Owned(ascii) => Cow::Owned(ascii.into_bytes()),
    })
}

/// Whether the mapping changes nothing: lower-case letters, digits and hyphens, and no Punycode.
fn is_mapped(host: &[u8]) -> bool {
    host.iter()
        .all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.'))
        && !host.windows(4).any(|window| window == b"xn--")
}

/// Labels that are not empty, 253 bytes in all (RFC 1035 §2.3.4).
fn is_name(host: &[u8]) -> bool {
    host.len() <= 253
        && host
            .split(|byte| *byte == b'.')
            .all(|label| !label.is_empty() && label.len() <= 63)
}

/// The longest form of RFC 4291 §2.2, which has an IPv4 tail.
const LONGEST_IPV6: usize = 45;

pub(super) fn ipv6(text: &[u8]) -> Option<Ipv6Addr> {
    if text.len() > LONGEST_IPV6 || !text.contains(&b':') {
        return None;
    }
    std::str::from_utf8(text).ok()?.parse().ok()
}

/// An address as [`IpAddr`] reads it, which is canonical for IPv4.
pub(super) fn ip(text: &[u8]) -> Option<IpAddr> {
    std::str::from_utf8(text).ok()?.parse().ok()
}

/// The text up to the first byte that ends it.
pub(super) fn cut(text: &[u8], ends: impl Fn(u8) -> bool) -> &[u8] {
    let end = text
        .iter()
        .position(|byte| ends(*byte))
        .unwrap_or(text.len());
    &text[..end]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stays_foreign_is_no_ascii_once_mapped() {
        let mut foreign = 0;
        for character in '\0'..=char::MAX {
            let host = format!("1{character}");
            if stays_foreign(host.as_bytes()) {
                foreign += 1;
                let mapped = mapped(host.as_bytes());
                assert!(
                    mapped.is_none_or(|mapped| mapped.starts_with(b"xn--")),
                    "{character:?}"
                );
            }
        }
        assert!(foreign > 20_000, "{foreign}");
    }

    #[test]
    fn a_plain_name_is_a_name_and_no_number() {
        for host in [
            "example.com",
            "a",
            "1.2.3.a",
            "-a-.x-y",
            "localhost",
            "0x7f.c0",
        ] {
            assert!(plain::is_name(host.as_bytes()), "{host}");
            let host = host.as_bytes();
            assert!(is_mapped(host) && is_name(host));
            assert_eq!(plain_part(host), host);
            assert_eq!(numeric::read(host), Numeric::No);
        }
        for host in [
            "",
            ".",
            "a.",
            ".a",
            "a..b",
            "1.2.3.4",
            "0x7f",
            "a.0x7f",
            "A",
            "xn--a",
            "a.xn--b.c",
            "x--y",
            "a_b",
            "[::1]",
            "é",
        ] {
            assert!(!plain::is_name(host.as_bytes()), "{host}");
        }
        assert!(!plain::is_name(&[b'a'; 64]));
        assert!(!plain::is_name("a.".repeat(127).as_bytes()));
    }

    #[test]
    fn what_is_mapped_already_is_mapped_to_itself() {
        for host in [
            "",
            ".",
            "a..b",
            "example.com",
            "-a-",
            "1.2.3.4",
            "a.b.",
            "a--b",
        ] {
            assert!(is_mapped(host.as_bytes()), "{host}");
            let mapped = Uts46::new().to_ascii(
                host.as_bytes(),
                AsciiDenyList::URL,
                Hyphens::Allow,
                DnsLength::Ignore,
            );
            assert_eq!(mapped.ok().as_deref(), Some(host));
        }
        for host in ["xn--a", "a.xn--b", "A", "a_b", "é"] {
            assert!(!is_mapped(host.as_bytes()), "{host}");
        }
    }
}
