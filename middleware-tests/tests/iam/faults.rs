//! What is wrong with a request, next to a declaration, and which of that IAM can tell.

use tower_harden::dynamodb::Operation;

use crate::{
    calls::{Call, Executed, Kind, Request, Wrapped, top},
    declared::{Index, STATEMENTS, Table},
};

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Fault {
    Table,
    Operation,
    Index,
    Key,
    /// An attribute that stands in no list.
    Attribute,
    /// A reading that names no attributes, where not all may be read.
    Projection,
    Select,
    ReturnValues,

    /// What stands below an attribute that is in part declared, a key, or an attribute that is declared
    /// to be read where it is written or the other way round.
    PartOfAttribute,
    /// `PutItem` or `DeleteItem` in a batch that may have the other one only.
    BatchedItem,
    /// The partition key of an index in an item.
    KeyOfIndexInItem,
    /// `COUNT` where every attribute may be read.
    CountOfAll,
    /// An update that answers with what it writes, which may not be read.
    AnsweredUpdate,
    /// Another operation that executes statements, outside of transactions as the declared one.
    OtherExecution,

    /// The text of a statement that does what another one may.
    StatementText,
}

impl Fault {
    pub(crate) const COUNT: usize = Self::StatementText as usize + 1;

    /// Every difference between the guard and IAM is here: `Some(false)` is what IAM has no words for.
    /// `None` where it depends on what else the statement does.
    pub(crate) fn iam_denies(self) -> Option<bool> {
        match self {
            Self::Table
            | Self::Operation
            | Self::Index
            | Self::Key
            | Self::Attribute
            | Self::Projection
            | Self::Select
            | Self::ReturnValues => Some(true),
            Self::PartOfAttribute
            | Self::BatchedItem
            | Self::KeyOfIndexInItem
            | Self::CountOfAll
            | Self::AnsweredUpdate
            | Self::OtherExecution => Some(false),
            Self::StatementText => None,
        }
    }
}

/// What an action does with attributes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Access {
    Read,
    Write,
    Condition,
}

pub(crate) fn faults(request: &Request, tables: &[Table]) -> Vec<Fault> {
    let mut faults = Vec::new();
    let find = |name| tables.iter().find(|table| table.name == name);
    match request {
        Request::Items(wrapped, calls) => {
            for call in calls {
                match find(call.table) {
                    None => faults.push(Fault::Table),
                    Some(table) => of_call(call, *wrapped, table, tables, &mut faults),
                }
            }
        }
        Request::Statements(operation, statements) => {
            for executed in statements {
                match find(executed.table) {
                    None => faults.push(Fault::Table),
                    Some(table) => of_statement(executed, operation, table, &mut faults),
                }
            }
        }
        Request::OnTable(operation, table) => match find(table) {
            None => faults.push(Fault::Table),
            Some(table) => {
                let described =
                    *operation == "DescribeTable" && table.has(Operation::DescribeTable);
                faults.extend((!described).then_some(Fault::Operation));
            }
        },
        Request::ListTables => {}
    }
    faults
}

