use std::net::IpAddr;

use super::{AddressClass, Finding, hosts::Hosts, name, net::Net};
use crate::ConfigError;

/// Which addresses and hosts may stand in a request.
///
/// Every string of a request is judged in one of four contexts, which its schema decides:
///
/// | context | fields | passes |
/// |---|---|---|
/// | URL | [`Field::url`](crate::Field::url) | an absolute `http` or `https` URL in its one spelling, with a public host |
/// | host | [`Field::hostname`](crate::Field::hostname) | a public host, with or without port |
/// | IP address | [`Field::ipv4`](crate::Field::ipv4), [`Field::ipv6`](crate::Field::ipv6) | a public address |
/// | text | every other string | whatever names no internal host |
///
/// A text names a host where it holds `scheme://host` in any spelling, also percent-encoded, and where
/// it is nothing but a location: `//host`, `host:port` or `host/path` of an address or a listed name,
/// an IPv6 address, an IPv4 address of loopback, link-local or a metadata service. Other bare IPv4
/// addresses look like version numbers, `0.9.8.1/src` like a version with a path, `config.local:12` like
/// the line of a file, and bare words like words: declare fields that are hosts as
/// [`Field::hostname`](crate::Field::hostname). Base64 is searched where it is declared, by
/// [`Field::base64`](crate::Field::base64) or a document's `contentEncoding`.
///
/// # URLs in URLs
///
/// A URL in the query of a public URL, `https://example.com/?next=http://10.0.0.1/`, is asked for by
/// nobody but the service at `example.com`, if by anybody.
///
/// * In text it is found, as any other: nothing says where one URL ends in text and the next begins.
///   [`ignore_nested_urls`](DangerousAddressPolicy::ignore_nested_urls) lets it pass.
/// * In a URL it is not looked for: the host that the field leads to is judged, and links of every day
///   carry other ones. [`nested_urls`](Self::nested_urls) refuses it, where what the field leads to may be a
///   redirector.
///
/// # What a value cannot show
///
/// A name with public DNS that resolves inward, such as `127.0.0.1.nip.io`, looks like any other
/// name. Judging values narrows what reaches a handler; only the code that connects sees the address
/// that a name leads to: the module `egress` judges that, by the same policy. Keep a network policy on metadata services (on AWS: IMDSv2 with a hop limit
/// of 1) whatever this type does.
///
/// ```
/// use tower_harden::AddressPolicy;
///
/// let addresses = AddressPolicy::deny_internal().allow_host("hooks.internal")?;
/// # Ok::<(), tower_harden::ConfigError>(())
/// ```
#[derive(Clone, Debug, Default)]
#[must_use]
pub struct AddressPolicy {
    /// Hosts that pass whatever they are.
    pub(super) allowed: Hosts,
    /// The only hosts that pass where a host is named.
    pub(super) only: Option<Hosts>,
    pub(super) nets: Vec<Net>,
    pub(super) translators: Vec<Net>,
    pub(super) https_only: bool,
    pub(super) ports: Option<Vec<u16>>,
    pub(super) metadata: bool,
    pub(super) nested: Nested,
}

/// Where URLs in URLs are looked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Nested {
    /// Not in the text of a URL's query or fragment.
    Nowhere,
    #[default]
    InText,
    /// In fields that are URLs as well.
    Everywhere,
}

/// What is said of what only [`DangerousAddressPolicy`] lets pass.
const IS_METADATA: &str = "is a metadata service: dangerous().allow_metadata() lets them pass";

impl AddressPolicy {
    /// Refuses everything that is not public: the default of every policy.
    pub fn deny_internal() -> Self {
        Self::default()
    }

    /// Lets a host pass whatever its class is, in any case and with or without a trailing dot, or every
    /// host below a suffix: `*.svc.cluster.local`. Where it is connected to, its addresses may be
    /// internal ones. Metadata services stay refused; see [`dangerous`](Self::dangerous).
    ///
    /// # Errors
    ///
    /// Where `host` is not a host name or suffix: a URL, an address, another pattern; and where it is
    /// the name of a metadata service.
    pub fn allow_host(mut self, host: &str) -> Result<Self, ConfigError> {
        let place = || format!("allow_host({host:?})");
        let name = self
            .allowed
            .add(host)
            .map_err(|told| ConfigError::one(place(), told))?;
        if name::classify(name.as_bytes()) == AddressClass::Metadata && !self.metadata {
            return Err(ConfigError::one(place(), IS_METADATA));
        }
        Ok(self)
    }

