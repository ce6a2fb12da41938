//! What the service is started with.

use std::net::SocketAddr;

use clap::{Parser, ValueEnum};

/// Orders over DynamoDB, hardened.
#[derive(Clone, Debug, Parser)]
#[command(version, about)]
pub struct Args {
    /// Where to listen.
    #[arg(long, env = "ORDERS_LISTEN", default_value = "127.0.0.1:3000")]
    pub listen: SocketAddr,

    /// Where the orders are kept.
    #[arg(long, env = "ORDERS_STORE", value_enum, default_value_t = StoreKind::Embedded)]
    pub store: StoreKind,

    /// A receiver of webhooks: a host, an address, or a block such as 10.1.0.0/16. Webhooks are delivered to
    /// these and no others (with `--unhardened`: to any), and without any they are only kept.
    #[arg(
        long,
        env = "ORDERS_WEBHOOKS_TO",
        value_delimiter = ',',
        value_name = "HOST"
    )]
    pub webhooks_to: Vec<String>,

    /// Start without the layer and without the guard, to see what they keep out.
    #[arg(long)]
    pub unhardened: bool,
}

/// A place where orders are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum StoreKind {
    /// A store inside of this process, empty at every start.
    Embedded,
    /// Amazon DynamoDB, with the region and the credentials of the environment. Credentials of the
    /// metadata service of EC2 are forbidden: set `AWS_EC2_METADATA_DISABLED=true`.
    Aws,
}
