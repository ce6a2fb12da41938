//! The special-purpose address ranges, narrower ones first where two overlap.
//!
//! Source: the IANA IPv4 and IPv6 Special-Purpose Address Registries, last updated 2025-10-09, and
//! the IANA multicast registries. Ranges that IANA calls globally reachable and that no service has
//! a reason to be asked for (AS112, AMT, ORCHID) are denied too.

use std::net::{Ipv4Addr, Ipv6Addr};

use super::AddressClass::{
    self, LinkLocal, Loopback, Multicast, Private, Reserved, Shared, Transition, Unspecified,
};

const fn v4(a: u8, b: u8, c: u8, d: u8) -> Ipv4Addr {
    Ipv4Addr::new(a, b, c, d)
}

/// An IPv6 address by its first four segments; no range needs more than `v6_full`.
const fn v6(a: u16, b: u16, c: u16, d: u16) -> Ipv6Addr {
    Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0)
}

pub(super) const IPV4: &[(Ipv4Addr, u32, AddressClass)] = &[
    (v4(0, 0, 0, 0), 8, Unspecified),    // "this network", RFC 791
    (v4(10, 0, 0, 0), 8, Private),       // RFC 1918
    (v4(100, 64, 0, 0), 10, Shared),     // RFC 6598
    (v4(127, 0, 0, 0), 8, Loopback),     // RFC 1122
    (v4(169, 254, 0, 0), 16, LinkLocal), // RFC 3927
    (v4(172, 16, 0, 0), 12, Private),    // RFC 1918
    (v4(192, 0, 0, 0), 24, Reserved),    // IETF protocol assignments, RFC 6890
    (v4(192, 0, 2, 0), 24, Reserved),    // documentation, RFC 5737
    (v4(192, 31, 196, 0), 24, Reserved), // AS112, RFC 7535
    (v4(192, 52, 193, 0), 24, Reserved), // AMT, RFC 7450
    (v4(192, 88, 99, 0), 24, Reserved),  // 6to4 relay anycast, terminated by RFC 7526
    (v4(192, 168, 0, 0), 16, Private),   // RFC 1918
    (v4(192, 175, 48, 0), 24, Reserved), // AS112, RFC 7534
    (v4(198, 18, 0, 0), 15, Reserved),   // benchmarking, RFC 2544
    (v4(198, 51, 100, 0), 24, Reserved), // documentation, RFC 5737
    (v4(203, 0, 113, 0), 24, Reserved),  // documentation, RFC 5737
    (v4(224, 0, 0, 0), 4, Multicast),    // RFC 5771
    (v4(240, 0, 0, 0), 4, Reserved),     // RFC 1112, with the limited broadcast of RFC 8190
];

pub(super) const IPV6: &[(Ipv6Addr, u32, AddressClass)] = &[
    (Ipv6Addr::UNSPECIFIED, 128, Unspecified), // RFC 4291
    (Ipv6Addr::LOCALHOST, 128, Loopback),      // RFC 4291
    (Ipv6Addr::UNSPECIFIED, 96, Transition),   // IPv4-compatible, RFC 4291
    (Ipv6Addr::new(0, 0, 0, 0, 0xffff, 0, 0, 0), 96, Transition), // IPv4-translated, RFC 2765
    (v6(0x64, 0xff9b, 1, 0), 48, Transition),  // NAT64 for local use, RFC 8215
    (v6(0x100, 0, 0, 0), 64, Reserved),        // discard-only, RFC 6666
    (v6(0x100, 0, 0, 1), 64, Reserved),        // dummy prefix, RFC 9780
    (v6(0x2001, 0, 0, 0), 32, Transition),     // Teredo, RFC 4380
    (v6(0x2001, 0, 0, 0), 23, Reserved),       // IETF protocol assignments, RFC 2928
    (v6(0x2001, 0xdb8, 0, 0), 32, Reserved),   // documentation, RFC 3849
    (v6(0x2002, 0, 0, 0), 16, Transition),     // 6to4, RFC 3056
    (v6(0x2620, 0x4f, 0x8000, 0), 48, Reserved), // AS112, RFC 7534
    (v6(0x3fff, 0, 0, 0), 20, Reserved),       // documentation, RFC 9637
    (v6(0x5f00, 0, 0, 0), 16, Reserved),       // segment routing SIDs, RFC 9602
    (v6(0xfc00, 0, 0, 0), 7, Private),         // unique-local, RFC 4193
    (v6(0xfe80, 0, 0, 0), 10, LinkLocal),      // RFC 4291
    (v6(0xfec0, 0, 0, 0), 10, Private),        // site-local, deprecated by RFC 3879
    (v6(0xff00, 0, 0, 0), 8, Multicast),       // RFC 4291
];