    /// Lets these hosts and no others pass where a host is named: in URLs, hosts, and connections. An
    /// internal one has to be let in by [`allow_host`](Self::allow_host) too. The addresses of
    /// [`allow_net`](Self::allow_net) pass as well, and other text still may mention any public host.
    ///
    /// It is the allowlist that OWASP ASVS 5.0 asks for in 1.3.6.
    ///
    /// # Errors
    ///
    /// Where one is not a host name or suffix.
    pub fn only_hosts<H: AsRef<str>>(
        mut self,
        hosts: impl IntoIterator<Item = H>,
    ) -> Result<Self, ConfigError> {
        let only = self.only.get_or_insert_default();
        for host in hosts {
            let host = host.as_ref();
            only.add(host)
                .map_err(|told| ConfigError::one(format!("only_hosts({host:?})"), told))?;
        }
        Ok(self)
    }

    /// Lets the addresses of a block pass, such as `10.1.0.0/16`, or one address. Metadata services in
    /// it stay refused; see [`dangerous`](Self::dangerous).
    ///
    /// # Errors
    ///
    /// Where `net` is no block of addresses, has bits behind its prefix, or is the one address of a
    /// metadata service.
    pub fn allow_net(mut self, net: &str) -> Result<Self, ConfigError> {
        let place = || format!("allow_net({net:?})");
        let net = Net::parse(net).map_err(|told| ConfigError::one(place(), told))?;
        let class = net.only_address().map(AddressClass::of);
        if class == Some(AddressClass::Metadata) && !self.metadata {
            return Err(ConfigError::one(place(), IS_METADATA));
        }
        self.nets.push(net);
        Ok(self)
    }

    /// The prefix of a NAT64 translator of the own network (RFC 6052): its addresses are judged as the
    /// IPv4 addresses that they carry. `64:ff9b::/96` is known without.
    ///
    /// # Errors
    ///
    /// Where `prefix` is no IPv6 prefix of 32, 40, 48, 56, 64 or 96 bits.
    pub fn nat64(mut self, prefix: &str) -> Result<Self, ConfigError> {
        let place = || format!("nat64({prefix:?})");
        let net = Net::parse(prefix).map_err(|told| ConfigError::one(place(), told))?;
        if !net.is_translated() {
            let told = "is no IPv6 prefix of 32, 40, 48, 56, 64 or 96 bits (RFC 6052 §2.2)";
            return Err(ConfigError::one(place(), told));
        }
        self.translators.push(net);
        Ok(self)
    }

    /// Refuses URLs and connections of any other scheme than `https`.
    pub fn https_only(mut self) -> Self {
        self.https_only = true;
        self
    }

    /// Refuses every other port in URLs, hosts and connections. A URL without port has that of its
    /// scheme.
    pub fn only_ports(mut self, ports: impl IntoIterator<Item = u16>) -> Self {
        self.ports = Some(ports.into_iter().collect());
        self
    }

    /// Looks for URLs in the path, the query and the fragment of URLs too, percent-encoded up to twice,
    /// and refuses those that lead inward: for services that follow redirects, or hand URLs to one that
    /// does. In text they are found without.
    ///
    /// ```
    /// use tower_harden::{AddressPolicy, Code};
    ///
    /// let url = "https://example.com/?next=http%3A%2F%2F10.0.0.1%2F";
    /// assert_eq!(AddressPolicy::deny_internal().check_url(url), Ok(()));
    /// let addresses = AddressPolicy::deny_internal().nested_urls();
    /// assert_eq!(addresses.check_url(url), Err(Code::AddressInternal));
    /// ```
    pub fn nested_urls(mut self) -> Self {
        self.nested = Nested::Everywhere;
        self
    }

