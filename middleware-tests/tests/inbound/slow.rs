//! Bodies that arrive slowly, under a clock that jumps.

use std::{convert::Infallible, time::Duration};

use axum::{Router, body::Body, routing::post};
use bytes::Bytes;
use futures_util::{FutureExt, stream};
use http::{Request, StatusCode};
use http_body::Frame;
use http_body_util::StreamBody;
use middleware_tests::{Answer, policy};
use tokio::time::{Instant, sleep};
use tower::ServiceExt;
use tower_harden::{Field, HardenLayer, Limits, Policy, RouteSchema, Schema};

fn app(limits: Limits) -> Router {
    let numbers = RouteSchema::new().json(Schema::array(Field::integer(0..)));
    let quick = Limits::default().body_timeout(Duration::from_secs(2));
    let policy = policy(
        Policy::builder()
            .post("/", numbers.clone())
            .post("/quick", numbers.limits(quick))
            .limits(limits),
    );
    Router::new()
        .route("/", post(async || {}))
        .route("/quick", post(async || {}))
        .layer(HardenLayer::new(policy))
}

/// So many numbers, each in a frame of its own, one after each pause.
fn numbers(count: usize, pause: Duration) -> Body {
    let frames = (0..=count).map(move |number| match number {
        0 => Bytes::from_static(b"[0"),
        number if number == count => Bytes::from_static(b"]"),
        _ => Bytes::from_static(b",0"),
    });
    let frames = stream::unfold(frames, move |mut frames| async move {
        sleep(pause).await;
        let frame = frames.next()?;
        Some((Ok::<_, Infallible>(Frame::data(frame)), frames))
    });
    Body::new(StreamBody::new(Box::pin(frames)))
}

async fn send(limits: Limits, path: &str, body: Body) -> (Answer, Duration) {
    let request = Request::post(path)
        .header("content-type", "application/json")
        .body(body)
        .expect("a request");
    let started = Instant::now();
    let response = app(limits).oneshot(request).await;
    let took = started.elapsed();
    let response = response.unwrap_or_else(|never| match never {});
    (Answer::of(response).await, took)
}

fn assert_late(answer: &Answer, took: Duration, seconds: std::ops::RangeInclusive<u64>) {
    assert_eq!(answer.status(), StatusCode::REQUEST_TIMEOUT);
    assert_eq!(answer.errors(), ["body.timeout in body #"]);
    assert!(seconds.contains(&took.as_secs()), "{took:?}");
}

#[tokio::test(start_paused = true)]
async fn one_byte_a_second_is_too_slow() {
    let body = numbers(100_000, Duration::from_secs(1));
    let (answer, took) = send(Limits::default(), "/", body).await;
    assert_late(&answer, took, 20..=20);
}

#[tokio::test(start_paused = true)]
async fn a_client_that_falls_silent_is_not_waited_for() {
    for first in [Duration::MAX, Duration::from_hours(1)] {
        let (answer, took) = send(Limits::default(), "/", numbers(3, first)).await;
        assert_late(&answer, took, 20..=20);
    }
}

#[tokio::test(start_paused = true)]
async fn a_body_that_keeps_the_rate_may_take_long() {
    // 1,000 bytes a second for 50 seconds.
    let body = numbers(25_000, Duration::from_millis(2));
    let (answer, took) = send(Limits::default(), "/", body).await;
    assert_eq!(answer.status(), StatusCode::OK);
    assert!(took > Duration::from_secs(45), "{took:?}");

    let total = Limits::default().min_body_rate(0);
    let body = numbers(25_000, Duration::from_millis(2));
    let (answer, took) = send(total, "/", body).await;
    assert_late(&answer, took, 20..=20);
}

#[tokio::test(start_paused = true)]
async fn each_route_has_its_own_time() {
    let body = numbers(10, Duration::from_secs(1));
    let (answer, took) = send(Limits::default(), "/quick", body).await;
    assert_late(&answer, took, 2..=2);

    let body = numbers(10, Duration::from_secs(1));
    let (answer, _) = send(Limits::default(), "/", body).await;
    assert_eq!(answer.status(), StatusCode::OK);
}

#[test]
fn without_a_runtime_the_time_is_looked_at_when_bytes_are_waited_for() {
    let silent = StreamBody::new(stream::pending::<Result<Frame<Bytes>, Infallible>>());
    let now = Limits::default().body_timeout(Duration::ZERO);
    let sent = send(now, "/", Body::new(silent)).now_or_never();
    let (answer, took) = sent.expect("an answer at once");
    assert_late(&answer, took, 0..=0);

    let silent = StreamBody::new(stream::pending::<Result<Frame<Bytes>, Infallible>>());
    let waiting = send(Limits::default(), "/", Body::new(silent)).now_or_never();
    assert!(waiting.is_none(), "there is time left");
}