fn of_call(
    call: &Call,
    wrapped: Wrapped,
    table: &Table,
    tables: &[Table],
    faults: &mut Vec<Fault>,
) {
    let mut require = |holds: bool, fault| faults.extend((!holds).then_some(fault));
    let reads = call.kind.is_read();
    match wrapped {
        Wrapped::Alone => require(is_enclosed(call.kind, table, false), Fault::Operation),
        Wrapped::Batch => {
            let batch = if reads {
                Operation::BatchGetItem
            } else {
                Operation::BatchWriteItem
            };
            require(table.has(batch), Fault::Operation);
            require(is_enclosed(call.kind, table, false), Fault::BatchedItem);
        }
        Wrapped::Transaction => {
            let all = if reads {
                Operation::TransactGetItems
            } else {
                Operation::TransactWriteItems
            };
            require(
                table.has(all) && is_enclosed(call.kind, table, true),
                Fault::Operation,
            );
        }
    }
    if let Some(index) = call.index {
        require(index == "by_status" && table.index.is_some(), Fault::Index);
    }
    let own = table.index == Some(Index::Own);
    let bound = table.is_bound() || call.key_name(tables) == "status";
    require(call.mine || !bound || call.kind == Kind::Scan, Fault::Key);
    if own {
        require(call.status != Some(false), Fault::KeyOfIndexInItem);
    }

    let access = match call.kind {
        _ if reads => Access::Read,
        // A batch of writes is one action, whatever it encloses.
        Kind::Put | Kind::Update => Access::Write,
        _ if wrapped == Wrapped::Batch => Access::Write,
        _ => Access::Condition,
    };
    let is_bound = |path: &str| (path == "tenant" && table.is_bound()) || (path == "status" && own);
    let reads_path =
        |path: &str| is_bound(path) || table.read.as_ref().is_none_or(|list| list.contains(path));
    let writes_path = |path: &str| table.write.as_ref().is_none_or(|list| list.contains(path));
    let fault_of = |path: &str| {
        if is_told(table, access, path) {
            Fault::PartOfAttribute
        } else {
            Fault::Attribute
        }
    };
    let compared = (call.kind == Kind::Query).then(|| call.key_name(tables));
    for path in call
        .projection
        .iter()
        .flatten()
        .chain(&call.condition)
        .chain(&compared)
    {
        require(reads_path(path), fault_of(path));
    }
    match call.kind {
        Kind::Put => {
            let status = call.status.map(|_| "status");
            for path in call.written.iter().chain(&["tenant", "id"]).chain(&status) {
                require(is_bound(path) || writes_path(path), fault_of(path));
            }
        }
        Kind::Update => {
            let answers = call.return_values.is_some_and(|values| values != "NONE");
            for path in &call.written {
                require(writes_path(path), fault_of(path));
                require(!answers || reads_path(path), Fault::AnsweredUpdate);
            }
        }
        _ => {}
    }
    if let Some(values) = call.return_values {
        require(
            values == "NONE" || table.return_values.contains(values),
            Fault::ReturnValues,
        );
    }
    let limited = table.read.is_some();
    match call.select {
        Some("COUNT") if limited => require(table.counts, Fault::Select),
        Some("COUNT") => require(table.counts, Fault::CountOfAll),
        Some("ALL_ATTRIBUTES") => require(!limited, Fault::Select),
        _ => require(
            !reads || !limited || call.projection.is_some(),
            Fault::Projection,
        ),
    }
}

/// Whether an operation on one item is declared, by itself or in a transaction.
fn is_enclosed(kind: Kind, table: &Table, transaction: bool) -> bool {
    let item = match kind {
        Kind::Get => Some(Operation::GetItem),
        Kind::Put => Some(Operation::PutItem),
        Kind::Update => Some(Operation::UpdateItem),
        Kind::Delete => Some(Operation::DeleteItem),
        Kind::Query => Some(Operation::Query),
        Kind::Scan => Some(Operation::Scan),
        Kind::Check => None,
    };
    item.map_or(table.condition_checks, |item| {
        table.encloses(item, transaction)
    })
}

/// Whether IAM has the attribute in the one list that it has for an action, or has none.
fn is_told(table: &Table, access: Access, path: &str) -> bool {
    let limited = match access {
        Access::Read | Access::Condition => table.read.is_some(),
        Access::Write => table.read.is_some() && table.write.is_some(),
    };
    let written = table.write.as_ref().filter(|_| access != Access::Read);
    let mut declared = table.read.iter().chain(written).flatten();
    let is_key =
        ["tenant", "id"].contains(&path) || (path == "status" && table.index == Some(Index::Own));
    !limited || is_key || declared.any(|known| top(known) == top(path))
}

fn of_statement(executed: &Executed, operation: &str, table: &Table, faults: &mut Vec<Fault>) {
    let alone = [
        Operation::ExecuteStatement,
        Operation::BatchExecuteStatement,
    ];
    let execution = table
        .operations
        .iter()
        .find(|known| known.as_str() == operation);
    let instead = operation != "ExecuteTransaction" && alone.iter().any(|known| table.has(*known));
    if execution.is_none() {
        faults.push(if instead {
            Fault::OtherExecution
        } else {
            Fault::Operation
        });
    }
    if !table.statements.contains(&executed.statement) {
        // An index is another resource.
        let same = |known: &&usize| {
            STATEMENTS[**known].0 == STATEMENTS[executed.statement].0
                && (**known == 2) == (executed.statement == 2)
        };
        let alike = table.statements.iter().any(|known| same(&known));
        faults.push(if alike {
            Fault::StatementText
        } else {
            Fault::Operation
        });
    }
    if table.is_bound() && !executed.mine {
        faults.push(Fault::Key);
    }
}
