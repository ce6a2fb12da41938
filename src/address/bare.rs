//! A text that is nothing but a network location without scheme.

use super::{
    AddressClass, AddressPolicy, Finding, host, name, numeric, numeric::Numeric,
    text::ends_authority, text::ends_piece,
};

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
    begins
        && text
            .iter()
            .any(|byte| matches!(byte, b'.' | b'/' | b'?' | b'#'))
}

/// A text that is a location and nothing else.
pub(super) fn find(text: &[u8], policy: &AddressPolicy) -> Option<Finding> {
    let text = text.trim_ascii();
    let Parts {
        end,
        at,
        colon,
        colons,
    } = Parts::of(text)?;
    let head = &text[..end];
    if head.is_empty() {
        return match text {
            [b'/' | b'\\', b'/' | b'\\', rest @ ..] => {
                let slashes = rest
                    .iter()
                    .take_while(|byte| matches!(byte, b'/' | b'\\'))
                    .count();
                let authority = host::cut(&rest[slashes..], ends_authority);
                authority
                    .split(|byte| ends_piece(*byte))
                    .find_map(|piece| host::lenient(piece, policy))
            }
            _ => None,
        };
    }
    if head.starts_with(b"[") {
        return host::lenient(head, policy);
    }
    if colons && let Some(address) = host::ipv6(host::cut(head, |byte| byte == b'%')) {
        // `abc::def` is an address as well as a path of a programming language.
        return match policy.class(address) {
            AddressClass::Unspecified | AddressClass::Reserved => None,
            class => Finding::of(class),
        };
    }
    let user = at.is_some();
    let location = &head[at.map_or(0, |at| at + 1)..];
    if location.starts_with(b"[") {
        return host::lenient(location, policy);
    }
    let (host, port) = match colon {
        Some(colon) => (&location[..colon], &location[colon + 1..]),
        None => (location, &[][..]),
    };
    let has_port = !port.is_empty() && port.iter().all(u8::is_ascii_digit);
    // `git@host:repository` is a path behind a host as well.
    let has_scp_path = user && !port.is_empty() && !has_port;
    let has_path = end < text.len() || has_scp_path;
    if colon.is_some() && !has_port && !has_scp_path {
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
            has_port,
            has_path,
            user,
        },
        policy,
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
    has_port: bool,
    has_path: bool,
    user: bool,
}

fn judge_host(host: &[u8], shape: Shape, policy: &AddressPolicy) -> Option<Finding> {
    if policy.allows_name(host) {
        return None;
    }
    let located = shape.has_port || shape.has_path;
    match numeric::read(host) {
        Numeric::Canonical(address) | Numeric::Other(address, None) => {
            judge_address(policy.class(address), host, located)
        }
        Numeric::Other(address, Some(other)) => judge_address(policy.class(address), host, located)
            .or_else(|| judge_address(policy.class(other), host, located)),
        Numeric::Broken => None,
        Numeric::No => {
            let class = policy.class_of_name(host);
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

fn judge_address(class: AddressClass, host: &[u8], located: bool) -> Option<Finding> {
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
