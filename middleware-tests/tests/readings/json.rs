//! JSON bodies of orders.

use middleware_tests::{
    log::Log,
    readings::{Outcome, json},
};
use proptest::{collection::vec, prelude::*, sample::select};

use crate::{
    bytes::{byte_edits, edited},
    edits::edits,
    orders::{Members, order},
    quiet::{assert_unheard, marker},
    run::{Tally, config},
};

/// A body that is nearly an order, and the word in it that the client chose.
fn nearly() -> impl Strategy<Value = (String, Vec<u8>)> {
    let parts = marker().prop_flat_map(|marker| {
        let edits = edits(&marker);
        (Just(marker), order(), edits)
    });
    let space = select(&["", "", " ", "\r\n\t"][..]);
    (parts, space, byte_edits()).prop_map(|((marker, order, edits), space, bytes)| {
        let mut document = order.written();
        for edit in edits {
            edit.apply(&mut document);
        }
        (marker, edited(document.render(space).into_bytes(), &bytes))
    })
}

fn pieces() -> impl Strategy<Value = Vec<usize>> {
    prop_oneof![vec(0..6_usize, 0..600), vec(0..200_usize, 0..8)]
}

#[test]
fn what_is_nearly_an_order_is_read_as_one_or_refused() {
    let (log, tally) = (Log::record(), Tally::default());
    proptest!(config(), |((marker, body) in nearly(), pieces in pieces())| {
        let outcome = json::check(&body, pieces);
        tally.add(&outcome);
        if let Outcome::Refused(answer) = outcome {
            assert_unheard(&marker, &answer, &log);
        }
    });
    tally.assert_both();
}

#[test]
fn every_order_is_read() {
    proptest!(config(), |(order in order(), pieces in pieces())| {
        for body in written(&order) {
            assert!(matches!(json::check(&body, pieces.clone()), Outcome::Read));
        }
    });
}

fn written(order: &Members) -> [Vec<u8>; 2] {
    [serde_json::to_vec(order), serde_json::to_vec_pretty(order)]
        .map(|body| body.expect("an order can be written"))
}

#[test]
fn any_bytes_are_judged() {
    proptest!(config(), |(body in vec(any::<u8>(), 0..5000), pieces in pieces())| {
        assert!(!matches!(json::check(&body, pieces), Outcome::Read));
    });
}
