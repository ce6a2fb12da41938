//! The context of all other strings: find network locations in text, and leave prose alone.
//!
//! 1. An authority behind `scheme:` and slashes, anywhere in the text, in every reading.
//! 2. A text that is nothing but a network location without scheme: `//host`, `literal:port`,
//!    `literal/path`, `localhost:port`, `localhost/path`, a metadata name, an IPv6 address. What a text
//!    of another kind looks the same as is let go: `2141234567/5` is a number, `0.9.8.1/src` a version,
//!    `config.local:12` a line of a file, `//1/2` a page, `feed::cafe` a path of a program.
//! 3. A text that is nothing but an IPv4 address, if it is one of loopback, link-local or metadata.
//!    Other special addresses look the same as version numbers: of 3,326 four-part release numbers
//!    on PyPI, 1,507 lie in `0.0.0.0/8` and 15 in `10.0.0.0/8`.
//!
//! Both the text and what up to two rounds of percent-decoding make of it are searched, and so is
//! the text without the characters that URL parsers drop. Bare words and integers are never found.

use std::borrow::Cow;

use super::{AddressPolicy, Finding, bare, host, nested, percent, plain, policy::Nested};
use crate::text::{Marks, Text, positions};

/// Rounds of percent-decoding; what is encoded more often is not decoded by accident.
const ROUNDS: usize = 2;

/// What a text names that is not public, if anything.
pub(super) fn find(text: Text<'_>, policy: &AddressPolicy) -> Option<Finding> {
    let Text { bytes, marks } = text;
    // Each step is skipped where the marks say that it finds nothing; they say so never too often.
    if !marks.authority() && !marks.control() {
        return if marks.non_ascii() || bare::may_be(bytes) {
            bare::find(bytes, policy)
        } else {
            None
        };
    }
    search(bytes, marks, policy)
}

/// Looks at everything that the marks do not rule out.
pub(super) fn search(text: &[u8], marks: Marks, policy: &AddressPolicy) -> Option<Finding> {
    let text = match policy.nested {
        Nested::Nowhere => nested::removed(text),
        Nested::InText | Nested::Everywhere => Cow::Borrowed(text),
    };
    search_by(find_read, text, marks.control(), policy)
}

/// What the part of a URL behind its authority names in other URLs.
pub(super) fn find_nested(behind: &[u8], policy: &AddressPolicy) -> Option<Finding> {
    search_by(find_authorities, Cow::Borrowed(behind), false, policy)
}

/// What one reading of a text names, and whether its lines were joined for it.
type Find = fn(&[u8], bool, &AddressPolicy) -> Option<Finding>;

/// Looks at a text and at what percent-decoding makes of it.
fn search_by(
    find: Find,
    mut text: Cow<'_, [u8]>,
    may_have_dropped: bool,
    policy: &AddressPolicy,
) -> Option<Finding> {
    if let Some(found) = find_decoded(find, &text, may_have_dropped, policy) {
        return Some(found);
    }
    for _ in 0..ROUNDS {
        text = Cow::Owned(percent::decode(&text)?);
        if let Some(found) = find_decoded(find, &text, true, policy) {
            return Some(found);
        }
    }
    None
}

fn find_decoded(
    find: Find,
    text: &[u8],
    may_have_dropped: bool,
    policy: &AddressPolicy,
) -> Option<Finding> {
    let found = find(text, false, policy);
    if found.is_some() {
        return found;
    }
    // URL parsers drop tabs and line ends wherever they stand (WHATWG URL §4.4).
    // To the end, whatever is found: a loop without exits is done many bytes at a time.
    if !may_have_dropped || !text.iter().fold(false, |any, byte| any | is_dropped(*byte)) {
        return None;
    }
    let kept: Vec<u8> = text
        .iter()
        .copied()
        .filter(|byte| !is_dropped(*byte))
        .collect();
    find(&kept, true, policy)
}

/// What one reading of a text names. `joined` says that its lines were joined: what is ambiguous then is
/// most often the end of one line and the start of the next.
fn find_read(text: &[u8], joined: bool, policy: &AddressPolicy) -> Option<Finding> {
    find_authorities(text, joined, policy)
        .or_else(|| find_behind_spaces(text, policy))
        .or_else(|| bare::find(text, policy))
}

const fn is_dropped(byte: u8) -> bool {
    matches!(byte, b'\t' | b'\n' | b'\r' | 0)
}

/// Schemes whose authority needs no slashes before it (WHATWG URL §3.1, "special scheme").
const SPECIAL: &[&[u8]] = &[b"http", b"https", b"ws", b"wss", b"ftp"];

fn find_authorities(text: &[u8], joined: bool, policy: &AddressPolicy) -> Option<Finding> {
    let find = |piece: &[u8], first: bool| {
        if !first && is_small(piece) {
            return None;
        }
        let tells = |found: &Finding| !joined || !matches!(found, Finding::Ambiguous);
        let found = host::lenient(piece, policy).filter(tells);
        found.or_else(|| host::lenient_decoded(piece, policy).filter(tells))
    };
    // Where the authority ends that was judged last, and the piece of it that was.
    let mut judged = 0;
    let mut piece = 0;
    for colon in positions(text, |block| block.is(b':')) {
        let behind = &text[colon + 1..];
        let slashes = behind
            .iter()
            .take_while(|byte| matches!(byte, b'/' | b'\\'))
            .count();
        if slashes < 2 && !ends_in_special_scheme(&text[..colon]) {
            continue;
        }
        let start = colon + 1 + slashes;
        let found = if start < judged {
            // `http:http:` again and again: only its start is new, and no byte is read twice.
            if piece < start {
                piece = start + host::cut(&text[start..judged], ends_piece).len();
            }
            find(&text[start..piece], behind[..slashes].contains(&b'/'))
        } else if let Some(name) = plain::leading_name(&text[start..]) {
            judged = start + name.len();
            piece = judged;
            host::name_in_text(name, policy)
        } else {
            let authority = host::cut(&text[start..], ends_authority);
            judged = start + authority.len();
            piece = start + host::cut(authority, ends_piece).len();
            // Whatever stands between `@` and backslashes is a host to somebody.
            let mut first = behind[..slashes].contains(&b'/');
            authority.split(|byte| ends_piece(*byte)).find_map(|piece| {
                let found = find(piece, std::mem::take(&mut first));
                found.or_else(|| host::behind_bracket(piece, policy))
            })
        };
        if found.is_some() {
            return found;
        }
    }
    None
}

