//! Another policy in the place of one, while requests come.

use std::{
    convert::Infallible,
    io,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use bytes::Bytes;
use http::{Request, StatusCode};
use http_body_util::{BodyExt, StreamBody};
use middleware_tests::{Body, answer, get, log::Log, policy, post};
use tokio::sync::mpsc;
use tower::{Layer, ServiceExt, service_fn};
use tower_harden::{
    ConfigError, Field, HardenLayer, Loosening, Mode, Policy, PolicyHandle, Probe, ReloadErrorKind,
    RouteSchema, Schema,
};

fn with(longest: usize) -> Policy {
    let sku = Schema::object().required("sku", Field::string().max_length(longest));
    policy(
        Policy::builder()
            .post("/", RouteSchema::new().json(sku))
            .get("/health", RouteSchema::new()),
    )
}

fn layer(handle: &PolicyHandle) -> HardenLayer {
    HardenLayer::new(handle.clone()).route_by(|parts| Some(parts.uri.path()))
}

fn made(policy: Policy) -> impl FnOnce() -> Result<Policy, ConfigError> {
    || Ok(policy)
}

const FIVE: &str = r#"{"sku":"ABCDE"}"#;

#[tokio::test]
async fn layers_that_stand_already_judge_by_it() {
    let handle = PolicyHandle::new(with(5));
    let (one, another) = (layer(&handle), layer(&handle));
    assert_eq!(answer(&one, post("/", FIVE)).await.status(), 200);
    let log = Log::record();
    handle.reload(made(with(4))).expect("a policy");
    let told = log.take().concat();
    for layer in [one, another] {
        assert_eq!(answer(&layer, post("/", FIVE)).await.status(), 422);
    }
    for words in [
        "policy changed".to_owned(),
        format!("harden.revision=\"{}\"", with(4).revision()),
        format!("harden.revision.before=\"{}\"", with(5).revision()),
    ] {
        assert!(told.contains(&words), "{words} in {told}");
    }
}

#[tokio::test]
async fn the_same_policy_changes_nothing() {
    let handle = PolicyHandle::new(with(5));
    let log = Log::record();
    let changes = handle.reload(made(with(5))).expect("a policy");
    assert!(changes.is_empty());
    assert_eq!(log.take(), [""; 0]);
}

#[tokio::test]
async fn a_request_ends_under_the_policy_that_it_began_with() {
    for (before, after, status) in [(5, 4, 200), (4, 5, 422)] {
        let handle = PolicyHandle::new(with(before));
        let layer = layer(&handle);
        let (pieces, received) = mpsc::unbounded_channel::<Result<_, Infallible>>();
        let body = StreamBody::new(futures_util::stream::unfold(received, async |mut it| {
            Some((it.recv().await?, it))
        }));
        let request = Request::post("/")
            .header("content-type", "application/json")
            .body(Streamed(body.boxed_unsync()))
            .expect("a request");
        let service = layer.layer(service_fn(async |_: Request<Streamed>| {
            Ok::<_, Infallible>(http::Response::new(Body::default()))
        }));
        let send = |text: &'static str| {
            let frame = http_body::Frame::data(Bytes::from_static(text.as_bytes()));
            pieces.send(Ok(frame)).expect("it is read");
        };
        let task = tokio::spawn(service.oneshot(request));
        send(r#"{"sku":"#);
        tokio::task::yield_now().await;
        handle.reload(made(with(after))).expect("a policy");
        send(r#""ABCDE"}"#);
        drop(pieces);
        let response = task.await.expect("no panic");
        let response = response.unwrap_or_else(|never| match never {});
        assert_eq!(response.status(), status, "{before} to {after}");
    }
}

/// A body that comes in pieces, or at once.
struct Streamed(http_body_util::combinators::UnsyncBoxBody<Bytes, Infallible>);

impl http_body::Body for Streamed {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        self: std::pin::Pin<&mut Self>,
        cx: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Result<http_body::Frame<Bytes>, Infallible>>> {
        std::pin::Pin::new(&mut self.get_mut().0).poll_frame(cx)
    }
}

impl From<Bytes> for Streamed {
    fn from(bytes: Bytes) -> Self {
        Self(Body::new(bytes).boxed_unsync())
    }
}

#[tokio::test]
async fn what_cannot_be_made_changes_nothing() {
    let handle = PolicyHandle::new(with(5));
    let before = handle.policy().revision();
    let log = Log::record();
    let missing = || Err(io::Error::new(io::ErrorKind::NotFound, "no such file"));
    let error = handle.reload(missing).expect_err("no policy");
    assert_eq!(error.kind(), ReloadErrorKind::Source);
    assert_eq!(
        error.to_string(),
        "the policy could not be made: no such file"
    );
    assert_eq!(format!("{error:?}"), error.to_string());
    let mistake = Policy::builder().get(
        "/",
        RouteSchema::new().query("x", Field::string().min_length(2).max_length(1)),
    );
    let error = handle.reload(|| mistake.build()).expect_err("a mistake");
    assert!(error.to_string().contains("GET /: query x"), "{error}");
    assert_eq!(handle.policy().revision(), before);
    assert_eq!(answer(&layer(&handle), post("/", FIVE)).await.status(), 200);
    let told = log.take();
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(told[0].contains("policy kept"), "{told:?}");
    assert!(told[0].contains("no such file"), "{told:?}");
}

#[tokio::test]
async fn what_breaks_a_probe_changes_nothing() {
    let handle = PolicyHandle::new(with(5));
    let request = |method, path, body: &'static str| {
        Request::builder()
            .method(method)
            .uri(path)
            .header("content-type", "application/json")
            .body(Bytes::from_static(body.as_bytes()))
            .expect("a request")
    };
    let health = Probe::accepted("/health", request("GET", "/health", ""));
    let six = Probe::refused("/", request("POST", "/", r#"{"sku":"ABCDEF"}"#));
    let one = Probe::accepted("/", request("POST", "/", r#"{"sku":"A"}"#));
    for probe in [health, six.clone(), one] {
        handle.add_probe(probe).expect("it holds");
    }
    let wrong = handle.add_probe(Probe::accepted("/", request("POST", "/", FIVE)));
    assert!(wrong.is_ok());
    let wrong = handle.add_probe(Probe::refused("/", request("POST", "/", FIVE)));
    assert_eq!(wrong.expect_err("it passes").kind(), ReloadErrorKind::Probe);

    let without_health =
        policy(Policy::builder().post("/", RouteSchema::new().json(Schema::any())));
    for (broken, words) in [
        (
            with(6),
            "POST / has to be refused, and the new policy accepts it",
        ),
        (
            with(0),
            "POST / has to be accepted, and the new policy answers",
        ),
        (without_health, "GET /health has to be accepted"),
        (policy(Policy::builder()), "declares no route"),
        // Reported is not accepted.
        (
            policy(
                Policy::builder()
                    .mode(Mode::Report)
                    .get("/", RouteSchema::new()),
            ),
            "GET /health has to be accepted",
        ),
    ] {
        let error = handle.reload(made(broken)).expect_err("a broken probe");
        assert_eq!(error.kind(), ReloadErrorKind::Probe);
        assert!(error.to_string().contains(words), "{error}");
        assert_eq!(handle.policy().revision(), with(5).revision());
    }
    assert!(handle.propose(made(with(6))).is_err());
    assert!(handle.candidate().is_none());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn requests_that_come_meanwhile_are_all_answered() {
    let handle = PolicyHandle::new(with(5));
    let layer = layer(&handle);
    let stop = Arc::new(AtomicBool::new(false));
    let reloads = tokio::task::spawn_blocking({
        let (handle, stop) = (handle.clone(), stop.clone());
        move || {
            let mut count = 0;
            while !stop.load(Ordering::Relaxed) {
                handle.reload(made(with(4 + count % 2))).expect("a policy");
                count += 1;
            }
            count
        }
    });
    let mut tasks = tokio::task::JoinSet::new();
    for _ in 0..10_000 {
        let layer = layer.clone();
        tasks.spawn(async move {
            let five = answer(&layer, post("/", FIVE)).await.status();
            let four = answer(&layer, post("/", r#"{"sku":"ABCD"}"#))
                .await
                .status();
            (five, four)
        });
    }
    let mut both = [0, 0];
    while let Some(answered) = tasks.join_next().await {
        let (five, four) = answered.expect("no panic");
        assert_eq!(four, StatusCode::OK);
        assert!(five == StatusCode::OK || five == StatusCode::UNPROCESSABLE_ENTITY);
        both[usize::from(five == StatusCode::OK)] += 1;
    }
    stop.store(true, Ordering::Relaxed);
    let reloads = reloads.await.expect("no panic");
    assert!(reloads > 10, "{reloads} reloads");
    assert_eq!(both[0] + both[1], 10_000);
    assert_eq!(answer(&layer, get("/health")).await.status(), 200);
}

#[test]
fn what_a_policy_allows_those_that_extend_it_is_replaced_with_it() {
    let base = |allowed: &[Loosening]| {
        policy(
            Policy::builder()
                .may_loosen(allowed.iter().copied())
                .get("/", RouteSchema::new()),
        )
    };
    let handle = PolicyHandle::new(base(&[Loosening::Routes]));
    let extends = |handle: &PolicyHandle| {
        let own = Policy::builder().get("/own", RouteSchema::new());
        own.extends(&handle.policy()).build().is_ok()
    };
    assert!(extends(&handle));
    handle.reload(made(base(&[]))).expect("a policy");
    assert!(!extends(&handle));
}
