use std::collections::HashMap;

use super::{
    Operation,
    members::{Members, Subject},
};
use crate::{ConfigError, TableName, error::Problems};

const UNJUDGED: &str = "names what it is on by an ARN or in a statement, which is always denied";

/// What a service does with DynamoDB: tables, the operations on each, and their indexes.
///
/// Everything that is not declared is denied.
///
/// ```
/// use tower_harden::dynamodb::{Operation, TablePolicy};
///
/// let policy = TablePolicy::new()
///     .table("Orders", |table| {
///         table.allow([Operation::GetItem, Operation::PutItem, Operation::Query]).index("by_status")
///     })?
///     .account([Operation::ListTables])?;
/// # Ok::<(), tower_harden::ConfigError>(())
/// ```
#[derive(Clone, Debug, Default)]
#[must_use]
pub struct TablePolicy {
    tables: HashMap<TableName, TableRules>,
    account: Vec<Operation>,
}

/// What may be done with one table; see [`TablePolicy::table`].
#[derive(Clone, Debug, Default)]
#[must_use]
pub struct TableRules {
    operations: Vec<Operation>,
    indexes: Vec<String>,
}

impl TablePolicy {
    /// A policy that denies everything.
    pub fn new() -> Self {
        Self::default()
    }

    /// Declares a table and what may be done with it.
    ///
    /// # Errors
    ///
    /// Every mistake in the rules: a name that is no [`TableName`], a table or index that stands
    /// twice, an operation that names no table, or names it in a way that is always denied.
    pub fn table(
        mut self,
        name: &str,
        rules: impl FnOnce(TableRules) -> TableRules,
    ) -> Result<Self, ConfigError> {
        let mut problems = Problems::default();
        let rules = rules(TableRules::default());
        rules.check(name, &mut problems);
        match TableName::try_from(name) {
            Err(error) => problems.append(error),
            Ok(name) => {
                let place = format!("table {:?}", name.as_str());
                if self.tables.insert(name, rules).is_some() {
                    problems.add(place, "is declared twice");
                }
            }
        }
        problems.into_result()?;
        Ok(self)
    }

    /// Declares operations that are on no table, such as [`Operation::ListTables`].
    ///
    /// # Errors
    ///
    /// Where one of them is on a table, or names what it is on in a way that is always denied.
    pub fn account(
        mut self,
        operations: impl IntoIterator<Item = Operation>,
    ) -> Result<Self, ConfigError> {
        let mut problems = Problems::default();
        for operation in operations {
            let problem = match Members::get().subject(operation) {
                Subject::Account => None,
                Subject::Table => Some("is on a table: declare it for one"),
                Subject::Unjudged => Some(UNJUDGED),
            };
            if let Some(problem) = problem {
                problems.add(format!("operation {operation}"), problem);
            }
            self.account.push(operation);
        }
        problems.into_result()?;
        Ok(self)
    }

    pub(super) fn find(&self, name: &str) -> Option<(&TableName, &TableRules)> {
        self.tables.get_key_value(name)
    }

    pub(super) fn allows_on_account(&self, operation: Operation) -> bool {
        self.account.contains(&operation)
    }
}

impl TableRules {
    /// Declares operations on the table.
    ///
    /// An operation that names several tables, such as a batch or a transaction, is allowed where
    /// each of them declares it.
    pub fn allow(mut self, operations: impl IntoIterator<Item = Operation>) -> Self {
        self.operations.extend(operations);
        self
    }

    /// Declares a secondary index of the table, for the operations that are declared on it.
    pub fn index(mut self, name: impl Into<String>) -> Self {
        self.indexes.push(name.into());
        self
    }

    pub(super) fn allows(&self, operation: Operation) -> bool {
        self.operations.contains(&operation)
    }

    pub(super) fn has_index(&self, name: &str) -> bool {
        self.indexes.iter().any(|index| index == name)
    }

    fn check(&self, table: &str, problems: &mut Problems) {
        for operation in &self.operations {
            let problem = match Members::get().subject(*operation) {
                Subject::Table => None,
                Subject::Account => Some("is on no table: declare it with account(..)"),
                Subject::Unjudged => Some(UNJUDGED),
            };
            if let Some(problem) = problem {
                problems.add(format!("table {table:?}: operation {operation}"), problem);
            }
        }
        for (place, index) in self.indexes.iter().enumerate() {
            if !TableName::is_valid(index.as_bytes()) {
                problems.add(
                    format!("table {table:?}: index {index:?}"),
                    "is not an index name: 3 to 255 characters of a-z, A-Z, 0-9, '_', '-' and '.'",
                );
            } else if self.indexes[..place].contains(index) {
                problems.add(
                    format!("table {table:?}: index {index:?}"),
                    "is declared twice",
                );
            }
        }
    }
}
