use std::{collections::HashSet, fmt};

use super::{AttributePath, Attributes, PartitionKey};
use crate::dynamodb::{Operation, expression};

/// What may be done with one table; see [`TablePolicy::table`](super::TablePolicy::table).
///
/// Three things have to be said of a table whose items are worked on, so that nothing is open by
/// omission:
///
/// * whose items: [`partition_key`](Self::partition_key), or [`any_partition`](Self::any_partition);
/// * what is read, also by conditions and filters, which tell of a value without answering it:
///   [`read`](Self::read), or [`read_all`](Self::read_all);
/// * what is written: [`write`](Self::write), or [`write_all`](Self::write_all).
///
/// To say both of two is a mistake, in any order: the later one does not hold.
///
/// Everything else that is not said is denied: indexes, consistent and parallel reads, counting, returned
/// values, transactions, statements, the legacy members of requests. Two rules only narrow what is
/// allowed: [`max_limit`](Self::max_limit) and [`expressions`](Self::expressions).
///
/// ```
/// use tower_harden::dynamodb::{Operation, TablePolicy};
///
/// let policy = TablePolicy::new()
///     .table("Orders", |table| {
///         table
///             .allow([Operation::GetItem, Operation::Query, Operation::UpdateItem])
///             .partition_key("tenant") // whose items
///             .read(["id", "sku", "address.city"])
///             .write(["sku"])
///             .max_limit(50)
///     })?;
///
/// let error = TablePolicy::new()
///     .table("Orders", |table| table.allow([Operation::GetItem]).partition_key("tenant"))
///     .unwrap_err();
/// assert_eq!(
///     error.to_string(),
///     r#"table "Orders": does not say what is read: read([..]) or read_all()"#,
/// );
/// # Ok::<(), tower_harden::ConfigError>(())
/// ```
#[derive(Clone, Debug, Default)]
#[must_use]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own")]
pub struct TableRules {
    pub(in crate::dynamodb) operations: Vec<Operation>,
    /// Operations on one item that only a transaction may enclose.
    pub(in crate::dynamodb) in_transaction: Vec<Operation>,
    pub(in crate::dynamodb) condition_checks: bool,
    pub(in crate::dynamodb) indexes: Vec<Index>,
    pub(in crate::dynamodb) partition: Partition,
    pub(in crate::dynamodb) read: Attributes,
    pub(in crate::dynamodb) write: Attributes,
    pub(in crate::dynamodb) max_limit: Option<u32>,
    pub(in crate::dynamodb) max_segments: Option<u32>,
    pub(in crate::dynamodb) consistent_reads: bool,
    pub(in crate::dynamodb) counts: bool,
    pub(in crate::dynamodb) return_values: Vec<ReturnValues>,
    pub(in crate::dynamodb) return_on_failure: bool,
    pub(in crate::dynamodb) statements: Vec<Box<str>>,
    /// The shapes that expressions may have, where these are declared.
    pub(in crate::dynamodb) shapes: Option<HashSet<String>>,
    /// What was said in two ways, the second of which would stand without a word.
    pub(super) said_twice: Vec<&'static str>,
    /// The same as they were written.
    pub(super) expressions: Vec<Box<str>>,
    pub(in crate::dynamodb) legacy: Vec<Box<str>>,
}

/// A secondary index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::dynamodb) struct Index {
    pub(in crate::dynamodb) name: String,
    /// Its partition key, where that is not the one of the table.
    pub(in crate::dynamodb) key: Option<PartitionKey>,
}

/// Whose items a table has.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::dynamodb) enum Partition {
    /// Nothing was said of it.
    #[default]
    Unsaid,
    Any,
    Bound(PartitionKey),
}

/// What a write may answer with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ReturnValues {
    /// The whole item as it was.
    AllOld,
    /// The whole item as it is.
    AllNew,
    /// The updated attributes as they were.
    UpdatedOld,
    /// The updated attributes as they are.
    UpdatedNew,
}

impl ReturnValues {
    /// Every one of them.
    pub const ALL: &'static [Self] = &[
        Self::AllOld,
        Self::AllNew,
        Self::UpdatedOld,
        Self::UpdatedNew,
    ];

    /// The name as it stands in a request, such as `ALL_OLD`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::AllOld => "ALL_OLD",
            Self::AllNew => "ALL_NEW",
            Self::UpdatedOld => "UPDATED_OLD",
            Self::UpdatedNew => "UPDATED_NEW",
        }
    }

    pub(in crate::dynamodb) fn parse(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|each| each.as_str() == name)
    }

    /// Whether it answers with attributes that the write did not name.
    pub(in crate::dynamodb) const fn is_whole(self) -> bool {
        matches!(self, Self::AllOld | Self::AllNew)
    }
}

