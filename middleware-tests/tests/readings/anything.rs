//! JSON bodies where any is expected.

use middleware_tests::{
    log::Log,
    readings::{Outcome, anything},
};
use proptest::{collection::vec, prelude::*};

use crate::{
    bytes::{byte_edits, edited},
    edits::edits,
    orders,
    quiet::{assert_unheard, marker},
    run::{Tally, config},
    written::Written,
};

#[test]
fn what_is_nearly_json_is_read_as_it_or_refused() {
    let nearly = marker().prop_flat_map(|marker| {
        let edits = edits(&marker);
        (Just(marker), orders::anything(), edits, byte_edits())
    });
    let (log, tally) = (Log::record(), Tally::default());
    proptest!(config(), |((marker, value, edits, bytes) in nearly, pieces in vec(0..6_usize, 0..200))| {
        let mut document = Written::from(&value);
        for edit in edits {
            edit.apply(&mut document);
        }
        let body = edited(document.render("").into_bytes(), &bytes);
        let outcome = anything::check(&body, pieces);
        tally.add(&outcome);
        if let Outcome::Refused(answer) = outcome {
            assert_unheard(&marker, &answer, &log);
        }
    });
    tally.assert_both();
}

#[test]
fn every_value_is_read() {
    proptest!(config(), |(value in orders::anything())| {
        for body in [value.to_string(), format!("{value:#}")] {
            assert!(matches!(anything::check(body.as_bytes(), [7; 40]), Outcome::Read));
        }
    });
}

/// Words of the grammar, in any order.
#[test]
fn any_words_of_json_are_judged() {
    let words = [
        "{", "}", "[", "]", ",", ":", "\"", "\"\"", "\\", "\"a\"", "0", "-", "1", ".", "e", "true",
        "null", " ", "\u{e9}",
    ];
    let body = vec(prop::sample::select(words.to_vec()), 0..24);
    proptest!(config(), |(body in body)| {
        drop(anything::check(body.concat().as_bytes(), [1; 60]));
    });
}
