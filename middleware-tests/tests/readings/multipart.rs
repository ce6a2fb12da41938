//! Forms in parts.

use middleware_tests::{
    log::Log,
    readings::{Outcome, multipart},
};
use proptest::{collection::vec, prelude::*, sample::select};

use crate::{
    bytes::{byte_edits, edited},
    orders::text,
    quiet::{assert_unheard, marker},
    run::{Tally, config},
};

/// What a part says of itself, well or badly.
const HEADERS: &[&str] = &[
    "name=\"title\"",
    "name=title",
    "name=\"title\"; name=\"tag\"",
    "name=\"title\"; filename=\"a\"",
    "name=\"title\"; filename*=UTF-8''a",
    "name=\"\"",
    "filename=\"a.png\"",
    "name=\"title\"\r\nContent-Type: text/plain; charset=utf-16le",
    "name=\"title\"\r\nContent-Type: text/plain",
    "name=\"title\"\r\ncontent-disposition: form-data; name=\"count\"",
    "name=\"title\"\r\nContent-Transfer-Encoding: base64",
    "name=\"tag\"",
    "name=\"count\"",
    "name=\"other\"",
    "name=\"t\\\"itle\"",
    "name=\"photo\"; filename=\"../a.png\"\r\nContent-Type: image/png",
    "name=\"photo\"; filename=\"a.png\"\r\nContent-Type: image/gif",
    "name=\"photo\"; filename=\"a.png\"",
    "name=\"photo\"",
];

const VALUES: &[&str] = &[
    "",
    "a",
    "b",
    "3",
    "10",
    "\u{feff}a",
    "\0",
    "--X",
    "\r\n",
    "é",
    "http://127.1/",
];

const PHOTO: &str = "name=\"photo\"; filename=\"a b.png\"\r\nContent-Type: image/png";

/// Parts that keep the schema, and some that do not.
fn parts() -> impl Strategy<Value = Vec<(String, String)>> {
    let part = |headers: &'static str, value: String| (headers.to_owned(), value);
    let good = (
        text(0..=8),
        vec(select(&["a", "b"][..]), 0..=2),
        prop::option::of(1..=9_u8),
        prop::option::of("[a-z\\x00]{0,16}"),
    )
        .prop_map(move |(title, tags, count, photo)| {
            let mut parts = vec![part("name=\"title\"", title)];
            parts.extend(
                tags.into_iter()
                    .map(|tag| part("name=\"tag\"", tag.to_owned())),
            );
            parts.extend(count.map(|count| part("name=\"count\"", count.to_string())));
            parts.extend(photo.map(|photo| part(PHOTO, photo)));
            parts
        });
    let odd = vec((select(HEADERS), select(VALUES)), 0..=1);
    (good, odd, any::<bool>()).prop_map(move |(mut parts, odd, wrong)| {
        if wrong {
            parts.extend(
                odd.into_iter()
                    .map(|(headers, value)| part(headers, value.to_owned())),
            );
        }
        parts
    })
}

fn written(parts: &[(String, String)]) -> Vec<u8> {
    let mut body = Vec::new();
    for (headers, value) in parts {
        for piece in [
            "--X\r\nContent-Disposition: form-data; ",
            headers,
            "\r\n\r\n",
            value,
            "\r\n",
        ] {
            body.extend_from_slice(piece.as_bytes());
        }
    }
    body.extend_from_slice(b"--X--\r\n");
    body
}

#[test]
fn parts_are_read_as_they_were_judged() {
    let (log, tally) = (Log::record(), Tally::default());
    let marked = (parts(), marker(), any::<bool>()).prop_map(|(mut parts, marker, marked)| {
        if marked && let Some((_, value)) = parts.last_mut() {
            value.push_str(&marker);
        }
        (written(&parts), marker)
    });
    let cases = (marked, byte_edits(), vec(0..40_usize, 0..6));
    proptest!(config(), |(((form, marker), edits, pieces) in cases)| {
        let outcome = multipart::check(&edited(form, &edits), pieces);
        tally.add(&outcome);
        if let Outcome::Refused(answer) = outcome {
            assert_unheard(&marker, &answer, &log);
        }
    });
    tally.assert_both();
}
