use aws_sdk_dynamodb::Client;
use tower_harden::{
    ConfigError,
    dynamodb::{Operation, ReturnValues, TablePolicy},
};

use crate::store::{Index, Table};

/// Whom the work is for.
pub(crate) const TENANT: &str = "acme";
/// The index of orders by status, within a tenant.
pub(crate) const BY_STATUS: &str = "by_status";
/// The index of orders by buyer, which is a tenant too.
pub(crate) const BY_BUYER: &str = "by_buyer";
/// The most items that a reading asks for.
pub(crate) const MOST: i32 = 50;
/// The most segments of a scan.
pub(crate) const SEGMENTS: i32 = 4;

/// The tables of one run.
#[derive(Clone, Debug)]
pub(crate) struct Names {
    pub(crate) orders: String,
    pub(crate) events: String,
}

/// The statements of the work.
#[derive(Clone, Debug)]
pub(crate) struct Statements {
    pub(crate) select: String,
    pub(crate) select_by_status: String,
    pub(crate) insert: String,
    pub(crate) update: String,
    pub(crate) delete: String,
}

impl Names {
    pub(crate) fn of(run: &str) -> Self {
        Self {
            orders: format!("orders_{run}"),
            events: format!("events_{run}"),
        }
    }

    pub(crate) async fn create(&self, client: &Client) {
        let orders = Table {
            name: &self.orders,
            keys: ["tenant", "id"],
            indexes: &[
                Index {
                    name: BY_STATUS,
                    keys: ["tenant", "status"],
                },
                Index {
                    name: BY_BUYER,
                    keys: ["buyer", "id"],
                },
            ],
        };
        orders.create(client).await;
        let events = Table {
            name: &self.events,
            keys: ["source", "at"],
            indexes: &[],
        };
        events.create(client).await;
    }

    pub(crate) fn statements(&self) -> Statements {
        let table = &self.orders;
        Statements {
            select: format!(
                r#"SELECT id, sku, quantity FROM "{table}" WHERE tenant = ? AND id = ?"#
            ),
            select_by_status: format!(
                r#"SELECT id, "status" FROM "{table}"."{BY_STATUS}" WHERE tenant = ? AND "status" = ?"#
            ),
            insert: format!(
                r#"INSERT INTO "{table}" VALUE {{'tenant': ?, 'id': ?, 'sku': ?, 'quantity': ?}}"#
            ),
            update: format!(
                r#"UPDATE "{table}" SET quantity = ? REMOVE note WHERE tenant = ? AND id = ?"#
            ),
            delete: format!(r#"DELETE FROM "{table}" WHERE tenant = ? AND id = ?"#),
        }
    }

    /// What the work is, and nothing else.
    pub(crate) fn policy(&self) -> TablePolicy {
        self.declare().unwrap_or_else(|error| panic!("{error}"))
    }

    fn declare(&self) -> Result<TablePolicy, ConfigError> {
        let statements = self.statements();
        let policy = TablePolicy::new().table(&self.orders, |table| {
            table
                .allow([
                    Operation::BatchExecuteStatement,
                    Operation::BatchGetItem,
                    Operation::BatchWriteItem,
                    Operation::DeleteItem,
                    Operation::ExecuteStatement,
                    Operation::ExecuteTransaction,
                    Operation::GetItem,
                    Operation::PutItem,
                    Operation::Query,
                    Operation::TransactGetItems,
                    Operation::TransactWriteItems,
                    Operation::UpdateItem,
                ])
                .condition_checks()
                .partition_key("tenant")
                .index(BY_STATUS)
                .index_by(BY_BUYER, "buyer")
                .read([
                    "id",
                    "sku",
                    "quantity",
                    "status",
                    "note",
                    "tags",
                    "address.city",
                    "parts",
                ])
                .write([
                    "id", "sku", "quantity", "status", "note", "tags", "address", "parts", "secret",
                ])
                .max_limit(50)
                .consistent_reads()
                .counts()
                .return_values([ReturnValues::UpdatedNew, ReturnValues::UpdatedOld])
                .statement(statements.select)
                .statement(statements.select_by_status)
                .statement(statements.insert)
                .statement(statements.update)
                .statement(statements.delete)
        })?;
        policy.table(&self.events, |table| {
            table
                .allow([
                    Operation::BatchGetItem,
                    Operation::BatchWriteItem,
                    Operation::GetItem,
                    Operation::PutItem,
                    Operation::Scan,
                ])
                .any_partition()
                .read_all()
                .write_all()
                .max_limit(50)
                .max_segments(4)
                .counts()
        })
    }
}
