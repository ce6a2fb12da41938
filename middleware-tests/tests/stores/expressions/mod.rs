//! Expressions, as the guard and as a store read them: one that a guard lets through hides no attribute
//! from it, and one that a store takes is one that a guard can read.

mod bench;
mod choices;
mod direct;
mod edits;
mod grammar;
mod largest;
mod names;
mod oracle;
mod request;
mod writer;

use std::{cell::RefCell, collections::BTreeMap};

use proptest::{
    collection::vec,
    prelude::*,
    test_runner::{Config, RngSeed},
};
use tower_harden::dynamodb::AccessDeniedKind;

use crate::items::Item;
use bench::{Bench, Compared};
use choices::Choices;
use names::{Lists, OTHER, Steps, is_in, stored};
use request::Request;

/// How many requests there were, and what of them.
#[derive(Debug, Default)]
struct Tally {
    requests: usize,
    taken: usize,
    /// Of these ask for another tenant's items.
    foreign: usize,
    let_through: usize,
    /// What the store takes and a guard of every attribute does not, by its kind, with one of them.
    false_denials: BTreeMap<&'static str, (usize, String)>,
}

impl Tally {
    fn add(&mut self, request: &Request, compared: &Compared) {
        self.requests += 1;
        if !compared.store.accepted {
            return;
        }
        self.taken += 1;
        if request.foreign {
            self.foreign += 1;
            return;
        }
        self.let_through += usize::from(compared.some.is_none());
        if let Some(kind) = compared.full {
            let kept = self.false_denials.entry(kind.as_str());
            let kept = kept.or_insert_with(|| (0, format!("{request:?}")));
            kept.0 += 1;
        }
    }

    fn print(&self, what: &str) {
        println!(
            "expressions {what}: {} requests, {} taken by the store, {} of these for another tenant's \
             items, {} let through by a guard of some attributes, falsely denied by one of all: {:?}",
            self.requests, self.taken, self.foreign, self.let_through, self.false_denials
        );
        if self.requests >= 1_000 {
            assert!(self.taken > self.requests / 10, "hardly any was a request");
            assert!(self.let_through > 0 && self.let_through < self.taken);
            assert!(self.foreign > 0, "no attack on another tenant");
        }
    }
}

/// Fails where a guard lets something through that is hidden from it.
fn assert_nothing_hidden(request: &Request, lists: &Lists, compared: &Compared) {
    if !compared.store.accepted || compared.some.is_some() {
        return;
    }
    assert_eq!(undeclared(request, lists), None, "{request:?} {lists:?}");
    // The store has a say as well: what it answers is read, and what it changes is written.
    let foreign = format!("{:?}", compared.store.items).contains(OTHER);
    assert!(!foreign, "another's was answered: {request:?}");
    for name in compared.store.items.iter().flat_map(Item::keys) {
        let known = is_in(&lists.read, name);
        assert!(known, "{name} was answered: {request:?} {lists:?}");
    }
    let before = stored();
    for name in before.keys().chain(compared.behind.keys()) {
        let kept = before.get(name) == compared.behind.get(name);
        assert!(
            kept || is_in(&lists.write, name) || request.deletes(),
            "{name} was changed: {request:?} {lists:?}"
        );
    }
}

/// A path of a request that neither list has.
fn undeclared(request: &Request, lists: &Lists) -> Option<Steps> {
    let mut paths = request.paths().into_iter();
    paths.find(|path| !lists.cover(path))
}

/// The same cases in each run, unless the environment asks for others.
fn cases() -> Config {
    let config = Config {
        failure_persistence: None,
        ..Config::default()
    };
    if std::env::var_os("PROPTEST_CASES").is_some() {
        return config;
    }
    Config {
        cases: 2_000,
        rng_seed: RngSeed::Fixed(12),
        ..config
    }
}

fn choices() -> impl Strategy<Value = Vec<u16>> {
    vec(any::<u16>(), 0..120)
}

/// The lists of a guard, which are the same or have nothing to do with each other.
fn lists() -> impl Strategy<Value = Lists> {
    let bits = any::<(u32, u32, bool)>();
    bits.prop_map(|(read, other, same)| Lists::some((read, if same { read } else { other })))
}

#[test]
fn every_expression_that_the_store_takes_can_be_read() {
    let bench = Bench::new(bench::some(&Lists::every()));
    let tally = RefCell::new(Tally::default());
    proptest!(cases(), |(choices in choices(), lists in lists())| {
        let request = grammar::request(Choices::new(choices));
        let compared = bench.compare(&request, &lists);
        tally.borrow_mut().add(&request, &compared);
        assert_nothing_hidden(&request, &lists, &compared);
        if compared.store.accepted {
            let foreign = request.foreign.then_some(AccessDeniedKind::Key);
            assert_eq!(compared.full, foreign, "{request:?}");
        }
        // Nothing is denied either where everything is declared.
        if compared.store.accepted && !request.foreign && lists.are_same() {
            let declared = undeclared(&request, &lists).is_none();
            assert_eq!(compared.some.is_none(), declared, "{request:?} {lists:?}");
        }
    });
    tally.into_inner().print("of the grammar");
}

#[test]
fn what_is_nearly_an_expression_hides_no_attribute() {
    let bench = Bench::new(bench::guarded(|table| table.read_all().write_all()));
    let tally = RefCell::new(Tally::default());
    proptest!(cases(), |(
        choices in choices(),
        which in any::<usize>(),
        edits in edits::edits(),
        lists in lists(),
    )| {
        let mut request = grammar::request(Choices::new(choices));
        request.edit(which, &edits);
        let compared = bench.compare(&request, &lists);
        tally.borrow_mut().add(&request, &compared);
        assert_nothing_hidden(&request, &lists, &compared);
        // The store takes more spellings than are documented, and a guard does not.
        if compared.store.accepted && !request.foreign && compared.full.is_some() {
            assert_eq!(compared.full, Some(AccessDeniedKind::Expression), "{request:?}");
            assert!(request.is_spelled_oddly(), "{request:?}");
        }
    });
    tally.into_inner().print("nearly of the grammar");
}
