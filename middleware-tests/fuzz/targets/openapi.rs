//! An OpenAPI document, in JSON or YAML: a policy file that can be read, or mistakes.
#![no_main]

use libfuzzer_sys::fuzz_target;
use tower_harden::{OpenApi, PolicyBuilder};

fuzz_target!(|text: &str| {
    let document = OpenApi::new(text);
    let _ = document.notes();
    match document.to_policy_file() {
        Ok(file) => {
            let policy = PolicyBuilder::from_value(file).and_then(PolicyBuilder::build);
            if let Ok(policy) = policy {
                assert!(policy.diff(&policy).is_empty());
            }
        }
        Err(error) => assert!(!error.problems().is_empty()),
    }
});
