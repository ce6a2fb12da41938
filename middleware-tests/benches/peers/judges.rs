//! tower-harden and the peers that judge without a network, each through its public functions.

use std::{
    cell::RefCell,
    net::{IpAddr, Ipv4Addr, SocketAddr},
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use antissrf::{AntiSSRFPolicy, PolicyConfigOptions};
use futures_util::FutureExt;
use ip_network::IpNetwork;
use ssrf_guard::Fetcher;
use tower_harden::{AddressPolicy, Code};
use url::{Host, Url};
use url_jail::{PolicyBuilder, SafeUrl};

use crate::rows::Context;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    Passes,
    Refused,
    /// It passes where the resolver has an address for it that passes.
    LeftToDns,
}

type Judge = Box<dyn Fn(&str) -> Verdict>;

/// What judges values, as far as it can.
pub(crate) struct Peer {
    pub(crate) name: &'static str,
    url: Judge,
    host: Judge,
    ip: Judge,
    text: Option<Judge>,
}

impl Peer {
    pub(crate) fn judge(&self, context: Context) -> Option<&Judge> {
        match context {
            Context::Url => Some(&self.url),
            Context::Host => Some(&self.host),
            Context::Ip => Some(&self.ip),
            Context::Text => self.text.as_ref(),
        }
    }
}

pub(crate) fn peers() -> Vec<Peer> {
    vec![
        tower_harden(),
        ssrf_guard(),
        url_jail(),
        agent_fetch(),
        antissrf(),
        of_addresses("iprfc", |address| {
            !iprfc::RFCs::filter(iprfc::Filter::all()).contains(&address)
        }),
        of_addresses("ip_network", |address| IpNetwork::from(address).is_global()),
        of_addresses("ip_rfc", |address| ip_rfc::global(&address)),
        of_addresses("std, what is stable", stable),
    ]
}

fn tower_harden() -> Peer {
    fn told(checked: Result<(), Code>) -> Verdict {
        passes(checked.is_ok())
    }
    let policy = AddressPolicy::deny_internal();
    let [of_url, of_host, of_ip, of_text] = std::array::from_fn(|_| policy.clone());
    Peer {
        name: "tower-harden",
        url: Box::new(move |value| told(of_url.check_url(value))),
        host: Box::new(move |value| told(of_host.check_host(value))),
        ip: address(move |address| of_ip.check_address(address).is_ok()),
        text: Some(Box::new(move |value| told(of_text.check_text(value)))),
    }
}

/// `Fetcher::get` connects, so that the steps before it are taken here: the URL is parsed, is one of HTTP
/// without user, and its host is resolved, where an address is one already.
fn ssrf_guard() -> Peer {
    let asked = Arc::new(AtomicBool::new(false));
    let resolver = Answer(asked.clone());
    let fetcher = Fetcher::new(ssrf_guard::Policy::default()).with_resolver(resolver);
    of_urls(
        "ssrf-guard",
        move |value| {
            let Some(url) = http(value).filter(|url| !has_user(url)) else {
                return Verdict::Refused;
            };
            asked.store(false, Ordering::Relaxed);
            let host = url.host_str().unwrap_or_default();
            let judged = fetcher.resolve(host, 443).now_or_never();
            match judged.expect("nothing waits") {
                Ok(_) if asked.load(Ordering::Relaxed) => Verdict::LeftToDns,
                judged => passes(judged.is_ok()),
            }
        },
        ssrf_guard::is_public,
    )
}

/// `validate` resolves, so that names end here: the five that it refuses before are in the column of DNS.
fn url_jail() -> Peer {
    let policy = || PolicyBuilder::new(url_jail::Policy::PublicOnly).build();
    let (of_url, of_ip) = (policy(), policy());
    of_urls(
        "url_jail",
        move |value| {
            let Ok(url) = SafeUrl::parse(value) else {
                return Verdict::Refused;
            };
            let host = url.host().trim_start_matches('[').trim_end_matches(']');
            host.parse().map_or(Verdict::LeftToDns, |address| {
                passes(of_url.is_ip_allowed(address).is_ok())
            })
        },
        move |address| of_ip.is_ip_allowed(address).is_ok(),
    )
}

