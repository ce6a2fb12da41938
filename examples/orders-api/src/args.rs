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

    /// Start without the layer and without the guard, to see what they keep out.
    #[arg(long)]
    pub unhardened: bool,
}

/// A place where orders are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum StoreKind {
    /// A store inside of this process, empty at every start.
    Embedded,
    /// Amazon DynamoDB, with the region and the credentials of the environment.
    Aws,
}
