//! Expressions, as the guard and as a store read them: one that a guard lets through hides no attribute
//! from it, and one that a store takes is one that a guard can read.

mod bench;
mod choices;
mod direct;
mod edits;
mod grammar;
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
use names::{Declared, EVERY_NAME, Steps, stored};
use request::Request;

/// How many requests there were, and what of them.
#[derive(Debug, Default)]
struct Tally {
    requests: usize,
    taken: usize,
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
        self.let_through += usize::from(compared.some.is_none());
        if let Some(kind) = compared.full {
            let kept = self.false_denials.entry(kind.as_str());
            let kept = kept.or_insert_with(|| (0, format!("{request:?}")));
            kept.0 += 1;
        }
    }

    fn print(&self, what: &str) {
        println!(
            "expressions {what}: {} requests, {} taken by the store, {} of these let through by a \
             guard of some attributes, falsely denied by one of all: {:?}",
            self.requests, self.taken, self.let_through, self.false_denials
        );
        assert!(self.taken > self.requests / 10, "hardly any was a request");
        assert!(self.let_through > 0 && self.let_through < self.taken);
    }
}

/// Fails where a guard lets something through that is hidden from it.
fn assert_nothing_hidden(request: &Request, some: &[Declared], compared: &Compared) {
    if !compared.store.accepted || compared.some.is_some() {
        return;
    }
    assert_eq!(undeclared(request, some), None, "{request:?} {some:?}");
    let known = |name: &str| {
        let mut declared = some.iter();
        name == "tenant" || declared.any(|declared| declared.attribute() == name)
    };
    // The store has a say as well: what it answers, and what it changes.
    for name in compared.store.items.iter().flat_map(Item::keys) {
        assert!(known(name), "{name} was answered: {request:?} {some:?}");
    }
    let before = stored();
    for name in before.keys().chain(compared.behind.keys()) {
        let kept = before.get(name) == compared.behind.get(name);
        assert!(
            kept || known(name) || request.deletes(),
            "{name} was changed: {request:?} {some:?}"
        );
    }
}

/// A path of a request that no path of a policy covers.
fn undeclared(request: &Request, some: &[Declared]) -> Option<Steps> {
    let mut paths = request.paths().into_iter();
    paths.find(|path| {
        let declared = some.iter().any(|declared| declared.covers(path));
        !declared && path.first().is_none_or(|name| name != "tenant")
    })
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

#[test]
fn every_expression_that_the_store_takes_can_be_read() {
    let every: Vec<_> = EVERY_NAME.iter().map(|name| Declared::name(name)).collect();
    let bench = Bench::new(bench::some(&every));
    let tally = RefCell::new(Tally::default());
    proptest!(cases(), |(choices in choices(), some in any::<u32>())| {
        let request = grammar::request(Choices::new(choices));
        let some = names::some(some);
        let compared = bench.compare(&request, &some);
        tally.borrow_mut().add(&request, &compared);
        assert_nothing_hidden(&request, &some, &compared);
        if compared.store.accepted {
            assert_eq!(compared.full, None, "{request:?}");
            // Nothing is denied either where everything is declared.
            let declared = undeclared(&request, &some).is_none();
            assert_eq!(compared.some.is_none(), declared, "{request:?} {some:?}");
        }
    });
    tally.into_inner().print("of the grammar");
}

#[test]
fn what_is_nearly_an_expression_hides_no_attribute() {
    let bench = Bench::new(bench::guarded(|table| table.read_all().write_all()));
    let tally = RefCell::new(Tally::default());
    proptest!(cases(), |(choices in choices(), edits in edits::edits(), some in any::<u32>())| {
        let mut request = grammar::request(Choices::new(choices));
        request.edit(&edits);
        let some = names::some(some);
        let compared = bench.compare(&request, &some);
        tally.borrow_mut().add(&request, &compared);
        assert_nothing_hidden(&request, &some, &compared);
        // The store takes more spellings than are documented, and a guard does not.
        let unread = compared.store.accepted && compared.full == Some(AccessDeniedKind::Expression);
        assert!(!unread || request.is_spelled_oddly(), "{request:?}");
    });
    tally.into_inner().print("nearly of the grammar");
}
