//! What bodies hold that arrive slowly.

use std::convert::Infallible;

use axum::{
    Router,
    body::Body,
    http::{Request, Response},
};
use bytes::Bytes;
use futures_util::{FutureExt, future::BoxFuture, stream};
use http_body::Frame;
use http_body_util::StreamBody;
use stats_alloc::Region;
use tower::ServiceExt;
use tower_harden_benches::{
    apps::{bare, hardened},
    bodies,
    table::Table,
};

use crate::ALLOCATOR;

const BODIES: usize = 1_000;

/// Half of each body has arrived, in frames of 512 bytes, and the clients have fallen silent.
pub(crate) fn table() -> Table {
    let mut table = Table::new(
        format!("bytes held by each of {BODIES} bodies of which half has arrived"),
        &[
            "",
            "arrived",
            "held, bare",
            "held, hardened",
            "aim",
            "reached",
        ],
    );
    let medium = bodies::orders(45);
    let large = bodies::orders(1_600);
    for (name, body) in [("8 KB", &medium), ("256 KB", &large)] {
        let half = &body.as_bytes()[..body.len() / 2];
        let [bare, hardened] = [bare(), hardened(bare())].map(|app| held(&app, half));
        // The limit of a body and 1 KiB: the default limit is 1 MiB, which none of these reaches.
        let aim = half.len() * 2 + 1024;
        table.row([
            name.to_owned(),
            half.len().to_string(),
            bare.to_string(),
            hardened.to_string(),
            format!("≤ {aim}"),
            if hardened <= aim { "yes" } else { "no" }.to_owned(),
        ]);
    }
    table
}

fn held(app: &Router, half: &[u8]) -> usize {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .build()
        .expect("a runtime");
    let _in = runtime.enter();
    let mut waiting: Vec<BoxFuture<'_, Response<Body>>> = Vec::with_capacity(BODIES);
    let region = Region::new(ALLOCATOR);
    for _ in 0..BODIES {
        let mut response = send(app.clone(), half).boxed();
        assert!((&mut response).now_or_never().is_none(), "it waits");
        waiting.push(response);
    }
    let change = region.change();
    (change.bytes_allocated - change.bytes_deallocated) / BODIES
}

async fn send(app: Router, half: &[u8]) -> Response<Body> {
    // Each frame is a buffer of its own, as hyper's are, and is gone once it is read.
    let frames: Vec<Vec<u8>> = half.chunks(512).map(<[u8]>::to_vec).collect();
    let frames = frames
        .into_iter()
        .map(|frame| Ok::<_, Infallible>(Frame::data(Bytes::from(frame))));
    let body = stream::StreamExt::chain(stream::iter(frames), stream::pending());
    let request = Request::post("/orders")
        .header("content-type", "application/json")
        .body(Body::new(StreamBody::new(body)))
        .expect("a request");
    app.oneshot(request).await.expect("a router has no error")
}
