//! The program as an operator runs it: its policy file, its metrics, its signals.

use std::{
    fs,
    io::{BufRead, BufReader},
    process::Stdio,
    sync::mpsc::{Receiver, channel},
    thread,
    time::{Duration, Instant},
};

use crate::{
    policy_file::{at_most, directory},
    program::{Program, command, exchange},
};

/// The program, and the lines of its log.
struct Operated {
    program: Program,
    log: Receiver<String>,
}

impl Operated {
    fn start(arguments: &[&str]) -> Self {
        let mut command = command(&["--listen", "127.0.0.1:0"]);
        let mut program = Program::spawn(command.args(arguments).stderr(Stdio::piped()));
        let lines = BufReader::new(program.child.stderr.take().expect("it was piped")).lines();
        let (tell, log) = channel();
        thread::spawn(move || {
            // The test may have ended.
            lines
                .map_while(Result::ok)
                .try_for_each(|line| tell.send(line))
        });
        Self { program, log }
    }

    /// Waits for a line of the log, and returns what was told until it came.
    fn until(&self, part: &str) -> String {
        let mut told = String::new();
        while !told.contains(part) {
            let line = self.log.recv_timeout(Duration::from_secs(20));
            told += &line.unwrap_or_else(|_| panic!("{part} is not told, but: {told}"));
            told.push('\n');
        }
        told
    }

    fn lists(&self, limit: u32) -> bool {
        let answer = self.program.get(&format!("/orders?limit={limit}"));
        answer.starts_with("HTTP/1.1 200 ")
    }
}

#[test]
fn a_policy_file_that_is_broken_or_gone_changes_nothing() {
    let path = directory("operated").join("policy.toml");
    let write = |text: &str| fs::write(&path, text).expect("written");
    write(&at_most(10));
    let operated = Operated::start(&["--policy", path.to_str().expect("UTF-8")]);
    operated.until("coverage: 6 routes behind the layer");
    assert!(operated.lists(10) && !operated.lists(11));

    write("version = 1\n[limits]\nmax_bodi = 1\n");
    let told = operated.until("| ^^^^^^^^");
    assert!(told.contains("policy kept"), "{told}");
    assert!(told.contains("3 | max_bodi = 1"), "{told}");
    assert!(operated.lists(10) && !operated.lists(11));

    fs::remove_file(&path).expect("removed");
    operated.until("policy kept");
    assert!(operated.lists(10) && !operated.lists(11));

    write(&at_most(5));
    let told = operated.until("maximum 10 -> 5 (tighter)");
    assert!(told.contains("policy changed"), "{told}");
    assert!(operated.lists(5) && !operated.lists(6));
}

#[cfg(unix)]
#[test]
fn signals_engage_and_release_the_kill_switch() {
    let operated = Operated::start(&[]);
    let attack = || {
        let answer = operated
            .program
            .post("/webhooks", r#"{"url":"http://169.254.169.254/"}"#);
        answer.split(' ').nth(1).map(str::to_owned)
    };
    let until = |status: &str| {
        let begun = Instant::now();
        while attack().as_deref() != Some(status) {
            assert!(
                begun.elapsed() < Duration::from_secs(20),
                "it never answers {status}"
            );
            thread::sleep(Duration::from_millis(10));
        }
    };
    assert_eq!(attack().as_deref(), Some("422"));
    operated.program.send("USR1");
    until("201");
    operated.until("kill switch engaged");
    operated.program.send("USR2");
    until("422");
    operated.until("kill switch released");
}

#[test]
fn metrics_are_told_on_a_listener_of_their_own() {
    let mut operated = Operated::start(&["--metrics", "127.0.0.1:0"]);
    let mut line = String::new();
    while !line.contains("/metrics.") {
        line.clear();
        let read = operated
            .program
            .output
            .read_line(&mut line)
            .expect("it prints");
        assert_ne!(read, 0, "it prints where");
    }
    let at = line
        .split_once("http://")
        .and_then(|(_, rest)| rest.split('/').next());

    assert!(operated.lists(10) && !operated.lists(51));
    let scraped = exchange(at.expect("an address"), "GET /metrics HTTP/1.1", "");
    for part in [
        "HTTP/1.1 200 ",
        r#"route="/orders",method="GET",rule="none",outcome="accepted"} 1"#,
        r#"route="/orders",method="GET",rule="number.maximum",outcome="refused"} 1"#,
        "tower_harden_policy_info{",
    ] {
        assert!(scraped.contains(part), "{part} in {scraped}");
    }
    let other = exchange(at.expect("an address"), "GET /orders HTTP/1.1", "");
    assert!(other.starts_with("HTTP/1.1 404 "), "{other}");
    assert!(
        operated
            .program
            .get("/metrics")
            .starts_with("HTTP/1.1 404 ")
    );
}

#[test]
fn the_help_tells_of_the_signals() {
    let output = command(&["--help"]).output().expect("the program starts");
    let help = String::from_utf8_lossy(&output.stdout);
    for part in [
        "--policy <FILE>",
        "--candidate <FILE>",
        "--metrics <ADDRESS>",
    ] {
        assert!(help.contains(part), "{help}");
    }
    if cfg!(unix) {
        assert!(
            help.contains("SIGUSR1") && help.contains("SIGUSR2"),
            "{help}"
        );
    }
}

#[test]
fn it_does_not_start_with_a_policy_file_that_is_broken() {
    let path = directory("unstarted").join("policy.toml");
    fs::write(&path, "version = 2\n").expect("written");
    let arguments = [
        "--listen",
        "127.0.0.1:0",
        "--policy",
        path.to_str().expect("UTF-8"),
    ];
    let output = command(&arguments).output().expect("the program starts");
    assert!(!output.status.success());
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(told.contains("1 | version = 2"), "{told}");
}
