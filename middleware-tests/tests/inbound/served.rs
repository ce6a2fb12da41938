//! Over real sockets, with hyper's own body: what only a connection shows.

use std::{convert::Infallible, net::SocketAddr, time::Duration};

use bytes::Bytes;
use http::{Request, Response};
use http_body_util::{BodyExt, Full};
use hyper::body::Incoming;
use hyper_util::{rt::TokioIo, service::TowerToHyperService};
use middleware_tests::{by_path, policy};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};
use tower::{ServiceBuilder, service_fn};
use tower_harden::{Field, Limits, Policy, ReplayBody, RouteSchema, Schema};

/// A plain hyper server on a port of its own, which answers with the body that it gets.
async fn serve() -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    let layer = by_path(policy(
        Policy::builder()
            .post("/", RouteSchema::new().json(Schema::array(Field::string())))
            .get("/", RouteSchema::new())
            .limits(Limits::default().max_body(1024)),
    ));
    let handler = service_fn(|request: Request<ReplayBody<Incoming>>| async {
        let body = request
            .into_body()
            .collect()
            .await
            .expect("a body that was read")
            .to_bytes();
        Ok::<_, Infallible>(Response::new(Full::<Bytes>::new(body)))
    });
    let service = ServiceBuilder::new()
        .map_request(|request: Request<Incoming>| request.map(ReplayBody::from_body))
        .layer(layer)
        .service(handler);
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let service = TowerToHyperService::new(service.clone());
            tokio::spawn(async move {
                // A client that hangs up is no failure of the server.
                hyper::server::conn::http1::Builder::new()
                    .serve_connection(TokioIo::new(stream), service)
                    .await
                    .ok();
            });
        }
    });
    address
}

/// What comes back for what is written, until the server closes or nothing has come for a while.
async fn exchange(request: &str) -> String {
    let mut stream = TcpStream::connect(serve().await)
        .await
        .expect("a connection");
    stream
        .write_all(request.as_bytes())
        .await
        .expect("a request");
    let mut answer = Vec::new();
    let mut buffer = [0; 4096];
    while let Ok(Ok(read)) =
        tokio::time::timeout(Duration::from_millis(500), stream.read(&mut buffer)).await
    {
        if read == 0 {
            break;
        }
        answer.extend_from_slice(&buffer[..read]);
    }
    String::from_utf8(answer).expect("text")
}

const JSON: &str =
    "POST / HTTP/1.1\r\nhost: a\r\nconnection: close\r\ncontent-type: application/json\r\n";

#[tokio::test]
async fn bodies_of_known_and_of_unknown_length() {
    let answer = exchange(&format!("{JSON}content-length: 5\r\n\r\n[\"a\"]")).await;
    assert!(
        answer.starts_with("HTTP/1.1 200") && answer.ends_with("[\"a\"]"),
        "{answer}"
    );
    let answer = exchange(&format!(
        "{JSON}transfer-encoding: chunked\r\n\r\n2\r\n[\"\r\n3\r\na\"]\r\n0\r\nx-evil: 1\r\n\r\n"
    ))
    .await;
    assert!(
        answer.starts_with("HTTP/1.1 200") && answer.ends_with("[\"a\"]"),
        "{answer}"
    );
    let answer = exchange(&format!(
        "{JSON}transfer-encoding: chunked\r\n\r\n3\r\n[1]\r\n0\r\n\r\n"
    ))
    .await;
    assert!(answer.starts_with("HTTP/1.1 422"), "{answer}");
}

#[tokio::test]
async fn a_client_that_expects_to_be_refused_is_not_asked_for_its_body() {
    let answer = exchange(&format!(
        "{JSON}expect: 100-continue\r\ncontent-length: 2000\r\n\r\n"
    ))
    .await;
    assert!(answer.starts_with("HTTP/1.1 413"), "{answer}");
    let answer = exchange(&format!(
        "{JSON}expect: 100-continue\r\ncontent-length: 5\r\n\r\n"
    ))
    .await;
    assert!(answer.starts_with("HTTP/1.1 100"), "{answer}");
}

#[tokio::test]
async fn bodiless_is_decided_by_the_stream() {
    let get = "GET / HTTP/1.1\r\nhost: a\r\nconnection: close\r\n";
    assert!(
        exchange(&format!("{get}\r\n"))
            .await
            .starts_with("HTTP/1.1 200")
    );
    assert!(
        exchange(&format!("{get}content-length: 0\r\n\r\n"))
            .await
            .starts_with("HTTP/1.1 200")
    );
    assert!(
        exchange(&format!("{get}transfer-encoding: chunked\r\n\r\n0\r\n\r\n"))
            .await
            .starts_with("HTTP/1.1 200")
    );
    assert!(
        exchange(&format!("{get}content-length: 1\r\n\r\nx"))
            .await
            .starts_with("HTTP/1.1 400")
    );
    assert!(
        exchange(&format!(
            "{get}transfer-encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n\r\n"
        ))
        .await
        .starts_with("HTTP/1.1 400")
    );
}

#[tokio::test]
async fn a_chunked_body_over_the_limit_is_cut() {
    let chunk = format!("200\r\n{}\r\n", " ".repeat(0x200));
    let answer = exchange(&format!(
        "{JSON}transfer-encoding: chunked\r\n\r\n{}",
        chunk.repeat(3)
    ))
    .await;
    assert!(answer.starts_with("HTTP/1.1 413"), "{answer}");
}
