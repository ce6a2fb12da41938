//! What one call may set anew, and what stays the guard's.

use aws_sdk_dynamodb::config::{
    Builder, ConfigBag, Credentials, Intercept, Region, RuntimeComponents, SharedInterceptor,
    interceptors::BeforeTransmitInterceptorContextRef,
};
use aws_smithy_runtime_api::{box_error::BoxError, client::interceptors::disable_interceptor};
use aws_types::endpoint_config::AccountIdEndpointMode;

use crate::{
    guarded::{Guarded, id, shop},
    stub::Stub,
};

/// A configuration for one call.
type Override = fn() -> Builder;

#[tokio::test]
async fn one_call_cannot_be_sent_elsewhere() {
    let rows: &[(&str, Override)] = &[
        ("another host", || {
            Builder::new().endpoint_url("https://evil.example")
        }),
        ("the metadata service", || {
            Builder::new().endpoint_url("http://169.254.169.254")
        }),
        ("this machine", || {
            Builder::new().endpoint_url("http://127.0.0.1:8000")
        }),
        ("clear text", || {
            Builder::new().endpoint_url("http://dynamodb.eu-west-1.amazonaws.com")
        }),
        ("a longer host", || {
            Builder::new().endpoint_url("https://dynamodb.eu-west-1.amazonaws.com.evil.example")
        }),
        ("a path", || {
            Builder::new().endpoint_url("https://dynamodb.eu-west-1.amazonaws.com/evil")
        }),
        ("another region", || {
            Builder::new().region(Region::new("us-east-1"))
        }),
        ("the local region", || {
            Builder::new().region(Region::new("local"))
        }),
        ("the account of the credentials", || {
            let credentials = Credentials::builder()
                .access_key_id("id")
                .secret_access_key("secret")
                .account_id("666666666666")
                .provider_name("test");
            Builder::new()
                .account_id_endpoint_mode(AccountIdEndpointMode::Required)
                .credentials_provider(credentials.build())
        }),
    ];
    for (what, other) in rows {
        let guarded = Guarded::by(shop());
        let get = guarded.client.get_item().table_name("Orders");
        let call = get.key("id", id()).customize().config_override(other());
        assert_eq!(
            guarded.outcome(call.send()).await,
            "endpoint GetItem -",
            "{what}"
        );
    }
}

#[tokio::test]
async fn one_call_cannot_be_sent_without_the_guard() {
    let rows: &[(&str, Override)] = &[
        ("no interceptors", || {
            let mut builder = Builder::new();
            builder.set_interceptors([]);
            builder
        }),
        ("another interceptor", || {
            Builder::new().interceptor(Disable)
        }),
        ("another permanent interceptor", || {
            Builder::new().interceptor(SharedInterceptor::permanent(Disable))
        }),
        ("another connection", || {
            Builder::new().http_client(Stub::default())
        }),
    ];
    for (what, other) in rows {
        let guarded = Guarded::by(shop());
        let scan = guarded.client.scan().table_name("Admins");
        let call = scan.customize().config_override(other());
        assert_eq!(guarded.outcome(call.send()).await, "table Scan -", "{what}");
    }
}

#[tokio::test]
async fn another_connection_gets_nothing_of_a_denied_call() {
    let guarded = Guarded::by(shop());
    let other = Stub::default();
    let scan = guarded.client.scan().table_name("Admins").customize();
    let call = scan.config_override(Builder::new().http_client(other.clone()));
    assert_eq!(guarded.outcome(call.send()).await, "table Scan -");
    assert_eq!(other.sent().len(), 0);
}

/// Switches off what was added as an interceptor of a type that can be named.
#[derive(Debug)]
struct Disable;

impl Intercept for Disable {
    fn name(&self) -> &'static str {
        "Disable"
    }

    fn read_before_execution(
        &self,
        _: &aws_sdk_dynamodb::config::interceptors::BeforeSerializationInterceptorContextRef<'_>,
        config: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        config
            .interceptor_state()
            .store_put(disable_interceptor::<SharedInterceptor>("test"));
        Ok(())
    }
}

/// Asks the SDK for the interceptors of a call.
#[derive(Debug)]
struct Permanent;

impl Intercept for Permanent {
    fn name(&self) -> &'static str {
        "Permanent"
    }

    fn read_before_attempt(
        &self,
        _: &BeforeTransmitInterceptorContextRef<'_>,
        components: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let guards: Vec<_> = components
            .interceptors()
            .filter(|interceptor| interceptor.name() == "tower-harden DynamoGuard")
            .map(|guard| format!("{guard:?}"))
            .collect();
        match guards.as_slice() {
            [guard] if guard.ends_with("permanent: true }") => Ok(()),
            _ => Err(format!("{guards:?}").into()),
        }
    }
}

#[tokio::test]
async fn the_guard_cannot_be_switched_off() {
    let guarded = Guarded::by(shop());
    let get = guarded.client.get_item().table_name("Orders");
    let call = get.key("id", id()).customize().interceptor(Permanent);
    assert_eq!(guarded.outcome(call.send()).await, "passed");
}
