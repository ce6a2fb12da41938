//! Where a call passes the guard, on its way through the SDK.

use std::sync::Arc;

use aws_smithy_runtime_api::{
    box_error::BoxError,
    client::{
        interceptors::{
            Intercept,
            context::{
                BeforeSerializationInterceptorContextRef, BeforeTransmitInterceptorContextRef,
                FinalizerInterceptorContextRef,
            },
        },
        orchestrator::HttpRequest,
        runtime_components::RuntimeComponents,
    },
};
use aws_smithy_types::{
    body::SdkBody,
    config_bag::{ConfigBag, Storable, StoreReplace},
};

use super::{
    AccessDenied, AccessDeniedKind, Operation, Principal, Recorder, TablePolicy, decision,
    endpoint::Endpoint,
};
use crate::{Mode, kill_switch};

/// The interceptor of a guard.
///
/// It decides in `read_after_serialization`: the request is complete, and neither credentials nor an
/// attempt nor the network have been asked for. Interceptors and `mutate_request` may change it
/// later, so that it is compared before it is sent; and they may turn an error into a success, so
/// that the verdict is given again at the end.
#[derive(Clone, Debug)]
pub(super) struct Guard {
    pub(super) policy: Arc<TablePolicy>,
    /// Whom the client works for.
    pub(super) principal: Option<Principal>,
    pub(super) endpoint: Endpoint,
    pub(super) mode: Mode,
    pub(super) recorder: Option<Recorder>,
}

/// What was decided on, for the later steps of one call.
#[derive(Debug)]
enum Verdict {
    Allowed {
        operation: Operation,
        body: SdkBody,
    },
    Denied(AccessDenied),
    /// It was told of, and goes on.
    Reported,
}

impl Storable for Verdict {
    type Storer = StoreReplace<Self>;
}

/// Whom one call works for.
#[derive(Debug)]
struct CallPrincipal(Principal);

impl Storable for CallPrincipal {
    type Storer = StoreReplace<Self>;
}

/// Sets the principal of one call; made by [`Principal::interceptor`].
#[derive(Debug)]
struct SetPrincipal(Principal);

impl Principal {
    /// Sets the principal of one call of a client that has none:
    ///
    /// ```
    /// # use tower_harden::dynamodb::{GuardedClient, Principal};
    /// # fn example(client: &GuardedClient, tenant: &Principal) -> impl Future {
    /// client.query().table_name("Orders").customize().interceptor(tenant.interceptor()).send()
    /// # }
    /// ```
    #[must_use]
    pub fn interceptor(&self) -> impl Intercept + use<> {
        SetPrincipal(self.clone())
    }
}

impl Intercept for SetPrincipal {
    fn name(&self) -> &'static str {
        "tower-harden Principal"
    }

    fn read_before_execution(
        &self,
        _: &BeforeSerializationInterceptorContextRef<'_>,
        config: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        config
            .interceptor_state()
            .store_put(CallPrincipal(self.0.clone()));
        Ok(())
    }
}

impl Guard {
    fn decide(&self, request: &HttpRequest, config: &ConfigBag) -> Result<Verdict, AccessDenied> {
        let unreadable = || AccessDenied::new(AccessDeniedKind::Unreadable, None);
        let target = target(request).ok_or_else(unreadable)?;
        let name = target.strip_prefix(API).ok_or_else(unreadable)?;
        let body = request.body().bytes().ok_or_else(unreadable)?;
        if let Some(recorder) = &self.recorder {
            recorder.record(name, body);
        }
        // One that stands on the client is not to be changed by a call.
        let of_call = || config.load::<CallPrincipal>().map(|call| &call.0);
        let principal = self.principal.as_ref().or_else(of_call);
        let operation = decision::decide(&self.policy, principal, name, body)?;
        // In memory, and so shared and not copied.
        let body = request.body().try_clone().ok_or_else(unreadable)?;
        Ok(Verdict::Allowed { operation, body })
    }

    /// Tells of a call, and lets it go on or not.
    fn deny(&self, denied: AccessDenied, config: &mut ConfigBag) -> Result<(), BoxError> {
        let mode = kill_switch::mode_in_force(self.mode);
        let enforced = mode == Mode::Enforce;
        tell(&denied, mode);
        let verdict = if enforced {
            Verdict::Denied(denied.clone())
        } else {
            Verdict::Reported
        };
        config.interceptor_state().store_put(verdict);
        if enforced { Err(denied.into()) } else { Ok(()) }
    }

    fn check_unchanged(
        &self,
        request: &HttpRequest,
        operation: Operation,
        body: &SdkBody,
    ) -> Result<(), AccessDenied> {
        let name = target(request).and_then(|target| target.strip_prefix(API));
        let unchanged = name == Some(operation.as_str())
            && request.body().bytes().is_some()
            && request.body().bytes() == body.bytes();
        let operation = Some(operation);
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
        match self.decide(context.request(), config) {
            Ok(verdict) => {
                config.interceptor_state().store_put(verdict);
                Ok(())
            }
            Err(denied) => self.deny(denied, config),
        }
    }

    fn read_before_transmit(
        &self,
        context: &BeforeTransmitInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        config: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let checked = match config.load::<Verdict>() {
            Some(Verdict::Allowed { operation, body }) => {
                self.check_unchanged(context.request(), *operation, body)
            }
            // It was told of, and the SDK was made to try again.
            Some(Verdict::Denied(denied)) => return Err(denied.clone().into()),
            Some(Verdict::Reported) => Ok(()),
            None => Err(undecided()),
        };
        checked.or_else(|denied| self.deny(denied, config))
    }

    fn read_after_execution(
        &self,
        context: &FinalizerInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        config: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        match (config.load::<Verdict>(), context.output_or_error()) {
            (Some(Verdict::Allowed { .. } | Verdict::Reported), _) => Ok(()),
            // It is what the caller gets: the SDK logs an error for each that takes another's place.
            (Some(Verdict::Denied(_)), Some(Err(error))) if super::denied(error).is_some() => {
                Ok(())
            }
            (Some(Verdict::Denied(denied)), _) => Err(denied.clone().into()),
            // A success that nothing was decided for.
            (None, Some(Ok(_))) => self.deny(undecided(), config),
            (None, _) => Ok(()),
        }
    }
}

/// A call whose verdict is missing.
fn undecided() -> AccessDenied {
    AccessDenied::new(AccessDeniedKind::Unreadable, None)
}

/// Leaves the one event of a call that is denied, or would be.
fn tell(denied: &AccessDenied, mode: Mode) {
    let message = match mode {
        Mode::Enforce => "DynamoDB call denied",
        Mode::Report | Mode::Off => "DynamoDB call would be denied",
    };
    if mode == Mode::Off {
        return;
    }
    tracing::warn!(
        target: "tower_harden",
        { kind = denied.kind().as_str(),
        operation = denied.operation().map(Operation::as_str),
        table = denied.table().map(crate::TableName::as_str),
        mode = mode.as_str() },
        "{message}"
    );
}
