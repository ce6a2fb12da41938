use std::{fmt, sync::Arc};

use axum::body::Body;
use http::{Method, Request, Response, StatusCode};
use tower_service::Service;

use super::inspect::Asked;
use crate::{Code, Policy, Rejection, Violation, telemetry};

/// Which routes of a policy a service has, and which of them the layer stands before: the report for the
/// start of a service. In a test [`assert_covered`](crate::assert_covered) says more.
///
/// Each pattern is asked for once, by a method that nobody serves: where the layer stands it answers
/// itself, whatever the modes are, and where it does not a router answers with 404 or 405. No handler runs
/// but those of [`any`](axum::routing::any) and of whole services, where no layer stands before them. Routes
/// of the router that the policy does not declare cannot be known: a router does not list its own, and the
/// layer refuses them.
///
/// ```
/// use axum::{Router, routing::get};
/// use tower_harden::{Coverage, HardenLayer, Policy, RouteSchema};
///
/// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
/// let policy = Policy::builder()
///     .get("/orders", RouteSchema::new())
///     .get("/order", RouteSchema::new())
///     .build()?;
/// let app: Router = Router::new()
///     .route("/orders", get(|| async { "orders" }))
///     .layer(HardenLayer::new(policy.clone()));
///
/// let coverage = Coverage::of(app, &policy).await;
/// assert_eq!(coverage.absent(), ["/order"]);
/// coverage.log(); // a warning, since it is not complete
/// # Ok::<(), tower_harden::ConfigError>(())
/// # }).unwrap();
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Coverage {
    covered: Vec<String>,
    open: Vec<String>,
    absent: Vec<String>,
}

impl Coverage {
    /// Asks a service for every pattern that `policy` declares.
    pub async fn of<S, R>(service: S, policy: &Policy) -> Self
    where
        S: Service<Request<Body>, Response = Response<R>> + Clone,
    {
        let mut coverage = Self::default();
        let mut last = None;
        for (pattern, _, path, _) in policy.samples("0") {
            // The methods of a route follow each other.
            if last.replace(pattern) != Some(pattern) {
                let answers = match ask(service.clone(), &path, pattern).await {
                    Answer::Covered => &mut coverage.covered,
                    Answer::Open => &mut coverage.open,
                    Answer::Absent => &mut coverage.absent,
                };
                answers.push(pattern.to_owned());
            }
        }
        coverage
    }

    /// The patterns that the layer stands before, in the order of their text.
    #[must_use]
    pub fn covered(&self) -> &[String] {
        &self.covered
    }

    /// The patterns that the service answers without the layer: added after it, or merged later.
    #[must_use]
    pub fn open(&self) -> &[String] {
        &self.open
    }

    /// The patterns that the service does not have, or not in these words: under `nest` they have its prefix.
    #[must_use]
    pub fn absent(&self) -> &[String] {
        &self.absent
    }

    /// Whether the service has every pattern, behind the layer.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.open.is_empty() && self.absent.is_empty()
    }

    /// Tells of it by one event: `info` where it is complete, `warn` where it is not.
    pub fn log(&self) {
        telemetry::coverage(self.is_complete(), self.covered.len(), &self);
    }
}

impl fmt::Display for Coverage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let covered = self.covered.len();
        let routes = if covered == 1 { "route" } else { "routes" };
        write!(f, "{covered} {routes} behind the layer")?;
        for (told, routes) in [
            ("without it", &self.open),
            ("not in the service", &self.absent),
        ] {
            if !routes.is_empty() {
                write!(f, "; {told}: {}", routes.join(", "))?;
            }
        }
        Ok(())
    }
}

enum Answer {
    Covered,
    Open,
    Absent,
}

/// A method that no handler is for, so that none runs.
const NOBODY_SERVES: &[u8] = b"TOWER-HARDEN-COVERAGE";

async fn ask<S, R>(mut service: S, path: &str, pattern: &str) -> Answer
where
    S: Service<Request<Body>, Response = Response<R>>,
{
    let (Ok(uri), Ok(method)) = (path.parse(), Method::from_bytes(NOBODY_SERVES)) else {
        return Answer::Absent;
    };
    let mut request = Request::new(Body::empty());
    *request.method_mut() = method;
    *request.uri_mut() = uri;
    request.extensions_mut().insert(Asked);
    let ready = std::future::poll_fn(|cx| service.poll_ready(cx)).await;
    let Ok(response) = (match ready {
        Ok(()) => service.call(request).await,
        Err(error) => Err(error),
    }) else {
        return Answer::Open;
    };
    match response.extensions().get::<Arc<Rejection>>() {
        Some(rejection) if is_of(rejection, pattern) => Answer::Covered,
        Some(_) => Answer::Absent,
        None if response.status() == StatusCode::NOT_FOUND => Answer::Absent,
        None => Answer::Open,
    }
}

/// Whether the route was found, and only the method was not.
fn is_of(rejection: &Rejection, pattern: &str) -> bool {
    let codes = rejection.violations().iter().map(Violation::code);
    rejection.route() == Some(pattern) && codes.eq([Code::MethodNotAllowed])
}
