use std::sync::Arc;

use aws_sdk_dynamodb::{
    Client,
    config::{Builder, SharedInterceptor},
};
use aws_types::{SdkConfig, endpoint_config::AccountIdEndpointMode};
use http::Uri;

use super::{
    GuardedClient, TablePolicy,
    endpoint::{self, Endpoint},
    interceptor::Guard,
};
use crate::ConfigError;

/// Builds clients that do only what a [`TablePolicy`] declares.
#[derive(Clone, Debug)]
#[must_use]
pub struct DynamoGuard {
    policy: Arc<TablePolicy>,
    endpoint: Option<Uri>,
}

impl DynamoGuard {
    /// A guard that decides by `policy`, for clients of Amazon's own endpoint.
    pub fn new(policy: TablePolicy) -> Self {
        Self {
            policy: Arc::new(policy),
            endpoint: None,
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

    /// A client of the configured account and region.
    ///
    /// Account-based endpoints are switched off: with them the name of a table may choose the host.
    ///
    /// # Errors
    ///
    /// Where the configuration has no region, has region `local`, or has an endpoint, also by an
    /// environment variable, that is not the declared one.
    pub fn client(&self, config: &SdkConfig) -> Result<GuardedClient, ConfigError> {
        let endpoint = Endpoint::of(config, self.endpoint.as_ref())?;
        let mut builder = Builder::from(config);
        builder.set_endpoint_url(endpoint.url());
        builder.set_account_id_endpoint_mode(Some(AccountIdEndpointMode::Disabled));
        // The last one: what other interceptors did to a request is decided on.
        let guard = Guard::new(self.policy.clone(), endpoint);
        builder.push_interceptor(SharedInterceptor::permanent(guard));
        Ok(GuardedClient::new(Client::from_conf(builder.build())))
    }
}
