//! Text made of one piece, a quarter of a million bytes: judged in linear time, or this test never ends.

use http::StatusCode;
use middleware_tests::{answer, by_path, policy, post};
use serde_json::json;
use tower_harden::{Field, Limits, Policy, RouteSchema, Schema};

const SIZE: usize = 1 << 18;

const PIECES: &[&str] = &[
    "http:",
    "http:a",
    "http:[",
    "http:[a]",
    "http:@",
    "http:@a",
    r"http:\",
    "http:é",
    "http:é.",
    "http://a@",
    "http://é@",
    r"http:\\a",
    "http://a ",
    ":",
    "://",
    "a://",
    r":\\",
    ":%5c%5c",
    "@",
    "//",
    r"\",
    ".",
    "a.",
    "é.",
    "1.",
    "xn--a.",
    "0x",
    "[",
    "]",
    "[:",
    "%",
    "%2",
    "%25",
    "%3a",
    "%2525",
    "\t",
    "\t:",
    "a\n",
    " ",
    "/",
    "?",
    "#",
    "a/",
    "\"",
    "\u{ad}",
    "。",
];

#[tokio::test]
async fn any_piece_again_and_again_gets_an_answer() {
    let schema = Schema::object()
        .optional("text", Field::string().multiline())
        .optional("url", Field::url())
        .optional("hostname", Field::hostname())
        .optional("email", Field::email())
        .optional(
            "matched",
            Field::string().multiline().pattern("^(a+)+[b%]*$"),
        );
    let layer = by_path(policy(
        Policy::builder()
            .limits(Limits::default().max_body(8 * SIZE).max_string(8 * SIZE))
            .post("/", RouteSchema::new().json(schema)),
    ));
    for piece in PIECES {
        let long = piece.repeat(SIZE / piece.len());
        for field in ["text", "url", "hostname", "email", "matched"] {
            let body = json!({ field: long }).to_string();
            let status = answer(&layer, post("/", body)).await.status();
            assert!(
                matches!(status, StatusCode::OK | StatusCode::UNPROCESSABLE_ENTITY),
                "{piece:?} in {field}: {status}"
            );
        }
    }
}
