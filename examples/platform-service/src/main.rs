//! Starts the service. `--help` says with what.

use std::{io::IsTerminal, net::SocketAddr};

use acme_hardening::{first_rollout, hardening};
use acme_notes::{app, policy, tries::TRIES};
use clap::Parser;
use tokio::net::TcpListener;

/// Notes, hardened by the layer of a platform team.
#[derive(Debug, Parser)]
#[command(version, about)]
struct Args {
    /// Where to listen.
    #[arg(long, env = "NOTES_LISTEN", default_value = "127.0.0.1:3010")]
    listen: SocketAddr,

    /// The first rollout: what is not an address is reported and let through.
    #[arg(long)]
    report: bool,
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let args = Args::parse();
    tracing_subscriber::fmt()
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal())
        .init();

    let hardening = if args.report {
        first_rollout(policy())?
    } else {
        hardening(policy())?
    };
    let listener = TcpListener::bind(args.listen).await.map_err(|error| {
        let at = args.listen;
        format!("cannot listen on {at}: {error}; --listen names another place")
    })?;
    let at = listener.local_addr()?;
    println!(
        "acme-notes listens on http://{at}, under policy {}",
        hardening.handle().policy().revision()
    );
    println!("\nTry, in another terminal:");
    for each in TRIES {
        let status = if args.report {
            each.reported
        } else {
            each.status
        };
        println!("\n# {} ({status})\n{}", each.shows, each.curl(at));
    }
    println!();
    let stopped = async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    axum::serve(listener, app(hardening))
        .with_graceful_shutdown(stopped)
        .await?;
    Ok(())
}
