//! The table of special-purpose ranges is that of the registries.
//!
//! `UPDATE_RANGES=1 cargo test -p middleware-tests --test architecture ranges` writes it anew, after a
//! registry was changed.

use std::{fmt::Write, fs, net::IpAddr, path::Path};

use tower_harden::AddressClass;

/// A row of a registry.
struct Row {
    first: IpAddr,
    prefix: u32,
    class: &'static str,
    told: String,
}

/// The classes as a registry and as the library name them. What is decoded has the class of what it
/// carries.
const CLASSES: &[(&str, &str, Option<AddressClass>)] = &[
    ("decoded", "", None),
    ("link-local", "LinkLocal", Some(AddressClass::LinkLocal)),
    ("loopback", "Loopback", Some(AddressClass::Loopback)),
    ("multicast", "Multicast", Some(AddressClass::Multicast)),
    ("private", "Private", Some(AddressClass::Private)),
    ("reserved", "Reserved", Some(AddressClass::Reserved)),
    ("shared", "Shared", Some(AddressClass::Shared)),
    ("transition", "Transition", Some(AddressClass::Transition)),
    (
        "unspecified",
        "Unspecified",
        Some(AddressClass::Unspecified),
    ),
];

fn read(registry: &str) -> Vec<Row> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../src/address/registry");
    let text = fs::read_to_string(path.join(registry)).expect("a registry");
    let rows = text.lines().filter(|line| !line.starts_with('#'));
    rows.map(|line| {
        let [block, class, reachable, name, source] =
            line.split(',').collect::<Vec<_>>().try_into().expect(line);
        assert!(["yes", "no", "terminated"].contains(&reachable), "{line}");
        let (first, prefix) = block.split_once('/').expect(line);
        let known = CLASSES.iter().find(|(known, ..)| *known == class);
        Row {
            first: first.parse().expect(line),
            prefix: prefix.parse().expect(line),
            class: known.expect(line).1,
            told: format!("{name}, {source}"),
        }
    })
    .collect()
}

fn bits(address: IpAddr) -> u128 {
    match address {
        IpAddr::V4(address) => address.to_bits().into(),
        IpAddr::V6(address) => address.to_bits(),
    }
}

impl Row {
    const fn width(&self) -> u32 {
        if self.first.is_ipv4() { 32 } else { 128 }
    }

    /// The last address of the block.
    fn last(&self) -> u128 {
        let rest = u128::MAX.checked_shr(128 - self.width() + self.prefix);
        bits(self.first) | rest.unwrap_or(0)
    }

    fn holds(&self, other: &Self) -> bool {
        self.prefix < other.prefix && (bits(self.first)..=self.last()).contains(&bits(other.first))
    }
}

/// The rows as a table: narrower blocks first, without those that say what a wider one says.
fn table(name: &str, kind: &str, mut rows: Vec<Row>) -> String {
    rows.sort_by_key(|row| (std::cmp::Reverse(row.prefix), bits(row.first)));
    let mut table = format!(
        "\n#[rustfmt::skip]\npub(super) const {name}: &[({kind}, u32, AddressClass)] = &[\n"
    );
    for (place, row) in rows.iter().enumerate() {
        let wider = rows[place..].iter().find(|wider| wider.holds(row));
        if row.class.is_empty() || wider.is_some_and(|wider| wider.class == row.class) {
            continue;
        }
        let first = match row.first {
            IpAddr::V4(first) => first.octets().map(|byte| byte.to_string()).join(", "),
            IpAddr::V6(first) => {
                let segment = |segment| {
                    if segment == 0 {
                        "0".into()
                    } else {
                        format!("{segment:#x}")
                    }
                };
                first.segments().map(segment).join(", ")
            }
        };
        let Row {
            prefix,
            class,
            told,
            ..
        } = row;
        writeln!(
            table,
            "    // {told}\n    ({kind}::new({first}), {prefix}, {class}),"
        )
        .expect("a text");
    }
    table + "];\n"
}

fn generated() -> String {
    let head = "\
//! The special-purpose address ranges, narrower ones first.
//!
//! Generated from the tables in `registry`; the test `ranges` of `middleware-tests/tests/architecture`
//! compares them and writes this file. Blocks that IANA calls globally reachable and that no service has
//! a reason to be asked for (AS112, AMT, ORCHID) are denied with the others.

#![expect(clippy::ip_constant, reason = \"all stand as the registries have them\")]

use std::net::{Ipv4Addr, Ipv6Addr};

use super::AddressClass::{
    self, LinkLocal, Loopback, Multicast, Private, Reserved, Shared, Transition, Unspecified,
};
";
    let v4 = table("IPV4", "Ipv4Addr", read("ipv4.csv"));
    let v6 = table("IPV6", "Ipv6Addr", read("ipv6.csv"));
    format!("{head}{v4}{v6}")
}

#[test]
fn the_table_is_that_of_the_registries() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../src/address/ranges.rs");
    if std::env::var_os("UPDATE_RANGES").is_some() {
        fs::write(&path, generated()).expect("a writable table");
    }
    let table = fs::read_to_string(path).expect("a table");
    assert_eq!(table, generated(), "UPDATE_RANGES=1 writes it anew");
}

/// The first and the last address of each block, and those before and behind it.
#[test]
fn each_block_has_its_class_from_end_to_end() {
    let mut cases = 0;
    for registry in ["ipv4.csv", "ipv6.csv"] {
        let rows = read(registry);
        let address = |bits: u128| match u32::try_from(bits) {
            Ok(bits) if registry == "ipv4.csv" => IpAddr::V4(bits.into()),
            _ => IpAddr::V6(bits.into()),
        };
        // The narrowest block that an address is in.
        let expected = |bits_of: u128| {
            let holding = rows
                .iter()
                .filter(|row| (bits(row.first)..=row.last()).contains(&bits_of));
            let row = holding.max_by_key(|row| row.prefix)?;
            CLASSES.iter().find(|(_, name, _)| *name == row.class)?.2
        };
        let highest = if registry == "ipv4.csv" {
            u32::MAX.into()
        } else {
            u128::MAX
        };
        for row in &rows {
            let (first, last) = (bits(row.first), row.last());
            let ends = [
                first.checked_sub(1),
                Some(first),
                Some(last),
                last.checked_add(1),
            ];
            for end in ends.into_iter().flatten().filter(|end| *end <= highest) {
                let class = AddressClass::of(address(end));
                // What carries an IPv4 address may have the class of that.
                let carries = matches!(expected(end), Some(AddressClass::Transition) | None);
                match expected(end) {
                    Some(expected) if !carries => assert_eq!(class, expected, "{}", address(end)),
                    Some(_) => assert!(!class.is_public(), "{}", address(end)),
                    None if registry == "ipv4.csv" => {
                        assert!(class.is_public(), "{}", address(end));
                    }
                    None => {}
                }
                cases += 1;
            }
        }
    }
    println!("ranges: {cases} addresses at the ends of blocks");
}
