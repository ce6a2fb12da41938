use std::{error::Error, fmt};

use super::Operation;
use crate::{TableName, error::cause};

/// A call that a guard denied.
///
/// It names what the policy declares and nothing that came with the call: a table is only named
/// where it is a declared one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccessDenied {
    kind: AccessDeniedKind,
    operation: Option<Operation>,
    table: Option<TableName>,
}

/// Why a call was denied.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum AccessDeniedKind {
    /// The operation is not declared for the table, or is not known at all.
    Operation,
    /// The table is not declared, or is named by something else than its bare name.
    Table,
    /// The index is not declared for the table.
    Index,
    /// The request has a member that is not known, that is not declared, or that the guard cannot judge.
    Member,
    /// The partition key is another one than that of the principal, or is not named.
    Key,
    /// The partition key is bound to a principal, and the call has none that it could be.
    Principal,
    /// An attribute is not declared to be read or written, or a reading does not name its attributes.
    Attribute,
    /// An expression cannot be read, or has another shape than the declared ones.
    Expression,
    /// The statement is not declared, or has other parameters.
    Statement,
    /// More items or segments than declared are asked for, or any number of them.
    Limit,
    /// `Select` asks for what is not declared.
    Select,
    /// The call asks for attributes to be returned that are not declared.
    ReturnValues,
    /// A consistent read is not declared.
    ConsistentRead,
    /// The request cannot be read.
    Unreadable,
    /// The request was changed after it was decided on.
    Changed,
    /// The request would go to another endpoint than the declared one.
    Endpoint,
}

impl AccessDenied {
    pub(super) fn new(kind: AccessDeniedKind, operation: Option<Operation>) -> Self {
        Self {
            kind,
            operation,
            table: None,
        }
    }

    /// Names the declared table that the call was for.
    pub(super) fn on(mut self, table: &TableName) -> Self {
        self.table = Some(table.clone());
        self
    }

    /// Why the call was denied.
    #[must_use]
    pub fn kind(&self) -> AccessDeniedKind {
        self.kind
    }

    /// The operation, where it is a known one.
    #[must_use]
    pub fn operation(&self) -> Option<Operation> {
        self.operation
    }

    /// The table, where it is a declared one.
    #[must_use]
    pub fn table(&self) -> Option<&TableName> {
        self.table.as_ref()
    }
}

impl AccessDeniedKind {
    /// The stable name that stands in events, such as `table`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Operation => "operation",
            Self::Table => "table",
            Self::Index => "index",
            Self::Member => "member",
            Self::Key => "key",
            Self::Principal => "principal",
            Self::Attribute => "attribute",
            Self::Expression => "expression",
            Self::Statement => "statement",
            Self::Limit => "limit",
            Self::Select => "select",
            Self::ReturnValues => "return_values",
            Self::ConsistentRead => "consistent_read",
            Self::Unreadable => "unreadable",
            Self::Changed => "changed",
            Self::Endpoint => "endpoint",
        }
    }
}

impl fmt::Display for AccessDenied {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.operation {
            Some(operation) => write!(f, "DynamoDB {operation}")?,
            None => f.write_str("DynamoDB request")?,
        }
        if let Some(table) = &self.table {
            write!(f, " on {table}")?;
        }
        f.write_str(match self.kind {
            AccessDeniedKind::Operation => " denied: the operation is not declared",
            AccessDeniedKind::Table => " denied: the table is not declared",
            AccessDeniedKind::Index => " denied: the index is not declared",
            AccessDeniedKind::Member => " denied: a member of the request is not declared",
            AccessDeniedKind::Key => {
                " denied: the partition key is missing, or not the principal's"
            }
            AccessDeniedKind::Principal => {
                " denied: the call has no principal that a key could be bound to"
            }
            AccessDeniedKind::Attribute => {
                " denied: an attribute is not declared, or a reading names none in a projection"
            }
            AccessDeniedKind::Expression => " denied: an expression is not declared",
            AccessDeniedKind::Statement => " denied: the statement is not declared",
            AccessDeniedKind::Limit => {
                " denied: the request has no limit, or a larger one than declared"
            }
            AccessDeniedKind::Select => " denied: what is selected is not declared",
            AccessDeniedKind::ReturnValues => " denied: the returned values are not declared",
            AccessDeniedKind::ConsistentRead => " denied: consistent reads are not declared",
            AccessDeniedKind::Unreadable => " denied: the request cannot be read",
            AccessDeniedKind::Changed => " denied: the request was changed after it was decided on",
            AccessDeniedKind::Endpoint => " denied: the endpoint is not declared",
        })
    }
}

impl Error for AccessDenied {}

/// The denial that an error comes from, if it comes from one.
///
/// The SDK hands errors of a guard out as `ConstructionFailure`, `DispatchFailure` or
/// `ResponseError`, depending on where the call was when it was denied. Ask before taking one of
/// these for an outage of DynamoDB.
#[must_use]
pub fn denied<'a>(error: &'a (dyn Error + 'static)) -> Option<&'a AccessDenied> {
    cause(error)
}
