//! The context of all other strings: find network locations in text, and leave prose alone.
//!
//! 1. An authority behind `scheme:` and slashes, anywhere in the text, in every reading.
//! 2. A text that is nothing but a network location without scheme: `//host`, `literal:port`,
//!    `literal/path`, `localhost:port`, `localhost/path`, a metadata name, an IPv6 address.
//! 3. A text that is nothing but an IPv4 address, if it is one of loopback, link-local or metadata.
//!    Other special addresses look the same as version numbers: of 3,326 four-part release numbers
//!    on PyPI, 1,507 lie in `0.0.0.0/8` and 15 in `10.0.0.0/8`.
//!
//! Both the text and what up to two rounds of percent-decoding make of it are searched, and so is
//! the text without the characters that URL parsers drop. Bare words and integers are never found.

use std::borrow::Cow;

use super::{AddressClass, AddressPolicy, Finding, host, name, numeric, numeric::Numeric, percent};
use crate::text::Text;

/// Rounds of percent-decoding; what is encoded more often is not decoded by accident.
const ROUNDS: usize = 2;

/// What a text names that is not public, if anything.
pub(super) fn find(text: Text<'_>, policy: &AddressPolicy) -> Option<Finding> {
    if !may_name_a_host(text) {
        return None;
    }
    let mut text = Cow::Borrowed(text.bytes);
    for round in 0..=ROUNDS {
        if let Some(found) = find_decoded(&text, policy) {
            return Some(found);
        }
        if round < ROUNDS {
            text = Cow::Owned(percent::decode(&text)?);
        }
    }
    None
}

/// Whether anything below can be found at all. It may say yes too often and never too seldom.
fn may_name_a_host(text: Text<'_>) -> bool {
    text.marks.any()
        || text
            .bytes
            .first()
            .is_some_and(|first| may_begin_a_location(*first))
}

/// The first byte of a location without scheme that has neither `:` nor `@`: a digit, a slash, a
/// bracket, a name of the lists, or white space before one of these.
fn may_begin_a_location(first: u8) -> bool {
    matches!(first, b'0'..=b'9' | b'/' | b'[' | 0..=b' ')
        || matches!(
            first.to_ascii_lowercase(),
            b'a' | b'g' | b'h' | b'i' | b'k' | b'l' | b'm' | b'r'
        )
}

fn find_decoded(text: &[u8], policy: &AddressPolicy) -> Option<Finding> {
    if let Some(found) = find_authorities(text, policy).or_else(|| find_bare(text, policy)) {
        return Some(found);
    }
    // URL parsers drop tabs and line ends wherever they stand (WHATWG URL §4.4).
    if !text.iter().any(|byte| is_dropped(*byte)) {
        return None;
    }
    let kept: Vec<u8> = text
        .iter()
        .copied()
        .filter(|byte| !is_dropped(*byte))
        .collect();
    find_authorities(&kept, policy).or_else(|| find_bare(&kept, policy))
}

const fn is_dropped(byte: u8) -> bool {
    matches!(byte, b'\t' | b'\n' | b'\r' | 0)
}

/// Schemes whose authority needs no slashes before it (WHATWG URL §3.1, "special scheme").
const SPECIAL: &[&[u8]] = &[b"http", b"https", b"ws", b"wss", b"ftp"];

fn find_authorities(text: &[u8], policy: &AddressPolicy) -> Option<Finding> {
    let mut from = 0;
    // Where the authority ends that was judged last, and the piece of it that was.
    let mut judged = 0;
    let mut piece = 0;
    while let Some(place) = text[from..].iter().position(|byte| *byte == b':') {
        let colon = from + place;
        let behind = &text[colon + 1..];
        let slashes = behind
            .iter()
            .take_while(|byte| matches!(byte, b'/' | b'\\'))
            .count();
        if slashes >= 2 || ends_in_special_scheme(&text[..colon]) {
            let start = colon + 1 + slashes;
            let found = if start < judged {
                // `http:http:` again and again: only its start is new, and no byte is read twice.
                if piece < start {
                    piece = start + host::cut(&text[start..judged], ends_piece).len();
                }
                host::lenient(&text[start..piece], policy)
            } else {
                let authority = host::cut(&text[start..], ends_authority);
                judged = start + authority.len();
                piece = start + host::cut(authority, ends_piece).len();
                find_in_authority(authority, policy)
            };
            if found.is_some() {
                return found;
            }
        }
        from = colon + 1;
    }
    None
}

