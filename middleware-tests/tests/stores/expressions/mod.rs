//! Expressions, as the guard and as a store read them: one that a guard lets through hides no attribute
//! from it, and one that a store takes is one that a guard can read.

mod choices;
mod direct;
mod edits;
mod grammar;
mod names;
mod oracle;
mod request;

use std::{cell::RefCell, collections::BTreeMap};

use aws_sdk_dynamodb::Client;
use proptest::{
    collection::vec,
    prelude::*,
    test_runner::{Config, RngSeed},
};
use tokio::runtime::Runtime;
use tower_harden::dynamodb::{
    AccessDeniedKind, DynamoGuard, GuardedClient, Operation, Principal, TablePolicy, TableRules,
};

use crate::{
    client::Either,
    items::{Item, item},
    store::Table,
};
use choices::Choices;
use direct::{Direct, config};
use names::{Declared, EVERY_NAME, Steps, TABLE, TENANT, stored};
use request::{Came, Request};

/// A store, with what it is asked by a client that has no guard and by those that have one.
struct Bench {
    runtime: Runtime,
    bare: Client,
    /// By a guard of every attribute. It sends nothing anywhere.
    full: Either,
}

/// What one request came to.
struct Compared {
    store: Came,
    /// What the guard of every attribute says.
    full: Option<AccessDeniedKind>,
    /// What the guard of some says.
    some: Option<AccessDeniedKind>,
    /// The item, once the store has done what it was asked.
    behind: Item,
}

impl Bench {
    fn new(full: GuardedClient) -> Self {
        let mut runtime = tokio::runtime::Builder::new_current_thread();
        let runtime = runtime.enable_all().build().expect("a runtime");
        let bare = Client::new(&config(Direct::new()));
        let table = Table {
            name: TABLE,
            keys: ["tenant", "id"],
            indexes: &[],
        };
        let bench = Self {
            runtime,
            bare,
            full: Either::Guarded(full),
        };
        bench.runtime.block_on(async {
            table.create(&bench.bare).await;
            bench.put().await;
        });
        bench
    }

    async fn put(&self) {
        let put = self.bare.put_item().table_name(TABLE);
        let put = put.set_item(Some(stored())).send().await;
        put.expect("an item that can be put");
    }

    fn compare(&self, request: &Request, some: &[Declared]) -> Compared {
        let some = Either::Guarded(self::some(some));
        self.runtime.block_on(async {
            let store = request.send(&Either::Bare(self.bare.clone())).await;
            let mut behind = stored();
            if store.accepted && request.writes() {
                behind = self.item().await;
                self.put().await;
            }
            Compared {
                store,
                full: request.send(&self.full).await.denied,
                some: request.send(&some).await.denied,
                behind,
            }
        })
    }

    async fn item(&self) -> Item {
        let key = item([("tenant", TENANT), ("id", "i1")]);
        let get = self.bare.get_item().table_name(TABLE);
        let found = get.set_key(Some(key)).send().await;
        found.expect("an answer").item.unwrap_or_default()
    }
}

/// A client that may read and write these paths.
fn some(paths: &[Declared]) -> GuardedClient {
    guarded(|table| {
        let table = table.read(paths.iter().map(Declared::path));
        table.write(paths.iter().map(Declared::path))
    })
}

fn guarded(rules: impl FnOnce(TableRules) -> TableRules) -> GuardedClient {
    let policy = TablePolicy::new().table(TABLE, |table| {
        rules(table.partition_key("tenant").allow([
            Operation::DeleteItem,
            Operation::GetItem,
            Operation::Query,
            Operation::UpdateItem,
        ]))
    });
    let client = policy.and_then(|policy| {
        let guard = DynamoGuard::new(policy).endpoint(direct::URL)?;
        guard.client(&config(direct::Nowhere))
    });
    let client = client.unwrap_or_else(|error| panic!("{error}"));
    client.with_principal(Principal::new(TENANT))
}

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
        let same = before.get(name) == compared.behind.get(name);
        assert!(
            same || known(name) || request.deletes(),
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
    let bench = Bench::new(some(&every));
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
    let bench = Bench::new(guarded(|table| table.read_all().write_all()));
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
