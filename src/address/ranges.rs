//! The special-purpose address ranges, narrower ones first.
//!
//! Generated from the tables in `registry`; the test `ranges` of `middleware-tests/tests/architecture`
//! compares them and writes this file. Blocks that IANA calls globally reachable and that no service has
//! a reason to be asked for (AS112, AMT, ORCHID) are denied with the others.

#![expect(clippy::ip_constant, reason = "all stand as the registries have them")]

use std::net::{Ipv4Addr, Ipv6Addr};

use super::AddressClass::{
    self, LinkLocal, Loopback, Multicast, Private, Reserved, Shared, Transition, Unspecified,
};

#[rustfmt::skip]
pub(super) const IPV4: &[(Ipv4Addr, u32, AddressClass)] = &[
    // IETF Protocol Assignments, RFC 6890
    (Ipv4Addr::new(192, 0, 0, 0), 24, Reserved),
    // Documentation (TEST-NET-1), RFC 5737
    (Ipv4Addr::new(192, 0, 2, 0), 24, Reserved),
    // AS112-v4, RFC 7535
    (Ipv4Addr::new(192, 31, 196, 0), 24, Reserved),
    // AMT, RFC 7450
    (Ipv4Addr::new(192, 52, 193, 0), 24, Reserved),
    // 6to4 Relay Anycast, RFC 7526
    (Ipv4Addr::new(192, 88, 99, 0), 24, Reserved),
    // Direct Delegation AS112 Service, RFC 7534
    (Ipv4Addr::new(192, 175, 48, 0), 24, Reserved),
    // Documentation (TEST-NET-2), RFC 5737
    (Ipv4Addr::new(198, 51, 100, 0), 24, Reserved),
    // Documentation (TEST-NET-3), RFC 5737
    (Ipv4Addr::new(203, 0, 113, 0), 24, Reserved),
    // Link Local, RFC 3927
    (Ipv4Addr::new(169, 254, 0, 0), 16, LinkLocal),
    // Private-Use, RFC 1918
    (Ipv4Addr::new(192, 168, 0, 0), 16, Private),
    // Benchmarking, RFC 2544
    (Ipv4Addr::new(198, 18, 0, 0), 15, Reserved),
    // Private-Use, RFC 1918
    (Ipv4Addr::new(172, 16, 0, 0), 12, Private),
    // Shared Address Space, RFC 6598
    (Ipv4Addr::new(100, 64, 0, 0), 10, Shared),
    // This network, RFC 791
    (Ipv4Addr::new(0, 0, 0, 0), 8, Unspecified),
    // Private-Use, RFC 1918
    (Ipv4Addr::new(10, 0, 0, 0), 8, Private),
    // Loopback, RFC 1122
    (Ipv4Addr::new(127, 0, 0, 0), 8, Loopback),
    // Multicast, RFC 5771
    (Ipv4Addr::new(224, 0, 0, 0), 4, Multicast),
    // Reserved, RFC 1112
    (Ipv4Addr::new(240, 0, 0, 0), 4, Reserved),
];

#[rustfmt::skip]
pub(super) const IPV6: &[(Ipv6Addr, u32, AddressClass)] = &[
    // Unspecified Address, RFC 4291
    (Ipv6Addr::new(0, 0, 0, 0, 0, 0, 0, 0), 128, Unspecified),
    // Loopback Address, RFC 4291
    (Ipv6Addr::new(0, 0, 0, 0, 0, 0, 0, 0x1), 128, Loopback),
    // IPv4-compatible Address, RFC 4291
    (Ipv6Addr::new(0, 0, 0, 0, 0, 0, 0, 0), 96, Transition),
    // IPv4-translated Address, RFC 2765
    (Ipv6Addr::new(0, 0, 0, 0, 0xffff, 0, 0, 0), 96, Transition),
    // Discard-Only Address Block, RFC 6666
    (Ipv6Addr::new(0x100, 0, 0, 0, 0, 0, 0, 0), 64, Reserved),
    // Dummy IPv6 Prefix, RFC 9780
    (Ipv6Addr::new(0x100, 0, 0, 0x1, 0, 0, 0, 0), 64, Reserved),
    // IPv4-IPv6 Translat., RFC 8215
    (Ipv6Addr::new(0x64, 0xff9b, 0x1, 0, 0, 0, 0, 0), 48, Transition),
    // Direct Delegation AS112 Service, RFC 7534
    (Ipv6Addr::new(0x2620, 0x4f, 0x8000, 0, 0, 0, 0, 0), 48, Reserved),
    // TEREDO, RFC 4380
    (Ipv6Addr::new(0x2001, 0, 0, 0, 0, 0, 0, 0), 32, Transition),
    // Documentation, RFC 3849
    (Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 0), 32, Reserved),
    // IETF Protocol Assignments, RFC 2928
    (Ipv6Addr::new(0x2001, 0, 0, 0, 0, 0, 0, 0), 23, Reserved),
    // Documentation, RFC 9637
    (Ipv6Addr::new(0x3fff, 0, 0, 0, 0, 0, 0, 0), 20, Reserved),
    // 6to4, RFC 3056
    (Ipv6Addr::new(0x2002, 0, 0, 0, 0, 0, 0, 0), 16, Transition),
    // Segment Routing (SRv6) SIDs, RFC 9602
    (Ipv6Addr::new(0x5f00, 0, 0, 0, 0, 0, 0, 0), 16, Reserved),
    // Link-Local Unicast, RFC 4291
    (Ipv6Addr::new(0xfe80, 0, 0, 0, 0, 0, 0, 0), 10, LinkLocal),
    // Site-Local Unicast, RFC 3879
    (Ipv6Addr::new(0xfec0, 0, 0, 0, 0, 0, 0, 0), 10, Private),
    // Multicast, RFC 4291
    (Ipv6Addr::new(0xff00, 0, 0, 0, 0, 0, 0, 0), 8, Multicast),
    // Unique-Local, RFC 4193
    (Ipv6Addr::new(0xfc00, 0, 0, 0, 0, 0, 0, 0), 7, Private),
];
