//! Requests over loopback sockets, by clients that write the next one when the last is answered.

use std::{
    net::SocketAddr,
    sync::Arc,
    sync::atomic::{AtomicBool, AtomicUsize, Ordering},
    time::{Duration, Instant},
};

use axum::Router;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    runtime::Runtime,
};
use tower_harden_benches::{
    apps::{bare, hardened},
    bodies,
    harness::median,
    table::Table,
};

const CONNECTIONS: usize = 8;

/// Requests per second of the hardened router, divided by those of the bare one.
pub(crate) fn table(quick: bool) -> Table {
    let runtime = Runtime::new().expect("a runtime");
    let [bare, hardened] = [bare(), hardened(bare())].map(|app| serve(&runtime, app));
    let orders = bodies::orders(45);
    let query = "limit=20&status=open&cursor=550e8400-e29b-41d4-a716-446655440000";
    let requests = [
        ("small JSON", post("/order", bodies::SMALL), 0.95),
        ("medium JSON", post("/orders", &orders), 0.94),
        (
            "query",
            format!("GET /list?{query} HTTP/1.1\r\nhost: bench.example\r\n\r\n"),
            0.97,
        ),
    ];
    let mut table = Table::new(
        format!("requests per second over sockets, {CONNECTIONS} connections"),
        &["", "bare", "hardened", "ratio", "aim", "reached"],
    );
    let (rounds, turn) = if quick {
        (4, Duration::from_millis(50))
    } else {
        (20, Duration::from_millis(200))
    };
    for (name, request, aim) in requests {
        let request: Arc<[u8]> = request.into_bytes().into();
        let mut rates = [Vec::new(), Vec::new()];
        let mut ratios = Vec::new();
        for _ in 0..rounds {
            let of_bare = runtime.block_on(rate(bare, &request, turn));
            let of_hardened = runtime.block_on(rate(hardened, &request, turn));
            rates[0].push(of_bare);
            rates[1].push(of_hardened);
            ratios.push(of_hardened / of_bare);
        }
        let [bare, hardened] = rates.map(median);
        let ratio = median(ratios);
        table.row([
            name.to_owned(),
            format!("{bare:.0}"),
            format!("{hardened:.0}"),
            format!("{ratio:.2}"),
            format!("≥ {aim:.2}"),
            if ratio >= aim { "yes" } else { "no" }.to_owned(),
        ]);
    }
    table
}

fn post(path: &str, body: &str) -> String {
    format!(
        "POST {path} HTTP/1.1\r\nhost: bench.example\r\ncontent-type: application/json\r\n\
         content-length: {}\r\n\r\n{body}",
        body.len()
    )
}

fn serve(runtime: &Runtime, router: Router) -> SocketAddr {
    let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0"));
    let listener = listener.expect("a port of loopback");
    let address = listener.local_addr().expect("it has an address");
    runtime.spawn(async move { axum::serve(listener, router).await });
    address
}

/// Requests per second.
#[expect(clippy::cast_precision_loss, reason = "counts are small")]
async fn rate(address: SocketAddr, request: &Arc<[u8]>, turn: Duration) -> f64 {
    let over = Arc::new(AtomicBool::new(false));
    let count = Arc::new(AtomicUsize::new(0));
    let clients: Vec<_> = (0..CONNECTIONS)
        .map(|_| {
            let (over, count, request) = (over.clone(), count.clone(), request.clone());
            tokio::spawn(async move {
                let mut stream = TcpStream::connect(address).await.expect("it listens");
                stream.set_nodelay(true).expect("a socket");
                let mut answer = [0; 1024];
                while !over.load(Ordering::Relaxed) {
                    stream.write_all(&request).await.expect("it reads");
                    // The answers have no body, and so end with their headers.
                    let mut length = 0;
                    while !answer[..length].ends_with(b"\r\n\r\n") {
                        let read = stream.read(&mut answer[length..]).await;
                        length += read.expect("it answers");
                    }
                    assert!(answer.starts_with(b"HTTP/1.1 200 "), "{request:?}");
                    count.fetch_add(1, Ordering::Relaxed);
                }
            })
        })
        .collect();
    let start = Instant::now();
    tokio::time::sleep(turn).await;
    let rate = count.load(Ordering::Relaxed) as f64 / start.elapsed().as_secs_f64();
    over.store(true, Ordering::Relaxed);
    for client in clients {
        client.await.expect("a client");
    }
    rate
}
