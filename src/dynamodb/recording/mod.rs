//! Finding out what a service does, for a first declaration.

mod listener;
mod written;

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use super::{
    Operation, decision,
    policy::{PathFile, PolicyFile, TableFile},
};
use listener::Listening;

/// Records what the calls of guarded clients do, and writes it down as a declaration to review.
///
/// Run the tests of a service with it, and a policy that only reports:
///
/// ```no_run
/// use tower_harden::{Mode, dynamodb::{DynamoGuard, Recorder, TablePolicy}};
///
/// # fn example(sdk_config: &aws_types::SdkConfig) -> Result<(), tower_harden::ConfigError> {
/// let recorder = Recorder::new();
/// let client = DynamoGuard::new(TablePolicy::new())
///     .mode(Mode::Report)
///     .record(recorder.clone())
///     .client(sdk_config)?;
/// // ... the tests ...
/// println!("{}", recorder.to_rust());
/// # Ok(())
/// # }
/// ```
///
/// What it writes is a question: what did the tests do that the service should not? Of keys it cannot know
/// which one is the partition key, so that it binds none and says which attributes keys had.
///
/// It is for tests: it keeps the names of tables, indexes and attributes and the text of statements as the
/// calls had them, of up to 1,000 tables and 10,000 of each in one.
#[derive(Clone, Debug, Default)]
pub struct Recorder(Arc<Mutex<Recording>>);

/// What was recorded.
#[derive(Debug, Default)]
struct Recording {
    account: BTreeSet<Operation>,
    tables: BTreeMap<String, Seen>,
}

/// What was seen of one table.
#[derive(Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own")]
struct Seen {
    operations: BTreeSet<Operation>,
    /// Operations on one item by themselves or in a batch, and in a transaction.
    alone: BTreeSet<Operation>,
    in_transaction: BTreeSet<Operation>,
    condition_checks: bool,
    indexes: BTreeSet<String>,
    keys: BTreeSet<String>,
    reads: BTreeSet<PathFile>,
    read_all: bool,
    writes: BTreeSet<PathFile>,
    limit: Option<u32>,
    /// A reading of pages came without limit.
    unlimited: bool,
    segments: Option<u32>,
    consistent_reads: bool,
    counts: bool,
    return_values: BTreeSet<String>,
    return_on_failure: bool,
    statements: BTreeSet<String>,
    expressions: BTreeSet<String>,
    legacy: BTreeSet<String>,
}

const MOST_TABLES: usize = 1_000;
const MOST_OF_EACH: usize = 10_000;

impl Recorder {
    /// A recorder that has recorded nothing.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The recorded calls as a declaration in Rust.
    #[must_use]
    pub fn to_rust(&self) -> String {
        written::rust(&self.recording())
    }

    /// The recorded calls as a declaration for [`TablePolicy::from_toml`](super::TablePolicy::from_toml).
    #[cfg(feature = "toml")]
    #[must_use]
    pub fn to_toml(&self) -> String {
        written::toml(&self.recording())
    }

    pub(super) fn record(&self, operation: &str, body: &[u8]) {
        let Some(operation) = Operation::parse(operation) else {
            return;
        };
        let mut recording = self.recording();
        decision::observe(operation, body, Listening::new(operation, &mut recording));
    }

    fn recording(&self) -> MutexGuard<'_, Recording> {
        // What was recorded is whole after each call.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Recording {
    fn table(&mut self, name: &str) -> Option<&mut Seen> {
        if !self.tables.contains_key(name) && self.tables.len() == MOST_TABLES {
            return None;
        }
        Some(self.tables.entry(name.to_owned()).or_default())
    }

    fn declaration(&self) -> PolicyFile {
        let names = self.account.iter().map(ToString::to_string);
        let tables = self.tables.iter();
        PolicyFile {
            account: names.collect(),
            tables: tables
                .map(|(name, seen)| (name.clone(), seen.declaration()))
                .collect(),
        }
    }
}

impl Seen {
    fn declaration(&self) -> TableFile {
        let names = |operations: &BTreeSet<Operation>| -> Vec<String> {
            operations.iter().map(ToString::to_string).collect()
        };
        let all = |texts: &BTreeSet<String>| -> Vec<String> { texts.iter().cloned().collect() };
        let paths = |paths: &BTreeSet<PathFile>| -> Option<Vec<PathFile>> {
            (!paths.is_empty()).then(|| paths.iter().cloned().collect())
        };
        let only: BTreeSet<_> = &self.in_transaction - &self.alone;
        let indexes = self.indexes.iter().cloned();
        TableFile {
            allow: names(&(&self.operations | &self.alone)),
            only_in_transaction: names(&only),
            condition_checks: self.condition_checks,
            indexes: indexes.map(super::policy::IndexFile::Name).collect(),
            any_partition: true,
            read: paths(&self.reads).filter(|_| !self.read_all),
            read_all: self.read_all,
            write: paths(&self.writes),
            max_limit: self.limit.filter(|_| !self.unlimited),
            max_segments: self.segments,
            consistent_reads: self.consistent_reads,
            counts: self.counts,
            return_values: all(&self.return_values),
            return_values_on_condition_check_failure: self.return_on_failure,
            statements: all(&self.statements),
            expressions: (!self.expressions.is_empty()).then(|| all(&self.expressions)),
            legacy: all(&self.legacy),
            ..TableFile::default()
        }
    }
}

/// Adds to what does not grow without end.
fn add<T: Ord>(set: &mut BTreeSet<T>, value: T) {
    if set.len() < MOST_OF_EACH {
        set.insert(value);
    }
}
