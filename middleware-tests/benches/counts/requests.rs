//! Allocations of one accepted request.

use axum::{
    Router,
    body::Body,
    http::{Request, StatusCode},
};
use stats_alloc::Region;
use tower_harden_benches::{
    apps::{answers, bare, checked, hardened, idle, json},
    bodies,
    table::Table,
};

use crate::ALLOCATOR;

const CALLS: usize = 100;

pub(crate) fn table() -> Table {
    let mut table = Table::new(
        "allocations of one accepted request (aim: the layer adds none of its own)",
        &["", "bare", "idle layer", "hardened", "with Checked"],
    );
    let orders: &'static str = bodies::orders(45).leak();
    let list = || {
        let path = "/list?limit=20&status=open&cursor=550e8400-e29b-41d4-a716-446655440000";
        Request::get(path).body(Body::empty()).expect("a request")
    };
    table.row(row("small JSON", json("/order", bodies::SMALL)));
    table.row(row("medium JSON", json("/orders", orders)));
    table.row(row("query", list));
    table
}

fn row(name: &str, request: impl Fn() -> Request<Body> + Copy + 'static) -> Vec<String> {
    let apps = [bare(), idle(bare()), hardened(bare()), hardened(checked())];
    let counts = apps.map(|app| format!("{:.0}", allocations(app, request)));
    [name.to_owned()].into_iter().chain(counts).collect()
}

#[expect(clippy::cast_precision_loss, reason = "counts are small")]
fn allocations(app: Router, request: impl Fn() -> Request<Body> + 'static) -> f64 {
    let mut call = answers(app, request);
    for _ in 0..10 {
        assert_eq!(call(), StatusCode::OK);
    }
    let region = Region::new(ALLOCATOR);
    for _ in 0..CALLS {
        call();
    }
    let change = region.change();
    (change.allocations + change.reallocations) as f64 / CALLS as f64
}
