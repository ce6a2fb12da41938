//! A policy file, in TOML and in JSON: a policy or mistakes, and what it says is the same from both.
#![no_main]

use libfuzzer_sys::fuzz_target;
use tower_harden::{ConfigError, Policy, PolicyBuilder};

fuzz_target!(|text: &str| {
    checked(PolicyBuilder::from_toml(text));
    let json = checked(PolicyBuilder::from_json(text));
    let value = serde_json::from_str(text).map(PolicyBuilder::from_value);
    let value = value.ok().and_then(checked);
    if let (Some(json), Some(value)) = (json, value) {
        assert_eq!(json.revision(), value.revision());
    }
});

/// What is read is compiled, and compared with itself.
fn checked(read: Result<PolicyBuilder, ConfigError>) -> Option<Policy> {
    let told = |error: &ConfigError| assert!(!error.problems().is_empty());
    let policy = read.inspect_err(told).ok()?.build();
    let policy = policy.inspect_err(told).ok()?;
    assert!(policy.diff(&policy).is_empty());
    assert!(policy.loosened_by(&policy).is_empty());
    let _ = policy.lint();
    Some(policy)
}
