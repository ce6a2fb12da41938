//! What the service is started with.

use std::{net::SocketAddr, path::PathBuf};

use clap::{Parser, ValueEnum};

/// Orders over DynamoDB, hardened.
#[derive(Clone, Debug, Parser)]
#[command(version, about, after_help = SIGNALS)]
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

    /// A policy file, TOML, that tightens the policy of the service, and is put in force again whenever it
    /// changes: replace it by renaming another one to it. One that has mistakes, that loosens the policy of
    /// the service, or under which the health check fails, is told of, and changes nothing. Connections of
    /// webhooks are judged by the policy of the service alone.
    #[arg(long, env = "ORDERS_POLICY", value_name = "FILE")]
    pub policy: Option<PathBuf>,

    /// A policy file that is tried beside the policy in force: what it would refuse is told and counted.
    #[arg(long, env = "ORDERS_CANDIDATE", value_name = "FILE")]
    pub candidate: Option<PathBuf>,

    /// Where Prometheus gets the metrics, such as 127.0.0.1:9464: a listener of its own, for whom the API is
    /// not. Without it nothing is counted.
    #[arg(long, env = "ORDERS_METRICS", value_name = "ADDRESS")]
    pub metrics: Option<SocketAddr>,

    /// Start without the layer and without the guard, to see what they keep out.
    #[arg(long, conflicts_with_all = ["policy", "candidate"])]
    pub unhardened: bool,
}

#[cfg(unix)]
const SIGNALS: &str = "\
Signals:
  SIGUSR1        Engage the kill switch: nothing is refused, what would be is told and counted
  SIGUSR2        Release it
  SIGINT, SIGTERM
                 Answer what has begun, and stop";
#[cfg(not(unix))]
const SIGNALS: &str = "";

/// A place where orders are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum StoreKind {
    /// A store inside of this process, empty at every start.
    Embedded,
    /// Amazon DynamoDB, with the region and the credentials of the environment. Credentials of the
    /// metadata service of EC2 are forbidden: set `AWS_EC2_METADATA_DISABLED=true`.
    Aws,
}
