//! Declarations, generated.

use std::{collections::BTreeSet, fmt::Debug};

use proptest::{
    collection::btree_set,
    option,
    prelude::*,
    sample::{select, subsequence},
};
use tower_harden::dynamodb::{
    IamScope, Operation, PartitionKey, ReturnValues, TablePolicy, TableRules,
};

/// Who calls: text and a number.
pub(crate) const PRINCIPAL: &str = "42";

/// The paths of attributes that declarations and requests have.
pub(crate) const PATHS: &[&str] = &["id", "sku", "note", "address.city", "address.zip"];

/// The statements that may be declared and executed: what each does, and its text on a table.
pub(crate) const STATEMENTS: &[(&str, &str)] = &[
    ("PartiQLSelect", r#"SELECT sku FROM "{}" WHERE tenant = ?"#),
    ("PartiQLSelect", r#"SELECT note FROM "{}" WHERE tenant = ?"#),
    (
        "PartiQLSelect",
        r#"SELECT sku FROM "{}"."by_status" WHERE tenant = ?"#,
    ),
    (
        "PartiQLUpdate",
        r#"UPDATE "{}" SET note = 'x' WHERE tenant = ? AND id = 'x'"#,
    ),
    (
        "PartiQLDelete",
        r#"DELETE FROM "{}" WHERE tenant = ? AND id = 'x'"#,
    ),
    (
        "PartiQLInsert",
        r#"INSERT INTO "{}" VALUE {'tenant': ?, 'sku': 'x'}"#,
    ),
];

const OPERATIONS: &[Operation] = &[
    Operation::GetItem,
    Operation::PutItem,
    Operation::UpdateItem,
    Operation::DeleteItem,
    Operation::Query,
    Operation::Scan,
    Operation::BatchGetItem,
    Operation::BatchWriteItem,
    Operation::TransactGetItems,
    Operation::TransactWriteItems,
    Operation::ExecuteStatement,
    Operation::BatchExecuteStatement,
    Operation::ExecuteTransaction,
    Operation::DescribeTable,
];

const ITEMS: &[Operation] = &[
    Operation::GetItem,
    Operation::PutItem,
    Operation::UpdateItem,
    Operation::DeleteItem,
];

const VALUES: &[&str] = &["ALL_NEW", "ALL_OLD", "UPDATED_NEW", "UPDATED_OLD"];

#[derive(Clone, Debug)]
pub(crate) struct Table {
    pub(crate) name: &'static str,
    pub(crate) key: Key,
    pub(crate) operations: BTreeSet<Operation>,
    pub(crate) in_transaction: BTreeSet<Operation>,
    pub(crate) condition_checks: bool,
    pub(crate) index: Option<Index>,
    /// `None` for all of them.
    pub(crate) read: Option<BTreeSet<&'static str>>,
    pub(crate) write: Option<BTreeSet<&'static str>>,
    pub(crate) counts: bool,
    pub(crate) return_values: BTreeSet<&'static str>,
    pub(crate) statements: BTreeSet<usize>,
}

/// What the partition key `tenant` is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Key {
    Any,
    Text,
    Number,
    Behind,
    Between,
}

/// What the partition key of the index `by_status` is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Index {
    /// That of the table.
    Shared,
    /// `status`, which is the principal behind a prefix.
    Own,
}

impl Table {
    pub(crate) fn is_bound(&self) -> bool {
        self.key != Key::Any
    }

    pub(crate) fn has(&self, operation: Operation) -> bool {
        self.operations.contains(&operation)
    }

    pub(crate) fn encloses(&self, operation: Operation, transaction: bool) -> bool {
        self.has(operation) || (transaction && self.in_transaction.contains(&operation))
    }

    /// Takes out what would be a mistake.
    fn mended(mut self) -> Self {
        use Operation as O;

        let part = |table: &Self, transaction: bool, parts: &[Operation]| {
            parts.iter().any(|part| table.encloses(*part, transaction))
        };
        if !self.has(O::TransactGetItems) {
            self.in_transaction.remove(&O::GetItem);
        }
        if !self.has(O::TransactWriteItems) {
            self.in_transaction
                .retain(|operation| *operation == O::GetItem);
            self.condition_checks = false;
        }
        let writes = [O::PutItem, O::UpdateItem, O::DeleteItem];
        for (operation, empty) in [
            (O::BatchGetItem, !part(&self, false, &[O::GetItem])),
            (
                O::BatchWriteItem,
                !part(&self, false, &[O::PutItem, O::DeleteItem]),
            ),
            (O::TransactGetItems, !part(&self, true, &[O::GetItem])),
            (
                O::TransactWriteItems,
                !part(&self, true, &writes) && !self.condition_checks,
            ),
            (O::Scan, self.is_bound() || self.index == Some(Index::Own)),
        ] {
            if empty {
                self.operations.remove(&operation);
            }
        }
        if self.read.is_some() {
            self.return_values
                .retain(|values| !values.starts_with("ALL"));
        }
        let executing = [
            O::ExecuteStatement,
            O::BatchExecuteStatement,
            O::ExecuteTransaction,
        ];
        let listed = |list: &Option<BTreeSet<&str>>, path| {
            list.as_ref().is_none_or(|list| list.contains(path))
        };
        let (reads, writes) = (self.read.clone(), self.write.clone());
        let (bound, index) = (self.is_bound(), self.index);
        self.statements.retain(|statement| {
            // The partition key is no path that is declared: it is read where it is bound.
            let key = bound || reads.is_none();
            match statement {
                0 => listed(&reads, "sku") && key,
                1 => listed(&reads, "note") && key,
                2 => listed(&reads, "sku") && key && index == Some(Index::Shared),
                3 => listed(&reads, "id") && listed(&writes, "note") && key,
                4 => listed(&reads, "id") && key,
                _ => listed(&writes, "sku") && (bound || writes.is_none()),
            }
        });
        if !executing.iter().any(|operation| self.has(*operation)) {
            self.statements.clear();
        }
        if self.statements.is_empty() {
            self.operations
                .retain(|operation| !executing.contains(operation));
        }
        self
    }

