//! Where orders are kept: in tables of DynamoDB, or of a store inside of this process that speaks
//! its protocol. In each of them the partition key is `tenant` and the sort key `id`.

mod client;
mod connect;
mod embedded;
mod item;
mod orders;
mod setup;

pub use client::Database;
pub use connect::{Store, open};
pub use item::{Change, NewOrder, Order, Page, Table};
pub use orders::Orders;

/// The table of orders.
pub const ORDERS: &str = "Orders";

/// The table of texts that people wrote.
pub const NOTES: &str = "Notes";

/// The table of URLs that are told of changes.
pub const WEBHOOKS: &str = "Webhooks";

/// The index of orders by status, within a tenant.
pub const BY_STATUS: &str = "by_status";

/// What may become of an order.
pub const STATUSES: [&str; 3] = ["open", "shipped", "cancelled"];
