//! Headers that name the hosts of the service and of those that lead to it.

use http::{
    HeaderMap, HeaderName, Uri,
    header::{FORWARDED, HOST, ORIGIN, REFERER},
};

use super::PolicyBuilder;
use crate::{
    AddressPolicy, Code, Location,
    error::Problems,
    input,
    text::Text,
    violations::{Violations, Wanted},
};

/// A header that names hosts, for [`PolicyBuilder::host_headers`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum HostHeader {
    /// `Host`, and the `:authority` of HTTP/2 in its place: a host, with or without port (RFC 9110 §7.2).
    Host,
    /// `X-Forwarded-Host`: hosts with commas between them, on any number of lines.
    XForwardedHost,
    /// `Forwarded`: the `host` of every element, on any number of lines (RFC 7239 §5.3). Its `for` and `by`
    /// name nodes of the own network, and are not judged.
    Forwarded,
    /// `Origin`: `null`, or `http` and `https` origins (RFC 6454 §7.1).
    Origin,
    /// `Referer`: an absolute `http` or `https` URL, a path of the service, or `about:blank` (RFC 9110
    /// §10.1.3).
    Referer,
}

impl HostHeader {
    pub(super) fn header(self) -> HeaderName {
        match self {
            Self::Host => HOST,
            Self::XForwardedHost => HeaderName::from_static("x-forwarded-host"),
            Self::Forwarded => FORWARDED,
            Self::Origin => ORIGIN,
            Self::Referer => REFERER,
        }
    }

    /// Whether its lines are one list.
    const fn is_list(self) -> bool {
        matches!(self, Self::XForwardedHost | Self::Forwarded)
    }
}

impl PolicyBuilder {
    /// Judges the hosts that these headers name, by an address policy of their own: what a service is
    /// called is not what it may call. With [`only_hosts`](AddressPolicy::only_hosts) it is the list of
    /// hosts that the service answers for, so that no link, redirect or cache entry is made of another
    /// one. It holds for every declared route that is not [`Mode::Off`](crate::Mode::Off); a header that is
    /// absent is not missed.
    ///
    /// Without it these headers are not looked at: health checks and local runs come by address, and only
    /// the service knows its names. What is no host in a header is refused as
    /// [`Code::HeaderMalformed`], and other schemes than `http` and `https` as [`Code::AddressScheme`].
    ///
    /// ```
    /// use tower_harden::{AddressPolicy, HostHeader, Policy, RouteSchema};
    ///
    /// let own = AddressPolicy::deny_internal().only_hosts(["api.example.com"])?;
    /// let policy = Policy::builder()
    ///     .get("/orders", RouteSchema::new())
    ///     .host_headers([HostHeader::Host, HostHeader::XForwardedHost], own)
    ///     .host_headers([HostHeader::Referer], AddressPolicy::deny_internal())
    ///     .build()?;
    /// # Ok::<(), tower_harden::ConfigError>(())
    /// ```
    pub fn host_headers(
        mut self,
        headers: impl IntoIterator<Item = HostHeader>,
        addresses: AddressPolicy,
    ) -> Self {
        let headers = headers.into_iter().collect();
        self.host_headers.push((headers, addresses));
        self
    }
}

impl PolicyBuilder {
    /// Takes over the headers of a base that are not declared anew.
    pub(super) fn inherit_host_headers(&mut self, base: &Self) {
        let own: Vec<HostHeader> = self
            .host_headers
            .iter()
            .flat_map(|(it, _)| it.clone())
            .collect();
        for (headers, addresses) in &base.host_headers {
            let inherited = headers.iter().copied();
            let inherited: Vec<_> = inherited.filter(|header| !own.contains(header)).collect();
            if !inherited.is_empty() {
                self.host_headers.push((inherited, addresses.clone()));
            }
        }
    }
}

/// Headers as they were declared, call by call.
pub(super) type Declared = Vec<(Vec<HostHeader>, AddressPolicy)>;

/// The headers that are judged, each with the addresses that may stand in it.
#[derive(Debug, Default)]
pub(crate) struct HostHeaders(pub(super) Vec<(HostHeader, AddressPolicy)>);

impl HostHeaders {
    pub(super) fn new(declared: Declared, problems: &mut Problems) -> Self {
        let mut all: Vec<(HostHeader, AddressPolicy)> = Vec::new();
        for (headers, addresses) in declared {
            if headers.is_empty() {
                problems.add("host_headers", "names no header");
            }
            for header in headers {
                if all.iter().any(|(earlier, _)| *earlier == header) {
                    let place = format!("host_headers: {}", Location::Header(header.header()));
                    problems.add(place, "is declared twice");
                }
                all.push((header, addresses.clone()));
            }
        }
        Self(all)
    }

