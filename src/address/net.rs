//! Blocks of addresses, as a configuration writes them.

use std::{
    fmt,
    net::{IpAddr, Ipv4Addr, Ipv6Addr},
};

/// The addresses that have the same first bits: `10.1.0.0/16`, `fd00::/8`, or one address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Net {
    first: IpAddr,
    /// Up to 32 bits for IPv4, up to 128 for IPv6.
    prefix: u32,
}

/// What is no block.
const NO_BLOCK: &str = "is no address and no block of addresses such as 10.1.0.0/16";

impl Net {
    /// Reads CIDR notation (RFC 4632 §3.1, RFC 4291 §2.3), or one address.
    ///
    /// # Errors
    ///
    /// What is wrong with it.
    pub(super) fn parse(text: &str) -> Result<Self, &'static str> {
        let (address, prefix) = match text.split_once('/') {
            Some((address, prefix)) => (address, Some(prefix)),
            None => (text, None),
        };
        let first: IpAddr = address.parse().map_err(|_| NO_BLOCK)?;
        let width = width(first);
        let prefix = match prefix {
            Some(digits) if digits.bytes().all(|byte| byte.is_ascii_digit()) => {
                digits.parse().map_err(|_| NO_BLOCK)?
            }
            Some(_) => return Err(NO_BLOCK),
            None => width,
        };
        if prefix > width {
            return Err(NO_BLOCK);
        }
        let net = Self { first, prefix };
        if first.to_canonical() != first
            || net.beginning(first) << (width - prefix).min(127) != bits(first)
        {
            return Err("is not the first address of its block, which 10.1.0.0 is of 10.1.0.0/16");
        }
        Ok(net)
    }

    /// The blocks that all addresses of this one are in, which is one of them.
    pub(super) fn around(self) -> impl Iterator<Item = Self> {
        (0..=self.prefix).map(move |prefix| {
            let first = match self.first {
                IpAddr::V4(address) => {
                    let kept = u32::MAX.checked_shl(32 - prefix).unwrap_or(0);
                    Ipv4Addr::from_bits(address.to_bits() & kept).into()
                }
                IpAddr::V6(address) => {
                    let kept = u128::MAX.checked_shl(128 - prefix).unwrap_or(0);
                    Ipv6Addr::from_bits(address.to_bits() & kept).into()
                }
            };
            Self { first, prefix }
        })
    }

    /// Whether an address is in the block. The IPv4 address in `::ffff:a.b.c.d` is one of IPv4.
    pub(super) fn contains(&self, address: IpAddr) -> bool {
        let address = address.to_canonical();
        address.is_ipv4() == self.first.is_ipv4()
            && self.beginning(address) == self.beginning(self.first)
    }

    /// The address of a block that has no other.
    pub(super) fn only_address(&self) -> Option<IpAddr> {
        (self.prefix == width(self.first)).then_some(self.first)
    }

    /// The IPv4 address that an address of this block carries behind its prefix (RFC 6052 §2.2).
    pub(super) fn translated(&self, address: Ipv6Addr) -> Option<Ipv4Addr> {
        if !self.contains(address.into()) {
            return None;
        }
        let bytes = address.octets();
        // Bits 64 to 71 are zero, whatever stands around them.
        let start = (self.prefix / 8) as usize;
        let mut carried = bytes
            .iter()
            .enumerate()
            .skip(start)
            .filter(|(place, _)| *place != 8);
        let mut next = || carried.next().map(|(_, byte)| *byte);
        Some(Ipv4Addr::new(next()?, next()?, next()?, next()?))
    }

    /// Whether a translator has a prefix of that length (RFC 6052 §2.2).
    pub(super) fn is_translated(&self) -> bool {
        self.first.is_ipv6() && matches!(self.prefix, 32 | 40 | 48 | 56 | 64 | 96)
    }

    /// The bits of an address that are those of the block.
    fn beginning(&self, address: IpAddr) -> u128 {
        let behind = width(address) - self.prefix;
        bits(address).checked_shr(behind).unwrap_or(0)
    }
}

impl fmt::Display for Net {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.first, self.prefix)
    }
}

