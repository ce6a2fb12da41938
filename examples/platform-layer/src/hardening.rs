//! The stack of layers, in the one order in which they do what each of them promises.

use std::time::Duration;

use axum::body::Body;
use http::{Response, StatusCode};
use tower::util::MapResponse;
use tower_harden::{ConfigError, Harden, HardenLayer, PolicyBuilder, PolicyHandle, ResponseBody};
use tower_http::{
    catch_panic::{CatchPanic, CatchPanicLayer},
    timeout::{Timeout, TimeoutLayer},
    trace::{HttpMakeClassifier, Trace, TraceLayer},
};
use tower_layer::Layer;

use crate::{PanicProblem, RouteSpan, base, problem};

/// The layer of the company, for axum's `Router::layer` or [`RouterExt`](crate::RouterExt).
///
/// From the outside to the handler:
///
/// 1. [`TraceLayer`] sees every answer, those to panics and late requests too, and the events of the others
///    stand in its span.
/// 2. [`CatchPanicLayer`] stands around everything that runs for a request, and below the trace, which so
///    sees a 500 and not an unwinding stack.
/// 3. [`TimeoutLayer`] counts the time of the body and of the handler, and answers 504. Under the limits of
///    the base, a body that is late is answered before that, with 408: it is the matter of the client.
/// 4. [`HardenLayer`] is the innermost: nothing stands between it and the handler that could make of what
///    was judged something else.
#[derive(Clone, Debug)]
#[must_use]
pub struct Hardening {
    handle: PolicyHandle,
    harden: HardenLayer,
    timeout: Duration,
}

/// A service behind [`Hardening`], with a name, so that it can stand in a field or a signature.
pub type Hardened<S> = Trace<CatchPanic<Timed<S>, PanicProblem>, HttpMakeClassifier, RouteSpan>;

type Timed<S> = MapResponse<Timeout<Harden<S>>, Answer>;

/// What makes problem details of the answer to a request that was late.
pub type Answer = fn(Response<ResponseBody<Body>>) -> Response<ResponseBody<Body>>;

/// How long a service has for its answer.
const TIMEOUT: Duration = Duration::from_secs(30);

/// The layer for a service, by its own policy over the base policy.
///
/// # Errors
///
/// Every mistake in the policy, and everything in which it loosens the base.
pub fn hardening(service: PolicyBuilder) -> Result<Hardening, ConfigError> {
    base::policy(service).map(Hardening::new)
}

/// The same for a service that is hardened for the first time: what is not an address that the policy
/// refuses is reported and let through.
///
/// # Errors
///
/// As [`hardening`].
pub fn first_rollout(service: PolicyBuilder) -> Result<Hardening, ConfigError> {
    base::first_rollout_policy(service).map(Hardening::new)
}

impl Hardening {
    fn new(policy: impl Into<PolicyHandle>) -> Self {
        let handle = policy.into();
        Self {
            harden: HardenLayer::new(handle.clone()),
            handle,
            timeout: TIMEOUT,
        }
    }

    /// How long the service has for its answer. More than the 30 seconds of the company it cannot have.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout.min(TIMEOUT);
        self
    }

    /// The policy in force, to reload it and to try another one.
    #[must_use]
    pub fn handle(&self) -> &PolicyHandle {
        &self.handle
    }
}

impl<S> Layer<S> for Hardening {
    type Service = Hardened<S>;

    fn layer(&self, inner: S) -> Hardened<S> {
        let timeout = TimeoutLayer::with_status_code(StatusCode::GATEWAY_TIMEOUT, self.timeout);
        let timed = MapResponse::new(
            timeout.layer(self.harden.layer(inner)),
            problem::timed_out as Answer,
        );
        let caught = CatchPanicLayer::custom(PanicProblem).layer(timed);
        TraceLayer::new_for_http()
            .make_span_with(RouteSpan)
            .layer(caught)
    }
}
