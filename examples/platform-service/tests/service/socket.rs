//! Over a connection of loopback that is kept for several requests.

use std::time::Duration;

use acme_notes::app;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    time::timeout,
};

use crate::hardened;

/// The answer to a request: its status and its body.
async fn exchange(stream: &mut TcpStream, head: &str, body: &str) -> (u16, String) {
    let length = body.len();
    let request = format!("{head}\r\nhost: notes\r\ncontent-length: {length}\r\n\r\n{body}");
    stream.write_all(request.as_bytes()).await.expect("sent");
    let answer = timeout(Duration::from_secs(20), answer(stream)).await;
    answer.expect("an answer in time")
}

async fn answer(stream: &mut TcpStream) -> (u16, String) {
    let mut read = Vec::new();
    loop {
        let text = String::from_utf8_lossy(&read);
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let head = head.to_ascii_lowercase();
            let length = head
                .lines()
                .find_map(|line| line.strip_prefix("content-length: "));
            let length: usize = length.expect("a length").parse().expect("a number");
            if body.len() >= length {
                let status = head.split(' ').nth(1).expect("a status");
                return (status.parse().expect("a number"), body.to_owned());
            }
        }
        let count = stream.read_buf(&mut read).await.expect("it is not reset");
        assert_ne!(count, 0, "the connection ended");
    }
}

#[tokio::test]
async fn a_connection_is_kept_over_refusals() {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let at = listener.local_addr().expect("an address");
    let server = tokio::spawn(async move { axum::serve(listener, app(hardened())).await });
    let mut stream = TcpStream::connect(at).await.expect("it listens");

    let json = "POST /notes HTTP/1.1\r\ncontent-type: application/json";
    let link = |url: &str| format!(r#"{{"text":"see","link":"{url}"}}"#);
    let (status, body) = exchange(&mut stream, json, &link("https://menu.example.com/")).await;
    assert_eq!((status, &*body), (201, r#"{"number":0}"#));

    let (status, body) = exchange(&mut stream, json, &link("https://2852039166/")).await;
    assert_eq!(status, 422);
    assert!(body.contains(r#""code":"address.metadata""#), "{body}");
    assert!(!body.contains("2852039166"), "{body}");

    let (status, _) = exchange(&mut stream, "GET /notes?limit=21 HTTP/1.1", "").await;
    assert_eq!(status, 422);
    let (status, body) = exchange(&mut stream, "GET /notes/0 HTTP/1.1", "").await;
    assert_eq!((status, &*body), (200, &*link("https://menu.example.com/")));
    server.abort();
}
