//! Tests that have to run in another process: one with another environment, or in another network.

use std::process::{Command, Output};

/// Runs one test of this binary again, by a command that runs programs.
pub(crate) fn output(mut command: Command, test: &str) -> Output {
    command
        .args(["--exact", test, "--nocapture"])
        .env("TOWER_HARDEN_AGAIN", test)
        .output()
        .expect("a process")
}

/// Whether this is the process that was made to run a test again.
pub(crate) fn is_again(test: &str) -> bool {
    std::env::var("TOWER_HARDEN_AGAIN").is_ok_and(|again| again == test)
}

/// This binary.
pub(crate) fn this() -> std::path::PathBuf {
    std::env::current_exe().expect("a path")
}

/// Panics unless the test passed, and there was one.
pub(crate) fn assert_passed(output: &Output) {
    let told = String::from_utf8_lossy(&output.stdout);
    let failed = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{told}{failed}");
    assert!(told.contains("1 passed"), "{told}{failed}");
}
