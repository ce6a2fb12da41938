//! A policy file that changes while the service runs.

use std::{
    fs,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use orders_api::{
    app_under, hardening,
    policy_file::{PolicyFile, Role},
};
use tower_harden::{Policy, PolicyHandle};

use crate::{get, store};

/// A directory of a test, empty.
pub(crate) fn directory(test: &str) -> PathBuf {
    let directory = Path::new(env!("CARGO_TARGET_TMPDIR")).join(test);
    // There is none at the first run.
    let _ = fs::remove_dir_all(&directory);
    fs::create_dir_all(&directory).expect("a directory");
    directory
}

/// A policy file by which a list has at most so many orders.
pub(crate) fn at_most(limit: u32) -> String {
    let example = include_str!("../../operations/policy.toml");
    let text = example.replace("maximum = 10", &format!("maximum = {limit}"));
    assert!(text.contains(&format!("maximum = {limit}")));
    text
}

fn base() -> Policy {
    let addresses = hardening::addresses(&[]).expect("no receiver");
    hardening::policy(addresses).expect("the policy has no mistake")
}

fn probed(base: &Policy) -> PolicyHandle {
    let handle = PolicyHandle::new(base.clone());
    for probe in hardening::probes().expect("requests") {
        handle.add_probe(probe).expect("the service answers so");
    }
    handle
}

/// Waits until something holds; the watcher tells long before this ends, and a timer long after.
async fn until(mut holds: impl AsyncFnMut() -> bool) {
    let begun = Instant::now();
    while !holds().await {
        assert!(begun.elapsed() < Duration::from_secs(20), "it never holds");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

#[tokio::test]
async fn a_changed_file_is_put_in_force() {
    let base = base();
    let handle = probed(&base);
    let store = store(false).await;
    let app = app_under(handle.clone(), store.database.clone(), &[]).expect("a service");
    let list = async |limit: u32| get(&app, &format!("/orders?limit={limit}")).await.status == 200;

    let directory = directory("changed");
    let path = directory.join("policy.toml");
    fs::write(&path, at_most(10)).expect("written");
    let file = PolicyFile::new(&path, base);
    let _watch = file.follow(handle, Role::Enforced).expect("a policy");
    assert!(list(10).await && !list(11).await);

    fs::write(&path, at_most(5)).expect("written in place");
    until(async || !list(6).await).await;
    assert!(list(5).await);

    let other = directory.join("policy.toml~");
    fs::write(&other, at_most(20)).expect("written beside it");
    fs::rename(&other, &path).expect("renamed to it");
    until(async || list(20).await).await;
    assert!(!list(21).await);
}

/// As a Kubernetes `ConfigMap` is mounted: the file is a link through a link that is replaced.
#[cfg(unix)]
#[tokio::test]
async fn a_file_behind_links_is_seen_to_change() {
    use std::os::unix::fs::symlink;

    let base = base();
    let handle = probed(&base);
    let directory = directory("links");
    for (version, limit) in [("1", 10), ("2", 5)] {
        fs::create_dir(directory.join(version)).expect("a directory");
        fs::write(directory.join(version).join("policy.toml"), at_most(limit)).expect("written");
    }
    symlink("1", directory.join("data")).expect("a link");
    let path = directory.join("policy.toml");
    symlink("data/policy.toml", &path).expect("a link");
    let file = PolicyFile::new(&path, base);
    let _watch = file
        .follow(handle.clone(), Role::Enforced)
        .expect("a policy");

    // The first change may come before the directory is watched.
    for version in ["2", "1", "2"] {
        let before = handle.policy().revision();
        symlink(version, directory.join("data.new")).expect("a link");
        fs::rename(directory.join("data.new"), directory.join("data")).expect("renamed");
        until(async || handle.policy().revision() != before).await;
    }
}

#[tokio::test]
async fn a_candidate_is_tried_and_refuses_nothing() {
    let base = base();
    let handle = probed(&base);
    let store = store(false).await;
    let app = app_under(handle.clone(), store.database.clone(), &[]).expect("a service");

    let path = directory("candidate").join("policy.toml");
    fs::write(&path, at_most(10)).expect("written");
    let file = PolicyFile::new(&path, base.clone());
    let _watch = file
        .follow(handle.clone(), Role::Candidate)
        .expect("a policy");
    let candidate = || handle.candidate().expect("a candidate").revision();
    assert_ne!(candidate(), base.revision());
    assert_eq!(get(&app, "/orders?limit=11").await.status, 200);

    let before = candidate();
    fs::write(&path, at_most(5)).expect("written");
    until(async || candidate() != before).await;
    assert_eq!(handle.policy().revision(), base.revision());
}

#[test]
fn what_is_no_tighter_policy_is_told_with_its_line() {
    let path = directory("mistakes").join("policy.toml");
    let base = base();
    let told = |text: &str| {
        fs::write(&path, text).expect("written");
        let file = PolicyFile::new(&path, base.clone());
        let handle = probed(&base);
        let error = file.follow(handle.clone(), Role::Enforced).map(drop);
        assert_eq!(handle.policy().revision(), base.revision(), "{text}");
        error.expect_err(text).to_string()
    };
    for (text, part) in [
        ("", "version is missing"),
        (
            "version = 1\n[limits]\nmax_bodi = 1\n",
            "3 | max_bodi = 1\n  | ^^^^^^^^",
        ),
        (
            "version = 1\n[limits]\nmax_body = 2000000\n",
            "1048576 in the base",
        ),
        ("version = 1\nmode = \"report\"\n", "may_loosen mode"),
        (
            "version = 1\n[routes.\"GET /admin\"]\n",
            "may_loosen routes",
        ),
        (&at_most(51), "50 in the base"),
        (
            "version = 1\n[routes.\"GET /healthz\"]\nrequired_header.x-probe = { const = \"1\" }\n",
            "GET /healthz has to be accepted",
        ),
    ] {
        let told = told(text);
        assert!(told.contains(part), "{text}: {told}");
    }
    fs::remove_file(&path).expect("removed");
    let file = PolicyFile::new(&path, base.clone());
    let told = file.follow(probed(&base), Role::Enforced).map(drop);
    let told = told.expect_err("it is not there").to_string();
    assert!(told.contains("policy.toml: "), "{told}");
}

#[test]
fn a_file_that_is_too_long_is_not_read_to_its_end() {
    let path = directory("long").join("policy.toml");
    fs::write(&path, at_most(10) + &"#".repeat(1 << 20)).expect("written");
    let base = base();
    let file = PolicyFile::new(&path, base.clone());
    let told = file.follow(probed(&base), Role::Enforced).map(drop);
    assert!(told.expect_err("it is long").to_string().contains("1 MiB"));
}
