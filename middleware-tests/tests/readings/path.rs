//! Path parameters.

use middleware_tests::{
    log::Log,
    readings::{Outcome, path},
};
use proptest::{collection::vec, prelude::*, sample::select};

use crate::{
    bytes::{byte_edits, edited},
    nasty,
    orders::text,
    quiet::{assert_unheard, marker},
    run::{Tally, config},
    spelling::spelled,
};

/// Segments that another reader may take for something else.
const ODD: &[&str] = &[
    "",
    ".",
    "..",
    "%2e%2e",
    "%2E",
    "%2f",
    "a%2Fb",
    "%5c",
    "%00",
    "a%00",
    "%0a",
    "%7f",
    "%ff",
    "%C0%AF",
    "%ED%A0%80",
    "%zz",
    "%",
    "%4",
    "%25",
    "%252e",
    "+",
    "a+b",
    ";x=1",
    "a;b",
    "%EF%BC%91",
    "%E2%80%AE",
    "*",
    "{key}",
    "{*rest}",
    ":key",
    "~",
    "1%2E0",
    "%31",
    "%2B1",
    "+1",
    "-0",
    "007",
    "1e0",
    "0x1",
    "1.0",
    "NaN",
    "inf",
    ".5",
    "1_000",
];

/// A path as it is written, and the word in it that the client chose.
fn nearly() -> impl Strategy<Value = (String, Vec<u8>)> {
    let segments = (
        "[A-Za-z0-9_.-]{3,12}",
        (-9..=999_i32).prop_map(|key| key.to_string()),
        prop_oneof![4 => (0.0..0.999).prop_map(|sort: f64| sort.to_string()), 1 => nasty::number()],
        prop_oneof![3 => text(1..=12), 1 => "[a-z]{1,3}/[a-z]{0,3}/?"],
    );
    let odd = prop_oneof![
        2 => Just(None),
        1 => (0..4_usize, select(ODD), any::<bool>()).prop_map(Some),
    ];
    (marker(), segments, any::<[u64; 4]>(), odd).prop_map(|(marker, segments, spellings, odd)| {
        let (table, key, sort, rest) = segments;
        let mut place = 0;
        let mut segments = [table, key, sort, rest].map(|segment| {
            place += 1;
            spelled(&segment, spellings[place - 1], false)
        });
        if let Some((place, odd, marked)) = odd {
            odd.clone_into(&mut segments[place]);
            if marked {
                segments[place].push_str(&marker);
            }
        }
        (
            marker,
            format!("/tables/{}", segments.join("/")).into_bytes(),
        )
    })
}

#[test]
fn a_path_is_read_as_it_was_judged() {
    let (log, tally) = (Log::record(), Tally::default());
    proptest!(config(), |((marker, path) in nearly(), edits in byte_edits())| {
        let outcome = path::check(&edited(path, &edits));
        tally.add(&outcome);
        if let Outcome::Refused(answer) = outcome {
            assert_unheard(&marker, &answer, &log);
        }
    });
    tally.assert_both();
}

#[test]
fn any_bytes_are_judged() {
    proptest!(config(), |(path in vec(any::<u8>(), 0..100), routed in any::<bool>())| {
        let prefix: &[u8] = if routed { b"/tables/abc/1/0.5/" } else { b"/" };
        drop(path::check(&[prefix, &path].concat()));
    });
}
