//! A guarded client over a stub, and what came of its calls.

use std::{error::Error, fmt::Debug, time::Duration};

use aws_sdk_dynamodb::{
    config::{BehaviorVersion, Credentials, Region, SharedCredentialsProvider, retry::RetryConfig},
    error::SdkError,
    types::AttributeValue,
};
use aws_types::{SdkConfig, sdk_config};
use tower_harden::dynamodb::{
    AccessDenied, DynamoGuard, GuardedClient, Operation, Principal, TablePolicy, TableRules, denied,
};

use crate::stub::{Sent, Stub};

/// A client whose requests go to a stub.
#[derive(Clone)]
pub(crate) struct Guarded {
    pub(crate) client: GuardedClient,
    stub: Stub,
}

impl Guarded {
    pub(crate) fn by(policy: TablePolicy) -> Self {
        Self::over(Stub::default(), policy)
    }

    pub(crate) fn over(stub: Stub, policy: TablePolicy) -> Self {
        Self::of(&DynamoGuard::new(policy), config(&stub), stub)
    }

    /// A client of a configuration that sends to `stub`.
    pub(crate) fn of(guard: &DynamoGuard, config: sdk_config::Builder, stub: Stub) -> Self {
        let client = guard.client(&config.build());
        let client = client.unwrap_or_else(|error| panic!("{error}"));
        Self { client, stub }
    }

    pub(crate) fn with_principal(&self, principal: Principal) -> Self {
        Self {
            client: self.client.with_principal(principal),
            stub: self.stub.clone(),
        }
    }

    pub(crate) fn sent(&self) -> Vec<Sent> {
        self.stub.sent()
    }

    /// `passed`, or the kind, the operation and the table of a denial.
    ///
    /// What passes is sent once and what is denied is not sent at all, or this fails.
    pub(crate) async fn outcome<T: Debug, E: Error + 'static>(
        &self,
        call: impl Future<Output = Result<T, SdkError<E>>>,
    ) -> String {
        let before = self.sent().len();
        // The future of a call is a large one.
        let result = Box::pin(call).await;
        let sent = self.sent().len() - before;
        match result {
            Ok(_) => {
                assert_eq!(sent, 1, "a call that passes is sent once");
                "passed".to_owned()
            }
            Err(error) => {
                assert_eq!(sent, 0, "a call that is denied is not sent");
                words(found(&error))
            }
        }
    }

    /// The denial of a call that must not be sent.
    pub(crate) async fn denial<T: Debug, E: Error + 'static>(
        &self,
        call: impl Future<Output = Result<T, SdkError<E>>>,
    ) -> SdkError<E> {
        let error = Box::pin(call).await.expect_err("a denied call");
        assert_eq!(self.sent().len(), 0, "a call that is denied is not sent");
        error
    }
}

/// The denial that an error has to come from.
pub(crate) fn found<'a>(error: &'a (dyn Error + 'static)) -> &'a AccessDenied {
    denied(error).unwrap_or_else(|| panic!("failed, and not by the guard: {error:?}"))
}

/// The kind, the operation and the table of a denial, `-` for what it does not name.
pub(crate) fn words(denied: &AccessDenied) -> String {
    let kind = denied.kind().as_str();
    let operation = denied.operation().map_or("-", Operation::as_str);
    let table = denied.table().map_or("-", |table| table.as_str());
    format!("{kind} {operation} {table}")
}

/// The configuration of a service in Ireland.
pub(crate) fn config(stub: &Stub) -> sdk_config::Builder {
    let credentials = Credentials::new("id", "secret", None, None, "test");
    SdkConfig::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new("eu-west-1"))
        .credentials_provider(SharedCredentialsProvider::new(credentials))
        .retry_config(RetryConfig::standard().with_initial_backoff(Duration::from_millis(1)))
        .http_client(stub.clone())
}

/// Every operation on items of the tables `Orders` and `Customers`, and writing to `Audit`.
pub(crate) fn shop() -> TablePolicy {
    let items = |table: TableRules| {
        free(table).consistent_reads().condition_checks().allow([
            Operation::BatchGetItem,
            Operation::BatchWriteItem,
            Operation::DeleteItem,
            Operation::DescribeTable,
            Operation::GetItem,
            Operation::PutItem,
            Operation::Query,
            Operation::Scan,
            Operation::TransactGetItems,
            Operation::TransactWriteItems,
            Operation::UpdateItem,
        ])
    };
    declare(|policy| {
        policy
            .table("Orders", |table| items(table).index("by_status"))?
            .table("Customers", |table| items(table).index("by_name"))?
            .table("Audit", |table| free(table).allow([Operation::PutItem]))
    })
}

/// One table, with one operation on it.
pub(crate) fn only(table: &str, operation: Operation) -> TablePolicy {
    declare(|policy| policy.table(table, |rules| free(rules).allow([operation])))
}

/// Rules that let every item and attribute pass.
pub(crate) fn free(table: TableRules) -> TableRules {
    table.any_partition().read_all().write_all()
}

/// A policy that has no mistakes.
pub(crate) fn declare(
    declare: impl FnOnce(TablePolicy) -> Result<TablePolicy, tower_harden::ConfigError>,
) -> TablePolicy {
    declare(TablePolicy::new()).unwrap_or_else(|error| panic!("{error}"))
}

/// The value of a key.
pub(crate) fn id() -> AttributeValue {
    AttributeValue::S("7".to_owned())
}
