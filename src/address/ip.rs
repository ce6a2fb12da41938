//! The class of an IP address.
//!
//! IPv4 is public unless a range says otherwise. IPv6 is not public unless it lies in `2000::/3`,
//! the only space that IANA has allocated for global unicast, and no range says otherwise.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use super::{
    AddressClass, metadata,
    ranges::{IPV4, IPV6},
};

pub(super) fn classify_v4(address: Ipv4Addr) -> AddressClass {
    let bits = address.to_bits();
    IPV4.iter()
        .find(|(first, prefix, _)| bits >> (32 - prefix) == first.to_bits() >> (32 - prefix))
        .map_or(AddressClass::Public, |(_, _, class)| *class)
}

pub(super) fn classify_v6(address: Ipv6Addr) -> AddressClass {
    let named = IPV6
        .iter()
        .find(|(first, prefix, _)| {
            // A prefix of 0 is not in the table: the shift stays below 128.
            address.to_bits() >> (128 - prefix) == first.to_bits() >> (128 - prefix)
        })
        .map(|(_, _, class)| *class);

    match (embedded(address), named) {
        // These two are other ways to write an IPv4 address, so its class is theirs.
        (Some(Embedded::Same(inner)), _) => of_v4(inner),
        // The rest are never public, but the inner address may be a better reason.
        (Some(Embedded::Relayed(inner)), named) => match (of_v4(inner), named) {
            (AddressClass::Public, named) => named.unwrap_or(AddressClass::Public),
            (inner, _) => inner,
        },
        (None, Some(named)) => named,
        (None, None) if address.segments()[0] >> 13 == 1 => AddressClass::Public,
        (None, None) => AddressClass::Reserved,
    }
}

fn of_v4(address: Ipv4Addr) -> AddressClass {
    if metadata::is_address(IpAddr::V4(address)) {
        AddressClass::Metadata
    } else {
        classify_v4(address)
    }
}

enum Embedded {
    Same(Ipv4Addr),
    Relayed(Ipv4Addr),
}

/// The IPv4 address that an IPv6 address carries.
fn embedded(address: Ipv6Addr) -> Option<Embedded> {
    let low = |high: u16, low: u16| Ipv4Addr::from_bits((u32::from(high) << 16) | u32::from(low));
    let inner = match address.segments() {
        // ::ffff:a.b.c.d (RFC 4291 §2.5.5.2)
        [0, 0, 0, 0, 0, 0xffff, a, b] => return Some(Embedded::Same(low(a, b))),
        // 64:ff9b::a.b.c.d (RFC 6052 §2.1)
        [0x64, 0xff9b, 0, 0, 0, 0, a, b] => return Some(Embedded::Same(low(a, b))),
        // :: and ::1 have classes of their own.
        [0, 0, 0, 0, 0, 0, 0, 0 | 1] => return None,
        // ::a.b.c.d (RFC 4291 §2.5.5.1)
        [0, 0, 0, 0, 0, 0, a, b] => low(a, b),
        // ::ffff:0:a.b.c.d (RFC 2765 §2.1)
        [0, 0, 0, 0, 0xffff, 0, a, b] => low(a, b),
        // 64:ff9b:1::/48, most often used with a /96 below it (RFC 8215)
        [0x64, 0xff9b, 1, _, _, _, a, b] => low(a, b),
        // 2002:a.b.c.d::/48 (RFC 3056 §2)
        [0x2002, a, b, ..] => low(a, b),
        // 2001:0:server:flags:port:client, the client's bits inverted (RFC 4380 §4)
        [0x2001, 0, server_high, server_low, _, _, a, b] => {
            let server = low(server_high, server_low);
            if of_v4(server) == AddressClass::Public {
                low(!a, !b)
            } else {
                server
            }
        }
        // ISATAP: an interface identifier of [02]00:5efe:a.b.c.d (RFC 5214 §6.1)
        [_, _, _, _, 0 | 0x200, 0x5efe, a, b] => low(a, b),
        _ => return None,
    };
    Some(Embedded::Relayed(inner))
}
