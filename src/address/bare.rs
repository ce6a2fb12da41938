//! A text that is nothing but a network location without scheme.

use std::net::Ipv4Addr;

use super::{
    AddressClass, AddressPolicy, Finding, host, idna_2003, name, numeric,
    numeric::Numeric,
    percent,
    text::{ends_authority, ends_piece, is_small},
};
use crate::text::holds_any;

/// Whether printable ASCII without `:`, `@`, `%` and `\` may be a location: it begins with a digit, a
/// slash, a bracket, a name of the lists, or white space before one of these, and goes on behind it.
pub(super) fn may_be(text: &[u8]) -> bool {
    let begins = text.first().is_some_and(|first| {
        matches!(
            first.to_ascii_lowercase(),
            b'0'..=b'9'
                | b'/'
                | b'['
                | b' '
                | b'a'
                | b'g'
                | b'h'
                | b'i'
                | b'k'
                | b'l'
                | b'm'
                | b'r'
        )
    });
    begins && holds_any(text, [b'.', b'/', b'?', b'#'])
}

/// A text that is a location and nothing else, in other spellings of its host too. Escapes are decoded there
/// alone: those around it may stand for what would end it.
pub(super) fn find(text: &[u8], policy: &AddressPolicy) -> Option<Finding> {
    let text = trimmed(text);
    if let [b'/' | b'\\', b'/' | b'\\', rest @ ..] = text {
        return find_relative(rest, policy);
    }
    let found = find_location(text, policy);
    let has_spellings = percent::may_be(text) || idna_2003::may_be(text);
    // With white space in it it is none, whatever is decoded, and prose has some soon.
    if found.is_some() || !has_spellings || text.iter().any(|byte| *byte <= b' ') {
        return found;
    }
    let head = host::cut(text, |byte| matches!(byte, b'/' | b'\\' | b'?' | b'#'));
    let at = head.iter().rposition(|byte| *byte == b'@');
    let (user, host) = head.split_at(at.map_or(0, |at| at + 1));
    let behind = &text[head.len()..];
    let decoded = percent::decode(host);
    let older = idna_2003::mapped(decoded.as_deref().unwrap_or(host));
    [decoded, older]
        .into_iter()
        .flatten()
        .find_map(|host| find_location(&[user, &host, behind].concat(), policy))
}

/// What stands behind two slashes, which a URL parser takes for an authority. White space before its end
/// makes a comment of it; in its path a parser encodes it.
fn find_relative(rest: &[u8], policy: &AddressPolicy) -> Option<Finding> {
    let slashes = rest
        .iter()
        .take_while(|byte| matches!(byte, b'/' | b'\\'))
        .count();
    let rest = &rest[slashes..];
    let mut authority = host::cut(rest, ends_authority);
    if matches!(rest.get(authority.len()), Some(0..=b' ')) {
        // It may have ended before, at a backslash.
        authority = &authority[..authority.iter().position(|byte| *byte == b'\\')?];
    }
    // `//1/2` is a comment or a page.
    authority
        .split(|byte| ends_piece(*byte))
        .filter(|piece| !is_small(host::plain_part(piece)))
        .find_map(|piece| host::lenient_or_decoded(piece, policy))
}

