use dynoxide::{Database, server};
use tokio::{net::TcpListener, sync::oneshot};

use super::Store;

/// dynoxide, inside of this process.
#[derive(Debug)]
pub(crate) struct Embedded {
    url: String,
    _stop: oneshot::Sender<()>,
}

impl Embedded {
    pub(crate) async fn start() -> Self {
        let database = Database::memory().expect("a store in memory");
        let listener = TcpListener::bind("127.0.0.1:0").await;
        let listener = listener.expect("a port");
        let address = listener.local_addr().expect("an address");
        let (stop, stopped) = oneshot::channel::<()>();
        let stopped = async {
            // It ends by being dropped; nothing is ever sent.
            stopped.await.unwrap_or_default();
        };
        tokio::spawn(server::serve_with_shutdown(listener, database, stopped));
        Self {
            url: format!("http://{address}"),
            _stop: stop,
        }
    }
}

impl Store for Embedded {
    fn url(&self) -> &str {
        &self.url
    }
}