    fn rules(&self, rules: TableRules) -> TableRules {
        let mut rules = rules
            .allow(self.operations.iter().copied())
            .only_in_transaction(self.in_transaction.iter().copied());
        let tenant = PartitionKey::new("tenant");
        rules = match self.key {
            Key::Any => rules.any_partition(),
            Key::Text => rules.partition_key(tenant),
            Key::Number => rules.partition_key(tenant.number()),
            Key::Behind => rules.partition_key(tenant.after("T*#")),
            Key::Between => rules.partition_key(tenant.after("T*#").followed_by("#")),
        };
        rules = match self.index {
            None => rules,
            Some(Index::Shared) => rules.index("by_status"),
            Some(Index::Own) => {
                rules.index_by("by_status", PartitionKey::new("status").after("S#"))
            }
        };
        rules = match &self.read {
            None => rules.read_all(),
            Some(paths) => rules.read(paths.iter().copied()),
        };
        rules = match &self.write {
            None => rules.write_all(),
            Some(paths) => rules.write(paths.iter().copied()),
        };
        if self.condition_checks {
            rules = rules.condition_checks();
        }
        if self.counts {
            rules = rules.counts();
        }
        for statement in &self.statements {
            rules = rules.statement(STATEMENTS[*statement].1.replace("{}", self.name));
        }
        let values = ReturnValues::ALL.iter().copied();
        rules.return_values(values.filter(|values| self.return_values.contains(values.as_str())))
    }
}

pub(crate) fn policy(tables: &[Table]) -> TablePolicy {
    let mut policy = TablePolicy::new();
    for table in tables {
        policy = policy
            .table(table.name, |rules| table.rules(rules))
            .unwrap_or_else(|error| panic!("{table:?}: {error}"));
    }
    policy
        .account([Operation::ListTables])
        .unwrap_or_else(|error| panic!("{error}"))
}

pub(crate) fn scope(tables: &[Table]) -> IamScope {
    let scope = IamScope::new("111122223333", "eu-west-1");
    let scope = scope.unwrap_or_else(|error| panic!("{error}"));
    tables.iter().fold(scope, |scope, table| {
        scope.key_attributes(table.name, ["tenant", "id"])
    })
}

fn table(name: &'static str) -> impl Strategy<Value = Table> {
    let paths = || option::weighted(0.7, some(PATHS, 0));
    (
        (
            select(&[Key::Any, Key::Text, Key::Number, Key::Behind, Key::Between][..]),
            some(OPERATIONS, 9),
            some(ITEMS, 0),
            any::<bool>(),
            option::weighted(0.7, select(&[Index::Shared, Index::Own][..])),
        ),
        paths(),
        paths(),
        any::<bool>(),
        some(VALUES, 0),
        btree_set(0..STATEMENTS.len(), 0..=STATEMENTS.len()),
    )
        .prop_map(
            move |(
                (key, operations, in_transaction, condition_checks, index),
                read,
                write,
                counts,
                return_values,
                statements,
            )| {
                Table {
                    name,
                    key,
                    operations,
                    in_transaction,
                    condition_checks,
                    index,
                    read,
                    write,
                    counts,
                    return_values,
                    statements,
                }
                .mended()
            },
        )
}

/// Some of these, so many at least.
pub(crate) fn some<T: Clone + Debug + Ord + 'static>(
    all: &'static [T],
    least: usize,
) -> impl Strategy<Value = BTreeSet<T>> {
    subsequence(all, least..=all.len()).prop_map(|some| some.into_iter().collect())
}

/// One table or two.
pub(crate) fn tables() -> impl Strategy<Value = Vec<Table>> {
    (table("Orders"), option::weighted(0.8, table("Audit-log")))
        .prop_map(|(first, second)| std::iter::once(first).chain(second).collect())
}
