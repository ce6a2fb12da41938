use std::{fmt, sync::Arc};

use bytes::Bytes;
use http::{Response, request::Parts};
use tower_layer::Layer;

use super::{Harden, PolicyHandle, route::RouteSource};
use crate::{Rejection, problem, telemetry::Limiter};

/// Wraps services so that only requests that a [`Policy`](crate::Policy) accepts reach them.
///
/// ```
/// use axum::{Router, body::Body, routing::get};
/// use http::{Request, StatusCode};
/// use tower::ServiceExt;
/// use tower_harden::{Field, HardenLayer, Policy, RouteSchema};
///
/// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
/// let policy = Policy::builder()
///     .get("/orders/{id}", RouteSchema::new().path("id", Field::integer(1..)))
///     .build()?;
/// let app: Router = Router::new()
///     .route("/orders/{id}", get(|| async { "an order" }))
///     .layer(HardenLayer::new(policy));
///
/// let get = |path: &str| app.clone().oneshot(Request::get(path).body(Body::empty()).unwrap());
/// assert_eq!(get("/orders/7").await?.status(), StatusCode::OK);
/// assert_eq!(get("/orders/seven").await?.status(), StatusCode::UNPROCESSABLE_ENTITY);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// # }).unwrap();
/// ```
///
/// It has to stand below the router, by `Router::layer`: around a whole router no route is matched yet, and
/// every request is refused as [`Code::RouteUnknown`](crate::Code::RouteUnknown). `Coverage` tells which routes
/// it stands before.
#[derive(Clone, Debug)]
#[must_use]
pub struct HardenLayer {
    shared: Arc<Shared>,
}

#[derive(Clone)]
pub(super) struct Shared {
    pub(super) policy: PolicyHandle,
    pub(super) route: RouteSource,
    pub(super) events: Arc<Limiter>,
    respond: Option<Arc<Respond>>,
}

type Respond = dyn Fn(&Rejection) -> Response<Bytes> + Send + Sync;

impl HardenLayer {
    /// A layer that judges by `policy`: by one that stays, or by that of a
    /// [`PolicyHandle`], which may be replaced.
    pub fn new(policy: impl Into<PolicyHandle>) -> Self {
        Self {
            shared: Arc::new(Shared {
                policy: policy.into(),
                route: RouteSource::Router,
                events: Arc::new(Limiter::new(EVENTS)),
                respond: None,
            }),
        }
    }

    /// Names the route of a request, for services that no axum router stands before.
    ///
    /// `route` answers with the pattern as the policy has it, or with `None`, which refuses the
    /// request. Parameters of the path are taken from a [`PathParams`](crate::PathParams) in the
    /// extensions of the request.
    ///
    /// ```
    /// use tower_harden::{HardenLayer, Policy, RouteSchema};
    ///
    /// let policy = Policy::builder().get("/status", RouteSchema::new()).build()?;
    /// let layer = HardenLayer::new(policy).route_by(|parts| Some(parts.uri.path()));
    /// # Ok::<(), tower_harden::ConfigError>(())
    /// ```
    pub fn route_by(self, route: fn(&Parts) -> Option<&str>) -> Self {
        self.with(|shared| shared.route = RouteSource::Named(route))
    }

    /// At most so many events of refused and reported requests in a second. Default: 100.
    ///
    /// The next event says as `harden.dropped` how many there would have been more. Metrics count all of
    /// them.
    pub fn max_events_per_second(self, events: u32) -> Self {
        self.with(|shared| shared.events = Arc::new(Limiter::new(events)))
    }

    /// Answers refused requests with what `respond` makes of the rejection, in place of problem
    /// details (RFC 9457).
    ///
    /// ```
    /// use bytes::Bytes;
    /// use http::Response;
    /// use tower_harden::{HardenLayer, Policy};
    ///
    /// # let policy = Policy::builder().build()?;
    /// let layer = HardenLayer::new(policy).on_rejection(|rejection| {
    ///     let mut response = Response::new(Bytes::from_static(b"refused\n"));
    ///     *response.status_mut() = rejection.status();
    ///     response
    /// });
    /// # Ok::<(), tower_harden::ConfigError>(())
    /// ```
    pub fn on_rejection<F>(self, respond: F) -> Self
    where
        F: Fn(&Rejection) -> Response<Bytes> + Send + Sync + 'static,
    {
        self.with(|shared| shared.respond = Some(Arc::new(respond)))
    }

    fn with(mut self, change: impl FnOnce(&mut Shared)) -> Self {
        change(Arc::make_mut(&mut self.shared));
        self
    }
}

/// So many that a log is readable and a flood is cheap.
const EVENTS: u32 = 100;

impl<S> Layer<S> for HardenLayer {
    type Service = Harden<S>;

    fn layer(&self, inner: S) -> Self::Service {
        Harden::new(inner, self.shared.clone())
    }
}

impl Shared {
    pub(super) fn respond(&self, rejection: &Rejection) -> Response<Bytes> {
        match &self.respond {
            Some(respond) => respond(rejection),
            None => problem::respond(rejection),
        }
    }
}

impl fmt::Debug for Shared {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Shared")
            .field("policy", &self.policy)
            .field("route", &self.route)
            .finish_non_exhaustive()
    }
}
