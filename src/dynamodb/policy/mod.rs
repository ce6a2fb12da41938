//! What a service declares that it does with its tables.

mod attributes;
mod check;
mod file;
mod key;
mod statement;
mod table;

use std::collections::HashMap;

use super::{
    Operation,
    members::{Members, Subject},
};
use crate::{ConfigError, TableName, error::Problems};
pub use attributes::AttributePath;
pub(super) use attributes::{Attributes, Whole};
pub(super) use file::{IndexFile, NamedFile, PathFile, PolicyFile, TableFile};
pub(super) use key::KeyKind;
pub use key::PartitionKey;
pub(super) use statement::DeclaredStatement;
pub(super) use table::Partition;
pub use table::{ReturnValues, TableRules};

/// What is said of an operation that no declaration can allow.
const UNJUDGED: &str = "names what it is on by an ARN, which is always denied";

/// What a service does with DynamoDB: tables, the operations on each, and whose items and which attributes
/// they may touch.
///
/// Everything that is not declared is denied.
///
/// ```
/// use tower_harden::dynamodb::{Operation, TablePolicy};
///
/// let policy = TablePolicy::new()
///     .table("Orders", |table| {
///         table
///             .allow([Operation::GetItem, Operation::PutItem, Operation::Query])
///             .index("by_status")
///             .partition_key("tenant")
///             .read(["id", "sku", "status"])
///             .write(["id", "sku", "status"])
///     })?
///     .account([Operation::ListTables])?;
/// # Ok::<(), tower_harden::ConfigError>(())
/// ```
#[derive(Clone, Debug, Default)]
#[must_use]
pub struct TablePolicy {
    pub(super) tables: HashMap<TableName, Table>,
    pub(super) account: Vec<Operation>,
    /// The table of each statement.
    statements: HashMap<Box<str>, TableName>,
}

/// The rules of one table, compiled.
#[derive(Clone, Debug)]
pub(super) struct Table {
    pub(super) rules: TableRules,
    pub(super) read: Whole,
    pub(super) write: Whole,
    pub(super) statements: HashMap<Box<str>, DeclaredStatement>,
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
    /// Every mistake in the rules: a name that is no [`TableName`], what stands twice, an operation that
    /// names no table, and what the operations need and the rules do not say: whether the partition key is
    /// bound, which attributes are read and written.
    pub fn table(
        mut self,
        name: &str,
        rules: impl FnOnce(TableRules) -> TableRules,
    ) -> Result<Self, ConfigError> {
        let mut problems = Problems::default();
        let rules = rules(TableRules::default());
        let place = format!("table {name:?}");
        check::check(&rules, &place, &mut problems);
        let statements = rules.compile_statements(name, &place, &mut problems);
        match TableName::try_from(name) {
            Err(error) => problems.append(error),
            Ok(name) => {
                for text in statements.keys() {
                    self.statements.insert(text.clone(), name.clone());
                }
                let table = Table {
                    read: Whole::of(&rules.read),
                    write: Whole::of(&rules.write),
                    rules,
                    statements,
                };
                if self.tables.insert(name, table).is_some() {
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

    /// Reads a policy file. Its keys are the methods of [`TableRules`]:
    ///
    /// ```
    /// use tower_harden::dynamodb::TablePolicy;
    ///
    /// let policy = TablePolicy::from_toml(r##"
    /// account = ["ListTables"]
    ///
    /// [tables.Orders]
    /// allow = ["GetItem", "Query"]
    /// indexes = ["by_status", { name = "by_owner", partition_key = "owner" }]
    /// partition_key = { name = "pk", after = "TENANT#", followed_by = "#" } # or just "pk"
    /// read = ["id", "address.city", { name = "a name with . in it" }] # or read_all = true
    /// max_limit = 50
    /// "##)?;
    /// # Ok::<(), tower_harden::ConfigError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Where the text is no TOML or has a key that is not known, with the line; and every mistake in the
    /// rules, as [`table`](Self::table) tells of them.
    #[cfg(feature = "toml")]
    pub fn from_toml(text: &str) -> Result<Self, ConfigError> {
        let file: PolicyFile = toml::from_str(text)
            .map_err(|error| ConfigError::one("policy file", error.to_string()))?;
        file.compile()
    }

    pub(super) fn find(&self, name: &str) -> Option<(&TableName, &Table)> {
        self.tables.get_key_value(name)
    }

    /// The table of a statement, and what is known of it.
    pub(super) fn find_statement(
        &self,
        text: &str,
    ) -> Option<(&TableName, &Table, &DeclaredStatement)> {
        let (name, table) = self.find(self.statements.get(text)?.as_str())?;
        Some((name, table, table.statements.get(text)?))
    }

    pub(super) fn allows_on_account(&self, operation: Operation) -> bool {
        self.account.contains(&operation)
    }
}
