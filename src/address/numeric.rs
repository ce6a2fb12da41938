//! Hosts that are numbers: every way in which a host may be read as an IPv4 address.

use std::net::Ipv4Addr;

/// What a host is as a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Numeric {
    /// A name: its last label is no number.
    No,
    /// Four decimal numbers without leading zeros, as [`Ipv4Addr`] writes them.
    Canonical(Ipv4Addr),
    /// Another spelling, as the WHATWG and `inet_aton` read it (octal, hexadecimal, fewer parts),
    /// and as readers do that take a leading zero for nothing.
    Other(Ipv4Addr, Option<Ipv4Addr>),
    /// It ends in a number and is no address.
    Broken,
}

/// Reads a host without trailing dot. Source: WHATWG URL §3.5, "ends in a number" and "IPv4 parser".
pub(super) fn read(host: &[u8]) -> Numeric {
    let last = host.rsplit(|byte| *byte == b'.').next().unwrap_or_default();
    if !is_number(last) {
        return Numeric::No;
    }
    let Some(address) = address(host, part) else {
        return self::address(host, decimal_part).map_or(Numeric::Broken, |address| {
            // Not an address to the WHATWG, 127.0.0.08 for one, yet one to somebody.
            Numeric::Other(address, None)
        });
    };
    if is_canonical(host) {
        return Numeric::Canonical(address);
    }
    Numeric::Other(
        address,
        self::address(host, decimal_part).filter(|other| *other != address),
    )
}

/// Whether a host has four numeric parts, however they are written.
pub(super) fn is_quad(host: &[u8]) -> bool {
    host.split(|byte| *byte == b'.').count() == 4 && host.split(|byte| *byte == b'.').all(is_number)
}

fn is_number(label: &[u8]) -> bool {
    match label {
        [] => false,
        [b'0', b'x' | b'X', digits @ ..] => digits.iter().all(u8::is_ascii_hexdigit),
        digits => digits.iter().all(u8::is_ascii_digit),
    }
}

fn is_canonical(host: &[u8]) -> bool {
    host.split(|byte| *byte == b'.').count() == 4
        && host
            .split(|byte| *byte == b'.')
            .all(|part| part.iter().all(u8::is_ascii_digit) && (part.len() == 1 || part[0] != b'0'))
}

/// One to four parts; the last one fills all the bytes that the others leave.
fn address(host: &[u8], read_part: fn(&[u8]) -> Option<u32>) -> Option<Ipv4Addr> {
    let mut bits: u32 = 0;
    let mut left: u32 = 4;
    let mut parts = host.split(|byte| *byte == b'.').peekable();
    while let Some(part) = parts.next() {
        let value = read_part(part)?;
        if parts.peek().is_some() {
            if value > 255 || left == 1 {
                return None;
            }
            left -= 1;
            bits |= value << (8 * left);
        } else if u64::from(value) >> (8 * left) != 0 {
            return None;
        } else {
            bits |= value;
        }
    }
    Some(Ipv4Addr::from_bits(bits))
}

fn part(text: &[u8]) -> Option<u32> {
    let (digits, radix) = match text {
        [] => return None,
        [b'0', b'x' | b'X', digits @ ..] => (digits, 16),
        [b'0', digits @ ..] => (digits, 8),
        digits => (digits, 10),
    };
    value(digits, radix)
}

fn decimal_part(text: &[u8]) -> Option<u32> {
    match text {
        [] => None,
        [b'0', b'x' | b'X', ..] => part(text),
        digits => value(digits, 10),
    }
}

fn value(digits: &[u8], radix: u32) -> Option<u32> {
    digits.iter().try_fold(0_u32, |sum, digit| {
        sum.checked_mul(radix)?
            .checked_add((*digit as char).to_digit(radix)?)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const IMDS: Ipv4Addr = Ipv4Addr::new(169, 254, 169, 254);

    #[test]
    fn every_spelling_of_an_address_is_read() {
        assert_eq!(read(b"169.254.169.254"), Numeric::Canonical(IMDS));
        for spelling in [
            "2852039166",
            "0xA9FEA9FE",
            "0xA9.0xFE.0xA9.0xFE",
            "169.16689662",
            "169.254.43518",
            "0xa9.254.43518",
        ] {
            assert_eq!(
                read(spelling.as_bytes()),
                Numeric::Other(IMDS, None),
                "{spelling}"
            );
        }
        // Octal to one reader, decimal to the other.
        let Numeric::Other(octal, Some(decimal)) = read(b"0127.0.0.1") else {
            panic!("two readings");
        };
        assert_eq!(
            (octal, decimal),
            (Ipv4Addr::new(87, 0, 0, 1), Ipv4Addr::LOCALHOST)
        );
        assert!(matches!(
            read(b"0251.00376.000251.0000376"),
            Numeric::Other(IMDS, _)
        ));
    }

    #[test]
    fn names_are_no_numbers_and_broken_numbers_no_names() {
        for name in [
            "example.com",
            "127.0.0.1.example.com",
            "0x7f.0.0.0x7g",
            "a",
            "1.2.3.4x",
        ] {
            assert_eq!(read(name.as_bytes()), Numeric::No, "{name}");
        }
        for broken in [
            "256.256.256.256",
            "7147006462",
            "1.2.3.4.5",
            "foo.2.3.4",
            "0x100000000",
            "1..2",
        ] {
            assert_eq!(read(broken.as_bytes()), Numeric::Broken, "{broken}");
        }
    }
}