const fn width(address: IpAddr) -> u32 {
    if address.is_ipv4() { 32 } else { 128 }
}

fn bits(address: IpAddr) -> u128 {
    match address {
        IpAddr::V4(address) => address.to_bits().into(),
        IpAddr::V6(address) => address.to_bits(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn net(text: &str) -> Net {
        Net::parse(text).unwrap_or_else(|told| panic!("{text} {told}"))
    }

    #[test]
    fn blocks_have_a_first_and_a_last_address() {
        for (block, inside, outside) in [
            (
                "10.1.0.0/16",
                ["10.1.0.0", "10.1.255.255"],
                ["10.0.255.255", "10.2.0.0"],
            ),
            (
                "192.0.2.7",
                ["192.0.2.7", "::ffff:192.0.2.7"],
                ["192.0.2.6", "192.0.2.8"],
            ),
            (
                "128.0.0.0/1",
                ["128.0.0.0", "255.255.255.255"],
                ["127.255.255.255", "8000::"],
            ),
            ("fd00::/8", ["fd00::", "fdff::1"], ["fcff::", "fe00::"]),
            ("fd00::7", ["fd00::7", "fd00:0::7"], ["fd00::6", "fd00::8"]),
        ] {
            let block = net(block);
            for text in inside {
                assert!(block.contains(text.parse().expect("an address")), "{text}");
            }
            for text in outside {
                assert!(!block.contains(text.parse().expect("an address")), "{text}");
            }
        }
        assert!(net("0.0.0.0/0").contains(IpAddr::from([1, 2, 3, 4])));
        assert!(net("::/0").contains("fe80::1".parse().expect("an address")));
        assert!(!net("::/0").contains(IpAddr::from([1, 2, 3, 4])));
    }

    #[test]
    fn blocks_stand_in_larger_blocks() {
        let around: Vec<String> = net("10.128.0.0/9")
            .around()
            .map(|it| it.to_string())
            .collect();
        assert_eq!(around.len(), 10);
        for block in ["0.0.0.0/0", "10.0.0.0/8", "10.128.0.0/9"] {
            assert!(around.contains(&block.to_owned()), "{block}");
        }
        for (block, number) in [("192.0.2.7", 33), ("0.0.0.0/0", 1), ("fd00::7", 129)] {
            let block = net(block);
            assert_eq!(block.around().count(), number);
            assert_eq!(block.around().last(), Some(block));
        }
        assert!(net("fd00::/8").around().any(|it| it == net("::/0")));
    }

    #[test]
    fn what_is_no_block() {
        for text in [
            "",
            "/",
            "10",
            "10.0.0.0/",
            "10.0.0.0/33",
            "10.0.0.0/+8",
            "10.0.0.0/08x",
            "10.0.0.0/8/8",
            "fd00::/129",
            "[fd00::]/8",
            "a.example",
            "10.0.0.1/8",
            "fd00::1/8",
            "::ffff:10.0.0.0/104",
            "10.0.0.0/99999999999",
        ] {
            assert!(Net::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn translators_carry_addresses_behind_their_prefixes() {
        // RFC 6052 §2.4.
        for (prefix, address) in [
            ("2001:db8::/32", "2001:db8:c000:221::"),
            ("2001:db8:100::/40", "2001:db8:1c0:2:21::"),
            ("2001:db8:122::/48", "2001:db8:122:c000:2:2100::"),
            ("2001:db8:122:300::/56", "2001:db8:122:3c0:0:221::"),
            ("2001:db8:122:344::/64", "2001:db8:122:344:c0:2:2100::"),
            ("2001:db8:122:344::/96", "2001:db8:122:344::192.0.2.33"),
        ] {
            let prefix = net(prefix);
            assert!(prefix.is_translated());
            let carried = prefix.translated(address.parse().expect("an address"));
            assert_eq!(carried, Some(Ipv4Addr::new(192, 0, 2, 33)), "{address}");
        }
        assert_eq!(net("fd00::/96").translated(Ipv6Addr::LOCALHOST), None);
        assert!(!net("fd00::/33").is_translated());
        assert!(!net("10.0.0.0/32").is_translated());
    }
}
