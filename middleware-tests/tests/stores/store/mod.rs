//! Stores that speak the protocol of DynamoDB, on the loopback interface.

mod counted;
mod embedded;
mod moto;
mod tables;

use aws_sdk_dynamodb::{
    Client,
    config::{BehaviorVersion, Credentials, Region, SharedCredentialsProvider},
};
use aws_types::SdkConfig;
use tower_harden::dynamodb::{DynamoGuard, GuardedClient, Principal, TablePolicy};

pub(crate) use counted::Counted;
pub(crate) use embedded::Embedded;
pub(crate) use moto::Moto;
pub(crate) use tables::{Index, Table};

/// A store that runs for as long as it is kept.
pub(crate) trait Store {
    fn url(&self) -> &str;

    /// The configuration of a client of this store, whose requests are counted.
    fn config(&self, counted: &Counted) -> SdkConfig {
        SdkConfig::builder()
            .behavior_version(BehaviorVersion::latest())
            .region(Region::new("us-east-1"))
            .credentials_provider(SharedCredentialsProvider::new(Credentials::new(
                "test", "test", None, None, "test",
            )))
            .endpoint_url(self.url())
            .http_client(counted.clone())
            .build()
    }

    fn bare(&self) -> Client {
        Client::new(&self.config(&Counted::default()))
    }

    /// A client that a guard built, for this principal.
    fn guarded(&self, policy: TablePolicy, counted: &Counted, principal: &str) -> GuardedClient {
        let guard = DynamoGuard::new(policy).endpoint(self.url());
        let client = guard.and_then(|guard| guard.client(&self.config(counted)));
        let client = client.unwrap_or_else(|error| panic!("{error}"));
        client.with_principal(Principal::new(principal))
    }
}
