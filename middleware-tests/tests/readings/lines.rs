//! Headers and cookies.

use middleware_tests::{
    log::Log,
    readings::{Outcome, cookies, headers},
};
use proptest::{collection::vec, prelude::*, sample::select};

use crate::{
    bytes::{byte_edits, edited},
    quiet::{assert_unheard, marker},
    run::{Tally, config},
};

const ID: &str = "550e8400-e29b-41d4-a716-446655440000";

/// A line is the place of a name and a value.
const HEADERS: &[&str] = &[
    "\u{0}7",
    "\u{0}+7",
    "\u{0}07",
    "\u{0}51",
    "\u{1}name",
    "\u{1}",
    "\u{1}é",
    "\u{1}a\tb",
    "\u{1}a, b",
    "\u{2}x",
    "\u{3}https://example.com/",
    "\u{3}http://127.1/",
    "\u{3}http://a.example, http://b.example",
];

const COOKIES: &[&str] = &[
    "theme=dark",
    "theme=",
    "theme",
    "theme=\"dark\"",
    "theme=d%61rk",
    "th%65me=dark",
    "theme=a,b",
    "page=3",
    "page=03",
    "page=",
    "page=%33",
    "page=3 ",
    " page=3",
    "Page=3",
    "_ga=1",
    "=",
    "",
    "%ff=1",
    "session=",
    "theme=http://1/",
    "theme=%00",
    "theme=a=b",
];

#[test]
fn headers_are_read_as_they_were_judged() {
    let (log, tally) = (Log::record(), Tally::default());
    let good = (
        "\\x00([1-9]|[1-4][0-9]|50)",
        prop::option::of("\\x01[a-zA-Z ]{1,8}"),
        any::<bool>(),
    );
    let lines = (good, vec(select(HEADERS), 0..=1), marker(), any::<bool>()).prop_map(
        |((limit, name, id), odd, marker, marked)| {
            let mut lines = vec![limit];
            lines.extend(name);
            lines.extend(id.then(|| format!("\u{2}{ID}")));
            lines.extend(odd.into_iter().map(str::to_owned));
            if marked && let Some(last) = lines.last_mut() {
                last.push_str(&marker);
            }
            (lines.join("\n").into_bytes(), marker)
        },
    );
    proptest!(config(), |(((lines, marker), edits) in (lines, byte_edits()))| {
        let outcome = headers::check(&edited(lines, &edits));
        tally.add(&outcome);
        if let Outcome::Refused(answer) = outcome {
            assert_unheard(&marker, &answer, &log);
        }
    });
    tally.assert_both();
}

#[test]
fn cookies_are_read_as_they_were_judged() {
    let (log, tally) = (Log::record(), Tally::default());
    let pairs = (
        vec(select(COOKIES), 0..=2),
        marker(),
        any::<bool>(),
        any::<bool>(),
    );
    let lines = pairs.prop_map(|(mut pairs, marker, marked, one_line)| {
        let session = format!("session={ID}");
        pairs.insert(0, &session);
        let mut line = pairs.join(if one_line { "; " } else { "\n" });
        if marked {
            line.push_str(&marker);
        }
        (line.into_bytes(), marker)
    });
    proptest!(config(), |(((lines, marker), edits) in (lines, byte_edits()))| {
        let outcome = cookies::check(&edited(lines, &edits));
        tally.add(&outcome);
        if let Outcome::Refused(answer) = outcome {
            assert_unheard(&marker, &answer, &log);
        }
    });
    tally.assert_both();
}
