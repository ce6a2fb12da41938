//! Credentials of the metadata service of the machine.
//!
//! Whoever gets a request to that service gets the credentials that this client would use, so that a client
//! is better given its own. Source: *Amazon EC2 User Guide*, "Retrieve security credentials from instance
//! metadata".

use aws_credential_types::{
    Credentials,
    credential_feature::AwsCredentialFeature,
    provider::{ProvideCredentials, SharedCredentialsProvider, error::CredentialsError, future},
};

use crate::ConfigError;

/// What the SDK names the provider that asks the service, in its chains and by itself.
const NAMES: &[&str] = &["Ec2InstanceMetadata", "ImdsCredentialsProvider"];

/// Switches the provider off (*AWS SDKs and Tools Reference Guide*, "IMDS credential provider").
const SWITCH: &str = "AWS_EC2_METADATA_DISABLED";

/// Says where credentials would come from.
pub(super) fn warn_of_instance_metadata(provider: &SharedCredentialsProvider) {
    if may_ask(provider) {
        tracing::warn!(
            target: "tower_harden",
            "the credentials of the DynamoDB client may come from the metadata service of the machine: \
             configure a provider, set {SWITCH}=true, or call forbid_instance_metadata()"
        );
    }
}

/// A provider that has no credentials of the service.
///
/// # Errors
///
/// Where the provider is one that would ask it.
pub(super) fn forbid_instance_metadata(
    provider: SharedCredentialsProvider,
) -> Result<SharedCredentialsProvider, ConfigError> {
    if may_ask(&provider) {
        return Err(ConfigError::one(
            "credentials",
            format!(
                "may come from the metadata service of the machine, which is forbidden: configure a \
                 provider, or set {SWITCH}=true"
            ),
        ));
    }
    Ok(SharedCredentialsProvider::new(Elsewhere(provider)))
}

fn may_ask(provider: &SharedCredentialsProvider) -> bool {
    // A chain shows its providers in no other way.
    let shown = format!("{provider:?}");
    let is_off = std::env::var(SWITCH).is_ok_and(|value| value.eq_ignore_ascii_case("true"));
    !is_off && NAMES.iter().any(|name| shown.contains(name))
}

/// Hands on what does not come from the service: a profile may name it as its source, which nobody sees
/// before it is asked.
#[derive(Debug)]
struct Elsewhere(SharedCredentialsProvider);

impl ProvideCredentials for Elsewhere {
    fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        future::ProvideCredentials::new(async {
            let credentials = self.0.provide_credentials().await?;
            if is_of_instance(&credentials) {
                return Err(CredentialsError::invalid_configuration(
                    "credentials of the metadata service of the machine are forbidden",
                ));
            }
            Ok(credentials)
        })
    }

    fn fallback_on_interrupt(&self) -> Option<Credentials> {
        self.0
            .fallback_on_interrupt()
            .filter(|credentials| !is_of_instance(credentials))
    }
}

fn is_of_instance(credentials: &Credentials) -> bool {
    credentials
        .get_property::<Vec<AwsCredentialFeature>>()
        .is_some_and(|features| features.contains(&AwsCredentialFeature::CredentialsImds))
}
