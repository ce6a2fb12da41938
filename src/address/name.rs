//! The class of a host name, as far as its text tells.
//!
//! A name with public DNS that points inward, such as `127.0.0.1.nip.io`, cannot be told from any
//! other by its text. Only the half that makes the connection sees where it leads.

use super::{AddressClass, metadata};

/// Names of the machine itself (RFC 6761 §6.3, and `/etc/hosts` of the distributions).
const LOOPBACK: Names = Names::new(&[
    "localhost",
    "localhost.localdomain",
    "localhost4",
    "localhost4.localdomain4",
    "localhost6",
    "localhost6.localdomain6",
    "ip6-localhost",
    "ip6-loopback",
    "ipv6-localhost",
    "ipv6-loopback",
]);

/// Suffixes that no public resolver answers for, each with the dot before it.
const SUFFIXES: &[(&str, AddressClass)] = &[
    (".localhost", AddressClass::Loopback),         // RFC 6761
    (".local", AddressClass::InternalName),         // RFC 6762
    (".internal", AddressClass::InternalName),      // ICANN board resolution 2024.07.29.06
    (".localdomain", AddressClass::InternalName),   // convention of the distributions
    (".home.arpa", AddressClass::InternalName),     // RFC 8375
    (".svc", AddressClass::InternalName),           // Kubernetes, through the search domain
    (".cluster.local", AddressClass::InternalName), // Kubernetes
];

/// The class of a name without trailing dot, in any case.
pub(super) fn classify(name: &[u8]) -> AddressClass {
    if metadata::NAMES.contain(name) {
        return AddressClass::Metadata;
    }
    if is_this_machine(name) {
        return AddressClass::Loopback;
    }
    if !ends_as_a_suffix(name) {
        return AddressClass::Public;
    }
    SUFFIXES
        .iter()
        .find(|(suffix, _)| ends_with(name, suffix.as_bytes()))
        .map_or(AddressClass::Public, |(_, class)| *class)
}

/// The letters that end the suffixes: most names of the world end with others.
const LAST_LETTERS: u32 = {
    let (mut letters, mut at) = (0, 0);
    while at < SUFFIXES.len() {
        let suffix = SUFFIXES[at].0.as_bytes();
        letters |= 1 << (suffix[suffix.len() - 1] - b'a');
        at += 1;
    }
    letters
};

fn ends_as_a_suffix(name: &[u8]) -> bool {
    let last = name.last().map(u8::to_ascii_lowercase);
    last.is_some_and(|last| last.is_ascii_lowercase() && LAST_LETTERS >> (last - b'a') & 1 == 1)
}

/// Whether a name is one that every machine has for itself.
pub(super) fn is_this_machine(name: &[u8]) -> bool {
    LOOPBACK.contain(name)
}

/// A list of names, and which lengths they have: most names of the world have another one.
pub(super) struct Names {
    names: &'static [&'static str],
    lengths: u64,
}

impl Names {
    /// Names of less than 64 bytes.
    pub(super) const fn new(names: &'static [&'static str]) -> Self {
        let mut lengths = 0;
        let mut at = 0;
        while at < names.len() {
            assert!(names[at].len() < 64, "the bits of a word");
            lengths |= 1 << names[at].len();
            at += 1;
        }
        Self { names, lengths }
    }

    /// Whether `name` is one of them, in any case.
    fn contain(&self, name: &[u8]) -> bool {
        name.len() < 64
            && self.lengths >> name.len() & 1 == 1
            && self
                .names
                .iter()
                .any(|known| name.eq_ignore_ascii_case(known.as_bytes()))
    }
}

pub(super) fn ends_with(name: &[u8], suffix: &[u8]) -> bool {
    name.len() > suffix.len() && name[name.len() - suffix.len()..].eq_ignore_ascii_case(suffix)
}
