//! A service on loopback, and what reached it.

use std::{
    net::SocketAddr,
    sync::{Arc, Mutex},
};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
};

/// A service that answers every connection with the same response and keeps what it was asked.
pub(crate) struct Receiver {
    pub(crate) address: SocketAddr,
    heads: Arc<Mutex<Vec<String>>>,
}

impl Receiver {
    /// One on a free port of an address, which answers `200`.
    pub(crate) async fn on(address: &str) -> Self {
        Self::answering(address, "HTTP/1.1 200 OK").await
    }

    /// One that answers with this status line and these headers.
    pub(crate) async fn answering(address: &str, head: &str) -> Self {
        let listener = TcpListener::bind(address).await.expect("a free port");
        let receiver = Self {
            address: listener.local_addr().expect("an address"),
            heads: Arc::default(),
        };
        let heads = receiver.heads.clone();
        let answer = format!("{head}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n");
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                let mut asked = [0; 4096];
                let place = {
                    let mut heads = heads.lock().expect("no panic");
                    heads.push(String::new());
                    heads.len() - 1
                };
                let length = stream.read(&mut asked).await.unwrap_or(0);
                let head = String::from_utf8_lossy(&asked[..length]).into_owned();
                heads.lock().expect("no panic")[place] = head;
                let _ = stream.write_all(answer.as_bytes()).await;
            }
        });
        receiver
    }

    pub(crate) fn port(&self) -> u16 {
        self.address.port()
    }

    /// What each connection asked, which is nothing where it was closed at once.
    pub(crate) fn heads(&self) -> Vec<String> {
        self.heads.lock().expect("no panic").clone()
    }

    /// Forgets the connections so far, and tells how many there were.
    pub(crate) fn forget(&self) -> usize {
        std::mem::take(&mut *self.heads.lock().expect("no panic")).len()
    }

    /// Panics if anything has connected.
    pub(crate) fn assert_untouched(&self) {
        assert_eq!(self.heads(), [""; 0]);
    }
}