fn ends_in_special_scheme(before: &[u8]) -> bool {
    SPECIAL.iter().any(|scheme| {
        before.len() >= scheme.len()
            && before[before.len() - scheme.len()..].eq_ignore_ascii_case(scheme)
    })
}

/// An authority in every reading: whatever stands between `@` and backslashes is a host to somebody.
fn find_in_authority(authority: &[u8], policy: &AddressPolicy) -> Option<Finding> {
    authority
        .split(|byte| ends_piece(*byte))
        .find_map(|piece| host::lenient(piece, policy))
}

const fn ends_authority(byte: u8) -> bool {
    matches!(byte, b'/' | b'?' | b'#' | 0..=b' ')
}

const fn ends_piece(byte: u8) -> bool {
    matches!(byte, b'@' | b'\\')
}

/// A text that is a location and nothing else.
fn find_bare(text: &[u8], policy: &AddressPolicy) -> Option<Finding> {
    let text = text.trim_ascii();
    // The longest host name and a port; what is longer has its location at its start.
    let head = host::cut(text, |byte| matches!(byte, b'/' | b'\\' | b'?' | b'#'));
    if head.len() > 300 || text.iter().any(|byte| *byte <= b' ') {
        return None;
    }
    if head.is_empty() {
        return match text {
            [b'/' | b'\\', b'/' | b'\\', rest @ ..] => {
                let slashes = rest
                    .iter()
                    .take_while(|byte| matches!(byte, b'/' | b'\\'))
                    .count();
                find_in_authority(host::cut(&rest[slashes..], ends_authority), policy)
            }
            _ => None,
        };
    }
    if head.starts_with(b"[") {
        return host::lenient(head, policy);
    }
    if let Some(address) = host::ipv6(host::cut(head, |byte| byte == b'%')) {
        // `abc::def` is an address as well as a path of a programming language.
        return match AddressClass::of(address.into()) {
            AddressClass::Unspecified | AddressClass::Reserved => None,
            class => Finding::of(class),
        };
    }
    let (user, location) = match head.iter().rposition(|byte| *byte == b'@') {
        Some(at) => (true, &head[at + 1..]),
        None => (false, head),
    };
    let host = host::cut(location, |byte| byte == b':');
    let port = location.get(host.len() + 1..).unwrap_or_default();
    let has_port = !port.is_empty() && port.iter().all(u8::is_ascii_digit);
    let has_path = head.len() < text.len();
    if host.len() < location.len() && !has_port {
        return None;
    }
    let mapped = host::mapped(host)?;
    find_bare_host(
        &mapped,
        Shape {
            has_port,
            has_path,
            user,
        },
        policy,
    )
}

/// What stands around the host of a location without scheme.
#[derive(Clone, Copy)]
struct Shape {
    has_port: bool,
    has_path: bool,
    user: bool,
}

fn find_bare_host(host: &[u8], shape: Shape, policy: &AddressPolicy) -> Option<Finding> {
    if policy.allows_name(host) {
        return None;
    }
    let located = shape.has_port || shape.has_path;
    match numeric::read(host) {
        Numeric::Canonical(address) | Numeric::Other(address, None) => {
            find_bare_address(AddressClass::of(address.into()), host, located)
        }
        Numeric::Other(address, Some(other)) => {
            find_bare_address(AddressClass::of(address.into()), host, located)
                .or_else(|| find_bare_address(AddressClass::of(other.into()), host, located))
        }
        Numeric::Broken => None,
        Numeric::No => {
            let class = name::classify(host);
            let dotted = host.contains(&b'.');
            let found = match class {
                // `app.localhost/x` is a path as much as `config.local/x` is.
                AddressClass::Loopback => {
                    shape.has_port || (shape.has_path && name::is_this_machine(host))
                }
                // `kubernetes/kubernetes` is a repository, `metadata.json` is not in the list.
                AddressClass::Metadata => shape.has_port || (dotted && !shape.user),
                // `config.local/x` is a path; with a port it is a host.
                _ => shape.has_port,
            };
            if found { Finding::of(class) } else { None }
        }
    }
}

fn find_bare_address(class: AddressClass, host: &[u8], located: bool) -> Option<Finding> {
    let telling = matches!(
        class,
        AddressClass::Metadata | AddressClass::Loopback | AddressClass::LinkLocal
    );
    let found = if numeric::is_quad(host) {
        located || telling
    } else {
        // `10.0/10` is a mark and `12:34` a time; 127.1:80 and 2852039166/x are neither.
        located && telling && (host.contains(&b'.') || host.len() >= 9)
    };
    if found { Finding::of(class) } else { None }
}
