//! The program itself, on a port that is free.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    process::{Child, Command, Stdio},
};

/// Ends the program with the test.
struct Program(Child);

impl Drop for Program {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[test]
fn it_serves_where_it_says() {
    let child = Command::new(env!("CARGO_BIN_EXE_acme-notes"))
        .args(["--listen", "127.0.0.1:0"])
        .env_remove("NOTES_LISTEN")
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn();
    let mut program = Program(child.expect("the program starts"));
    // It is kept: the program goes on printing.
    let mut output = BufReader::new(program.0.stdout.take().expect("it was piped"));
    let mut line = String::new();
    output.read_line(&mut line).expect("it prints");
    let at = line
        .split_once("http://")
        .and_then(|(_, rest)| rest.split(',').next());

    let mut stream = TcpStream::connect(at.expect("an address")).expect("it listens");
    let request = "GET /healthz HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n";
    stream.write_all(request.as_bytes()).expect("sent");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("an answer");
    assert!(answer.starts_with("HTTP/1.1 200 "), "{answer}");
}
