//! A shop of two tenants, one of whom attacks the other.

use aws_sdk_dynamodb::Client;
use tower_harden::dynamodb::{GuardedClient, Operation, TablePolicy, TableRules};

use crate::{
    items::{Item, item, sorted},
    store::{Counted, Embedded, Index, Store, Table},
};

/// Whom the service works for.
pub(crate) const TENANT: &str = "acme";
/// In everything that is another's.
pub(crate) const OTHER: &str = "globex";
/// In every password.
pub(crate) const SECRET: &str = "hunter2";

/// The one statement that the service has.
pub(crate) const STATEMENT: &str = r#"SELECT id, nick FROM "Users" WHERE tenant = ? AND id = ?"#;

const TABLES: [Table<'_>; 3] = [
    Table {
        name: "Users",
        keys: ["tenant", "id"],
        indexes: &[
            Index {
                name: "by_nick",
                keys: ["tenant", "nick"],
            },
            Index {
                name: "by_role",
                keys: ["role", "id"],
            },
        ],
    },
    Table {
        name: "Orders",
        keys: ["tenant", "id"],
        indexes: &[],
    },
    Table {
        name: "Admins",
        keys: ["tenant", "id"],
        indexes: &[],
    },
];

/// A shop with a store of its own.
pub(crate) struct Shop {
    store: Embedded,
    operator: Client,
}

impl Shop {
    pub(crate) async fn open() -> Self {
        let store = Embedded::start().await;
        let operator = store.bare();
        for table in TABLES {
            table.create(&operator).await;
        }
        for (table, item) in contents() {
            let put = operator.put_item().table_name(table).set_item(Some(item));
            put.send().await.expect("an item that can be put");
        }
        Self { store, operator }
    }

    pub(crate) fn bare(&self) -> Client {
        self.store.bare()
    }

    pub(crate) fn guarded(&self, policy: TablePolicy, counted: &Counted) -> GuardedClient {
        self.store.guarded(policy, counted, TENANT)
    }

    /// Every table, and every item in it.
    pub(crate) async fn state(&self) -> Vec<String> {
        let tables = self.operator.list_tables().send().await;
        let mut state = Vec::new();
        for table in tables.expect("the tables").table_names() {
            let scan = self.operator.scan().table_name(table).send().await;
            let scan = scan.expect("the items of a table");
            state.push(format!("{table}: {}", sorted(scan.items())));
        }
        state
    }
}

fn contents() -> [(&'static str, Item); 6] {
    let user = |tenant, id, nick, role, pw| {
        item([
            ("tenant", tenant),
            ("id", id),
            ("nick", nick),
            ("role", role),
            ("pw", pw),
        ])
    };
    let order = |tenant, sku| item([("tenant", tenant), ("id", "o1"), ("sku", sku)]);
    [
        ("Users", user("acme", "u1", "ann", "user", "hunter2-ann")),
        ("Users", user("acme", "u2", "bob", "admin", "hunter2-bob")),
        (
            "Users",
            user("globex", "u1", "zed of globex", "admin", "hunter2-zed"),
        ),
        ("Orders", order("acme", "LAMP-1")),
        ("Orders", order("globex", "DESK-9 of globex")),
        (
            "Admins",
            user("globex", "root", "root of globex", "admin", "hunter2-root"),
        ),
    ]
}

/// What the service does: nobody reads a password, and nobody writes a role.
pub(crate) fn policy() -> TablePolicy {
    declare(|table| table, |table| table)
}

/// The same, with its expressions.
pub(crate) fn policy_with_shapes() -> TablePolicy {
    let keys = ["tenant = :tenant", "tenant = :tenant AND id = :id", "id"];
    declare(
        |users| {
            users
                .expressions(keys)
                .expressions(["id, nick", "nick = :nick", "SET nick = :nick"])
        },
        |orders| orders.expressions(keys),
    )
}

fn declare(
    of_users: impl Fn(TableRules) -> TableRules,
    of_orders: impl Fn(TableRules) -> TableRules,
) -> TablePolicy {
    let users = |table: TableRules| {
        let table = table
            .allow([
                Operation::BatchGetItem,
                Operation::ExecuteStatement,
                Operation::GetItem,
                Operation::PutItem,
                Operation::Query,
                Operation::TransactWriteItems,
                Operation::UpdateItem,
            ])
            .index("by_nick")
            .partition_key("tenant")
            .read(["id", "nick"])
            .write(["id", "nick"])
            .max_limit(50)
            .statement(STATEMENT);
        of_users(table)
    };
    let orders = |table: TableRules| {
        let table = table
            .allow([Operation::GetItem, Operation::Query])
            .partition_key("tenant")
            .read(["id", "sku"])
            .max_limit(50);
        of_orders(table)
    };
    let policy = TablePolicy::new().table("Users", users);
    let policy = policy.and_then(|policy| policy.table("Orders", orders));
    policy.unwrap_or_else(|error| panic!("{error}"))
}
