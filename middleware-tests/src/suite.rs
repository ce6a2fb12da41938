//! Rows of test data: the vectors of this repository, and the outside suites that stand beside it.

use std::{
    fs,
    path::{Path, PathBuf},
};

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
    let rows = parse(file, &text);
    println!("suite {file}: {} cases", rows.len());
    rows
}

/// The JSON documents below a directory, each with its path from there, without those that the suite
/// calls optional. Where the suite is absent it says so, and there are none.
///
/// # Panics
///
/// Where a document cannot be read.
#[must_use]
pub fn documents(below: &str) -> Vec<(String, String)> {
    let root = directory().join(below);
    if !root.is_dir() {
        println!("suite {below}: absent, 0 cases");
        return Vec::new();
    }
    let mut documents = Vec::new();
    let mut left = vec![root.clone()];
    while let Some(directory) = left.pop() {
        for entry in fs::read_dir(&directory).expect("a directory") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                left.extend(Some(path).filter(|path| !path.ends_with("optional")));
            } else {
                let text = fs::read_to_string(&path).expect("a document");
                let name = path.strip_prefix(&root).expect("below the root");
                documents.push((name.display().to_string(), text));
            }
        }
    }
    documents.sort();
    println!("suite {below}: {} documents", documents.len());
    documents
}

/// The rows of one file of `vectors`, which are part of the repository and never absent.
///
/// # Panics
///
/// Where the file is absent or empty, or a row is not what it should be.
#[must_use]
pub fn vectors<T: DeserializeOwned>(file: &str) -> Vec<T> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("vectors")
        .join(file);
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("vectors {file}: {error}"));
    let rows = parse(file, &text);
    assert!(!rows.is_empty(), "vectors {file}: no rows");
    println!("vectors {file}: {} rows", rows.len());
    rows
}

fn parse<T: DeserializeOwned>(file: &str, text: &str) -> Vec<T> {
    let row = |(place, line): (usize, &str)| {
        serde_json::from_str(line)
            .unwrap_or_else(|error| panic!("{file}, line {}: {error}", place + 1))
    };
    text.lines().enumerate().map(row).collect()
}
