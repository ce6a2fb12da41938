//! JSON bodies where any is expected.

use middleware_tests::readings::{Outcome, anything};
use proptest::{collection::vec, prelude::*};

use crate::{nearly::assert_judged, orders, run::config};

#[test]
fn what_is_nearly_json_is_read_as_it_or_refused() {
    assert_judged(orders::anything(), |body, pieces| {
        anything::check(body, pieces)
    });
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
