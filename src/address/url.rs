//! The context of fields that are URLs: one spelling, `http` or `https`, a public host.

use super::{AddressPolicy, Finding, host, plain, policy::Nested, text};
use crate::text::{Text, holds_any};

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
    match strict(url, policy) {
        Ok(behind) if policy.nested == Nested::Everywhere => {
            host::refuse(text::find_nested(behind, policy))
        }
        Ok(_) => Ok(()),
        // Not a URL in its one spelling; in another one it may still lead somewhere.
        Err(None) => Err(text::find(url, policy)),
        Err(found) => Err(found),
    }
}

/// What stands behind the authority of a URL in its one spelling.
fn strict<'a>(url: Text<'a>, policy: &AddressPolicy) -> Result<&'a [u8], Option<Finding>> {
    let Text { bytes, marks } = url;
    let (https, rest) = after_scheme(bytes).ok_or(None)?;
    let default = if https { 443 } else { 80 };
    if marks.control() || holds_any(bytes, [b' ', b'\\']) {
        return Err(None);
    }
    if let Some(name) = plain::leading_name(rest) {
        host::judge_name(name, policy)?;
        host::refuse(policy.door(https, default))?;
        return Ok(&rest[name.len()..]);
    }
    let authority = host::cut(rest, |byte| matches!(byte, b'/' | b'?' | b'#'));
    let behind = &rest[authority.len()..];
    // Credentials that are empty are none; all others move the host for somebody.
    let authority = authority
        .strip_prefix(b"@")
        .or(authority.strip_prefix(b":@"))
        .unwrap_or(authority);
    let (host, port) = split_port(authority).ok_or(None)?;
    if host.is_empty() || host.contains(&b'@') {
        return Err(None);
    }
    host::strict(host, policy)?;
    host::refuse(policy.door(https, port.unwrap_or(default)))?;
    Ok(behind)
}

/// Whether the scheme is `https`, and what stands behind `://`.
fn after_scheme(url: &[u8]) -> Option<(bool, &[u8])> {
    if let Some(rest) = url.strip_prefix(b"https://") {
        return Some((true, rest));
    }
    if let Some(rest) = url.strip_prefix(b"http://") {
        return Some((false, rest));
    }
    let colon = url.iter().take(6).position(|byte| *byte == b':')?;
    let (scheme, rest) = url.split_at(colon);
    let https = scheme.eq_ignore_ascii_case(b"https");
    if !https && !scheme.eq_ignore_ascii_case(b"http") {
        return None;
    }
    Some((https, rest.strip_prefix(b"://")?))
}

/// The host and the port of `host`, `host:` or `host:port`, and `None` where the port is none (RFC 3986
/// §3.2.3, RFC 6335 §6).
pub(super) fn split_port(authority: &[u8]) -> Option<(&[u8], Option<u16>)> {
    let behind_brackets = match authority.first() {
        Some(b'[') => authority.iter().position(|byte| *byte == b']')? + 1,
        _ => 0,
    };
    let Some(colon) = authority[behind_brackets..]
        .iter()
        .position(|byte| *byte == b':')
    else {
        return Some((authority, None));
    };
    let (host, port) = authority.split_at(behind_brackets + colon);
    let digits = &port[1..];
    if digits.len() > 5 || !digits.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let number = digits
        .iter()
        .fold(0_u32, |sum, digit| sum * 10 + u32::from(digit - b'0'));
    let port = u16::try_from(number).ok()?;
    Some((host, (!digits.is_empty()).then_some(port)))
}
