//! JSONTestSuite, each document as a body for a route that takes any JSON.

use base64::{Engine, engine::general_purpose::STANDARD};
use http::StatusCode;
use middleware_tests::{answer, by_path, policy, post, suite};
use serde::Deserialize;
use tower_harden::{Limits, Policy, RouteSchema, Schema};

#[derive(Deserialize)]
struct Row {
    name: String,
    expect: String,
    base64: String,
}

#[tokio::test]
async fn json_test_suite() {
    let any = RouteSchema::new().json(Schema::any().allow_controls());
    let layer = by_path(policy(
        Policy::builder()
            .post("/", any)
            .limits(Limits::default().max_depth(128)),
    ));
    let mut wrong = Vec::new();
    for row in suite::rows::<Row>("json-parsing/json_test_suite.jsonl") {
        let document = STANDARD.decode(&row.base64).expect("base64");
        let answer = answer(&layer, post("/", document.clone())).await;
        let fine = match row.expect.as_str() {
            // Well-formed, and read in two ways: the first or the last of two members counts.
            "accept" if row.name.contains("y_object_duplicated_key") => {
                answer.errors() == ["body.duplicate_member in body #"]
            }
            "accept" => answer.status() == StatusCode::OK && answer.body == document,
            "reject" => answer.status() == StatusCode::BAD_REQUEST,
            "either" => matches!(answer.status(), StatusCode::OK | StatusCode::BAD_REQUEST),
            other => panic!("an unknown label {other:?}"),
        };
        if !fine {
            wrong.push(format!(
                "{} {}: {} {:?}",
                row.expect,
                row.name,
                answer.status(),
                answer.body
            ));
        }
    }
    assert!(
        wrong.is_empty(),
        "{} documents:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}