    /// What no service should need.
    pub fn dangerous(self) -> DangerousAddressPolicy {
        DangerousAddressPolicy { policy: self }
    }

    /// Whether a name without trailing dot was allowed by name.
    pub(super) fn allows_name(&self, name: &[u8]) -> bool {
        self.allowed.contain(name) && name::classify(name) != AddressClass::Metadata
    }

    /// The class of an address, where it is not allowed to pass.
    pub(super) fn class(&self, address: impl Into<IpAddr>) -> AddressClass {
        let address = address.into();
        let carried = match address {
            IpAddr::V6(address) => {
                let mut translators = self.translators.iter();
                translators.find_map(|translator| translator.translated(address))
            }
            IpAddr::V4(_) => None,
        };
        let address = carried.map_or(address, IpAddr::from);
        match AddressClass::of(address) {
            AddressClass::Metadata if self.metadata => AddressClass::Public,
            AddressClass::Metadata => AddressClass::Metadata,
            _ if self.allows_address(address) => AddressClass::Public,
            class => class,
        }
    }

    /// The class of a name without trailing dot, where it is not allowed to pass.
    pub(super) fn class_of_name(&self, name: &[u8]) -> AddressClass {
        match name::classify(name) {
            AddressClass::Metadata if self.metadata => AddressClass::Public,
            AddressClass::Metadata => AddressClass::Metadata,
            _ if self.allowed.contain(name) => AddressClass::Public,
            class => class,
        }
    }

    fn allows_address(&self, address: IpAddr) -> bool {
        self.nets.iter().any(|net| net.contains(address))
    }

    /// What is wrong with an address where a host is named.
    pub(super) fn host_address(&self, address: IpAddr) -> Option<Finding> {
        Finding::of(self.class(address)).or_else(|| {
            let unlisted = self.only.is_some() && !self.allows_address(address);
            unlisted.then_some(Finding::Unlisted)
        })
    }

    /// What is wrong with a name without trailing dot where a host is named.
    pub(super) fn host_name(&self, name: &[u8]) -> Option<Finding> {
        let found = Finding::of(self.class_of_name(name)).or_else(|| {
            // A single label is completed by the search domains of the machine that resolves it.
            let single = !name.contains(&b'.') && name::classify(name) == AddressClass::Public;
            (single && !self.allowed.contain(name)).then_some(Finding::Internal)
        });
        found.or_else(|| {
            let unlisted = self.only.as_ref().is_some_and(|only| !only.contain(name));
            unlisted.then_some(Finding::Unlisted)
        })
    }

    /// What is wrong with a scheme and port that a host is asked by.
    pub(super) fn door(&self, https: bool, port: u16) -> Option<Finding> {
        if self.https_only && !https {
            return Some(Finding::Scheme);
        }
        self.port(port)
    }

    pub(super) fn port(&self, port: u16) -> Option<Finding> {
        let ports = self.ports.as_ref();
        ports
            .is_some_and(|ports| !ports.contains(&port))
            .then_some(Finding::Port)
    }
}

/// What an [`AddressPolicy`] lets pass only where it is said in so many words.
#[derive(Clone, Debug)]
#[must_use]
pub struct DangerousAddressPolicy {
    policy: AddressPolicy,
}

impl DangerousAddressPolicy {
    /// Lets metadata services and platform endpoints pass, in values and in connections. Whoever can
    /// choose such a URL gets the credentials of the machine.
    pub fn allow_metadata(mut self) -> AddressPolicy {
        self.policy.metadata = true;
        self.policy
    }

    /// Lets text pass whose URLs hold others in their query or fragment: what stands behind the `?` or
    /// `#` of an `http` or `https` URL is not searched up to the next white space, quote or angle
    /// bracket. It takes back [`AddressPolicy::nested_urls`].
    ///
    /// Whoever reads the URLs out of such a text must judge each of them before it is asked for, and
    /// must not read what stands in their queries.
    pub fn ignore_nested_urls(mut self) -> AddressPolicy {
        self.policy.nested = Nested::Nowhere;
        self.policy
    }
}
