//! What rolling out costs: modes, a candidate, many routes, compiling and replacing a policy.

use std::{convert::Infallible, hint::black_box, time::Instant};

use axum::{Router, http::Request};
use bytes::Bytes;
use futures_util::{FutureExt, StreamExt, future, stream};
use http_body_util::Full;
use tokio::sync::watch;
use tower::{Layer, Service, ServiceExt, service_fn};
use tower_harden::{
    Field, HardenLayer, JsonSchema, Mode, Policy, PolicyBuilder, PolicyHandle, RouteSchema, Schema,
};
use tower_harden_benches::{
    apps::{answers, bare, json},
    bodies,
    harness::{Aim, Group, median},
    schemas,
    table::Table,
};

fn orders() -> PolicyBuilder {
    Policy::builder().post("/order", RouteSchema::new().json(schemas::order()))
}

fn policy(builder: PolicyBuilder) -> Policy {
    builder.build().expect("a policy without mistakes")
}

/// The small order, judged in each mode and beside a candidate.
pub(crate) fn modes() -> Group {
    let call = |handle: PolicyHandle, body: &'static str| {
        let router: Router = bare().layer(HardenLayer::new(handle));
        let mut call = answers(router, json("/order", body));
        move || {
            black_box(call());
        }
    };
    let with = |mode| PolicyHandle::new(policy(orders().mode(mode)));
    let candidate = with(Mode::Enforce);
    let proposed = candidate.propose(|| orders().mode(Mode::Report).build());
    proposed.expect("a candidate");
    Group::new(bodies::SMALL.len())
        .add("enforced", call(with(Mode::Enforce), bodies::SMALL))
        .add("reported", call(with(Mode::Report), bodies::SMALL))
        .aim(1.02)
        .add("with a candidate", call(candidate, bodies::SMALL))
        .add("off", call(with(Mode::Off), bodies::SMALL))
}

/// A query of one among ten routes, and among ten thousand.
pub(crate) fn routes() -> Group {
    Group::new("/routes/7/list?limit=7".len())
        .add("10 routes", one_of(10))
        .add("10,000 routes", one_of(10_000))
        .aim(1.05)
}

fn one_of(count: usize) -> impl FnMut() {
    let limit = || RouteSchema::new().query("limit", Field::integer(1..=50));
    let routes = (0..count).map(|route| format!("/routes/{route}/list"));
    let builder = routes.fold(Policy::builder(), |all, path| all.get(path, limit()));
    let mut service = HardenLayer::new(policy(builder))
        .route_by(|parts| Some(parts.uri.path()))
        .layer(service_fn(async |_: http::Request<Full<Bytes>>| {
            Ok::<_, Infallible>(http::Response::new(Full::<Bytes>::default()))
        }));
    let uri: http::Uri = "/routes/7/list?limit=7".parse().expect("a target");
    move || {
        let mut request = http::Request::new(Full::<Bytes>::default());
        *request.uri_mut() = black_box(&uri).clone();
        let answer = service.call(request).now_or_never();
        let response = answer.expect("nothing waits").expect("no error");
        assert_eq!(black_box(response).status(), 200);
    }
}

/// Compiling a thousand routes, each with a body of eight members, from each source.
pub(crate) fn compile() -> Group {
    let paths: Vec<String> = (0..1000).map(|route| format!("/routes/{route}")).collect();
    let build = move |json: &dyn Fn() -> Schema| {
        let route = || RouteSchema::new().json(json());
        let all = paths
            .iter()
            .fold(Policy::builder(), |all, path| all.post(path, route()));
        drop(black_box(policy(all)));
    };
    let document = schemas::order_document();
    let aim = Aim::Nanoseconds(50e6);
    Group::new(1000)
        .add("builder", {
            let build = build.clone();
            move || build(&|| schemas::order().into())
        })
        .aim_at(aim)
        .add("documents", move || {
            build(&|| JsonSchema::from(document.clone()).into());
        })
        .aim_at(aim)
}

/// Requests that are answered while their policy is replaced.
pub(crate) fn reload(quick: bool) -> Table {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_time()
        .build();
    let runtime = runtime.expect("a runtime");
    let count = if quick { 1000 } else { 10_000 };
    let title = format!("reload, {count} requests in flight");
    let mut table = Table::new(title, &["", "answered", "dropped", "median ms", "ratio"]);
    let mut times = [Vec::new(), Vec::new()];
    let mut answered = [0, 0];
    let rounds = if quick { 3 } else { 15 };
    for _ in 0..rounds {
        for reloads in [false, true] {
            let (time, ok) = runtime.block_on(in_flight(count, reloads));
            times[usize::from(reloads)].push(time);
            answered[usize::from(reloads)] += ok;
        }
    }
    let [without, with] = times.map(median);
    let rows = [
        ("without a reload", without, answered[0]),
        ("with one", with, answered[1]),
    ];
    for (name, time, answered) in rows {
        let dropped = count * rounds - answered;
        let [time, ratio] = [time, time / without].map(|value| format!("{value:.2}"));
        table.row([
            name.to_owned(),
            answered.to_string(),
            dropped.to_string(),
            time,
            ratio,
        ]);
    }
    table
}

/// The milliseconds until all are answered, and how many of them are.
async fn in_flight(count: usize, reloads: bool) -> (f64, usize) {
    let handle = PolicyHandle::new(policy(orders()));
    let router: Router = bare().layer(HardenLayer::new(handle.clone()));
    let router: Router = router.with_state(());
    let (go, waits) = watch::channel(false);
    let begun: Vec<_> = (0..count)
        .map(|_| {
            let (router, mut waits) = (router.clone(), waits.clone());
            let (first, rest) = bodies::SMALL.split_at(bodies::SMALL.len() / 2);
            let rest = async move {
                let gone = waits.wait_for(|go| *go).await;
                gone.expect("it is told");
                Ok::<_, Infallible>(rest)
            };
            let body = stream::iter([Ok(first)]).chain(stream::once(rest));
            let request = Request::post("/order")
                .header("content-type", "application/json")
                .body(axum::body::Body::from_stream(body))
                .expect("a request");
            tokio::spawn(router.oneshot(request))
        })
        .collect();
    // Each has come to where it waits for the rest of its body.
    tokio::time::sleep(std::time::Duration::from_millis(300)).await;
    let started = Instant::now();
    go.send_replace(true);
    if reloads {
        let stricter = orders().get("/more", RouteSchema::new());
        handle.reload(|| stricter.build()).expect("a policy");
    }
    let answers = future::join_all(begun).await;
    let time = started.elapsed().as_secs_f64() * 1e3;
    let ok = answers.iter().filter(|answer| {
        let response = answer.as_ref().ok().and_then(|answer| answer.as_ref().ok());
        response.is_some_and(|response| response.status() == 200)
    });
    (time, ok.count())
}
