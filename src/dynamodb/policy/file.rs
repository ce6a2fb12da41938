//! A policy as data: what a policy file holds, and what a recording writes.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{AttributePath, PartitionKey, ReturnValues, TablePolicy, TableRules};
use crate::{ConfigError, dynamodb::Operation, error::Problems};

/// A policy.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(in crate::dynamodb) struct PolicyFile {
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(in crate::dynamodb) account: Vec<String>,
    #[serde(default)]
    pub(in crate::dynamodb) tables: BTreeMap<String, TableFile>,
}

/// The rules of one table; each member is the method of [`TableRules`] of its name.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own")]
pub(in crate::dynamodb) struct TableFile {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(in crate::dynamodb) allow: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(in crate::dynamodb) only_in_transaction: Vec<String>,
    #[serde(skip_serializing_if = "is_false")]
    pub(in crate::dynamodb) condition_checks: bool,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(in crate::dynamodb) indexes: Vec<IndexFile>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::dynamodb) partition_key: Option<KeyFile>,
    #[serde(skip_serializing_if = "is_false")]
    pub(in crate::dynamodb) any_partition: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::dynamodb) read: Option<Vec<PathFile>>,
    #[serde(skip_serializing_if = "is_false")]
    pub(in crate::dynamodb) read_all: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::dynamodb) write: Option<Vec<PathFile>>,
    #[serde(skip_serializing_if = "is_false")]
    pub(in crate::dynamodb) write_all: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::dynamodb) max_limit: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::dynamodb) max_segments: Option<u32>,
    #[serde(skip_serializing_if = "is_false")]
    pub(in crate::dynamodb) consistent_reads: bool,
    #[serde(skip_serializing_if = "is_false")]
    pub(in crate::dynamodb) counts: bool,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(in crate::dynamodb) return_values: Vec<String>,
    #[serde(skip_serializing_if = "is_false")]
    pub(in crate::dynamodb) return_values_on_condition_check_failure: bool,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(in crate::dynamodb) statements: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::dynamodb) expressions: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(in crate::dynamodb) legacy: Vec<String>,
}

/// Whether a rule is said, and the method that says it.
type Switch = (bool, fn(TableRules) -> TableRules);

/// An index, by its name alone or with a partition key of its own.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(
    untagged,
    expecting = "expected a name, or { name = \"..\", partition_key = \"..\" }"
)]
pub(in crate::dynamodb) enum IndexFile {
    Name(String),
    Keyed(KeyedIndexFile),
}

#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(in crate::dynamodb) struct KeyedIndexFile {
    name: String,
    partition_key: KeyFile,
}

/// A partition key, by its name alone or with what it is like.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(
    untagged,
    expecting = "expected a name, or { name = \"..\" } with type (string, number or binary), after and \
                 followed_by"
)]
pub(in crate::dynamodb) enum KeyFile {
    Name(String),
    Described(DescribedKeyFile),
}

#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(in crate::dynamodb) struct DescribedKeyFile {
    name: String,
    #[serde(default, rename = "type")]
    kind: KindFile,
    #[serde(default)]
    after: String,
    followed_by: Option<String>,
}

#[derive(Clone, Copy, Debug, Default, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
enum KindFile {
    #[default]
    String,
    Number,
    Binary,
}

/// The path of an attribute, or its name where that has signs of paths in it.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(untagged, expecting = "expected a path, or { name = \"..\" }")]
pub(in crate::dynamodb) enum PathFile {
    Path(String),
    Named(NamedFile),
}

