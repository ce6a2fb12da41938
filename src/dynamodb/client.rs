use aws_sdk_dynamodb::{Client, operation};

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
}

impl GuardedClient {
    pub(super) fn new(client: Client) -> Self {
        Self { client }
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
