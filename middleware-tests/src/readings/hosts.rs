//! A string that is a URL, a host, or other text: what the WHATWG's parser makes of it, and which
//! address that is, judged by plain comparisons.

use std::{
    net::{Ipv4Addr, Ipv6Addr},
    sync::LazyLock,
};

use serde_json::json;
use tower_harden::{AddressPolicy, Field, Limits, Schema, Validator};
use url::{Host, Url};

/// The contexts that accepted a string.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use]
pub struct Accepted {
    /// As a field that is a URL.
    pub url: bool,
    /// As a field that is a host.
    pub host: bool,
    /// As other text.
    pub text: bool,
}

/// Judges a string in each context.
///
/// # Panics
///
/// Where one accepts what leads inward by its text.
pub fn check(text: &str) -> Accepted {
    static CONTEXTS: LazyLock<[Validator; 3]> = LazyLock::new(|| {
        let fields: [Field; 3] = [
            Field::url().into(),
            Field::hostname().into(),
            Field::string().multiline().into(),
        ];
        fields.map(|field| {
            let schema = Schema::object().required("v", field);
            Validator::new(schema, AddressPolicy::deny_internal(), Limits::default())
                .unwrap_or_else(|error| panic!("{error}"))
        })
    });

    let body = json!({ "v": text }).to_string();
    let [url, host, other] = CONTEXTS
        .each_ref()
        .map(|it| it.check(body.as_bytes()).is_ok());
    if url {
        let read = Url::parse(text).unwrap_or_else(|error| panic!("{text:?} is no URL: {error}"));
        assert!(["http", "https"].contains(&read.scheme()), "{text:?}");
        assert!(
            read.username().is_empty() && read.password().is_none(),
            "{text:?}"
        );
        assert_public(&read, text);
    }
    if host {
        let bare = text
            .parse::<Ipv6Addr>()
            .map(|address| format!("[{address}]"));
        let read = format!("http://{}/", bare.as_deref().unwrap_or(text));
        let read = Url::parse(&read).unwrap_or_else(|error| panic!("{text:?} is no host: {error}"));
        assert!(["/", "//"].contains(&read.path()), "{text:?}");
        assert!(
            read.query().is_none() && read.fragment().is_none(),
            "{text:?}"
        );
        assert_public(&read, text);
    }
    // Text that is a URL leads where it leads, whatever it is said to be.
    if other
        && let Ok(read) = Url::parse(text)
        && read.scheme().starts_with("http")
    {
        match read.host() {
            Some(Host::Ipv4(address)) => {
                let small = u32::from(address) < 100_000;
                assert!(
                    is_public_v4(address) || small,
                    "{text:?} leads to {address}"
                );
            }
            Some(Host::Ipv6(address)) => {
                assert!(is_public_v6(address), "{text:?} leads to {address}");
            }
            Some(Host::Domain(name)) => assert!(!is_internal(name), "{text:?} leads to {name}"),
            None => {}
        }
    }
    Accepted {
        url,
        host,
        text: other,
    }
}

fn assert_public(url: &Url, text: &str) {
    match url.host() {
        Some(Host::Ipv4(address)) => {
            assert!(is_public_v4(address), "{text:?} is {address}");
            assert!(
                text.contains(&address.to_string()),
                "{text:?} is {address} otherwise written"
            );
        }
        Some(Host::Ipv6(address)) => assert!(is_public_v6(address), "{text:?} is {address}"),
        Some(Host::Domain(name)) => {
            assert!(!is_internal(name), "{text:?} is {name}");
            assert!(
                name.trim_end_matches('.').contains('.'),
                "{text:?} is one label"
            );
        }
        None => panic!("{text:?} has no host"),
    }
}

/// As the registries of IANA have it.
fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    let special = address.is_private()
        || address.is_loopback()
        || address.is_link_local()
        || address.is_multicast()
        || address.is_documentation()
        || a == 0
        || a >= 240
        || (a == 100 && (64..128).contains(&b))
        || (a == 198 && (b == 18 || b == 19))
        || (a == 192 && b == 0 && c == 0)
        || address == Ipv4Addr::new(168, 63, 129, 16);
    !special
}

/// Global unicast that carries no IPv4 address and stands in no registry.
fn is_public_v6(address: Ipv6Addr) -> bool {
    let segments = address.segments();
    if let Some(inner) = address.to_ipv4_mapped() {
        return is_public_v4(inner);
    }
    if segments[..6] == [0x64, 0xff9b, 0, 0, 0, 0] {
        let [.., a, b, c, d] = address.octets();
        return is_public_v4(Ipv4Addr::new(a, b, c, d));
    }
    let special = match segments {
        [0x2001, second, ..] => second < 0x200 || second == 0xdb8,
        [0x3fff, second, ..] => second < 0x1000,
        [0x2620, 0x4f, 0x8000, ..] => true,
        [first, ..] => first == 0x2002,
    };
    segments[0] >> 13 == 1 && !special
}

/// A name that leads inward by its text.
fn is_internal(name: &str) -> bool {
    let name = name.trim_end_matches('.');
    let suffixes = [
        ".localhost",
        ".local",
        ".internal",
        ".localdomain",
        ".home.arpa",
        ".svc",
    ];
    let names = [
        "localhost",
        "metadata.goog",
        "metadata.tencentyun.com",
        "ip6-localhost",
    ];
    // No resolver is asked for a name with an empty label.
    let resolvable = !name.split('.').any(str::is_empty);
    names.contains(&name) || (resolvable && suffixes.iter().any(|suffix| name.ends_with(suffix)))
}
