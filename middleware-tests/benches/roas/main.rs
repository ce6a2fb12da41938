//! `roas-http-validator` beside tower-harden: one request, judged by an `OpenAPI` description and by a
//! policy.
//!
//! It is a program of its own because `roas` switches on `serde_json/arbitrary_precision`, which makes
//! every number of every peer slower. The ratios are those of this program.
//!
//! `cargo bench --manifest-path middleware-tests/benches/Cargo.toml -p tower-harden-benches-roas`

use std::hint::black_box;

use roas_http_validator::{Options, RequestView, Validator};
use serde::de::IgnoredAny;
use serde_json::{Value, json};
use tower_harden_benches::{
    apps::{answers, bare, hardened, json as request},
    bodies,
    harness::Group,
    schemas,
};

fn main() {
    let quick = std::env::args().any(|argument| argument == "--quick");
    let order = schemas::order_document();
    let orders = json!({ "type": "array", "items": order });
    group("/order", &order, bodies::SMALL)
        .measure("roas, small", quick)
        .print();
    let many = bodies::orders(45).leak();
    group("/orders", &orders, many)
        .measure("roas, medium", quick)
        .print();
}

fn group(path: &'static str, schema: &Value, body: &'static str) -> Group {
    let description = json!({
        "openapi": "3.2.0",
        "info": { "title": "orders", "version": "1" },
        "paths": { path: { "post": {
            "requestBody": { "required": true, "content": { "application/json": { "schema": schema } } },
            "responses": { "200": { "description": "done" } },
        } } },
    });
    let description = serde_json::from_value(description).expect("a description");
    let validator = Validator::with_options(description, Options::new());
    let view = move || {
        RequestView::new("POST", path)
            .with_header("content-type", "application/json")
            .with_body(body.as_bytes())
    };
    let judged = validator.validate(&view()).expect("a described route");
    assert!(judged.is_valid(), "{judged}");
    let mut bare = answers(bare(), request(path, body));
    let mut hardened = answers(hardened(self::bare()), request(path, body));
    Group::new(body.len())
        .add("serde_json, IgnoredAny", move || {
            black_box(serde_json::from_str::<IgnoredAny>(black_box(body))).expect("JSON");
        })
        .add("roas-http-validator, validate alone", move || {
            let judged = validator.validate(black_box(&view()));
            assert!(judged.is_ok_and(|report| report.is_valid()));
        })
        .add("axum route, bare", move || {
            assert!(bare().is_success());
        })
        .add("axum route, hardened", move || {
            assert!(hardened().is_success());
        })
}
