use std::{fmt, net::IpAddr};

use super::{ip, metadata};

/// What an IP address or host name is, as far as its text tells.
///
/// Only [`Public`](Self::Public) may pass; the others say why not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum AddressClass {
    /// Globally reachable.
    Public,
    /// A cloud metadata service or another endpoint of the platform that a service runs on.
    Metadata,
    /// `127.0.0.0/8`, `::1`, `localhost` (RFC 1122, RFC 4291, RFC 6761).
    Loopback,
    /// `10.0.0.0/8`, `172.16.0.0/12`, `192.168.0.0/16`, `fc00::/7`, `fec0::/10` (RFC 1918, RFC 4193, RFC 3879).
    Private,
    /// `169.254.0.0/16`, `fe80::/10` (RFC 3927, RFC 4291).
    LinkLocal,
    /// `100.64.0.0/10`, shared with carrier-grade NAT (RFC 6598).
    Shared,
    /// `0.0.0.0/8` and `::` (RFC 791, RFC 4291).
    Unspecified,
    /// `224.0.0.0/4`, `ff00::/8` (RFC 5771, RFC 4291).
    Multicast,
    /// IPv6 that carries an IPv4 address through a relay or translator: 6to4, Teredo, NAT64 for
    /// local use, IPv4-compatible and IPv4-translated (RFC 3056, RFC 4380, RFC 8215, RFC 4291, RFC 2765).
    Transition,
    /// Documentation, benchmarking, protocol assignments, unallocated and reserved space (RFC 6890).
    Reserved,
    /// A host name that only resolves inside of a network, such as `db.internal` (RFC 6762, RFC 8375).
    InternalName,
}

impl AddressClass {
    /// The class of an address, IPv4 addresses inside of IPv6 ones decoded first.
    ///
    /// ```
    /// use tower_harden::AddressClass;
    ///
    /// let class = |text: &str| AddressClass::of(text.parse().unwrap());
    /// assert_eq!(class("93.184.216.34"), AddressClass::Public);
    /// assert_eq!(class("169.254.169.254"), AddressClass::Metadata);
    /// assert_eq!(class("::ffff:7f00:1"), AddressClass::Loopback);
    /// ```
    #[must_use]
    pub fn of(address: IpAddr) -> Self {
        if metadata::is_address(address) {
            return Self::Metadata;
        }
        match address {
            IpAddr::V4(address) => ip::classify_v4(address),
            IpAddr::V6(address) => ip::classify_v6(address),
        }
    }

    /// Whether a connection to it leaves the network that the service runs in.
    #[must_use]
    pub const fn is_public(self) -> bool {
        matches!(self, Self::Public)
    }
}

impl fmt::Display for AddressClass {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Public => "public",
            Self::Metadata => "metadata service",
            Self::Loopback => "loopback",
            Self::Private => "private",
            Self::LinkLocal => "link-local",
            Self::Shared => "shared address space",
            Self::Unspecified => "unspecified",
            Self::Multicast => "multicast",
            Self::Transition => "IPv4 inside of IPv6",
            Self::Reserved => "reserved",
            Self::InternalName => "internal name",
        })
    }
}
