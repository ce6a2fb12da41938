use std::sync::Arc;

use aws_sdk_dynamodb::{Client, operation};

use super::{Principal, guard::Origin};

/// A DynamoDB client that does only what its policy declares; made by
/// [`DynamoGuard::client`](super::DynamoGuard::client).
///
/// Each operation is a method that returns the builder of the SDK, so that calls read as they do
/// with [`Client`]. What the SDK's client has beside operations, its configuration above all, is not
/// handed out: another client could be built of it, without the guard.
///
/// Cheap to clone, as the SDK's client is.
#[derive(Clone, Debug)]
pub struct GuardedClient {
    client: Client,
    origin: Arc<Origin>,
}

impl GuardedClient {
    pub(super) fn new(client: Client, origin: Arc<Origin>) -> Self {
        Self { client, origin }
    }

    /// The client for a principal, which the keys of its calls are bound to.
    ///
    /// It shares the connections and credentials of this one where the configuration has them, as that
    /// of `aws_config` does, so that one may be made for each request. For a single call there is
    /// [`Principal::interceptor`]; the principal of a client stands above it.
    #[must_use]
    pub fn with_principal(&self, principal: Principal) -> Self {
        Self {
            client: self.origin.client(Some(principal)),
            origin: self.origin.clone(),
        }
    }
}

macro_rules! forward {
    ($($name:ident $method:ident $builder:ident,)+) => {
        impl GuardedClient {
            $(
                #[doc = concat!("Begins a `", stringify!($name), "`.")]
                #[must_use]
                pub fn $method(&self) -> operation::$method::builders::$builder {
                    self.client.$method()
                }
            )+
        }
    };
}

super::operation::operations!(forward);
