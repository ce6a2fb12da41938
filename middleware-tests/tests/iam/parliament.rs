//! What `parliament`, a linter of IAM policies, says of those that are written.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

use proptest::{
    strategy::{Strategy, ValueTree},
    test_runner::TestRunner,
};

use crate::{
    declared::{policy, scope, tables},
    written::{Row, rows},
};

/// The program: what `PARLIAMENT` names, or in the environment that the script makes in the target
/// directory, or on the path.
fn program() -> Option<PathBuf> {
    if let Some(named) = env::var_os("PARLIAMENT") {
        let named = PathBuf::from(named);
        assert!(named.is_file(), "PARLIAMENT names no file");
        return Some(named);
    }
    let target = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .parent()
        .map(|target| target.join("parliament/bin"));
    let path = env::var_os("PATH").unwrap_or_default();
    let places = target.into_iter().chain(env::split_paths(&path));
    places
        .map(|place| place.join("parliament"))
        .find(|program| program.is_file())
}

/// What it finds in the policies of a directory: a line for each.
fn findings(program: &Path, policies: &Path) -> String {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/iam/parliament/lint");
    let output = Command::new(script).arg(program).arg(policies).output();
    let output = output.expect("the script runs");
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(errors.trim().is_empty(), "{errors}");
    String::from_utf8(output.stdout).expect("text")
}

fn directory(name: &str) -> PathBuf {
    let directory = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .join("iam")
        .join(name);
    if directory.exists() {
        fs::remove_dir_all(&directory).expect("what an earlier run left");
    }
    fs::create_dir_all(&directory).expect("a directory");
    directory
}

#[test]
fn parliament_finds_nothing_in_what_is_written() {
    let Some(program) = program() else {
        println!("suite parliament: absent, 0 cases");
        return;
    };
    let policies = directory("written");
    let mut written: Vec<_> = rows().iter().map(Row::written).collect();
    let mut runner = TestRunner::default();
    for _ in 0..20 {
        let tables = tables().new_tree(&mut runner).expect("tables").current();
        written.push(
            policy(&tables)
                .to_iam_policy(&scope(&tables))
                .expect("a policy")
                .to_string(),
        );
    }
    for (place, text) in written.iter().enumerate() {
        fs::write(policies.join(format!("{place}.json")), text).expect("a file");
    }
    assert_eq!(findings(&program, &policies), "");
    println!("suite parliament: {} cases", written.len());
}

/// The linter is alive: it says something where something is wrong.
#[test]
fn parliament_finds_what_is_wrong() {
    let Some(program) = program() else {
        println!("suite parliament: absent, 0 cases");
        return;
    };
    let policies = directory("wrong");
    let wrong = r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"dynamodb:TransactGetItems","Resource":"*"}}"#;
    fs::write(policies.join("wrong.json"), wrong).expect("a file");
    assert!(findings(&program, &policies).contains("UNKNOWN_ACTION"));
}
