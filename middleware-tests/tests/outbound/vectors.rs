//! The vectors of DynamoDB requests, each decided by the policy file that it names.

use std::{collections::HashMap, fs, path::Path};

use middleware_tests::suite;
use serde::Deserialize;
use tower_harden::dynamodb::{Principal, TablePolicy};

use crate::guarded::Guarded;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    policy: String,
    principal: Option<String>,
    operation: String,
    body: String,
    expect: String,
    why: String,
}

#[tokio::test]
async fn requests_are_decided_as_their_policies_say() {
    let mut guards = HashMap::new();
    let mut wrong = Vec::new();
    for row in suite::vectors::<Row>("dynamodb.jsonl") {
        let guarded = guards
            .entry(row.policy.clone())
            .or_insert_with(|| Guarded::by(policy(&row.policy)));
        let guarded = match &row.principal {
            Some(principal) => guarded.with_principal(Principal::new(principal)),
            None => guarded.clone(),
        };
        let outcome = guarded.written(&row.operation, row.body.as_str()).await;
        if outcome != row.expect {
            wrong.push(format!(
                "{}: {outcome}, not {} ({})",
                row.body, row.expect, row.why
            ));
        }
    }
    assert!(
        wrong.is_empty(),
        "{} rows:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

pub(crate) fn policy(name: &str) -> TablePolicy {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("vectors/dynamodb/{name}.toml"));
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{name}: {error}"));
    TablePolicy::from_toml(&text).unwrap_or_else(|error| panic!("{name}: {error}"))
}
