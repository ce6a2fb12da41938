//! The tool as people run it: the binary, on the files beside these tests.

mod check;
mod completions;
mod diff;
mod explain;
mod files;
mod iam;
mod import;
mod readme;

use std::{
    io::Write,
    path::Path,
    process::{Command, Stdio},
};

use serde_json::Value;

/// What a run of the tool came to.
struct Run {
    code: i32,
    out: String,
    err: String,
}

impl Run {
    fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {}", self.out))
    }
}

/// Runs the tool in the folder of the files.
fn harden(args: &[&str]) -> Run {
    with_input(args, b"")
}

fn with_input(args: &[&str], input: &[u8]) -> Run {
    let mut child = Command::new(env!("CARGO_BIN_EXE_harden"))
        .args(args)
        .current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/files"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the tool starts");
    let mut stdin = child.stdin.take().expect("an input");
    // A tool that has seen enough does not read on.
    let _ = stdin.write_all(input);
    drop(stdin);
    let output = child.wait_with_output().expect("the tool ends");
    let text = |bytes| String::from_utf8(bytes).expect("it writes text");
    Run {
        code: output.status.code().expect("it ends by itself"),
        out: text(output.stdout),
        err: text(output.stderr),
    }
}

#[test]
fn help_documents_the_exit_codes() {
    let help = harden(&["--help"]);
    assert_eq!(help.code, 0);
    for told in [
        "Exit codes:",
        "check",
        "diff",
        "import",
        "iam",
        "explain",
        "schema",
        "completions",
    ] {
        assert!(help.out.contains(told), "{told}: {}", help.out);
    }
}

#[test]
fn an_option_that_is_none_is_a_mistake() {
    let run = harden(&["check", "harden.toml", "--deny-lint"]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("--deny-lints"), "{}", run.err);
}

#[test]
fn colours_are_printed_where_they_are_asked_for() {
    let run = |color| harden(&["check", "harden.toml", "--color", color]).out;
    assert!(run("always").contains("\u{1b}["));
    assert!(!run("never").contains('\u{1b}'));
    assert!(!run("auto").contains('\u{1b}'), "nobody looks at a pipe");
}

#[test]
fn no_character_of_a_file_moves_the_cursor() {
    let policy = r#"version = 1
        [routes."GET /x"]
        query.a = { type = "string", pattern = "a\u001bc\u202e" }
    "#;
    let run = with_input(&["diff", "-", "strict.toml"], policy.as_bytes());
    assert!(
        run.out
            .contains("query a: pattern a\u{fffd}c\u{fffd} (tighter)"),
        "{:?}",
        run.out
    );
    assert!(!run.out.contains(['\u{1b}', '\u{202e}']), "{:?}", run.out);
}

#[test]
fn the_schema_is_that_of_policy_files() {
    let run = harden(&["schema"]);
    assert_eq!(run.code, 0);
    assert_eq!(run.json()["properties"]["version"]["const"], 1);
    assert_eq!(harden(&["schema", "--json"]).json(), run.json());
}
