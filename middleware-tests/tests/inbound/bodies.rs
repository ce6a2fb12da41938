//! Bodies before they are JSON: media type, encodings, sizes, pieces, and none.

use std::{
    collections::VecDeque,
    convert::Infallible,
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    task::{Context, Poll},
};

use bytes::Bytes;
use http::{HeaderMap, Request, StatusCode};
use http_body::{Body, Frame, SizeHint};
use http_body_util::{BodyExt, Full, Limited};
use middleware_tests::{Answer, answer, by_path, get, policy, post, refused};
use tower::{Layer, ServiceExt, service_fn};
use tower_harden::{Field, HardenLayer, Limits, Policy, ReplayBody, RouteSchema, Schema};

fn layer() -> HardenLayer {
    by_path(policy(
        Policy::builder()
            .post(
                "/json",
                RouteSchema::new().json(Schema::array(Field::integer(0..))),
            )
            .get(
                "/json",
                RouteSchema::new().json(Schema::array(Field::integer(0..))),
            )
            .get("/", RouteSchema::new())
            .post("/", RouteSchema::new())
            .delete("/", RouteSchema::new())
            .limits(Limits::default().max_body(16)),
    ))
}

async fn with_headers(headers: &[(&'static str, &'static str)]) -> Answer {
    let mut request = Request::post("/json");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let request = request
        .body(Full::new(Bytes::from_static(b"[1]")))
        .expect("a request");
    answer(&layer(), request).await
}

const JSON: (&str, &str) = ("content-type", "application/json");

#[tokio::test]
async fn the_media_type_is_json_and_nothing_like_it() {
    for value in [
        "application/json",
        "APPLICATION/JSON",
        "application/json; charset=utf-8",
    ] {
        assert_eq!(
            with_headers(&[("content-type", value)]).await.status(),
            StatusCode::OK,
            "{value}"
        );
    }
    for headers in [
        &[][..],
        &[("content-type", "")],
        &[("content-type", "text/plain")],
        &[("content-type", "application/json;")],
        &[("content-type", "application/json;charset=utf-16")],
        &[("content-type", "application/vnd.api+json")],
        &[("content-type", "application/jsonx")],
        &[("content-type", "application/x-www-form-urlencoded")],
        &[JSON, JSON],
    ] {
        let answer = with_headers(headers).await;
        assert_eq!(
            answer.status(),
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "{headers:?}"
        );
        assert_eq!(
            answer.errors(),
            ["body.media_type in header content-type"],
            "{headers:?}"
        );
    }
}

#[tokio::test]
async fn every_line_of_the_content_encoding_is_looked_at() {
    for value in ["identity", "Identity", "identity, identity"] {
        assert_eq!(
            with_headers(&[JSON, ("content-encoding", value)])
                .await
                .status(),
            StatusCode::OK,
            "{value}"
        );
    }
    for headers in [
        &[JSON, ("content-encoding", "gzip")][..],
        &[
            JSON,
            ("content-encoding", "identity"),
            ("content-encoding", "gzip"),
        ],
        &[JSON, ("content-encoding", "identity, br")],
        &[JSON, ("content-encoding", "")],
    ] {
        let answer = with_headers(headers).await;
        assert_eq!(
            answer.status(),
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "{headers:?}"
        );
        assert_eq!(
            answer.errors(),
            ["body.encoding in header content-encoding"],
            "{headers:?}"
        );
    }
}

#[tokio::test]
async fn a_body_where_none_is_declared_is_refused_for_every_method() {
    for method in ["GET", "POST", "DELETE"] {
        let request = Request::builder()
            .method(method)
            .uri("/")
            .body(Full::new(Bytes::from_static(b"x")));
        let answer = refused(&layer(), request.expect("a request")).await;
        assert_eq!(answer.status(), StatusCode::BAD_REQUEST, "{method}");
        assert_eq!(answer.errors(), ["body.unexpected in body #"], "{method}");
    }
}

#[tokio::test]
async fn a_body_that_is_declared_has_to_come() {
    let request = Request::post("/json")
        .header(JSON.0, JSON.1)
        .body(Full::default())
        .expect("a request");
    let answer = refused(&layer(), request).await;
    assert_eq!(answer.status(), StatusCode::BAD_REQUEST);
    assert_eq!(answer.errors(), ["body.missing in body #"]);
}

#[tokio::test]
async fn a_get_may_declare_a_body() {
    let request = Request::get("/json")
        .header(JSON.0, JSON.1)
        .body(Full::new(Bytes::from_static(b"[1]")));
    assert_eq!(
        answer(&layer(), request.expect("a request")).await.status(),
        StatusCode::OK
    );
    assert_eq!(answer(&layer(), get("/")).await.status(), StatusCode::OK);
}

/// A body of pieces, which says nothing of its length and counts what is asked for.
#[derive(Default)]
struct Pieces {
    frames: VecDeque<Result<Frame<Bytes>, std::io::Error>>,
    polled: Arc<AtomicUsize>,
}

impl Pieces {
    fn of(pieces: &[&'static str]) -> Self {
        let frames = pieces
            .iter()
            .map(|piece| Ok(Frame::data(Bytes::from_static(piece.as_bytes()))))
            .collect();
        Self {
            frames,
            polled: Arc::default(),
        }
    }
}

impl Body for Pieces {
    type Data = Bytes;
    type Error = std::io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        // Pending once before each piece, as a socket is.
        let polled = self.polled.fetch_add(1, Ordering::Relaxed);
        if polled.is_multiple_of(2) {
            cx.waker().wake_by_ref();
            return Poll::Pending;
        }
        Poll::Ready(self.frames.pop_front())
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::default()
    }
}

