//! Who calls is no matter of the decision, and does not choose the host.

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, SystemTime},
};

use aws_credential_types::provider::{ProvideCredentials, future};
use aws_sdk_dynamodb::config::{Credentials, SharedCredentialsProvider};
use aws_types::endpoint_config::AccountIdEndpointMode;
use tower_harden::dynamodb::{DynamoGuard, Principal, denied};

use crate::{
    guarded::{Guarded, config, id, shop},
    stub::Stub,
};

#[tokio::test]
async fn the_account_of_the_credentials_is_not_put_into_the_host() {
    for mode in [
        None,
        Some(AccountIdEndpointMode::Disabled),
        Some(AccountIdEndpointMode::Preferred),
        Some(AccountIdEndpointMode::Required),
    ] {
        let credentials = Credentials::builder()
            .access_key_id("id")
            .secret_access_key("secret")
            .account_id("111122223333")
            .provider_name("test");
        let stub = Stub::default();
        let mut config =
            config(&stub).credentials_provider(SharedCredentialsProvider::new(credentials.build()));
        config.set_account_id_endpoint_mode(mode);
        let guarded = Guarded::of(&DynamoGuard::new(shop()), config, stub);
        let get = guarded.client.get_item().table_name("Orders");
        assert_eq!(guarded.outcome(get.key("id", id()).send()).await, "passed");
        assert_eq!(
            guarded.sent()[0].uri,
            "https://dynamodb.eu-west-1.amazonaws.com/"
        );
    }
}

#[tokio::test]
async fn a_call_is_denied_before_anybody_asks_for_credentials() {
    let stub = Stub::default();
    let mut config = config(&stub);
    config.set_credentials_provider(None);
    let guarded = Guarded::of(&DynamoGuard::new(shop()), config, stub);
    let get = guarded.client.get_item().key("id", id());
    let allowed = get.clone().table_name("Orders").send().await;
    let error = allowed.expect_err("there are no credentials");
    assert_eq!(denied(&error), None);
    let call = get.table_name("Admins");
    assert_eq!(guarded.outcome(call.send()).await, "table GetItem -");
}

/// Answers with credentials, and counts how often.
#[derive(Clone, Debug, Default)]
struct Counted(Arc<AtomicUsize>);

impl ProvideCredentials for Counted {
    fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        self.0.fetch_add(1, Ordering::Relaxed);
        let expires = SystemTime::now() + Duration::from_hours(1);
        let credentials = Credentials::new("id", "secret", None, Some(expires), "test");
        future::ProvideCredentials::ready(Ok(credentials))
    }
}

#[tokio::test]
async fn principals_share_the_credentials_of_their_client() {
    let provider = Counted::default();
    let stub = Stub::default();
    let config =
        config(&stub).credentials_provider(SharedCredentialsProvider::new(provider.clone()));
    let guarded = Guarded::of(&DynamoGuard::new(shop()), config, stub);
    for principal in ["a", "b", "c"] {
        let guarded = guarded.with_principal(Principal::new(principal));
        let get = guarded.client.get_item().table_name("Orders");
        assert_eq!(guarded.outcome(get.key("id", id()).send()).await, "passed");
    }
    assert_eq!(provider.0.load(Ordering::Relaxed), 1);
}
