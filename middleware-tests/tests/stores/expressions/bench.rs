use aws_sdk_dynamodb::Client;
use tokio::runtime::Runtime;
use tower_harden::dynamodb::{
    AccessDeniedKind, DynamoGuard, GuardedClient, Operation, Principal, TablePolicy, TableRules,
};

use super::{
    direct::{self, Direct, config},
    names::{Declared, Lists, TABLE, TENANT, foreign, stored},
    request::{Came, Request},
};
use crate::{
    client::Either,
    items::{Item, item},
    store::Table,
};

/// A store, with what it is asked by a client that has no guard and by those that have one.
pub(super) struct Bench {
    runtime: Runtime,
    bare: Client,
    /// By a guard of every attribute. It sends nothing anywhere.
    full: Either,
}

/// What one request came to.
pub(super) struct Compared {
    pub(super) store: Came,
    /// What the guard of every attribute says.
    pub(super) full: Option<AccessDeniedKind>,
    /// What the guard of some says.
    pub(super) some: Option<AccessDeniedKind>,
    /// The item, once the store has done what it was asked.
    pub(super) behind: Item,
}

impl Bench {
    pub(super) fn new(full: GuardedClient) -> Self {
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
            bench.put(foreign()).await;
            bench.put(stored()).await;
        });
        bench
    }

    async fn put(&self, item: Item) {
        let put = self.bare.put_item().table_name(TABLE);
        let put = put.set_item(Some(item)).send().await;
        put.expect("an item that can be put");
    }

    pub(super) fn compare(&self, request: &Request, some: &Lists) -> Compared {
        let some = Either::Guarded(self::some(some));
        self.runtime.block_on(async {
            let store = request.send(&Either::Bare(self.bare.clone())).await;
            let mut behind = stored();
            if store.accepted && request.writes() {
                behind = self.item().await;
                self.put(stored()).await;
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

/// A client that may read and write what these lists say.
pub(super) fn some(lists: &Lists) -> GuardedClient {
    guarded(|table| {
        let table = table.read(lists.read.iter().map(Declared::path));
        table.write(lists.write.iter().map(Declared::path))
    })
}

/// A client of these rules.
pub(super) fn guarded(rules: impl FnOnce(TableRules) -> TableRules) -> GuardedClient {
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
