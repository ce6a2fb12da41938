//! Forms, whose pairs are those of queries.

use middleware_tests::{
    log::Log,
    readings::{Outcome, form},
};
use proptest::{collection::vec, option, prelude::*};

use crate::{
    bytes::{byte_edits, edited},
    orders::text,
    pairs,
    quiet::{assert_unheard, marker},
    run::{Tally, config},
};

/// Fields that keep their schema, or have a list with one item too many.
fn fields() -> impl Strategy<Value = Vec<(&'static str, String)>> {
    (
        (1..=50_u8).prop_map(|limit| limit.to_string()),
        option::of(text(1..=8)),
        option::of(any::<bool>().prop_map(|ok| ok.to_string())),
        option::of("https://[a-z]{1,5}\\.com/(a%20)?\\?(b=c&)?"),
        vec(text(0..=3), 0..=4),
    )
        .prop_map(|(limit, text, ok, next, tags)| {
            let values = [Some(limit), text, ok, next];
            let single = form::NAMES.into_iter().zip(values);
            let single = single.filter_map(|(name, value)| Some((name, value?)));
            single
                .chain(tags.into_iter().map(|tag| ("tag", tag)))
                .collect()
        })
}

#[test]
fn a_form_is_read_as_it_was_judged() {
    let (log, tally) = (Log::record(), Tally::default());
    let forms = marker().prop_flat_map(|marker| (pairs::query(fields(), &marker), Just(marker)));
    let cases = (forms, byte_edits(), vec(0..9_usize, 0..6));
    proptest!(config(), |(((form, marker), edits, pieces) in cases)| {
        let outcome = form::check(&edited(form, &edits), pieces);
        tally.add(&outcome);
        if let Outcome::Refused(answer) = outcome {
            assert_unheard(&marker, &answer, &log);
        }
    });
    tally.assert_both();
}

#[test]
fn any_bytes_are_judged() {
    proptest!(config(), |(body in vec(any::<u8>(), 0..60), known in any::<bool>())| {
        let prefix: &[u8] = if known { b"limit=1&text=" } else { b"" };
        drop(form::check(&[prefix, &body].concat(), [3]));
    });
}
