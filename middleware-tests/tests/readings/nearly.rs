//! JSON bodies that are nearly what is expected.

use middleware_tests::{log::Log, readings::Outcome};
use proptest::{collection::vec, prelude::*};
use serde_json::Value;

use crate::{
    bytes::{byte_edits, edited},
    edits::edits,
    quiet::{assert_unheard, marker},
    run::{Tally, config},
    written::Written,
};

/// Checks bodies near these values: some of them are read, some are refused, and nothing of a client
/// is heard of again.
pub(crate) fn assert_judged(
    values: impl Strategy<Value = Value>,
    check: impl Fn(&[u8], Vec<usize>) -> Outcome,
) {
    let marked = marker().prop_flat_map(|marker| {
        let edits = edits(&marker);
        (Just(marker), edits)
    });
    let nearly = (marked, values, byte_edits());
    let (log, tally) = (Log::record(), Tally::default());
    proptest!(config(), |(((marker, edits), value, bytes) in nearly, pieces in vec(0..6_usize, 0..200))| {
        let mut document = Written::from(&value);
        for edit in edits {
            edit.apply(&mut document);
        }
        let body = edited(document.render("").into_bytes(), &bytes);
        let outcome = check(&body, pieces);
        tally.add(&outcome);
        if let Outcome::Refused(answer) = outcome {
            assert_unheard(&marker, &answer, &log);
        }
    });
    tally.assert_both();
}
