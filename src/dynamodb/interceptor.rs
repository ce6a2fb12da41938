//! Where a call passes the guard, on its way through the SDK.

use std::sync::Arc;

use aws_smithy_runtime_api::{
    box_error::BoxError,
    client::{
        interceptors::{
            Intercept,
            context::{BeforeTransmitInterceptorContextRef, FinalizerInterceptorContextRef},
        },
        orchestrator::HttpRequest,
        runtime_components::RuntimeComponents,
    },
};
use aws_smithy_types::{
    body::SdkBody,
    config_bag::{ConfigBag, Storable, StoreReplace},
};

use super::{AccessDenied, AccessDeniedKind, TablePolicy, decision, endpoint::Endpoint};

/// The interceptor of a guard.
///
/// It decides in `read_after_serialization`: the request is complete, and neither credentials nor an
/// attempt nor the network have been asked for. Interceptors and `mutate_request` may change it
/// later, so that it is compared before it is sent; and they may turn an error into a success, so
/// that the verdict is given again at the end.
#[derive(Debug)]
pub(super) struct Guard {
    policy: Arc<TablePolicy>,
    endpoint: Endpoint,
}

/// What was decided on, for the later steps of one call.
#[derive(Debug)]
enum Verdict {
    Allowed { target: String, body: SdkBody },
    Denied(AccessDenied),
}

impl Storable for Verdict {
    type Storer = StoreReplace<Self>;
}

impl Guard {
    pub(super) fn new(policy: Arc<TablePolicy>, endpoint: Endpoint) -> Self {
        Self { policy, endpoint }
    }

    fn decide(&self, request: &HttpRequest) -> Result<Verdict, AccessDenied> {
        let unreadable = || AccessDenied::new(AccessDeniedKind::Unreadable, None);
        let target = target(request).ok_or_else(unreadable)?;
        let name = target.strip_prefix(API).ok_or_else(unreadable)?;
        let body = request.body().bytes().ok_or_else(unreadable)?;
        decision::decide(&self.policy, name, body)?;
        // In memory, and so shared and not copied.
        let body = request.body().try_clone().ok_or_else(unreadable)?;
        Ok(Verdict::Allowed {
            target: target.to_owned(),
            body,
        })
    }

    fn check_unchanged(
        &self,
        request: &HttpRequest,
        verdict: Option<&Verdict>,
    ) -> Result<(), AccessDenied> {
        let Some(Verdict::Allowed {
            target: decided,
            body,
        }) = verdict
        else {
            return Err(match verdict {
                Some(Verdict::Denied(denied)) => denied.clone(),
                _ => AccessDenied::new(AccessDeniedKind::Unreadable, None),
            });
        };
        let unchanged = target(request) == Some(decided)
            && request.body().bytes().is_some()
            && request.body().bytes() == body.bytes();
        let operation = decided.strip_prefix(API).and_then(super::Operation::parse);
        if !unchanged {
            return Err(AccessDenied::new(AccessDeniedKind::Changed, operation));
        }
        let endpoint = request
            .uri()
            .parse()
            .is_ok_and(|uri| self.endpoint.is(&uri));
        if !endpoint {
            return Err(AccessDenied::new(AccessDeniedKind::Endpoint, operation));
        }
        Ok(())
    }
}

/// The version of the API, before the operation in `x-amz-target`.
const API: &str = "DynamoDB_20120810.";

/// The only `x-amz-target` of a request.
fn target(request: &HttpRequest) -> Option<&str> {
    let mut targets = request.headers().get_all("x-amz-target");
    match (targets.next(), targets.next()) {
        (Some(target), None) => Some(target),
        _ => None,
    }
}

impl Intercept for Guard {
    fn name(&self) -> &'static str {
        "tower-harden DynamoGuard"
    }

    fn read_after_serialization(
        &self,
        context: &BeforeTransmitInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        config: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let verdict = self.decide(context.request());
        let denied = verdict.as_ref().err().cloned();
        config
            .interceptor_state()
            .store_put(verdict.unwrap_or_else(Verdict::Denied));
        deny(denied)
    }

    fn read_before_transmit(
        &self,
        context: &BeforeTransmitInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        config: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let denied = self
            .check_unchanged(context.request(), config.load::<Verdict>())
            .err();
        if let Some(denied) = &denied {
            config
                .interceptor_state()
                .store_put(Verdict::Denied(denied.clone()));
        }
        deny(denied)
    }

    fn read_after_execution(
        &self,
        _: &FinalizerInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        config: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        match config.load::<Verdict>() {
            Some(Verdict::Denied(denied)) => Err(denied.clone().into()),
            _ => Ok(()),
        }
    }
}

fn deny(denied: Option<AccessDenied>) -> Result<(), BoxError> {
    let Some(denied) = denied else {
        return Ok(());
    };
    tracing::warn!(
        target: "tower_harden",
        { kind = denied.kind().as_str(),
        operation = denied.operation().map(super::Operation::as_str),
        table = denied.table().map(crate::TableName::as_str) },
        "DynamoDB call denied"
    );
    Err(denied.into())
}
