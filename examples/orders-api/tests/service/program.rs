//! The program itself, on a port that is free.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
    process::{Child, ChildStdout, Command, Stdio},
};

pub(crate) struct Program {
    pub(crate) child: Child,
    pub(crate) output: BufReader<ChildStdout>,
    at: String,
}

impl Program {
    fn start(arguments: &[&str]) -> Self {
        Self::spawn(command(arguments).stderr(Stdio::null()))
    }

    pub(crate) fn spawn(command: &mut Command) -> Self {
        let mut child = command
            .stdout(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let mut output = BufReader::new(child.stdout.take().expect("it was piped"));
        let mut line = String::new();
        output.read_line(&mut line).expect("it prints");
        let (_, rest) = line
            .split_once("http://")
            .expect("it prints where it listens");
        let at = rest.split(',').next().unwrap_or(rest).to_owned();
        Self { child, output, at }
    }

    pub(crate) fn get(&self, path: &str) -> String {
        exchange(&self.at, &format!("GET {path} HTTP/1.1"), "")
    }

    pub(crate) fn post(&self, path: &str, body: &str) -> String {
        let head = format!("POST {path} HTTP/1.1\r\ncontent-type: application/json");
        exchange(&self.at, &head, body)
    }

    #[cfg(unix)]
    pub(crate) fn send(&self, signal: &str) {
        let id = self.child.id().to_string();
        let sent = Command::new("kill")
            .args(["-s", signal, &id])
            .status()
            .expect("kill runs");
        assert!(sent.success());
    }

    /// Ends it by a signal, and returns what it printed.
    #[cfg(unix)]
    fn signal(mut self, signal: &str) -> String {
        self.send(signal);
        let mut printed = String::new();
        self.output.read_to_string(&mut printed).expect("it prints");
        assert!(self.child.wait().expect("it ends").success());
        printed
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The answer to a request on a connection of its own.
pub(crate) fn exchange(at: &str, head: &str, body: &str) -> String {
    let mut stream = TcpStream::connect(at).expect("it listens");
    let length = body.len();
    write!(
        stream,
        "{head}\r\nhost: x\r\nconnection: close\r\ncontent-length: {length}\r\n\r\n{body}"
    )
    .expect("sent");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("an answer");
    answer
}

pub(crate) fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_orders-api"));
    command
        .args(arguments)
        .env_remove("ORDERS_LISTEN")
        .env_remove("ORDERS_STORE")
        .env_remove("ORDERS_POLICY")
        .env_remove("ORDERS_CANDIDATE")
        .env_remove("ORDERS_METRICS")
        .env_remove("RUST_LOG")
        .env_remove("AWS_EC2_METADATA_DISABLED");
    command
}

#[cfg(unix)]
#[test]
fn it_serves_until_it_is_told_to_stop() {
    for signal in ["TERM", "INT"] {
        let program = Program::start(&["--listen", "127.0.0.1:0"]);
        assert!(program.get("/healthz").starts_with("HTTP/1.1 200 "));
        assert!(program.get("/tables/Admins").starts_with("HTTP/1.1 403 "));
        let printed = program.signal(signal);
        assert!(printed.contains("address.metadata"), "{printed}");
        assert!(printed.ends_with("stopped\n"), "{printed}");
        assert!(!printed.contains("UNHARDENED"));
    }
}

#[cfg(unix)]
#[test]
fn without_hardening_it_says_so() {
    let program = Program::start(&["--listen", "127.0.0.1:0", "--unhardened"]);
    assert!(program.get("/tables/Admins").starts_with("HTTP/1.1 200 "));
    assert!(program.signal("TERM").contains("UNHARDENED"));
}

#[test]
fn a_port_that_is_taken_is_named() {
    let taken = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let at = taken.local_addr().expect("an address").to_string();
    let output = command(&["--listen", &at])
        .output()
        .expect("the program starts");
    assert!(!output.status.success());
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(error.contains(&format!("cannot listen on {at}")), "{error}");
}

#[test]
fn an_address_that_is_none_is_named() {
    let output = command(&["--listen", "nowhere"])
        .output()
        .expect("the program starts");
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("--listen"));
}

#[test]
fn credentials_of_the_metadata_service_are_forbidden() {
    let output = command(&["--listen", "127.0.0.1:0", "--store", "aws"])
        // Without one, the SDK would ask that service for it.
        .env("AWS_REGION", "eu-west-1")
        .output()
        .expect("the program starts");
    assert!(!output.status.success());
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(error.contains("AWS_EC2_METADATA_DISABLED=true"), "{error}");
}
