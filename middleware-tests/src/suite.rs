//! The outside suites, which stand beside the repository and not in it.

use std::{fs, path::PathBuf};

use serde::de::DeserializeOwned;

/// Where the suites are: `TOWER_HARDEN_SUITES`, or `shared/suites` beside the repository.
fn directory() -> PathBuf {
    std::env::var_os("TOWER_HARDEN_SUITES").map_or_else(
        || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../shared/suites"),
        PathBuf::from,
    )
}

/// The rows of one file of JSON lines. Where the suite is absent it says so, and there are none.
///
/// # Panics
///
/// Where a row is not what it should be.
#[must_use]
pub fn rows<T: DeserializeOwned>(file: &str) -> Vec<T> {
    let path = directory().join(file);
    let Ok(text) = fs::read_to_string(&path) else {
        println!("suite {file}: absent, 0 cases");
        return Vec::new();
    };
    let rows: Vec<T> = text
        .lines()
        .map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{file}: {error}")))
        .collect();
    println!("suite {file}: {} cases", rows.len());
    rows
}
