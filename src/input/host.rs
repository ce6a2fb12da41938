//! The host that a request is for.

use http::{HeaderMap, Uri, header::HOST};

/// Whether `Host` is repeated, or differs from the authority of an absolute target.
///
/// RFC 9112 §3.2.2 has a server ignore `Host` in favour of the target, but not every reader does:
/// a handler that looks at the header and a proxy that looked at the target see two hosts.
pub(crate) fn is_ambiguous(uri: &Uri, headers: &HeaderMap) -> bool {
    let mut lines = headers.get_all(HOST).iter();
    let Some(host) = lines.next() else {
        return false;
    };
    if lines.next().is_some() {
        return true;
    }
    uri.authority().is_some_and(|authority| {
        !authority
            .as_str()
            .as_bytes()
            .eq_ignore_ascii_case(host.as_bytes())
    })
}
