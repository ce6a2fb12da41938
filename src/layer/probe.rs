use std::{fmt, sync::Arc};

use bytes::Bytes;
use http::{HeaderValue, Request, header::HOST, request::Parts};

use super::{ReloadError, judgement::Found, route::RouteSource};
use crate::{Mode, PathParams, Policy, Rejection, RuleClass, policy::Endpoint};

/// A request whose verdict has to stay when a policy is replaced; see
/// [`PolicyHandle::add_probe`](crate::PolicyHandle::add_probe).
///
/// ```
/// use bytes::Bytes;
/// use http::Request;
/// use tower_harden::{Field, Policy, PolicyHandle, Probe, RouteSchema};
///
/// let policy = Policy::builder()
///     .get("/health", RouteSchema::new())
///     .get("/orders/{id}", RouteSchema::new().path("id", Field::integer(1..)))
///     .build()?;
/// let handle = PolicyHandle::new(policy);
///
/// let health = Request::get("/health").body(Bytes::new())?;
/// handle.add_probe(Probe::accepted("/health", health))?;
/// let zero = Request::get("/orders/0").body(Bytes::new())?;
/// handle.add_probe(Probe::refused("/orders/{id}", zero).path("id", "0"))?;
///
/// let without_health = || Policy::builder().get("/orders", RouteSchema::new()).build();
/// let error = handle.reload(without_health).unwrap_err();
/// assert_eq!(
///     error.to_string(),
///     "GET /health has to be accepted, and the new policy answers: refused with 404 Not Found; \
///      route.unknown at request"
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct Probe {
    route: Arc<str>,
    parameters: Vec<(String, String)>,
    request: Request<Bytes>,
    accepted: bool,
}

/// The route of a request that no router has matched.
#[derive(Clone)]
struct Route(Arc<str>);

const NAMED: RouteSource =
    RouteSource::Named(|parts| parts.extensions.get::<Route>().map(|route| &*route.0));

impl Probe {
    /// A request for a route, named by its pattern, that has to be accepted: it reaches the handler without
    /// a word.
    pub fn accepted(route: impl Into<Arc<str>>, request: Request<Bytes>) -> Self {
        Self {
            route: route.into(),
            parameters: Vec::new(),
            request,
            accepted: true,
        }
    }

    /// A request for a route, named by its pattern, that has to be refused, or reported where that is the
    /// mode.
    pub fn refused(route: impl Into<Arc<str>>, request: Request<Bytes>) -> Self {
        Self {
            accepted: false,
            ..Self::accepted(route, request)
        }
    }

    /// A parameter of the path, decoded, as the router finds it in the path of the request.
    #[must_use]
    pub fn path(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.parameters.push((name.into(), value.into()));
        self
    }

    /// Whether a policy answers as it has to.
    pub(super) fn check(&self, policy: &Policy) -> Result<(), ReloadError> {
        let (mut parts, body) = self.request.clone().into_parts();
        let parameters = self.parameters.iter().cloned();
        parts.extensions.insert(Route(self.route.clone()));
        parts.extensions.insert(parameters.collect::<PathParams>());
        let rejection = judge(policy, parts, &body);
        let told = match (&rejection, self.accepted) {
            (None, true) | (Some(_), false) => return Ok(()),
            (Some(rejection), true) => {
                format!("{self} has to be accepted, and the new policy answers: {rejection}")
            }
            (None, false) => format!("{self} has to be refused, and the new policy accepts it"),
        };
        Err(ReloadError::probe(told))
    }

    /// Whether a policy can take the place of another one.
    pub(super) fn check_all(
        old: &Policy,
        new: &Policy,
        probes: &[Self],
    ) -> Result<(), ReloadError> {
        if new.samples("0").next().is_none() && old.samples("0").next().is_some() {
            let told = "the new policy declares no route: every request would be refused";
            return Err(ReloadError::probe(told.into()));
        }
        for (pattern, method, path, endpoint) in new.samples("0") {
            let refuses = || is_refused(new, pattern, method, &path, endpoint);
            if endpoint.modes.of(RuleClass::Reading) == Mode::Enforce && !refuses() {
                let told = format!("{method} {pattern} accepts a request with two hosts");
                return Err(ReloadError::probe(told));
            }
        }
        probes.iter().try_for_each(|probe| probe.check(new))
    }
}

/// Whether a route refuses what every policy refuses: a request that names two hosts.
fn is_refused(
    policy: &Policy,
    pattern: &str,
    method: &http::Method,
    path: &str,
    endpoint: &Endpoint,
) -> bool {
    let (mut parts, ()) = Request::new(()).into_parts();
    parts.method = method.clone();
    // What stands in the path decides nothing here.
    parts.uri = path.parse().unwrap_or_default();
    parts
        .headers
        .append(HOST, HeaderValue::from_static("one.example"));
    parts
        .headers
        .append(HOST, HeaderValue::from_static("two.example"));
    parts.extensions.insert(Route(pattern.into()));
    let found = Found::of(policy.compiled(), NAMED, &parts);
    let head = found.judge_head(NAMED, endpoint.modes, &mut parts, true);
    head.refuses()
}

/// What is wrong with a request, whatever the modes are.
fn judge(policy: &Policy, mut parts: Parts, body: &[u8]) -> Option<Rejection> {
    let found = Found::of(policy.compiled(), NAMED, &parts);
    let modes = found.endpoint.modes;
    let mut head = found.judge_head(NAMED, modes, &mut parts, body.is_empty());
    let early = head.too_large().or_else(|| head.rejection());
    if early.is_some() || body.is_empty() {
        return early;
    }
    let mut judgement = head.read();
    judgement.measure(body.len());
    judgement.arrived(body, true);
    judgement.rejection()
}

impl fmt::Display for Probe {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.request.method(), self.request.uri().path())
    }
}

/// Without headers and body, which may be secrets of the service.
impl fmt::Debug for Probe {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Probe")
            .field("route", &self.route)
            .field("accepted", &self.accepted)
            .finish_non_exhaustive()
    }
}
