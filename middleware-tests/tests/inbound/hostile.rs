//! Bodies that are made to cost much: long, wide, deep, colliding, or small until they are unpacked.
//!
//! How much memory and time they take is measured in `benches`; here is what they are answered.

use std::fmt::Write as _;

use axum::{
    Router,
    body::{Body, Bytes},
    extract::Request,
    routing::{get, post},
};
use http::{StatusCode, header::CONTENT_ENCODING};
use http_body_util::BodyExt;
use middleware_tests::{Answer, by_path, policy, post as json, refused};
use tower::ServiceExt;
use tower_harden::{
    AddressPolicy, Field, HardenLayer, Limits, Policy, RouteSchema, Schema, Validator,
};
use tower_http::{compression::CompressionLayer, decompression::RequestDecompressionLayer};

const MEBIBYTE: usize = 1 << 20;

/// A route that takes any JSON, however long.
fn anything() -> HardenLayer {
    let limits = Limits::default().max_body(64 * MEBIBYTE);
    by_path(policy(
        Policy::builder()
            .post("/", RouteSchema::new().json(Schema::any()))
            .limits(limits),
    ))
}

async fn told(body: String) -> Vec<String> {
    refused(&anything(), json("/", body)).await.errors()
}

#[tokio::test]
async fn a_string_of_16_mebibytes_is_too_large() {
    let string = "a".repeat(16 * MEBIBYTE);
    assert_eq!(
        told(format!("\"{string}\"")).await,
        ["limit.string in body #"]
    );
    assert_eq!(
        told(format!("{{\"{string}\":0}}")).await,
        ["limit.string in body #"]
    );
    // Nor is it read where it is spelled in escapes, or never ends.
    let escapes = "\\u0061".repeat(3 * MEBIBYTE);
    assert_eq!(
        told(format!("\"{escapes}")).await,
        ["limit.string in body #"]
    );
    let digits = "1".repeat(16 * MEBIBYTE);
    assert_eq!(told(digits).await, ["limit.number in body #"]);
}

#[tokio::test]
async fn a_million_members_or_items_are_too_many() {
    let mut members = String::from("{");
    for number in 0..1_000_000 {
        let _ = write!(members, "\"{number}\":0,");
    }
    assert_eq!(told(members).await, ["limit.members in body #"]);
    assert_eq!(
        told(format!("[{}", "0,".repeat(1_000_000))).await,
        ["limit.items in body #"]
    );
}

#[tokio::test]
async fn a_hundred_thousand_levels_are_too_deep() {
    for opening in ["[", "{\"a\":", "[{\"a\":"] {
        assert_eq!(
            told(opening.repeat(100_000)).await[0].split(' ').next(),
            Some("limit.depth"),
            "{opening}"
        );
    }
}

/// Names that the table of declared names, which has no key, puts beside each other: they have one
/// length, one beginning and one end, and differ between.
#[tokio::test]
async fn names_that_collide_are_told_apart() {
    let name = |number: u32| format!("the same start {number:08} and the same end");
    let declared = (0..500).fold(Schema::object(), |object, number| {
        object.optional(name(number), Field::integer(..))
    });
    let limits = Limits::default().max_members(100_000);
    let schema = Validator::new(declared, AddressPolicy::default(), limits).expect("a schema");
    let object = |numbers: std::ops::Range<u32>| {
        let members = numbers.map(|number| format!("\"{}\":1", name(number)));
        format!("{{{}}}", members.collect::<Vec<_>>().join(","))
    };
    assert_eq!(schema.check(object(0..500).as_bytes()), Ok(()));
    let undeclared = schema.check(object(500..501).as_bytes());
    assert_eq!(
        undeclared.map_err(|found| found[0].code().as_str()),
        Err("body.unknown_member")
    );

    // Undeclared names of an open object are told apart by a keyed hash.
    let open = Validator::new(Schema::any(), AddressPolicy::default(), limits).expect("a schema");
    assert_eq!(open.check(object(0..50_000).as_bytes()), Ok(()));
    let twice = object(0..50_000).replacen("00000001", "00049999", 1);
    let twice = open.check(twice.as_bytes());
    assert_eq!(
        twice.map_err(|found| found[0].code().as_str()),
        Err("body.duplicate_member")
    );
}

#[tokio::test]
async fn a_bomb_behind_a_decompressing_layer_is_cut_at_the_limit() {
    let spaces = " ".repeat(64 * MEBIBYTE);
    let compress = Router::new()
        .route("/", get(async || spaces))
        .layer(CompressionLayer::new());
    let request = Request::get("/").header("accept-encoding", "gzip");
    let response = compress.oneshot(request.body(Body::empty()).expect("a request"));
    let response = response.await.unwrap_or_else(|never| match never {});
    assert_eq!(response.headers()[CONTENT_ENCODING], "gzip");
    let bomb: Bytes = response
        .into_body()
        .collect()
        .await
        .expect("a body")
        .to_bytes();
    assert!(bomb.len() < MEBIBYTE, "{} bytes", bomb.len());

    let schema = RouteSchema::new().json(Schema::any());
    let app = Router::new()
        .route("/", post(async || "reached"))
        .layer(HardenLayer::new(policy(
            Policy::builder().post("/", schema),
        )))
        .layer(RequestDecompressionLayer::new());
    let request = Request::post("/")
        .header("content-type", "application/json")
        .header("content-encoding", "gzip")
        .body(Body::from(bomb))
        .expect("a request");
    let response = app
        .oneshot(request)
        .await
        .unwrap_or_else(|never| match never {});
    let answer = Answer::of(response).await;
    assert_eq!(answer.status(), StatusCode::PAYLOAD_TOO_LARGE);
    assert_eq!(answer.errors(), ["body.too_large in body #"]);
}
