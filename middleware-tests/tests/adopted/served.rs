//! The project on a socket, and what it describes.

use std::net::SocketAddr;

use axum::Router;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};

use crate::project::{app::app, hardened};

pub(crate) const ORDER: &str = r#"{"lines":[{"sku":"DESK-9","quantity":1}],"status":"open","payment":{"kind":"card","token":"t"},"note":"soon"}"#;
pub(crate) const CUSTOMER: &str = "/v1/customers/550e8400-e29b-41d4-a716-446655440000";
pub(crate) const JSON: &str = "content-type: application/json";
pub(crate) const FORM: &str = "content-type: application/x-www-form-urlencoded";

/// A project that is served, and what it answers.
pub(crate) struct Served(SocketAddr);

impl Served {
    pub(crate) async fn hardened() -> Self {
        Self::of(hardened::app().expect("a policy")).await
    }

    pub(crate) async fn unhardened() -> Self {
        Self::of(app().expect("a document")).await
    }

    pub(crate) async fn of(router: Router) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self(address)
    }

    pub(crate) const fn address(&self) -> SocketAddr {
        self.0
    }

    /// The status and the body of the answer to a request: its line, its headers, its body.
    pub(crate) async fn send(&self, line: &str, headers: &[&str], body: &[u8]) -> (u16, String) {
        let mut stream = TcpStream::connect(self.0).await.expect("a connection");
        let mut head = format!("{line} HTTP/1.1\r\nhost: shop.example\r\nconnection: close\r\n");
        for header in headers {
            head.extend([header, "\r\n"]);
        }
        if !body.is_empty() {
            head.extend(["content-length: ", &body.len().to_string(), "\r\n"]);
        }
        head.push_str("\r\n");
        // One that is refused early closes before it has read everything.
        let _ = stream.write_all(head.as_bytes()).await;
        let _ = stream.write_all(body).await;
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer).await;
        let answer = String::from_utf8_lossy(&answer);
        let (head, body) = answer.split_once("\r\n\r\n").expect("an answer");
        let status = head
            .split(' ')
            .nth(1)
            .and_then(|status| status.parse().ok());
        (status.expect("a status"), body.to_owned())
    }
}

#[tokio::test]
async fn what_the_document_describes_passes() {
    let found = "/v1/orders?status=open&limit=100&text=soon";
    let customer = br#"{"email":"ada@example.com","address":{"street":"1 Main St","country":"DE"},"labels":{"vip":"yes"},"discount":2.5}"#;
    let (get_customer, put_customer) = (format!("GET {CUSTOMER}"), format!("PUT {CUSTOMER}"));
    let traced = [
        "x-trace: 550e8400-e29b-41d4-a716-446655440000",
        "user-agent: a",
        "cookie: a=b",
    ];
    let invoice = ORDER.replace(r#""card","token""#, r#""invoice","company""#);
    let hook: &[u8] = br#"{"url":"https://hooks.example.com/orders"}"#;
    let requests: Vec<(String, &[&str], &[u8], u16)> = vec![
        ("GET /health".into(), &[], b"", 200),
        ("HEAD /health".into(), &[], b"", 200),
        ("POST /v1/orders".into(), &[JSON], ORDER.as_bytes(), 201),
        ("POST /v1/orders".into(), &[JSON], invoice.as_bytes(), 201),
        (format!("GET {found}"), &[], b"", 200),
        ("GET /v1/orders".into(), &[], b"", 200),
        ("GET /v1/orders/1".into(), &[], b"", 200),
        ("GET /v1/orders/1/lines/0".into(), &[], b"", 200),
        ("GET /v1/orders/9".into(), &[], b"", 404),
        (
            "PATCH /v1/orders/1".into(),
            &[JSON],
            br#"{"status":"paid","note":null}"#,
            204,
        ),
        ("PATCH /v1/orders/1".into(), &[JSON], b"{}", 204),
        ("DELETE /v1/orders/2".into(), &[], b"", 204),
        ("POST /v1/orders/webhooks".into(), &[JSON], hook, 204),
        (get_customer, &traced, b"", 200),
        (put_customer, &[JSON], customer, 204),
        (
            "POST /login".into(),
            &[FORM],
            b"user=ada&password=secret&code=7",
            204,
        ),
        (
            "POST /login?next=%2Fv1".into(),
            &[FORM],
            b"user=ada&password=secret",
            303,
        ),
        (
            "POST /login".into(),
            &[FORM],
            b"user=eve&password=guess",
            403,
        ),
        ("GET /openapi.json".into(), &[], b"", 200),
    ];
    let (hardened, unhardened) = (Served::hardened().await, Served::unhardened().await);
    for (line, headers, body, expected) in requests {
        let (status, answer) = hardened.send(&line, headers, body).await;
        assert_eq!(status, expected, "{line}: {answer}");
        let same = unhardened.send(&line, headers, body).await;
        assert_eq!((status, answer), same, "{line}");
    }
}