#[derive(Clone, Debug, Deserialize, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(deny_unknown_fields)]
pub(in crate::dynamodb) struct NamedFile {
    pub(in crate::dynamodb) name: String,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes it so")]
const fn is_false(value: &bool) -> bool {
    !*value
}

impl PolicyFile {
    /// The policy that it says.
    ///
    /// # Errors
    ///
    /// Every mistake in it.
    #[cfg_attr(not(feature = "toml"), expect(dead_code, reason = "files are of toml"))]
    pub(in crate::dynamodb) fn compile(self) -> Result<TablePolicy, ConfigError> {
        let mut problems = Problems::default();
        let account = operations(self.account, "account", &mut problems);
        let mut policy = match TablePolicy::new().account(account) {
            Ok(policy) => policy,
            Err(error) => {
                problems.append(error);
                TablePolicy::new()
            }
        };
        for (name, table) in self.tables {
            let place = format!("table {name:?}");
            let declared = policy
                .clone()
                .table(&name, |rules| table.apply(rules, &place, &mut problems));
            match declared {
                Ok(declared) => policy = declared,
                Err(error) => problems.append(error),
            }
        }
        problems.into_result()?;
        Ok(policy)
    }
}

impl TableFile {
    fn apply(self, rules: TableRules, place: &str, problems: &mut Problems) -> TableRules {
        let allowed = operations(self.allow, place, problems);
        let enclosed = operations(self.only_in_transaction, place, problems);
        let mut returned = Vec::new();
        for name in &self.return_values {
            match ReturnValues::parse(name) {
                Some(values) => returned.push(values),
                None => problems.add(
                    format!("{place}: return value {name:?}"),
                    "is none: ALL_OLD, ALL_NEW, UPDATED_OLD or UPDATED_NEW",
                ),
            }
        }
        let mut rules = rules
            .allow(allowed)
            .only_in_transaction(enclosed)
            .return_values(returned)
            .legacy(self.legacy);
        for index in self.indexes {
            rules = match index {
                IndexFile::Name(name) => rules.index(name),
                IndexFile::Keyed(index) => rules.index_by(index.name, index.partition_key),
            };
        }
        for text in self.statements {
            rules = rules.statement(text);
        }
        let rules = maybe(rules, self.partition_key, TableRules::partition_key);
        let rules = maybe(rules, self.read, TableRules::read);
        let rules = maybe(rules, self.write, TableRules::write);
        let rules = maybe(rules, self.max_limit, TableRules::max_limit);
        let rules = maybe(rules, self.max_segments, TableRules::max_segments);
        let rules = maybe(rules, self.expressions, TableRules::expressions);
        let switches: [Switch; 7] = [
            (self.condition_checks, TableRules::condition_checks),
            (self.any_partition, TableRules::any_partition),
            (self.read_all, TableRules::read_all),
            (self.write_all, TableRules::write_all),
            (self.consistent_reads, TableRules::consistent_reads),
            (self.counts, TableRules::counts),
            (
                self.return_values_on_condition_check_failure,
                TableRules::return_values_on_condition_check_failure,
            ),
        ];
        switches.into_iter().fold(
            rules,
            |rules, (on, switch)| {
                if on { switch(rules) } else { rules }
            },
        )
    }
}

fn maybe<T>(
    rules: TableRules,
    value: Option<T>,
    declare: impl FnOnce(TableRules, T) -> TableRules,
) -> TableRules {
    match value {
        Some(value) => declare(rules, value),
        None => rules,
    }
}

fn operations(names: Vec<String>, place: &str, problems: &mut Problems) -> Vec<Operation> {
    let mut operations = Vec::new();
    for name in names {
        match Operation::parse(&name) {
            Some(operation) => operations.push(operation),
            None => problems.add(
                format!("{place}: operation {name:?}"),
                "is no operation of DynamoDB, such as GetItem",
            ),
        }
    }
    operations
}

impl From<KeyFile> for PartitionKey {
    fn from(key: KeyFile) -> Self {
        let key = match key {
            KeyFile::Name(name) => return Self::new(name),
            KeyFile::Described(key) => key,
        };
        let declared = Self::new(key.name).after(key.after);
        let declared = match key.kind {
            KindFile::String => declared,
            KindFile::Number => declared.number(),
            KindFile::Binary => declared.binary(),
        };
        match key.followed_by {
            Some(separator) => declared.followed_by(separator),
            None => declared,
        }
    }
}

impl From<PathFile> for AttributePath {
    fn from(path: PathFile) -> Self {
        match path {
            PathFile::Path(path) => path.into(),
            PathFile::Named(named) => Self::name(named.name),
        }
    }
}
