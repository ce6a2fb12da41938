//! An allowlist around the AWS DynamoDB client: what is not declared is not done.
//!
//! A [`TablePolicy`] declares tables, the operations on each, whose items they touch and which attributes
//! they read and write. A [`DynamoGuard`] builds clients that do that and nothing else, whatever a handler
//! passes on from a request:
//!
//! 1. The decision is made on the request as it was serialized: every operation and every member of
//!    every request is seen, also those that a later version of the SDK adds, and one that is not
//!    known is denied.
//! 2. Tables are named by their bare name. The name of a table may be an ARN to DynamoDB, and then
//!    chooses the account and the host that a request goes to.
//! 3. A partition key is bound to the [`Principal`] of the call: in keys, items, cursors, key conditions
//!    and the parameters of statements.
//! 4. Attributes are read and written as declared, whether an expression names them or hides them behind
//!    `#names`, in projections, conditions, filters, updates and items, at any depth. An expression that
//!    cannot be read is denied, and where shapes are declared, one of another shape.
//! 5. What else a request may ask for is denied unless it is declared: returned values, also inside of
//!    errors, counting, consistent and parallel reads, transactions, legacy members. `PartiQL` is allowed
//!    by the exact text of a statement.
//! 6. It is made before credentials are resolved and before anything is sent. Before sending, body,
//!    operation and endpoint are compared with what was decided on.
//!
//! A denied call fails with an error that [`denied()`] finds in any `SdkError`:
//!
//! ```
//! use aws_sdk_dynamodb::types::AttributeValue;
//! use tower_harden::dynamodb::{
//!     AccessDeniedKind, DynamoGuard, Operation, Principal, TablePolicy, denied,
//! };
//! # use aws_sdk_dynamodb::config::{BehaviorVersion, Credentials, Region, SharedCredentialsProvider};
//!
//! # tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(async {
//! # let sdk_config = aws_types::SdkConfig::builder()
//! #     .behavior_version(BehaviorVersion::latest())
//! #     .region(Region::new("eu-west-1"))
//! #     .credentials_provider(SharedCredentialsProvider::new(
//! #         Credentials::new("id", "secret", None, None, "example"),
//! #     ))
//! #     .build();
//! let policy = TablePolicy::new()
//!     .table("Orders", |table| {
//!         table
//!             .allow([Operation::GetItem, Operation::Query])
//!             .index("by_status")
//!             .partition_key("tenant")
//!             .read(["id", "sku", "status"])
//!     })?;
//! let client = DynamoGuard::new(policy).client(&sdk_config)?;
//!
//! let table = "Admins"; // taken from a request, unchecked
//! let error = client.scan().table_name(table).send().await.unwrap_err();
//! assert_eq!(denied(&error).map(|denied| denied.kind()), Some(AccessDeniedKind::Table));
//!
//! let client = client.with_principal(Principal::new("tenant-7")); // from the session
//! let tenant = AttributeValue::S("tenant-8".into()); // from a request, unchecked
//! let get = client.get_item().table_name("Orders").key("tenant", tenant);
//! let error = get.projection_expression("sku").send().await.unwrap_err();
//! assert_eq!(denied(&error).map(|denied| denied.kind()), Some(AccessDeniedKind::Key));
//! # Ok::<(), tower_harden::ConfigError>(())
//! # }).unwrap();
//! ```
//!
//! # What it does not see
//!
//! Clients that were not built by a guard, DAX and DynamoDB Streams, which have clients of their own,
//! and code that builds another client on purpose: it guards what code is made to do by its input,
//! not what the code is. Of an allowed item it does not know whether it is the right one; sort keys, and
//! values that are no partition key, are the handler's. IAM stays the outer wall:
//! [`TablePolicy::to_iam_policy`] writes it from the same declaration, and
//! [`TablePolicy::check_iam_policy`] tells where another one differs.
//!
//! # Where to begin
//!
//! A [`Recorder`] writes a first declaration from a run of the tests. [`Mode::Report`](crate::Mode::Report)
//! tells of what would be denied before anything is.

mod client;
mod credentials;
mod decision;
mod denied;
mod endpoint;
mod expression;
mod guard;
mod iam;
mod interceptor;
mod members;
mod operation;
mod partiql;
mod policy;
mod principal;
mod recording;

pub use client::GuardedClient;
pub use denied::{AccessDenied, AccessDeniedKind, denied};
pub use guard::DynamoGuard;
pub use iam::{IamFinding, IamFindingKind, IamPolicy, IamScope};
pub use operation::Operation;
pub use policy::{AttributePath, PartitionKey, ReturnValues, TablePolicy, TableRules};
pub use principal::Principal;
pub use recording::Recorder;