async fn send<B>(path: &str, body: B, headers: &[(&'static str, &'static str)]) -> Answer
where
    B: Body<Data = Bytes> + Send + 'static,
    B::Error: Into<Box<dyn std::error::Error + Send + Sync>> + std::fmt::Debug,
{
    let mut request = Request::post(path).header(JSON.0, JSON.1);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let request = request
        .body(ReplayBody::from_body(body))
        .expect("a request");
    let handler = service_fn(|request: Request<ReplayBody<B>>| async {
        let body = request
            .into_body()
            .collect()
            .await
            .expect("a body that was read");
        let trailers = body.trailers().cloned();
        let mut response = http::Response::new(Full::new(body.to_bytes()));
        response.headers_mut().extend(trailers.unwrap_or_default());
        Ok::<_, Infallible>(response)
    });
    let response = layer().layer(handler).oneshot(request).await;
    Answer::of(response.unwrap_or_else(|never| match never {})).await
}

#[tokio::test]
async fn pieces_are_joined_and_judged_as_one() {
    let answer = send("/json", Pieces::of(&["", "[1", "2,", "", "345]", " "]), &[]).await;
    assert_eq!(
        (answer.status(), &answer.body[..]),
        (StatusCode::OK, &b"[12,345] "[..])
    );
    let answer = send("/json", Pieces::of(&["[1", "2,", "-345]"]), &[]).await;
    assert_eq!(answer.errors(), ["number.minimum in body #/1"]);
}

#[tokio::test]
async fn a_stream_without_bytes_is_no_body() {
    let answer = send("/", Pieces::of(&["", ""]), &[]).await;
    assert_eq!(answer.status(), StatusCode::OK);
    let answer = send("/json", Pieces::of(&[]), &[]).await;
    assert_eq!(answer.errors(), ["body.missing in body #"]);
}

#[tokio::test]
async fn the_limit_holds_while_reading() {
    let body = Pieces::of(&["[1,", "1111111,", "1111111,", "1111111]"]);
    let polled = body.polled.clone();
    let answer = send("/json", body, &[]).await;
    assert_eq!(answer.status(), StatusCode::PAYLOAD_TOO_LARGE);
    assert_eq!(answer.errors(), ["body.too_large in body #"]);
    assert_eq!(
        polled.load(Ordering::Relaxed),
        6,
        "nothing is read behind the piece that is too much"
    );
}

#[tokio::test]
async fn what_the_headers_decide_is_decided_before_the_body_is_polled() {
    for (headers, status) in [
        (
            &[("content-length", "17")][..],
            StatusCode::PAYLOAD_TOO_LARGE,
        ),
        (
            &[("content-length", "18446744073709551616")],
            StatusCode::PAYLOAD_TOO_LARGE,
        ),
        (
            &[("content-type", "text/plain")],
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
        ),
        (
            &[("content-encoding", "gzip")],
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
        ),
    ] {
        let body = Pieces::of(&["[1]"]);
        let polled = body.polled.clone();
        assert_eq!(
            send("/json", body, headers).await.status(),
            status,
            "{headers:?}"
        );
        assert_eq!(polled.load(Ordering::Relaxed), 0, "{headers:?}");
    }
}

#[tokio::test]
async fn reading_stops_at_the_first_wrong_byte() {
    let body = Pieces::of(&["[1", "]]", "...", "..."]);
    let polled = body.polled.clone();
    assert_eq!(
        send("/json", body, &[]).await.errors(),
        ["body.malformed in body #"]
    );
    assert_eq!(polled.load(Ordering::Relaxed), 4);
}

#[tokio::test]
async fn trailers_do_not_reach_the_handler() {
    let mut body = Pieces::of(&["[1]"]);
    let trailers = HeaderMap::from_iter([(
        "host".parse().expect("a name"),
        "evil".parse().expect("a value"),
    )]);
    body.frames.push_back(Ok(Frame::trailers(trailers)));
    let answer = send("/json", body, &[]).await;
    assert_eq!(answer.status(), StatusCode::OK);
    assert!(!answer.parts.headers.contains_key("host"));
}

#[tokio::test]
async fn a_body_that_fails_is_refused() {
    let mut body = Pieces::of(&["[1"]);
    body.frames
        .push_back(Err(std::io::Error::other("the connection is gone")));
    let answer = send("/json", body, &[]).await;
    assert_eq!(answer.errors(), ["body.unreadable in body #"]);
}

#[tokio::test]
async fn a_limit_outside_of_the_layer_is_still_too_large() {
    let answer = send(
        "/json",
        Limited::new(Pieces::of(&["[1,", "2,", "3]"]), 4),
        &[],
    )
    .await;
    assert_eq!(answer.status(), StatusCode::PAYLOAD_TOO_LARGE);
}

#[tokio::test]
async fn three_megabytes_are_too_many_by_default() {
    let layer = by_path(policy(
        Policy::builder().post("/", RouteSchema::new().json(Schema::any())),
    ));
    let answer = refused(&layer, post("/", format!("[\"{}\"]", "x".repeat(3 << 20)))).await;
    assert_eq!(answer.status(), StatusCode::PAYLOAD_TOO_LARGE);
}