fn find_location(text: &[u8], policy: &AddressPolicy) -> Option<Finding> {
    let Parts {
        end,
        at,
        colon,
        colons,
    } = Parts::of(text)?;
    let head = &text[..end];
    if head.is_empty() {
        return None;
    }
    if colons && let Some(address) = host::ipv6(host::cut(head, |byte| byte == b'%')) {
        // `abc::def` is an address as well as a path of a programming language, and `feed::cafe` is one
        // of a block that was given up (RFC 3879).
        let words = !head.iter().any(u8::is_ascii_digit);
        return match policy.class(address) {
            AddressClass::Unspecified | AddressClass::Reserved => None,
            AddressClass::Private if words && address.segments()[0] >> 6 == 0xfec0 >> 6 => None,
            class => Finding::of(class),
        };
    }
    let user = at.is_some();
    let location = match at.map(|at| &head[at + 1..]) {
        // `[fe80::1%a@b]` has no user, `[@10.0.0.1` has.
        Some(behind)
            if !head.starts_with(b"[") || behind.starts_with(b"[") || !behind.contains(&b']') =>
        {
            behind
        }
        _ => head,
    };
    let inner = location.strip_prefix(b"[");
    let (host, port) = match (inner, colon) {
        (Some(inner), _) => {
            let host = host::cut(inner, |byte| byte == b']');
            if host.contains(&b':') {
                return is_like_ipv6(host)
                    .then(|| host::lenient(location, policy))
                    .flatten();
            }
            let behind = inner.get(host.len() + 1..).unwrap_or_default();
            (host, behind.strip_prefix(b":").unwrap_or_default())
        }
        (None, Some(colon)) => (&location[..colon], &location[colon + 1..]),
        (None, None) => (location, &[][..]),
    };
    let has_port = !port.is_empty() && port.iter().all(u8::is_ascii_digit);
    // `git@host:repository` is a path behind a host as well.
    let has_scp_path = user && !port.is_empty() && !has_port;
    // Brackets around anything with dots are those of a host to some readers: `[127.1]`.
    let has_brackets = inner.is_some() && host.contains(&b'.');
    // A port may be empty (RFC 3986 §3.2.3): `127.0.0.1:/x`.
    if !port.is_empty() && inner.is_none() && !has_port && !has_scp_path {
        return None;
    }
    // Without a port only addresses and listed names are found, and these are ASCII once mapped.
    if !has_port && host::stays_foreign(host) {
        return None;
    }
    let mapped = host::mapped(host)?;
    judge_host(
        &mapped,
        Shape {
            port: match has_port {
                true if !user && is_line(port) => Port::Line,
                true => Port::Given,
                false => Port::None,
            },
            has_path: end < text.len() || has_scp_path || has_brackets,
            user,
        },
        policy,
    )
}

/// The text without white space and controls at its ends, as readers of some language or other trim it:
/// the `White_Space` of Unicode and the byte order mark.
pub(super) fn trimmed(mut text: &[u8]) -> &[u8] {
    while let [0..=b' ', rest @ ..]
    | [0xc2, 0x85 | 0xa0, rest @ ..]
    | [0xe1, 0x9a, 0x80, rest @ ..]
    | [0xe2, 0x80, 0x80..=0x8a | 0xa8 | 0xa9 | 0xaf, rest @ ..]
    | [0xe2, 0x81, 0x9f, rest @ ..]
    | [0xe3, 0x80, 0x80, rest @ ..]
    | [0xef, 0xbb, 0xbf, rest @ ..] = text
    {
        text = rest;
    }
    while let [rest @ .., 0..=b' ']
    | [rest @ .., 0xc2, 0x85 | 0xa0]
    | [rest @ .., 0xe1, 0x9a, 0x80]
    | [rest @ .., 0xe2, 0x80, 0x80..=0x8a | 0xa8 | 0xa9 | 0xaf]
    | [rest @ .., 0xe2, 0x81, 0x9f]
    | [rest @ .., 0xe3, 0x80, 0x80]
    | [rest @ .., 0xef, 0xbb, 0xbf] = text
    {
        text = rest;
    }
    text
}

/// Whether what stands between brackets has the digits and colons of an IPv6 address: `[12:30]` is a time
/// and `[std::io]` a path.
fn is_like_ipv6(inner: &[u8]) -> bool {
    let address = host::cut(inner, |byte| byte == b'%');
    let pieces = address.split(|byte| *byte == b':').count();
    address
        .iter()
        .all(|byte| byte.is_ascii_hexdigit() || matches!(byte, b':' | b'.'))
        && (pieces > 6 || address.windows(2).any(|pair| pair == b"::"))
}

/// Whether a number behind a name is more likely a line or a count than a port: it is below 100, and not the
/// port of anything that clients are led to (FTP, SSH, Telnet, SMTP, DNS, TFTP, Gopher, Finger, HTTP,
/// Kerberos).
fn is_line(port: &[u8]) -> bool {
    port.len() <= 2
        && !matches!(
            port,
            b"21" | b"22" | b"23" | b"25" | b"53" | b"69" | b"70" | b"79" | b"80" | b"88"
        )
}

