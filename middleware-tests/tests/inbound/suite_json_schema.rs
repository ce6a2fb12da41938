//! JSON-Schema-Test-Suite, draft 2020-12: each case as a document, each test of it as a body.

use http::StatusCode;
use middleware_tests::{answer, by_path, policy, post, suite};
use serde::Deserialize;
use serde_json::Value;
use tower_harden::{JsonSchema, Policy, RouteSchema};

#[derive(Deserialize)]
struct Case {
    description: String,
    schema: Value,
    tests: Vec<Test>,
}

#[derive(Deserialize)]
struct Test {
    description: String,
    data: Value,
    valid: bool,
}

const INTERNAL: &str = "http://2001:0db8:85a3:0000:0000:8a2e:0370:7334";

#[tokio::test]
async fn json_schema_test_suite() {
    let remotes = suite::documents("json-schema/remotes");
    let (mut tests, mut delegated) = (0, 0);
    let mut wrong = Vec::new();
    for (file, text) in suite::documents("json-schema/tests/draft2020-12") {
        let cases: Vec<Case> = serde_json::from_str(&text).expect("cases");
        for case in cases {
            let mut schema = JsonSchema::new(case.schema.to_string())
                .open_objects()
                .formats_as_annotations()
                .unknown_keywords_as_annotations()
                .allow_controls();
            for (path, text) in &remotes {
                schema = schema.resource(format!("http://localhost:1234/{path}"), text);
            }
            let policy = Policy::builder().post("/", RouteSchema::new().json(schema));
            let layer = match policy.build() {
                Ok(policy) => {
                    if !format!("{policy:?}").contains("delegated: []") {
                        delegated += case.tests.len();
                    }
                    by_path(policy)
                }
                Err(error) => {
                    wrong.push(format!("{file}, {}: {error}", case.description));
                    continue;
                }
            };
            for test in case.tests {
                tests += 1;
                let answer = answer(&layer, post("/", test.data.to_string())).await;
                // Valid, and a string that names an address of the documentation range.
                let named = file == "format.json" && test.data == INTERNAL;
                let fine = if test.valid && !named {
                    answer.status() == StatusCode::OK
                } else {
                    answer.status() == StatusCode::UNPROCESSABLE_ENTITY
                };
                if !fine {
                    wrong.push(format!(
                        "{file}, {}, {}: {:?}",
                        case.description, test.description, answer.body
                    ));
                }
            }
        }
    }
    println!("suite json-schema/draft2020-12: {tests} tests, {delegated} with a delegated part");
    assert!(wrong.is_empty(), "{}:\n{}", wrong.len(), wrong.join("\n"));
}

/// The formats whose grammar is all there is to them. Those that name hosts are stricter here.
#[tokio::test]
async fn formats_of_the_suite() {
    let formats = [
        "date",
        "date-time",
        "duration",
        "json-pointer",
        "relative-json-pointer",
        "time",
        "uuid",
    ];
    let mut tests = 0;
    for (file, text) in suite::documents("json-schema/tests/draft2020-12/optional/format") {
        if !formats
            .iter()
            .any(|format| file == format!("{format}.json"))
        {
            continue;
        }
        let cases: Vec<Case> = serde_json::from_str(&text).expect("cases");
        for case in cases {
            let schema = JsonSchema::new(case.schema.to_string()).allow_controls();
            let policy = policy(Policy::builder().post("/", RouteSchema::new().json(schema)));
            assert!(format!("{policy:?}").contains("delegated: []"), "{file}");
            let layer = by_path(policy);
            for test in case.tests {
                tests += 1;
                let answer = answer(&layer, post("/", test.data.to_string())).await;
                assert_eq!(
                    answer.status() == StatusCode::OK,
                    test.valid,
                    "{file}, {}: {}",
                    test.description,
                    test.data
                );
            }
        }
    }
    println!("suite json-schema/draft2020-12/optional/format: {tests} tests");
}
