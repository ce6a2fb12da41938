//! Credentials of the metadata service of the machine. None of these tests asks it.

use std::{env, process::Command};

use aws_config::{
    BehaviorVersion, Region, SdkConfig, imds::credentials::ImdsCredentialsProvider,
    provider_config::ProviderConfig,
};
use aws_credential_types::{
    Credentials,
    credential_feature::AwsCredentialFeature,
    provider::{ProvideCredentials, SharedCredentialsProvider, future},
};
use aws_sdk_dynamodb::error::DisplayErrorContext;
use middleware_tests::log::Log;
use tower_harden::dynamodb::{DynamoGuard, denied};

use crate::{
    guarded::{Guarded, config, id, shop},
    stub::Stub,
};

const SWITCH: &str = "AWS_EC2_METADATA_DISABLED";
const FORBIDDEN: &str = "credentials: may come from the metadata service of the machine, which is forbidden: configure a provider, or set AWS_EC2_METADATA_DISABLED=true";

/// The configurations whose credentials may come from there: that of `aws_config`, and the provider itself.
async fn of_the_machine() -> [SdkConfig; 2] {
    let region = || Region::new("eu-west-1");
    let defaults = aws_config::defaults(BehaviorVersion::latest())
        .region(region())
        .http_client(Stub::default())
        .load()
        .await;
    let machine = ProviderConfig::without_region().with_http_client(Stub::default());
    let provider = ImdsCredentialsProvider::builder()
        .configure(&machine)
        .build();
    let mut direct = config(&Stub::default());
    direct.set_credentials_provider(Some(SharedCredentialsProvider::new(provider)));
    [defaults, direct.build()]
}

fn is_off() -> bool {
    env::var(SWITCH).is_ok_and(|value| value == "true")
}

#[tokio::test]
async fn a_provider_that_would_ask_it_is_refused_unless_that_is_switched_off() {
    let guard = DynamoGuard::new(shop()).forbid_instance_metadata();
    for config in of_the_machine().await {
        let told = guard
            .client(&config)
            .map_or_else(|error| error.to_string(), |_| String::new());
        assert_eq!(told, if is_off() { "" } else { FORBIDDEN });
    }
}

#[tokio::test]
async fn a_provider_that_would_ask_it_is_told_of_unless_that_is_switched_off() {
    for config in of_the_machine().await {
        let log = Log::record();
        DynamoGuard::new(shop())
            .client(&config)
            .unwrap_or_else(|error| panic!("{error}"));
        let events = log.take();
        let told = events.iter().all(|event| {
            event.starts_with("tower_harden message=the credentials of the DynamoDB client may come from the metadata service")
        });
        assert!(told, "{events:?}");
        assert_eq!(events.len(), usize::from(!is_off()));
    }
}

/// The tests above, in a process of each environment.
#[test]
fn the_switch_is_that_of_the_sdk() {
    for value in [None, Some("false"), Some("true")] {
        let mut command = Command::new(env::current_exe().expect("this program"));
        command.args(["metadata::a_provider", "--test-threads=1"]);
        command.env_remove(SWITCH);
        if let Some(value) = value {
            command.env(SWITCH, value);
        }
        let output = command.output().expect("this program runs");
        let text = String::from_utf8_lossy(&output.stdout);
        assert!(output.status.success(), "{value:?}: {text}");
        assert!(text.contains("2 passed"), "{value:?}: {text}");
    }
}

/// Does not say where its credentials come from.
#[derive(Debug)]
struct Unnamed(Vec<AwsCredentialFeature>);

impl ProvideCredentials for Unnamed {
    fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        let mut credentials = Credentials::new("id", "secret", None, None, "test");
        credentials.set_property(self.0.clone());
        future::ProvideCredentials::ready(Ok(credentials))
    }
}

fn guarded(provider: impl ProvideCredentials + 'static) -> Guarded {
    let stub = Stub::default();
    let config = config(&stub).credentials_provider(SharedCredentialsProvider::new(provider));
    let guard = DynamoGuard::new(shop()).forbid_instance_metadata();
    Guarded::of(&guard, config, stub)
}

#[tokio::test]
async fn credentials_that_come_from_it_are_not_used() {
    for features in [
        vec![AwsCredentialFeature::CredentialsImds],
        vec![
            AwsCredentialFeature::CredentialsProfile,
            AwsCredentialFeature::CredentialsImds,
        ],
    ] {
        let guarded = guarded(Unnamed(features));
        let get = guarded.client.get_item().table_name("Orders");
        let error = get
            .key("id", id())
            .send()
            .await
            .expect_err("no credentials");
        // It is the provider that fails: the call is a declared one.
        assert_eq!(denied(&error), None);
        let text = DisplayErrorContext(&error).to_string();
        let forbidden = "credentials of the metadata service of the machine are forbidden";
        assert!(text.contains(forbidden), "{text}");
        assert_eq!(guarded.sent().len(), 0);
    }
}

#[tokio::test]
async fn credentials_that_come_from_elsewhere_are_used() {
    let credentials = Credentials::new("id", "secret", None, None, "test");
    let get = |guarded: &Guarded| {
        let get = guarded.client.get_item().table_name("Orders");
        get.key("id", id()).send()
    };
    let fixed = guarded(credentials);
    assert_eq!(fixed.outcome(get(&fixed)).await, "passed");
    let profile = guarded(Unnamed(vec![AwsCredentialFeature::CredentialsProfile]));
    assert_eq!(profile.outcome(get(&profile)).await, "passed");
}
