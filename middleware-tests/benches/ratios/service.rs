//! A whole call in one process: an axum router with and without the layer.

use axum::{
    Router,
    body::Body,
    http::{Request, StatusCode},
};
use tower_harden_benches::{
    apps::{answers, bare, checked, hardened, idle, json},
    bodies,
    harness::Group,
};

pub(crate) fn small() -> Group {
    bodies(bodies::SMALL, "/order", [1.12, 0.95])
}

pub(crate) fn medium() -> Group {
    bodies(bodies::orders(45).leak(), "/orders", [1.10, 0.65])
}

pub(crate) fn query() -> Group {
    let path = "/list?limit=20&status=open&cursor=550e8400-e29b-41d4-a716-446655440000";
    let request = move || Request::get(path).body(Body::empty()).expect("a request");
    Group::new(path.len())
        .add("bare", calls(bare(), request))
        .add("a layer that does nothing", calls(idle(bare()), request))
        .add("hardened", calls(hardened(bare()), request))
        .aim(1.08)
}

/// The small order, accepted and refused in several ways, the answer included.
pub(crate) fn refused() -> Group {
    const ORDER: &str = bodies::SMALL;
    let app = || hardened(bare());
    let wrong = |from: &str, to: &str| -> &'static str { ORDER.replacen(from, to, 1).leak() };
    let refuse = |path: &'static str, body: &'static str| {
        let mut call = answers(app(), json(path, body));
        move || assert!(call().is_client_error())
    };
    Group::new(ORDER.len())
        .add("accepted", calls(app(), json("/order", ORDER)))
        .add(
            "first member wrong",
            refuse("/order", wrong("550e8400", "x50e8400")),
        )
        .aim(1.0)
        .add(
            "last member wrong",
            refuse("/order", wrong("https://", "gopher://")),
        )
        .aim(1.0)
        .add(
            "a metadata address",
            refuse("/order", wrong("hooks.example.com", "169.254.169.254")),
        )
        .aim(1.0)
        .add("an undeclared parameter", refuse("/order?admin=1", ORDER))
        .aim(1.0)
        .add("an undeclared method", refuse("/list", ORDER))
        .aim(1.0)
}

fn bodies(body: &'static str, path: &'static str, aims: [f64; 2]) -> Group {
    let request = json(path, body);
    Group::new(body.len())
        .add("bare", calls(bare(), request))
        .add("a layer that does nothing", calls(idle(bare()), request))
        .add("hardened", calls(hardened(bare()), request))
        .aim(aims[0])
        .add("hardened, Checked", calls(hardened(checked()), request))
        .aim(aims[1])
}

fn calls(router: Router, request: impl Fn() -> Request<Body> + 'static) -> impl FnMut() {
    let mut call = answers(router, request);
    move || assert_eq!(call(), StatusCode::OK)
}
