//! Where orders are kept: one table of DynamoDB, or of a store inside of this process that speaks
//! its protocol.

mod client;
mod connect;
mod embedded;
mod item;
mod orders;
mod setup;

pub use connect::{Store, open};
pub use item::{Change, NewOrder, Order, Page, Table};
pub use orders::Orders;

/// The table. Its partition key is `tenant`, its sort key `id`.
pub const TABLE: &str = "Orders";

/// The index of orders by status, within a tenant.
pub const BY_STATUS: &str = "by_status";

/// What may become of an order.
pub const STATUSES: [&str; 3] = ["open", "shipped", "cancelled"];
