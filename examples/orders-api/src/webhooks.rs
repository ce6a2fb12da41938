//! Telling others of what happened here, at the URLs that they registered.

use std::time::Duration;

use reqwest::{Client, redirect::Policy};
use serde::Serialize;
use tower_harden::{
    AddressPolicy,
    egress::{GuardedClient, denied},
};

/// How long a receiver may take.
const PATIENCE: Duration = Duration::from_secs(5);

/// What delivers events, if anything does.
#[derive(Clone, Debug)]
pub enum Webhooks {
    /// URLs are kept, and nothing is sent.
    Kept,
    /// By a client whose every connection is judged.
    Guarded(GuardedClient),
    /// By a client that connects to anything, for comparison.
    Unguarded(Client),
}

/// What became of a delivery.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Delivery {
    /// Nothing was sent.
    Off,
    /// The receiver took it.
    Delivered,
    /// The receiver is not there, or did not take it.
    Failed,
    /// The guard denied the connection.
    Denied,
}

impl Webhooks {
    /// Delivers to what the policy lets pass.
    ///
    /// # Errors
    ///
    /// Where the client cannot be built.
    pub fn guarded(addresses: AddressPolicy) -> reqwest::Result<Self> {
        let client = Client::builder().timeout(PATIENCE);
        GuardedClient::new(addresses, client).map(Self::Guarded)
    }

    /// Delivers to anything.
    ///
    /// # Errors
    ///
    /// Where the client cannot be built.
    pub fn unguarded() -> reqwest::Result<Self> {
        let client = Client::builder()
            .timeout(PATIENCE)
            .redirect(Policy::default());
        client.no_proxy().build().map(Self::Unguarded)
    }

    /// Tells the receiver at a URL of an event.
    pub async fn deliver(&self, url: &str, event: &'static str) -> Delivery {
        let request = match self {
            Self::Kept => return Delivery::Off,
            Self::Guarded(client) => match client.post(url) {
                Ok(request) => request,
                Err(_) => return Delivery::Denied,
            },
            Self::Unguarded(client) => client.post(url),
        };
        let body = format!(r#"{{"event":"{event}"}}"#);
        let request = request
            .header("content-type", "application/json")
            .body(body);
        match request.send().await {
            Ok(answer) if answer.status().is_success() => Delivery::Delivered,
            Ok(_) => Delivery::Failed,
            Err(error) if denied(&error).is_some() => Delivery::Denied,
            Err(_) => Delivery::Failed,
        }
    }
}
