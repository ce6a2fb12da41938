//! How much is read of a body that is wrong from its start.

use std::{
    convert::Infallible,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use axum::{Router, body::Body, http::Request, routing::post};
use bytes::Bytes;
use futures_util::{FutureExt, stream};
use http_body::Frame;
use http_body_util::StreamBody;
use tower::ServiceExt;
use tower_harden::{Field, HardenLayer, Limits, Policy, RouteSchema, Schema};
use tower_harden_benches::table::Table;

const FRAME: usize = 16 * 1024;

pub(crate) fn table() -> Table {
    let mut table = Table::new(
        "bytes read of a body of 1 GiB, in frames of 16 KiB (aim: one frame past what is wrong)",
        &["", "wrong at", "read", "reached"],
    );
    for (name, place) in [
        ("first member", 2),
        ("behind 1 MiB", 1 << 20),
        ("behind 64 MiB", 64 << 20),
    ] {
        let read = read(place);
        table.row([
            name.to_owned(),
            place.to_string(),
            read.to_string(),
            if read <= place + FRAME { "yes" } else { "no" }.to_owned(),
        ]);
    }
    table
}

/// The bytes that are read of an array of ones in which something else stands at `place`.
fn read(place: usize) -> usize {
    let schema = RouteSchema::new()
        .json(Schema::array(Field::integer(1..=1)))
        .limits(Limits::default().max_body(1 << 30).max_items(u32::MAX));
    let policy = Policy::builder().post("/", schema).build();
    let app = Router::new()
        .route("/", post(async || {}))
        .layer(HardenLayer::new(policy.expect("a policy without mistakes")));

    let count = Arc::new(AtomicUsize::new(0));
    let counted = count.clone();
    let frames = (0..(1 << 30) / FRAME).map(move |number| {
        counted.fetch_add(FRAME, Ordering::Relaxed);
        let start = number * FRAME;
        let byte = |at: usize| match at {
            0 => b'[',
            at if at >= place && at % 2 == 0 => b'x',
            at if at % 2 == 1 => b'1',
            _ => b',',
        };
        let frame: Vec<u8> = (start..start + FRAME).map(byte).collect();
        Ok::<_, Infallible>(Frame::data(Bytes::from(frame)))
    });
    let request = Request::post("/")
        .header("content-type", "application/json")
        .body(Body::new(StreamBody::new(stream::iter(frames))))
        .expect("a request");
    let response = app.oneshot(request).now_or_never();
    let response = response
        .expect("nothing waits")
        .expect("a router has no error");
    assert!(response.status().is_client_error());
    count.load(Ordering::Relaxed)
}