    /// Judges the headers of a request, and the authority that stands in the place of `Host`.
    pub(crate) fn judge(&self, uri: &Uri, headers: &HeaderMap, violations: &mut Violations) {
        for (header, addresses) in &self.0 {
            if violations.is_full() {
                return;
            }
            let found = |wanted: Wanted<'_>| match (header, uri.authority()) {
                // What `Host` says beside it is the same, or was refused.
                (HostHeader::Host, Some(authority)) => {
                    host(authority.as_str(), addresses).filter(|code| wanted(*code))
                }
                _ => lines(*header, headers, addresses, wanted),
            };
            if let Some(code) = found(&|_| true) {
                violations.add_first(&Location::Header(header.header()), code, found);
            }
        }
    }
}

/// The first thing that is wrong with the lines of a header, and is wanted.
fn lines(
    header: HostHeader,
    headers: &HeaderMap,
    addresses: &AddressPolicy,
    wanted: Wanted<'_>,
) -> Option<Code> {
    let lines = headers.get_all(header.header());
    let is_wanted = |code: &Code| wanted(*code);
    let host = |text: &str| host(text, addresses).filter(is_wanted);
    let malformed = || Some(Code::HeaderMalformed).filter(is_wanted);
    if !header.is_list() && lines.iter().nth(1).is_some() && wanted(Code::HeaderRepeated) {
        return Some(Code::HeaderRepeated);
    }
    lines.iter().find_map(|line| {
        let Ok(line) = line.to_str() else {
            return malformed();
        };
        match header {
            HostHeader::Host => host(line),
            HostHeader::XForwardedHost => input::listed_hosts(line).find_map(host),
            HostHeader::Forwarded => match input::forwarded_hosts(line) {
                Some(hosts) => hosts.iter().find_map(|it| host(it)),
                None => malformed(),
            },
            HostHeader::Origin if line == "null" => None,
            HostHeader::Origin => {
                let mut origins = line.split(' ');
                origins.find_map(|it| origin(it, addresses).filter(is_wanted))
            }
            HostHeader::Referer => referer(line, addresses).filter(is_wanted),
        }
    })
}

/// `uri-host [ ":" port ]`: an IPv6 address has brackets.
fn host(text: &str, addresses: &AddressPolicy) -> Option<Code> {
    let is_bare = text.starts_with('[') || text.split(':').nth(2).is_none();
    let found = addresses.judge_host(Text::new(text));
    let found = found.or_else(|| (!is_bare || text.ends_with('/')).then_some(Code::Format));
    found.map(malformed)
}

/// `scheme "://" host [ ":" port ]`.
fn origin(text: &str, addresses: &AddressPolicy) -> Option<Code> {
    let behind = text.split_once("://").map(|(_, behind)| behind);
    let is_origin = behind.is_some_and(|behind| !behind.contains(['/', '?', '#', '@']));
    url(text, addresses).or_else(|| (!is_origin).then_some(Code::HeaderMalformed))
}

fn referer(text: &str, addresses: &AddressPolicy) -> Option<Code> {
    if text == "about:blank" {
        return None;
    }
    if text.starts_with('/') && !text.starts_with("//") {
        // Browsers take `/\evil.example` for `//evil.example`, with a tab between as well.
        if text.contains(['\\', '\t', ' ']) {
            return Some(
                addresses
                    .judge_text(Text::new(text))
                    .unwrap_or(Code::HeaderMalformed),
            );
        }
        return addresses.judge_text(Text::new(text));
    }
    url(text, addresses)
}

fn url(text: &str, addresses: &AddressPolicy) -> Option<Code> {
    let found = addresses.judge_url(Text::new(text))?;
    if found == Code::Format && has_other_scheme(text) {
        return Some(Code::AddressScheme);
    }
    Some(malformed(found))
}

/// Whether a text begins with a scheme (RFC 3986 §3.1) that is not `http` or `https`.
fn has_other_scheme(text: &str) -> bool {
    let Some((scheme, _)) = text.split_once(':') else {
        return false;
    };
    let in_scheme = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.');
    scheme.starts_with(|first: char| first.is_ascii_alphabetic())
        && scheme.bytes().all(in_scheme)
        && !scheme.eq_ignore_ascii_case("http")
        && !scheme.eq_ignore_ascii_case("https")
}

/// A header has no declared format: it is malformed.
fn malformed(code: Code) -> Code {
    match code {
        Code::Format => Code::HeaderMalformed,
        code => code,
    }
}