/// Its resolver reads a host as an address before it asks; in brackets it reads none, and asks.
fn agent_fetch() -> Peer {
    let is_public = |address| !agent_fetch::ip_check::is_private_ip(address);
    of_urls(
        "agent-fetch",
        move |value| match agent_fetch::url_check::validate_url(value) {
            Ok(url) => url
                .host
                .parse()
                .map_or(Verdict::LeftToDns, |address| passes(is_public(address))),
            Err(_) => Verdict::Refused,
        },
        is_public,
    )
}

fn antissrf() -> Peer {
    let policy = RefCell::new(AntiSSRFPolicy::new(PolicyConfigOptions::ExternalOnlyLatest));
    let policy = std::rc::Rc::new(policy);
    of_addresses("antissrf", move |address| {
        let judged = policy
            .borrow_mut()
            .is_network_connection_allowed(&[&address.to_string()]);
        judged.is_ok_and(|allowed| allowed)
    })
}

/// The methods that need no feature of the compiler.
fn stable(address: IpAddr) -> bool {
    let internal = match address {
        IpAddr::V4(it) => {
            it.is_private()
                || it.is_loopback()
                || it.is_link_local()
                || it.is_unspecified()
                || it.is_broadcast()
                || it.is_multicast()
                || it.is_documentation()
        }
        IpAddr::V6(it) => {
            it.is_loopback()
                || it.is_unspecified()
                || it.is_multicast()
                || it.is_unique_local()
                || it.is_unicast_link_local()
        }
    };
    !internal
}

/// A peer that judges addresses, which `url` reads for it.
fn of_addresses(name: &'static str, is_public: impl Fn(IpAddr) -> bool + Clone + 'static) -> Peer {
    let of_url = is_public.clone();
    of_urls(
        name,
        move |value| {
            let url = http(value);
            match url.as_ref().and_then(Url::host) {
                Some(Host::Ipv4(address)) => passes(of_url(address.into())),
                Some(Host::Ipv6(address)) => passes(of_url(address.into())),
                Some(Host::Domain(_)) => Verdict::LeftToDns,
                None => Verdict::Refused,
            }
        },
        is_public,
    )
}

/// A peer that judges URLs: a host is that of a URL.
fn of_urls(
    name: &'static str,
    url: impl Fn(&str) -> Verdict + 'static,
    is_public: impl Fn(IpAddr) -> bool + 'static,
) -> Peer {
    let url = std::rc::Rc::new(url);
    let of_host = url.clone();
    Peer {
        name,
        url: Box::new(move |value| url(value)),
        host: Box::new(move |value| {
            of_host(&match value.parse() {
                Ok(IpAddr::V6(address)) => format!("http://[{address}]/"),
                _ => format!("http://{value}/"),
            })
        }),
        ip: address(is_public),
        text: None,
    }
}

fn address(is_public: impl Fn(IpAddr) -> bool + 'static) -> Judge {
    Box::new(move |value| passes(value.parse().is_ok_and(&is_public)))
}

fn http(value: &str) -> Option<Url> {
    let url = Url::parse(value).ok()?;
    matches!(url.scheme(), "http" | "https").then_some(url)
}

fn has_user(url: &Url) -> bool {
    !url.username().is_empty() || url.password().is_some()
}

fn passes(passes: bool) -> Verdict {
    if passes {
        Verdict::Passes
    } else {
        Verdict::Refused
    }
}

/// A resolver that has a public address for every name, and tells that it was asked.
struct Answer(Arc<AtomicBool>);

impl ssrf_guard::Resolve for Answer {
    fn resolve<'a>(
        &'a self,
        _: &'a str,
        port: u16,
    ) -> Pin<Box<dyn Future<Output = std::io::Result<Vec<SocketAddr>>> + Send + 'a>> {
        self.0.store(true, Ordering::Relaxed);
        let public = Ipv4Addr::new(93, 184, 215, 14);
        Box::pin(async move { Ok(vec![SocketAddr::new(public.into(), port)]) })
    }
}