/// A text that is a URL and nothing else, or one without scheme, may have spaces before its `@`, which
/// parsers encode (WHATWG URL §4.4, "authority state").
fn find_behind_spaces(text: &[u8], policy: &AddressPolicy) -> Option<Finding> {
    // Parsers drop controls and spaces in front.
    let text = bare::trimmed(text);
    let in_scheme = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.');
    let (scheme, behind) = text.split_at(text.iter().position(|byte| !in_scheme(byte))?);
    let behind = match behind {
        [b':', behind @ ..] => behind,
        _ if scheme.is_empty() => behind,
        _ => return None,
    };
    let slashes = behind
        .iter()
        .take_while(|byte| matches!(byte, b'/' | b'\\'))
        .count();
    if slashes < 2 && !ends_in_special_scheme(scheme) {
        return None;
    }
    let long = host::cut(&behind[slashes..], |byte| {
        matches!(byte, b'/' | b'?' | b'#')
    });
    // To some readers a backslash ends it, to others not.
    let short = host::cut(long, |byte| byte == b'\\');
    [short, long].into_iter().find_map(|authority| {
        let at = authority.iter().rposition(|byte| *byte == b'@')?;
        let (user, host) = (&authority[..at], &authority[at + 1..]);
        // Without spaces it was judged as any other authority.
        if !user.iter().any(|byte| *byte <= b' ') {
            return None;
        }
        let end = host::cut(host, |byte| byte <= b' ');
        // `// written by a@b.c, in the office` is a comment, and no host has a space.
        if scheme.is_empty() && (end.len() < host.len() || is_small(end)) {
            return None;
        }
        host::lenient_or_decoded(end, policy)
    })
}

/// Whether a text ends in a special scheme and not in a word that ends as one does.
fn ends_in_special_scheme(before: &[u8]) -> bool {
    SPECIAL.iter().any(|scheme| {
        let Some(start) = before.len().checked_sub(scheme.len()) else {
            return false;
        };
        let (word, end) = before.split_at(start);
        let begins = word.last().is_none_or(|byte| {
            !byte.is_ascii_alphanumeric() && !matches!(byte, b'+' | b'-' | b'.')
        });
        begins && end.eq_ignore_ascii_case(scheme)
    })
}

/// A number from 1 to 99999: a port, a year, a directory, a note in brackets, and in `0.0.0.0/8`, where
/// nothing answers.
pub(super) fn is_small(piece: &[u8]) -> bool {
    let number = match piece {
        [b'[', number @ .., b']'] => number,
        number => number,
    };
    matches!(number, [b'1'..=b'9', digits @ ..] if digits.len() < 5 && digits.iter().all(u8::is_ascii_digit))
}

pub(super) const fn ends_authority(byte: u8) -> bool {
    matches!(byte, b'/' | b'?' | b'#' | 0..=b' ')
}

pub(super) const fn ends_piece(byte: u8) -> bool {
    matches!(byte, b'@' | b'\\')
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Pieces that stand at the edges of what is looked for.
    const PIECES: &[&str] = &[
        "",
        "a",
        "1",
        "80",
        " ",
        "\t",
        "\n",
        "\0",
        "\u{7f}",
        "/",
        "//",
        "\\",
        ":",
        "@",
        "#",
        "?",
        ".",
        "..",
        "[",
        "]",
        "%",
        "%2e",
        "%2F",
        "%09",
        "http:",
        "HTTPS://",
        "ftp",
        "127.0.0.1",
        "127.1",
        "0x7f",
        "017700000001",
        "169.254.169.254",
        "10.0.0.1",
        "2852039166",
        "localhost",
        "LocalHost",
        "metadata",
        "metadata.google.internal",
        "kubernetes",
        "::1",
        "[::1]",
        "fe80::1",
        "１２７",
        "。",
        "é",
        "日",
        "\u{200b}",
        "\u{ad}",
        "example.com",
        "x.local",
        "-",
        ",",
        "\u{3000}",
        "\u{85}",
        ":3",
        "[127.1]",
        "2141234567",
        "feed::",
    ];

    #[test]
    fn what_is_let_go_early_would_be_let_go_late() {
        let policies = [
            AddressPolicy::deny_internal(),
            AddressPolicy::deny_internal()
                .dangerous()
                .ignore_nested_urls(),
        ];
        let mut found = 0;
        for first in PIECES {
            for second in PIECES {
                for third in PIECES {
                    let text = format!("{first}{second}{third}");
                    let text = Text::new(&text);
                    for policy in &policies {
                        let full = search(text.bytes, Marks::all(), policy);
                        assert_eq!(find(text, policy), full, "{first}{second}{third}");
                        found += usize::from(full.is_some());
                    }
                }
            }
        }
        assert!(found > 1_000, "{found}");
    }
}