/// Where the parts of a location without scheme meet, found in one walk.
struct Parts {
    /// Where the path or what else stands behind the authority begins, or the end.
    end: usize,
    /// The last `@` of the authority.
    at: Option<usize>,
    /// The first colon behind it, counted from there.
    colon: Option<usize>,
    /// Whether the authority has colons anywhere.
    colons: bool,
}

impl Parts {
    /// `None` for a text with white space or controls inside, which is no location.
    fn of(text: &[u8]) -> Option<Self> {
        let (mut at, mut colon, mut colons) = (None, None, false);
        let mut end = text.len();
        for (place, byte) in text.iter().enumerate() {
            match byte {
                0..=b' ' => return None,
                b'/' | b'\\' | b'?' | b'#' => {
                    end = place;
                    break;
                }
                b'@' => (at, colon) = (Some(place), None),
                b':' => {
                    colons = true;
                    colon = colon.or(Some(place - at.map_or(0, |at| at + 1)));
                }
                _ => {}
            }
        }
        let behind = &text[end..];
        (!behind.iter().any(|byte| *byte <= b' ')).then_some(Self {
            end,
            at,
            colon,
            colons,
        })
    }
}

/// What stands around the host of a location without scheme.
#[derive(Clone, Copy)]
struct Shape {
    port: Port,
    has_path: bool,
    user: bool,
}

#[derive(Clone, Copy, PartialEq)]
enum Port {
    None,
    /// Behind a name it is the line of a file.
    Line,
    Given,
}

fn judge_host(host: &[u8], shape: Shape, policy: &AddressPolicy) -> Option<Finding> {
    if policy.allows_name(host) {
        return None;
    }
    let has_port = shape.port != Port::None;
    match numeric::read(host) {
        Numeric::Canonical(address) | Numeric::Other(address, None) => {
            judge_address(address, host, shape, policy)
        }
        Numeric::Other(address, Some(other)) => judge_address(address, host, shape, policy)
            .or_else(|| judge_address(other, host, shape, policy)),
        Numeric::Broken => None,
        Numeric::No => {
            let class = policy.class_of_name(host);
            let dotted = host.contains(&b'.');
            let asked = shape.port == Port::Given;
            let found = match class {
                _ if name::is_this_machine(host) => has_port || shape.has_path,
                // `kubernetes/kubernetes` is a repository, `metadata.json` is not in the list.
                AddressClass::Metadata => asked || (dotted && (shape.has_path || !shape.user)),
                // `config.local/x` and `app.localhost/x` are paths; with a port they are hosts.
                _ => asked,
            };
            if found { Finding::of(class) } else { None }
        }
    }
}

fn judge_address(
    address: Ipv4Addr,
    host: &[u8],
    shape: Shape,
    policy: &AddressPolicy,
) -> Option<Finding> {
    let class = policy.class(address);
    let telling = matches!(
        class,
        AddressClass::Metadata | AddressClass::Loopback | AddressClass::LinkLocal
    );
    let [network, second, ..] = address.octets();
    let has_port = shape.port != Port::None;
    let found = if numeric::is_quad(host) {
        // `0.9.8.1/src` is a version. Of its block only 0.0.0.0 leads anywhere.
        let is_version = network == 0 && !address.is_unspecified();
        telling || has_port || (shape.has_path && !is_version)
    } else if host.contains(&b'.') {
        // `10.0/10` is a mark; 127.1:80 is none.
        telling && (has_port || shape.has_path)
    } else {
        // `12:30` is a time and `2141234567/5` a number. No telephone number of ten digits is one of
        // 127.0.0.0/16: their exchanges begin with no 0 (NANP).
        // In octal they have twelve.
        let decimal = host.iter().all(u8::is_ascii_digit) && host.len() < 12;
        let is_number = decimal && class == AddressClass::Loopback && second != 0;
        telling && host.len() >= 9 && (has_port || (shape.has_path && !is_number))
    };
    if found { Finding::of(class) } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_of_every_script_is_trimmed() {
        for character in '\0'..=char::MAX {
            let text = format!("{character}a{character}");
            let space = character.is_whitespace() || character < ' ' || character == '\u{feff}';
            let expected = if space { "a" } else { &text };
            assert_eq!(
                trimmed(text.as_bytes()),
                expected.as_bytes(),
                "{character:?}"
            );
        }
    }
}
