use std::sync::Arc;

use aws_sdk_dynamodb::{
    Client,
    config::{Builder, IdentityCache, SharedInterceptor},
};
use aws_types::{SdkConfig, endpoint_config::AccountIdEndpointMode};
use http::Uri;

use super::{
    GuardedClient, Principal, Recorder, TablePolicy, credentials,
    endpoint::{self, Endpoint},
    interceptor::Guard,
};
use crate::{ConfigError, Mode};

/// Builds clients that do only what a [`TablePolicy`] declares.
#[derive(Clone, Debug)]
#[must_use]
pub struct DynamoGuard {
    policy: Arc<TablePolicy>,
    endpoint: Option<Uri>,
    mode: Mode,
    recorder: Option<Recorder>,
    forbid_instance_metadata: bool,
}

impl DynamoGuard {
    /// A guard that decides by `policy`, for clients of Amazon's own endpoint.
    pub fn new(policy: TablePolicy) -> Self {
        Self {
            policy: Arc::new(policy),
            endpoint: None,
            mode: Mode::default(),
            recorder: None,
            forbid_instance_metadata: false,
        }
    }

    /// Declares another endpoint: a store on this machine, a proxy, a VPC endpoint.
    ///
    /// ```
    /// use tower_harden::dynamodb::{DynamoGuard, TablePolicy};
    ///
    /// let guard = DynamoGuard::new(TablePolicy::new()).endpoint("http://127.0.0.1:8000")?;
    /// # Ok::<(), tower_harden::ConfigError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Where `url` is not `http://` or `https://`, a host, and perhaps a port.
    pub fn endpoint(mut self, url: &str) -> Result<Self, ConfigError> {
        let problem = || {
            ConfigError::one(
                format!("endpoint {url:?}"),
                "is not a URL such as http://127.0.0.1:8000",
            )
        };
        let uri = url.parse().ok().filter(endpoint::is_origin);
        self.endpoint = Some(uri.ok_or_else(problem)?);
        Ok(self)
    }

    /// Whether calls that are not declared are denied, or told of and let through.
    ///
    /// [`Mode::Report`] shows what a policy would deny before it does. [`Mode::Off`] sends every call
    /// unseen, to the declared endpoint still.
    pub fn mode(mut self, mode: Mode) -> Self {
        self.mode = mode;
        self
    }

    /// Records what calls do, those that are denied as well; see [`Recorder`].
    pub fn record(mut self, recorder: Recorder) -> Self {
        self.recorder = Some(recorder);
        self
    }

    /// Refuses credentials of the metadata service of the machine: where the configured provider would
    /// ask it, and where credentials say that they come from there.
    ///
    /// Without it such a provider is told of in the log, as a warning: whoever gets a request to that
    /// service gets the same credentials.
    pub fn forbid_instance_metadata(mut self) -> Self {
        self.forbid_instance_metadata = true;
        self
    }

    /// A client of the configured account and region.
    ///
    /// Account-based endpoints are switched off: with them the name of a table may choose the host.
    ///
    /// # Errors
    ///
    /// Where the configuration has no region, has region `local`, or has an endpoint, also by an
    /// environment variable, that is not the declared one; and where its credentials would come from the
    /// metadata service of the machine, and that is forbidden.
    ///
    /// # Panics
    ///
    /// As the client of the SDK does: where the configuration has no behavior version. That of
    /// `aws_config::defaults(BehaviorVersion::latest())` has one.
    pub fn client(&self, config: &SdkConfig) -> Result<GuardedClient, ConfigError> {
        let endpoint = Endpoint::of(config, self.endpoint.as_ref())?;
        let mut builder = Builder::from(config);
        builder.set_endpoint_url(endpoint.url());
        builder.set_account_id_endpoint_mode(Some(AccountIdEndpointMode::Disabled));
        if config.identity_cache().is_none() {
            // Shared by the clients of all principals.
            builder.set_identity_cache(IdentityCache::lazy().build());
        }
        if let Some(provider) = config.credentials_provider() {
            if self.forbid_instance_metadata {
                let provider = credentials::forbid_instance_metadata(provider)?;
                builder.set_credentials_provider(Some(provider));
            } else {
                credentials::warn_of_instance_metadata(&provider);
            }
        }
        let origin = Origin {
            builder,
            guard: Guard {
                policy: self.policy.clone(),
                principal: None,
                endpoint,
                mode: self.mode,
                recorder: self.recorder.clone(),
            },
        };
        Ok(GuardedClient::new(origin.client(None), Arc::new(origin)))
    }
}

/// What clients are made of: a configuration without the guard, and the guard.
#[derive(Debug)]
pub(super) struct Origin {
    builder: Builder,
    guard: Guard,
}

impl Origin {
    pub(super) fn client(&self, principal: Option<Principal>) -> Client {
        let mut builder = self.builder.clone();
        if self.guard.mode != Mode::Off || self.guard.recorder.is_some() {
            let guard = Guard {
                principal,
                ..self.guard.clone()
            };
            // The last one: what other interceptors did to a request is decided on.
            builder.push_interceptor(SharedInterceptor::permanent(guard));
        }
        Client::from_conf(builder.build())
    }
}
