//! Query strings, of single parameters and of lists.

use middleware_tests::{
    log::Log,
    readings::{Outcome, query, tags},
};
use proptest::{collection::vec, option, prelude::*, sample::select};

use crate::{
    bytes::{byte_edits, edited},
    nasty,
    orders::text,
    pairs,
    quiet::{assert_unheard, marker},
    run::{Tally, config},
};

/// Parameters that keep their schema.
fn search() -> impl Strategy<Value = Vec<(&'static str, String)>> {
    let id = "[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}";
    let note = prop_oneof![
        text(0..=4),
        select(&["a\nb", "\r\n", "\t", ""][..]).prop_map(str::to_owned)
    ];
    let ratio = prop_oneof![
        (0.0..0.999).prop_map(|ratio: f64| ratio.to_string()),
        "0(\\.[0-9]{1,17})?(e-[0-9]{1,2})?"
    ];
    (
        (1..=50_u8).prop_map(|limit| limit.to_string()),
        option::of(any::<u64>().prop_map(|offset| offset.to_string())),
        option::of(prop_oneof![4 => ratio.boxed(), 1 => nasty::number().boxed()]),
        option::of(any::<bool>().prop_map(|deep| deep.to_string())),
        option::of(select(&["asc", "desc"][..]).prop_map(str::to_owned)),
        option::of(text(1..=8)),
        option::of(note),
        option::of(id),
        option::of("https://[a-z]{1,5}\\.com/(a%20)?\\?(b=c&)?"),
    )
        .prop_map(|(limit, offset, ratio, deep, sort, text, note, id, next)| {
            let values = [Some(limit), offset, ratio, deep, sort, text, note, id, next];
            let pairs = query::NAMES.into_iter().zip(values);
            pairs
                .filter_map(|(name, value)| Some((name, value?)))
                .collect()
        })
}

/// Lists that keep their schema, or have too many items or too few.
fn lists() -> impl Strategy<Value = Vec<(&'static str, String)>> {
    let tag = prop_oneof![
        Just(Vec::new()),
        vec(text(0..=3), 2..=3),
        vec(text(0..=3), 1..=4)
    ];
    let n = vec((-9..=9_i8).prop_map(|n| n.to_string()), 0..=5);
    let page = option::of((0..=9_u8).prop_map(|page| page.to_string()));
    (page, tag, n).prop_map(|(page, tag, n)| {
        let of = |name: &'static str, values: Vec<String>| {
            values.into_iter().map(move |value| (name, value))
        };
        page.map(|page| ("page", page))
            .into_iter()
            .chain(of("tag", tag))
            .chain(of("n", n))
            .collect()
    })
}

fn one_reading<S>(pairs: fn() -> S, check: fn(&[u8]) -> Outcome)
where
    S: Strategy<Value = Vec<(&'static str, String)>>,
{
    let query =
        marker().prop_flat_map(move |marker| (pairs::query(pairs(), &marker), Just(marker)));
    let (log, tally) = (Log::record(), Tally::default());
    proptest!(config(), |((query, marker) in query, edits in byte_edits())| {
        let outcome = check(&edited(query, &edits));
        tally.add(&outcome);
        if let Outcome::Refused(answer) = outcome {
            assert_unheard(&marker, &answer, &log);
        }
    });
    tally.assert_both();
}

#[test]
fn a_query_is_read_as_it_was_judged() {
    one_reading(search, query::check);
}

#[test]
fn lists_of_a_query_are_read_as_they_were_judged() {
    one_reading(lists, tags::check);
}

#[test]
fn any_bytes_are_judged() {
    proptest!(config(), |(query in vec(any::<u8>(), 0..200))| {
        drop((query::check(&query), tags::check(&query)));
    });
}

/// Printable ASCII that HTTP can carry, with many of the characters that queries are made of.
#[test]
fn any_text_is_judged() {
    proptest!(config(), |(query in "([!-~]|[&=%+;0-9]|limit=|n=|tag=){0,30}")| {
        drop((query::check(query.as_bytes()), tags::check(query.as_bytes())));
    });
}
