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
/// ```compile_fail,E0599
/// # fn example(client: &tower_harden::dynamodb::GuardedClient) {
/// client.config();
/// # }
/// ```
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
    /// It costs some microseconds, so that one may be made for each request: credentials are shared with
    /// this one, and connections too where the configuration of the SDK has an HTTP client
    /// (`aws_config::defaults(..).http_client(..)`). Without one each client of the SDK has its own
    /// connections: then keep a client for each principal, or use [`Principal::interceptor`], which sets the
    /// principal of a single call. The principal of a client stands above that of a call.
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
                #[doc = concat!("Begins the operation `", stringify!($name), "`.")]
                #[must_use]
                pub fn $method(&self) -> operation::$method::builders::$builder {
                    self.client.$method()
                }
            )+
        }
    };
}

super::operation::operations!(forward);