impl fmt::Display for ReturnValues {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl TableRules {
    /// Declares operations on the table.
    ///
    /// A batch or a transaction encloses operations on one item each: it is allowed where it and what it
    /// encloses are declared, on each of its tables. `BatchWriteItem` of a table with `PutItem` and
    /// without `DeleteItem` puts and does not delete.
    pub fn allow(mut self, operations: impl IntoIterator<Item = Operation>) -> Self {
        self.operations.extend(operations);
        self
    }

    /// Declares operations on one item that are allowed inside of `TransactGetItems` and
    /// `TransactWriteItems`, and nowhere else.
    pub fn only_in_transaction(mut self, operations: impl IntoIterator<Item = Operation>) -> Self {
        self.in_transaction.extend(operations);
        self
    }

    /// Allows `ConditionCheck` in `TransactWriteItems`.
    pub fn condition_checks(mut self) -> Self {
        self.condition_checks = true;
        self
    }

    /// Declares a secondary index, for the operations that are declared on the table. Its partition key
    /// is that of the table: of another one say [`index_by`](Self::index_by).
    pub fn index(mut self, name: impl Into<String>) -> Self {
        self.indexes.push(Index {
            name: name.into(),
            key: None,
        });
        self
    }

    /// Declares a secondary index with a partition key of its own, which is bound to the principal.
    pub fn index_by(mut self, name: impl Into<String>, key: impl Into<PartitionKey>) -> Self {
        self.indexes.push(Index {
            name: name.into(),
            key: Some(key.into()),
        });
        self
    }

    /// Binds the partition key to the [`Principal`](super::super::Principal) of each call: in keys, items,
    /// cursors, key conditions and statements. A call without principal is denied, and so is whatever
    /// reads over partitions.
    pub fn partition_key(self, key: impl Into<PartitionKey>) -> Self {
        self.says_whose(Partition::Bound(key.into()))
    }

    /// Lets items of every partition key pass.
    pub fn any_partition(self) -> Self {
        self.says_whose(Partition::Any)
    }

    fn says_whose(mut self, partition: Partition) -> Self {
        if self.partition != Partition::Unsaid && self.partition != partition {
            self.said_twice.push("partition_key");
        }
        self.partition = partition;
        self
    }

    /// Lets these attributes be read: answered, compared, and used in updates. A reading has to name them
    /// in its projection. The bound partition key may always be read, and that of an index where the index is
    /// asked.
    pub fn read<P: Into<AttributePath>>(mut self, paths: impl IntoIterator<Item = P>) -> Self {
        if self.read.is_all() {
            self.said_twice.push("read");
        }
        self.read.add(paths.into_iter().map(Into::into));
        self
    }

    /// Lets every attribute be read, and whole items be answered.
    pub fn read_all(mut self) -> Self {
        if matches!(self.read, Attributes::Only(_)) {
            self.said_twice.push("read");
        }
        self.read = Attributes::All;
        self
    }

    /// Lets these attributes be written. The bound partition key may always be, where an item is put.
    ///
    /// `PutItem` takes the place of a whole item, and `DeleteItem` takes it away: what stood in it is gone,
    /// also attributes that are not listed here. Where these have to outlive a write, declare `UpdateItem`
    /// and neither of the two, or have each put ask for `attribute_not_exists` of the key.
    pub fn write<P: Into<AttributePath>>(mut self, paths: impl IntoIterator<Item = P>) -> Self {
        if self.write.is_all() {
            self.said_twice.push("write");
        }
        self.write.add(paths.into_iter().map(Into::into));
        self
    }

    /// Lets every attribute be written.
    pub fn write_all(mut self) -> Self {
        if matches!(self.write, Attributes::Only(_)) {
            self.said_twice.push("write");
        }
        self.write = Attributes::All;
        self
    }

    /// Asks every `Query`, `Scan` and `ExecuteStatement` for a `Limit`, of at most this many items.
    pub fn max_limit(mut self, items: u32) -> Self {
        self.max_limit = Some(items);
        self
    }

    /// Allows a `Scan` in parallel, of at most this many segments.
    pub fn max_segments(mut self, segments: u32) -> Self {
        self.max_segments = Some(segments);
        self
    }

