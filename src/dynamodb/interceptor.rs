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
        decided: &str,
        body: &SdkBody,
    ) -> Result<(), AccessDenied> {
        let unchanged = target(request) == Some(decided)
            && request.body().bytes().is_some()
            && request.body().bytes() == body.bytes();
        let operation = decided.strip_prefix(API).and_then(super::Operation::parse);
        if !unchanged {
            return Err(AccessDenied::new(AccessDeniedKind::Changed, operation));
        }
        let hosts = request.headers().get_all_bytes("host");
        if !self.endpoint.is(request.uri(), hosts) {
            return Err(AccessDenied::new(AccessDeniedKind::Endpoint, operation));
        }
        Ok(())
    }
}

/// The version of the API, before the operation in `x-amz-target`.
const API: &str = "DynamoDB_20120810.";

/// The only `x-amz-target` of a request.
fn target(request: &HttpRequest) -> Option<&str> {
    // Of all of them: `get_all` leaves out values that are no text.
    let mut targets = request.headers().get_all_bytes("x-amz-target");
    match (targets.next(), targets.next()) {
        (Some(target), None) => std::str::from_utf8(target).ok(),
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
        let (verdict, result) = match self.decide(context.request()) {
            Ok(verdict) => (verdict, Ok(())),
            Err(denied) => (Verdict::Denied(denied.clone()), Err(tell(denied))),
        };
        config.interceptor_state().store_put(verdict);
        result
    }

    fn read_before_transmit(
        &self,
        context: &BeforeTransmitInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        config: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let checked = match config.load::<Verdict>() {
            Some(Verdict::Allowed { target, body }) => {
                self.check_unchanged(context.request(), target, body)
            }
            // It was told of, and the SDK was made to try again.
            Some(Verdict::Denied(denied)) => return Err(denied.clone().into()),
            None => Err(undecided()),
        };
        let Err(denied) = checked else {
            return Ok(());
        };
        config
            .interceptor_state()
            .store_put(Verdict::Denied(denied.clone()));
        Err(tell(denied))
    }

    fn read_after_execution(
        &self,
        context: &FinalizerInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        config: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        match (config.load::<Verdict>(), context.output_or_error()) {
            (Some(Verdict::Allowed { .. }), _) => Ok(()),
            // It is what the caller gets: the SDK logs an error for each that takes another's place.
            (Some(Verdict::Denied(_)), Some(Err(error))) if super::denied(error).is_some() => {
                Ok(())
            }
            (Some(Verdict::Denied(denied)), _) => Err(denied.clone().into()),
            // A success that nothing was decided for.
            (None, Some(Ok(_))) => Err(tell(undecided())),
            (None, _) => Ok(()),
        }
    }
}

/// A call whose verdict is missing.
fn undecided() -> AccessDenied {
    AccessDenied::new(AccessDeniedKind::Unreadable, None)
}

/// Leaves the one event of a denied call.
fn tell(denied: AccessDenied) -> BoxError {
    tracing::warn!(
        target: "tower_harden",
        { kind = denied.kind().as_str(),
        operation = denied.operation().map(super::Operation::as_str),
        table = denied.table().map(crate::TableName::as_str) },
        "DynamoDB call denied"
    );
    denied.into()
}
