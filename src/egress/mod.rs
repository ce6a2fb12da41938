//! Connections that go to no internal address.
//!
//! A value shows which host it names, and not where the name leads: `https://hooks.example/` may
//! resolve to `169.254.169.254` when it is connected to. So a request for a URL that a client chose goes
//! out by a connection that is judged again, by the same [`AddressPolicy`](crate::AddressPolicy) that
//! judged the value:
//!
//! 1. [`GuardedConnector`] judges the host of each URI before anything is asked for it. Addresses never
//!    reach a resolver: `HttpConnector` of hyper-util reads them itself.
//! 2. [`GuardedResolver`] looks a name up once, refuses it where one of its addresses is denied, and
//!    hands on those that were judged: nothing is resolved again before the connection is made.
//! 3. Redirects are new URIs and come by the same way; a client that follows them has to be one that
//!    was made with the connector. `GuardedClient`, of the feature `reqwest`, judges them itself.
//! 4. No proxy is taken from the environment: it would resolve the name itself.
//!
//! ```
//! use http_body_util::Empty;
//! use hyper_util::{client::legacy::Client, rt::TokioExecutor};
//! use tower_harden::{AddressPolicy, egress::GuardedConnector};
//!
//! let connector = GuardedConnector::http(AddressPolicy::deny_internal());
//! let client: Client<_, Empty<&[u8]>> = Client::builder(TokioExecutor::new()).build(connector);
//! ```
//!
//! Under TLS the guard is inside, around the plain connection: with hyper-rustls,
//! `HttpsConnectorBuilder::…wrap_connector(GuardedConnector::http(policy))`.
//!
//! What is refused is an [`EgressDenied`], wherever a client wraps it; [`denied`] finds it. A network
//! policy stays the outer wall: what this guard does not see is a connection that another client makes.

mod connector;
mod error;
mod future;
mod layer;
#[cfg(feature = "reqwest")]
mod reqwest;
mod resolver;
#[cfg(feature = "dynamodb")]
mod smithy;

#[cfg(feature = "reqwest")]
pub use self::reqwest::GuardedClient;
pub use self::{
    connector::GuardedConnector,
    error::{EgressDenied, EgressDeniedKind, denied},
    future::EgressFuture,
    layer::{Egress, EgressLayer},
    resolver::GuardedResolver,
};
