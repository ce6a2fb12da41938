//! Values that name a host, or might: judged, beside what parses a URL, what looks for phrases, and what
//! judges the address that a URL leads to.

use std::{
    hint::black_box,
    net::{IpAddr, Ipv4Addr, SocketAddr},
};

use aho_corasick::AhoCorasick;
use antissrf::{AntiSSRFPolicy, PolicyConfigOptions};
use futures_util::FutureExt;
use ssrf_guard::Fetcher;
use tower_harden::AddressPolicy;
use tower_harden_benches::{
    harness::{Aim, Group},
    phrases::PHRASES,
};
use url::Url;

/// What the resolvers of the peers answer: nothing is looked up.
const ANSWER: IpAddr = IpAddr::V4(Ipv4Addr::new(93, 184, 215, 14));

/// A string as most are. The crates `ssrf-guard` and `antissrf` judge no text.
pub(crate) fn token() -> Group {
    text("550e8400-e29b-41d4-a716-446655440000", 20.0)
}

/// Prose with what makes a scan look twice: dots, slashes, colons, numbers and a public URL.
pub(crate) fn prose() -> Group {
    const PARAGRAPH: &str = "The desk lamp arrived on 12/03/2026, two days late: the box was open and the \
        shade (model 3.2.1) had a dent. I wrote to support@example.com, and see also \
        https://shop.example.com/orders/4711 for the photos; they answered within 24 h. ";
    let prose = PARAGRAPH.repeat(5);
    text(prose[..1024].to_owned().leak(), 512.0)
}

/// A field that is declared as a URL.
pub(crate) fn url() -> Group {
    let url = "https://hooks.example.com/orders/4711/shipped?token=8f14e45f";
    let policy = AddressPolicy::deny_internal();
    peers(
        base(url)
            .add("tower-harden, URL", move || {
                policy.check_url(black_box(url)).expect("it is public");
            })
            .aim_at(Aim::Nanoseconds(400.0)),
        url,
    )
}

pub(crate) fn quad() -> Group {
    suspicious("http://169.254.169.254/latest/meta-data/")
}

pub(crate) fn number() -> Group {
    suspicious("http://2852039166/latest/meta-data/")
}

pub(crate) fn hex() -> Group {
    suspicious("http://0xA9.0376.0xa9fe/latest/meta-data/")
}

pub(crate) fn mapped() -> Group {
    suspicious("http://[0:0:0:0:0:ffff:a9fe:a9fe]/latest/meta-data/")
}

pub(crate) fn name() -> Group {
    suspicious("http://metadata.google.internal./computeMetadata/v1/")
}

/// As text alone: none of the others reads it as a URL.
pub(crate) fn encoded() -> Group {
    refused(base(ENCODED), ENCODED)
}

const ENCODED: &str = "next=%68ttp%253A%252F%252F169.254.169.254%252Flatest%252F";

pub(crate) fn nested() -> Group {
    let url = "https://example.com/login?next=http://127.0.0.1:8080/admin";
    refused(base(url), url)
}

/// A text that nothing is wrong with.
fn text(text: &'static str, aim: f64) -> Group {
    let policy = AddressPolicy::deny_internal();
    base(text)
        .add("tower-harden, text", move || {
            policy.check_text(black_box(text)).expect("it is public");
        })
        .aim_at(Aim::Nanoseconds(aim))
}

/// A URL of a metadata service, as text and as a URL.
fn suspicious(url: &'static str) -> Group {
    let policy = AddressPolicy::deny_internal();
    let group = refused(base(url), url)
        .add("tower-harden, URL", move || {
            assert!(policy.check_url(black_box(url)).is_err());
        })
        .aim_at(Aim::Nanoseconds(1_500.0));
    peers(group, url)
}

fn refused(group: Group, text: &'static str) -> Group {
    let policy = AddressPolicy::deny_internal();
    group
        .add("tower-harden, text", move || {
            assert!(policy.check_text(black_box(text)).is_err());
        })
        .aim_at(Aim::Nanoseconds(1_500.0))
}

fn base(text: &'static str) -> Group {
    let phrases = AhoCorasick::builder()
        .ascii_case_insensitive(true)
        .build(PHRASES)
        .expect("phrases");
    Group::new(text.len())
        .add("url::Url::parse", move || {
            drop(black_box(Url::parse(black_box(text))));
        })
        .add("aho-corasick, phrases", move || {
            black_box(phrases.is_match(black_box(text)));
        })
}

/// The peers judge addresses: the URL is parsed for them, and what it leads to is a constant.
fn peers(group: Group, url: &'static str) -> Group {
    let fetcher = Fetcher::new(ssrf_guard::Policy::default()).with_resolver(Answer);
    let mut policy = AntiSSRFPolicy::new(PolicyConfigOptions::ExternalOnlyLatest);
    group
        .add("url, ssrf-guard", move || {
            let url = Url::parse(black_box(url)).expect("a URL");
            let host = url.host_str().expect("a host");
            let judged = fetcher.resolve(host, 443).now_or_never();
            drop(black_box(judged.expect("nothing waits")));
        })
        .add("url, antissrf", move || {
            let url = Url::parse(black_box(url)).expect("a URL");
            // It takes addresses as text only.
            let address = match url.host().expect("a host") {
                url::Host::Domain(_) => ANSWER.to_string(),
                url::Host::Ipv4(address) => address.to_string(),
                url::Host::Ipv6(address) => address.to_string(),
            };
            black_box(policy.is_network_connection_allowed(&[&address])).expect("an address");
        })
}

struct Answer;

impl ssrf_guard::Resolve for Answer {
    fn resolve<'a>(
        &'a self,
        _: &'a str,
        port: u16,
    ) -> std::pin::Pin<Box<dyn Future<Output = std::io::Result<Vec<SocketAddr>>> + Send + 'a>> {
        Box::pin(async move { Ok(vec![SocketAddr::new(ANSWER, port)]) })
    }
}
