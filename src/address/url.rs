//! The context of fields that are URLs: one spelling, `http` or `https`, a public host.

use super::{AddressPolicy, Finding, host, plain, text};
use crate::text::{Text, holds_either};

/// Judges an absolute URL.
///
/// Accepted is what the WHATWG's parser reads without correcting it: scheme, `://`, a host without
/// credentials, perhaps a port, and the rest without white space, controls and backslashes. A URL
/// that needs correction is where parsers disagree.
///
/// # Errors
///
/// `Some` finding where it leads inward, `None` where it is not such a URL.
pub(super) fn judge(url: Text<'_>, policy: &AddressPolicy) -> Result<(), Option<Finding>> {
    let verdict = strict(url, policy);
    match verdict {
        // Not a URL in its one spelling; in another one it may still lead somewhere.
        Err(None) => Err(text::find(url, policy)),
        verdict => verdict,
    }
}

fn strict(url: Text<'_>, policy: &AddressPolicy) -> Result<(), Option<Finding>> {
    let Text { bytes, marks } = url;
    let rest = after_scheme(bytes).ok_or(None)?;
    if marks.control() || holds_either(bytes, b' ', b'\\') {
        return Err(None);
    }
    if let Some(name) = plain::leading_name(rest) {
        return host::judge_name(name, policy);
    }
    let authority = host::cut(rest, |byte| matches!(byte, b'/' | b'?' | b'#'));
    // Credentials that are empty are none; all others move the host for somebody.
    let authority = authority
        .strip_prefix(b"@")
        .or(authority.strip_prefix(b":@"))
        .unwrap_or(authority);
    let host = without_port(authority).ok_or(None)?;
    if host.is_empty() || host.contains(&b'@') {
        return Err(None);
    }
    host::strict(host, policy)
}

fn after_scheme(url: &[u8]) -> Option<&[u8]> {
    if let Some(rest) = url
        .strip_prefix(b"https://")
        .or(url.strip_prefix(b"http://"))
    {
        return Some(rest);
    }
    let colon = url.iter().take(6).position(|byte| *byte == b':')?;
    let (scheme, rest) = url.split_at(colon);
    if !(scheme.eq_ignore_ascii_case(b"https") || scheme.eq_ignore_ascii_case(b"http")) {
        return None;
    }
    rest.strip_prefix(b"://")
}

/// The host of `host` or `host:port`, and `None` where the port is none (RFC 3986 §3.2.3, RFC 6335 §6).
pub(super) fn without_port(authority: &[u8]) -> Option<&[u8]> {
    let behind_brackets = match authority.first() {
        Some(b'[') => authority.iter().position(|byte| *byte == b']')? + 1,
        _ => 0,
    };
    let Some(colon) = authority[behind_brackets..]
        .iter()
        .position(|byte| *byte == b':')
    else {
        return Some(authority);
    };
    let (host, port) = authority.split_at(behind_brackets + colon);
    let digits = &port[1..];
    if digits.len() > 5 || !digits.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let port = digits
        .iter()
        .fold(0_u32, |sum, digit| sum * 10 + u32::from(digit - b'0'));
    (port <= 65_535).then_some(host)
}
