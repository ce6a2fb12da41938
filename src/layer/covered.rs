use std::{fmt, sync::Arc};

use axum::body::Body;
use http::{
    HeaderValue, Request, Response,
    header::{CONTENT_LENGTH, HOST},
};
use tower_service::Service;

use crate::{Code, Policy, Rejection};

/// Panics unless `service` refuses by `policy` on every route that the policy declares.
///
/// A layer does not cover the routes that are added to an axum router after it, nor those of a router
/// that is merged later. One line in a test finds them:
///
/// ```
/// use axum::{Router, routing::get};
/// use tower_harden::{HardenLayer, Policy, RouteSchema, assert_covered};
///
/// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
/// let policy = Policy::builder().get("/orders", RouteSchema::new()).build()?;
/// let app: Router = Router::new()
///     .route("/orders", get(|| async { "orders" }))
///     .layer(HardenLayer::new(policy.clone()));
/// assert_covered(app, &policy).await;
/// # Ok::<(), tower_harden::ConfigError>(())
/// # }).unwrap();
/// ```
///
/// Each declared route is sent a request that every policy refuses, with two `Host` headers and a
/// length beyond any limit. Where the refusal does not come from the layer, for that route, the route
/// is not covered; its handler may then have been called. Routes whose mode is [`Mode::Off`](crate::Mode::Off) are not
/// asked for, and neither are routes that the policy does not declare: a router does not list its own.
///
/// # Panics
///
/// With every route that is not covered, and when the service fails.
pub async fn assert_covered<S, R>(service: S, policy: &Policy)
where
    S: Service<Request<Body>, Response = Response<R>> + Clone,
    S::Error: fmt::Debug,
{
    let (mut open, mut unknown, mut impossible) = (Vec::new(), Vec::new(), Vec::new());
    for (pattern, method, path, endpoint) in policy.samples("0") {
        if endpoint.modes.are_off() {
            continue;
        }
        let route = format!("{method} {pattern}");
        let Ok(uri) = path.parse() else {
            impossible.push(route);
            continue;
        };
        let mut request = Request::new(Body::from("0"));
        *request.method_mut() = method.clone();
        *request.uri_mut() = uri;
        let headers = request.headers_mut();
        headers.append(HOST, HeaderValue::from_static("one.example"));
        headers.append(HOST, HeaderValue::from_static("two.example"));
        headers.insert(CONTENT_LENGTH, HeaderValue::from(u64::MAX));

        let mut service = service.clone();
        let ready = std::future::poll_fn(|cx| service.poll_ready(cx)).await;
        ready.expect("the service is ready");
        let response = service.call(request).await.expect("the service answers");
        match response.extensions().get::<Arc<Rejection>>() {
            Some(rejection) if is_of(rejection, pattern) => {}
            Some(_) => unknown.push(route),
            None => open.push(route),
        }
    }
    let told = [
        ("answered without the layer, so added after it", open),
        (
            "no route of the router (`nest` adds its prefix) or of the layer's policy",
            unknown,
        ),
        ("no path of a request", impossible),
    ];
    let told: Vec<String> = told
        .into_iter()
        .filter(|(_, routes)| !routes.is_empty())
        .map(|(reason, routes)| format!("{reason}: {}", routes.join(", ")))
        .collect();
    assert!(
        told.is_empty(),
        "not covered by the layer:\n  {}",
        told.join("\n  ")
    );
}

/// Whether a request was refused by what is declared for a route.
fn is_of(rejection: &Rejection, pattern: &str) -> bool {
    let undeclared = |code| matches!(code, Code::RouteUnknown | Code::MethodNotAllowed);
    let mut violations = rejection.violations().iter();
    rejection.route() == Some(pattern) && !violations.any(|found| undeclared(found.code()))
}
