use std::io;

use dynoxide::{Database, server};
use tokio::{net::TcpListener, sync::oneshot, task::JoinHandle};

/// A DynamoDB inside of this process, on a port of the loopback interface that nobody else knows.
/// It ends when it is dropped.
#[derive(Debug)]
pub(super) struct Embedded {
    url: String,
    _stop: oneshot::Sender<()>,
    _serving: JoinHandle<Result<(), String>>,
}

impl Embedded {
    pub(super) async fn start() -> io::Result<Self> {
        let database = Database::memory().map_err(io::Error::other)?;
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let url = format!("http://{}", listener.local_addr()?);
        let (stop, stopped) = oneshot::channel::<()>();
        let stopped = async {
            // It ends by being dropped; nothing is ever sent.
            stopped.await.unwrap_or_default();
        };
        let serving = tokio::spawn(server::serve_with_shutdown(listener, database, stopped));
        Ok(Self {
            url,
            _stop: stop,
            _serving: serving,
        })
    }

    pub(super) fn url(&self) -> &str {
        &self.url
    }
}
