//! Changes to a request after it was decided on.

use std::fmt;

use aws_sdk_dynamodb::config::{ConfigBag, Intercept, RuntimeComponents};
use aws_smithy_runtime_api::{
    box_error::BoxError,
    client::{
        interceptors::context::BeforeTransmitInterceptorContextMut, orchestrator::HttpRequest,
        retries::RequestAttempts,
    },
};

/// Where an interceptor may change a request that was decided on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Hook {
    RetryLoop,
    Signing,
    Transmit,
}

/// An interceptor that changes the request.
#[derive(Clone, Copy)]
pub(crate) struct Edit<F> {
    pub(crate) at: Hook,
    /// The attempt that it changes, every one where there is none.
    pub(crate) attempt: Option<u32>,
    pub(crate) change: F,
}

impl<F: Fn(&mut HttpRequest)> Edit<F> {
    pub(crate) fn new(at: Hook, change: F) -> Self {
        Self {
            at,
            attempt: None,
            change,
        }
    }

    fn run(
        &self,
        at: Hook,
        context: &mut BeforeTransmitInterceptorContextMut<'_>,
        config: &ConfigBag,
    ) {
        let attempt = config
            .load::<RequestAttempts>()
            .map(RequestAttempts::attempts);
        if self.at == at && self.attempt.is_none_or(|only| attempt == Some(only)) {
            (self.change)(context.request_mut());
        }
    }
}

impl<F> fmt::Debug for Edit<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Edit at {:?}", self.at)
    }
}

impl<F: Fn(&mut HttpRequest) + Send + Sync> Intercept for Edit<F> {
    fn name(&self) -> &'static str {
        "Edit"
    }

    fn modify_before_retry_loop(
        &self,
        context: &mut BeforeTransmitInterceptorContextMut<'_>,
        _: &RuntimeComponents,
        config: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        self.run(Hook::RetryLoop, context, config);
        Ok(())
    }

    fn modify_before_signing(
        &self,
        context: &mut BeforeTransmitInterceptorContextMut<'_>,
        _: &RuntimeComponents,
        config: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        self.run(Hook::Signing, context, config);
        Ok(())
    }

    fn modify_before_transmit(
        &self,
        context: &mut BeforeTransmitInterceptorContextMut<'_>,
        _: &RuntimeComponents,
        config: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        self.run(Hook::Transmit, context, config);
        Ok(())
    }
}

/// Sends the request to another address.
pub(crate) fn to(request: &mut HttpRequest, uri: &str) {
    request.set_uri(uri).expect("a URI");
}
