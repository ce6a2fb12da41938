//! Having a request judged by the layer, as it stands in a service.

use std::{
    collections::BTreeSet,
    convert::Infallible,
    panic::{self, AssertUnwindSafe},
    sync::Arc,
};

use axum::{
    Router,
    body::Body,
    extract::{MatchedPath, Request},
    middleware::{self, Next},
    response::Response,
    routing::any,
};
use http::{StatusCode, request::Parts};
use tower::{Layer, ServiceExt, service_fn};
use tower_harden::{HardenLayer, PathParams, Policy, Rejection};

use crate::args::ExplainArgs;

/// What came of a request.
#[derive(Debug)]
pub(super) struct Outcome {
    /// The pattern that the router matched.
    pub(super) route: Option<String>,
    pub(super) rejection: Option<Arc<Rejection>>,
}

/// Has a request judged behind the router of the service.
///
/// # Errors
///
/// Where axum's router takes the patterns of the policy not together.
pub(super) fn judge(
    args: &ExplainArgs,
    policy: Policy,
    request: &http::Request<Vec<u8>>,
) -> Result<Outcome, String> {
    let (mut parts, body) = request.clone().into_parts();
    let body = if body.is_empty() {
        Body::empty()
    } else {
        Body::from(body)
    };
    let response = if let Some(route) = &args.route {
        let params = args.param.iter();
        let params: PathParams = params.map(|(name, value)| (&**name, &**value)).collect();
        parts.extensions.insert(params);
        parts.extensions.insert(Named(route.clone()));
        let handler = service_fn(async |_: Request| Ok::<_, Infallible>(accepted()));
        let service = HardenLayer::new(policy).route_by(named).layer(handler);
        let answer = service.oneshot(Request::from_parts(parts, body));
        run(answer)?.map(Body::new)
    } else {
        let router = router(policy)?;
        run(router.oneshot(Request::from_parts(parts, body)))?
    };
    let extensions = response.extensions();
    let matched = extensions.get::<Matched>();
    Ok(Outcome {
        route: args
            .route
            .clone()
            .or_else(|| matched.map(|it| it.0.clone())),
        rejection: extensions.get::<Arc<Rejection>>().cloned(),
    })
}

/// An axum router of the patterns of a policy, with the layer around what it matches.
fn router(policy: Policy) -> Result<Router, String> {
    let patterns: BTreeSet<String> = policy.routes().map(|it| it.pattern().to_owned()).collect();
    let build = || {
        let routes = patterns.iter().fold(Router::new(), |router, pattern| {
            router.route(pattern, any(async || accepted()))
        });
        let layered = routes.layer(HardenLayer::new(policy));
        layered.layer(middleware::from_fn(note_match))
    };
    // It panics where two patterns are in each other's way.
    let told = panic::take_hook();
    panic::set_hook(Box::new(|_| {}));
    let router = panic::catch_unwind(AssertUnwindSafe(build));
    panic::set_hook(told);
    router.map_err(|panicked| {
        let told = panicked.downcast_ref::<String>().map_or("", String::as_str);
        format!("has patterns that axum's router does not take together: {told}")
    })
}

/// The pattern that the service named, in the extensions of a request.
#[derive(Clone)]
struct Named(String);

fn named(parts: &Parts) -> Option<&str> {
    parts
        .extensions
        .get::<Named>()
        .map(|named| named.0.as_str())
}

/// The pattern that the router matched, in the extensions of a response.
#[derive(Clone)]
struct Matched(String);

async fn note_match(request: Request, next: Next) -> Response {
    let matched = request.extensions().get::<MatchedPath>();
    let matched = matched.map(|matched| Matched(matched.as_str().to_owned()));
    let mut response = next.run(request).await;
    matched.and_then(|matched| response.extensions_mut().insert(matched));
    response
}

fn accepted() -> Response {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::NO_CONTENT;
    response
}

fn run<R>(answer: impl Future<Output = Result<R, Infallible>>) -> Result<R, String> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .build();
    let runtime = runtime.map_err(|error| format!("cannot be judged: {error}"))?;
    let Ok(response) = runtime.block_on(answer);
    Ok(response)
}
