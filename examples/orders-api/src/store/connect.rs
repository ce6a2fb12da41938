use std::time::Duration;

use aws_config::{BehaviorVersion, Region, SdkConfig, timeout::TimeoutConfig};
use aws_sdk_dynamodb::{Client, config::Credentials};
use aws_smithy_http_client::{
    Builder,
    tls::{Provider, rustls_provider::CryptoMode},
};
use tower_harden::dynamodb::DynamoGuard;

use super::{Database, embedded::Embedded, setup};
use crate::{args::StoreKind, hardening};

type BoxError = Box<dyn std::error::Error + Send + Sync>;

/// An open store. What is embedded ends with it.
#[derive(Debug)]
pub struct Store {
    /// The client of it.
    pub database: Database,
    _embedded: Option<Embedded>,
}

/// Opens a store, with or without a guard before it.
///
/// # Errors
///
/// Where it cannot be reached, or the declaration of its tables has a mistake.
pub async fn open(kind: StoreKind, unhardened: bool) -> Result<Store, BoxError> {
    match kind {
        StoreKind::Aws => {
            let config = aws_config::defaults(BehaviorVersion::latest())
                .http_client(http_client())
                .timeout_config(timeouts())
                .load()
                .await;
            Ok(Store {
                database: connect(&config, None, unhardened)?,
                _embedded: None,
            })
        }
        StoreKind::Embedded => {
            let embedded = Embedded::start().await?;
            let config = aws_config::defaults(BehaviorVersion::latest())
                .http_client(http_client())
                .timeout_config(timeouts())
                .region(Region::new("us-east-1"))
                .credentials_provider(Credentials::new(
                    "embedded", "embedded", None, None, "embedded",
                ))
                .endpoint_url(embedded.url())
                .load()
                .await;
            let database = connect(&config, Some(embedded.url()), unhardened)?;
            setup::create_tables(&Client::new(&config)).await?;
            setup::seed(&database)
                .await
                .map_err(|error| format!("no orders were written: {error:?}"))?;
            Ok(Store {
                database,
                _embedded: Some(embedded),
            })
        }
    }
}

fn connect(
    config: &SdkConfig,
    endpoint: Option<&str>,
    unhardened: bool,
) -> Result<Database, BoxError> {
    if unhardened {
        return Ok(Database::Bare(Client::new(config)));
    }
    let guard = DynamoGuard::new(hardening::tables()?).forbid_instance_metadata();
    let guard = match endpoint {
        Some(endpoint) => guard.endpoint(endpoint)?,
        None => guard,
    };
    Ok(Database::Guarded(guard.client(config)?))
}

/// ring instead of aws-lc: it builds with a C compiler and nothing else.
fn http_client() -> aws_sdk_dynamodb::config::SharedHttpClient {
    Builder::new()
        .tls_provider(Provider::Rustls(CryptoMode::Ring))
        .build_https()
}

fn timeouts() -> TimeoutConfig {
    TimeoutConfig::builder()
        .connect_timeout(Duration::from_secs(2))
        .operation_timeout(Duration::from_secs(5))
        .build()
}