    /// Allows strongly consistent reads, which cost twice as much.
    pub fn consistent_reads(mut self) -> Self {
        self.consistent_reads = true;
        self
    }

    /// Allows `Select=COUNT`, which needs no projection.
    pub fn counts(mut self) -> Self {
        self.counts = true;
        self
    }

    /// Lets writes answer with these. Those of whole items need [`read_all`](Self::read_all), those of
    /// updated attributes that what is updated may be read.
    pub fn return_values(mut self, values: impl IntoIterator<Item = ReturnValues>) -> Self {
        self.return_values.extend(values);
        self
    }

    /// Lets a write whose condition fails answer with the item that it found, inside of the error. It
    /// needs [`read_all`](Self::read_all).
    pub fn return_values_on_condition_check_failure(mut self) -> Self {
        self.return_on_failure = true;
        self
    }

    /// Declares a `PartiQL` statement by its exact text: what is a user's stands in its parameters.
    ///
    /// It is read where it is declared, and held to the other rules of the table: where the partition
    /// key is bound, `partition = ?` has to hold in it, and that parameter has to be the principal.
    pub fn statement(mut self, text: impl Into<Box<str>>) -> Self {
        self.statements.push(text.into());
        self
    }

    /// Declares the expressions of the table: from then on each has to have the shape of one of them.
    ///
    /// A shape is the expression with its names resolved and its values left out, so that
    /// `nick = :n OR attribute_exists(nick)` is another one than `nick = :n`, although it reads the same
    /// attributes. Write the names of attributes as they are, in backticks where one is no word, and
    /// any `:value`; an `IN` of one value is an `IN` of any number of them.
    ///
    /// ```
    /// # use tower_harden::dynamodb::{Operation, TablePolicy};
    /// TablePolicy::new().table("Orders", |table| {
    ///     table
    ///         .allow([Operation::Query])
    ///         .partition_key("tenant")
    ///         .read(["id", "order-id"])
    ///         .expressions(["tenant = :t", "tenant = :t AND `order-id` > :after", "id"])
    /// })?;
    /// # Ok::<(), tower_harden::ConfigError>(())
    /// ```
    pub fn expressions<E: AsRef<str>>(mut self, expressions: impl IntoIterator<Item = E>) -> Self {
        let shapes = self.shapes.get_or_insert_default();
        for expression in expressions {
            let expression = expression.as_ref();
            // One that cannot be read is a mistake, and has no shape.
            shapes.extend(expression::declared(expression).ok());
            self.expressions.push(expression.into());
        }
        self
    }

    /// Allows legacy members of requests by their names, such as `AttributesToGet`. The attributes that
    /// they name are held to the other rules. Beside expressions they are denied, as DynamoDB itself does:
    /// a `Query` of a bound partition key, which needs a `KeyConditionExpression`, has none of them.
    pub fn legacy<N: Into<Box<str>>>(mut self, members: impl IntoIterator<Item = N>) -> Self {
        self.legacy.extend(members.into_iter().map(Into::into));
        self
    }

    pub(in crate::dynamodb) fn allows(&self, operation: Operation) -> bool {
        self.operations.contains(&operation)
    }

    /// Whether an operation on one item is allowed by itself or, where it is in one, in a transaction.
    pub(in crate::dynamodb) fn encloses(&self, operation: Operation, transaction: bool) -> bool {
        self.allows(operation) || (transaction && self.in_transaction.contains(&operation))
    }

    pub(in crate::dynamodb) fn find_index(&self, name: &str) -> Option<&Index> {
        self.indexes.iter().find(|index| index.name == name)
    }

    /// The bound keys: that of the table, and those that indexes have of their own.
    pub(in crate::dynamodb) fn bound_keys(&self) -> impl Iterator<Item = &PartitionKey> {
        let of_table = match &self.partition {
            Partition::Bound(key) => Some(key),
            Partition::Unsaid | Partition::Any => None,
        };
        let of_indexes = self.indexes.iter().filter_map(|index| index.key.as_ref());
        of_table.into_iter().chain(of_indexes)
    }

    /// The bound key of the table, or of one of its indexes.
    pub(in crate::dynamodb) fn key_of(&self, index: Option<&str>) -> Option<&PartitionKey> {
        let index = index.and_then(|name| self.find_index(name));
        match (index.and_then(|index| index.key.as_ref()), &self.partition) {
            (Some(key), _) | (None, Partition::Bound(key)) => Some(key),
            (None, Partition::Unsaid | Partition::Any) => None,
        }
    }
}
