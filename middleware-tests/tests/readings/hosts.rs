//! Strings that are nearly a URL or a host.

use std::cell::Cell;

use middleware_tests::readings::hosts;
use proptest::{collection::vec, prelude::*, sample::select};

use crate::run::config;

/// What hosts and URLs are made of, and what is taken for it.
const PIECES: &[&str] = &[
    "http://",
    "ht\ntp:/\t/",
    "https://",
    "HTTP:",
    "//",
    "/",
    "\\",
    "@",
    ":",
    "?",
    "#",
    ".",
    "..",
    "%2e",
    "%00",
    "[",
    "]",
    "%25",
    "a",
    "example.com",
    "EXAMPLE",
    "xn--bcher-kva",
    "b\u{fc}cher",
    "\u{ff10}",
    "\u{3002}",
    "\u{ad}",
    "127",
    "0",
    "1",
    "08",
    "0x7f",
    "0177",
    "255",
    "256",
    "10.0.0.1",
    "127.0.0.1",
    "169.254.169.254",
    "2130706433",
    "8.8.8.8",
    "::",
    "::1",
    "ffff:",
    "a9fe:a9fe",
    "2606:4700::1111",
    "64:ff9b::",
    "fe80",
    "localhost",
    "metadata",
    "google",
    "internal",
    "local",
    "80",
    "-",
    "_",
    " ",
    "\t",
    ",",
    "\u{200b}",
];

#[test]
fn what_is_accepted_leads_to_no_internal_host() {
    let text = prop_oneof![
        2 => vec(select(PIECES), 0..7).prop_map(|pieces| pieces.concat()),
        1 => (select(&["http://", "https://"][..]), vec(select(PIECES), 0..6), select(&["", "/", ":80/"][..]))
            .prop_map(|(scheme, pieces, end)| format!("{scheme}{}{end}", pieces.concat())),
        1 => vec(select(&["0", "1", "8", "127", "0x8", "010", "255", "169", "254"][..]), 4)
            .prop_map(|parts| format!("http://{}/", parts.join("."))),
        1 => any::<u128>().prop_map(|bits| {
            // Near the blocks that are not public.
            let first = [0x64_ff9b, 0x2001_0000, 0x2002_7f00, 0x2001_0db8, 0x2606_4700, 0xfe80_0000];
            let head = first[usize::try_from(bits % 6).expect("small")];
            let address = std::net::Ipv6Addr::from(head << 96 | bits >> 40);
            format!("http://[{address}]/")
        }),
    ];
    let (accepted, refused) = (Cell::new(0_u32), Cell::new(0_u32));
    proptest!(config(), |(text in text)| {
        let found = hosts::check(&text);
        let count = if found.url || found.host { &accepted } else { &refused };
        count.set(count.get() + 1);
    });
    let (accepted, refused) = (accepted.get(), refused.get());
    println!("{accepted} accepted as a URL or host, {refused} refused");
    assert!(accepted > 0 && refused > 0, "{accepted} and {refused}");
}
