//! Where the source of the SDK is, and which operations it has.

use std::{fs, path::PathBuf, process::Command};

use serde_json::Value;

pub(crate) struct SdkOperation {
    /// As on the wire, `GetItem`.
    pub(crate) name: String,
    /// As in the SDK, `get_item`.
    pub(crate) module: String,
}

/// The source of the `aws-sdk-dynamodb` that this workspace is locked to.
pub(crate) fn directory() -> PathBuf {
    let host = run("rustc", &["--print", "host-tuple"]);
    // Without the platform, cargo asks for packages that this machine has never downloaded.
    let platform = ["--filter-platform", host.trim(), "--format-version", "1"];
    let metadata = run(
        env!("CARGO"),
        &[&["metadata", "--offline", "--locked"], &platform[..]].concat(),
    );
    let metadata: Value = serde_json::from_str(&metadata).expect("metadata is JSON");
    let packages = metadata["packages"].as_array().expect("packages");
    let manifest = packages
        .iter()
        .find(|package| package["name"] == "aws-sdk-dynamodb")
        .and_then(|package| package["manifest_path"].as_str())
        .expect("the SDK is a dependency");
    PathBuf::from(manifest)
        .parent()
        .expect("a directory")
        .to_owned()
}

fn run(program: &str, arguments: &[&str]) -> String {
    let output = Command::new(program)
        .args(arguments)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap_or_else(|error| panic!("{program}: {error}"));
    assert!(
        output.status.success(),
        "{program}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout).expect("text")
}

/// Every operation, by name: each module of `operation` sets the name in `x-amz-target`.
pub(crate) fn operations(sdk: &std::path::Path) -> Vec<SdkOperation> {
    const TARGET: &str = "\"DynamoDB_20120810.";
    let mut operations: Vec<SdkOperation> = fs::read_dir(sdk.join("src/operation"))
        .expect("the SDK has operations")
        .map(|entry| entry.expect("a readable directory").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "rs"))
        .map(|path| {
            let source = fs::read_to_string(&path).expect("readable source");
            let (_, target) = source
                .split_once(TARGET)
                .expect("an operation has a target");
            let (name, _) = target.split_once('"').expect("a string ends");
            SdkOperation {
                name: name.to_owned(),
                module: path
                    .file_stem()
                    .expect("a name")
                    .to_string_lossy()
                    .into_owned(),
            }
        })
        .collect();
    operations.sort_by(|one, other| one.name.cmp(&other.name));
    operations
}
