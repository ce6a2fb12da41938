//! Starts the service. `--help` says with what.

use std::{io::IsTerminal, net::SocketAddr};

use axum::Router;
use clap::Parser;
use orders_api::{
    Watch, app_under,
    args::{Args, StoreKind},
    hardening, metrics,
    policy_file::{PolicyFile, Role},
    signals,
    store::{self, Database},
    tries, unhardened,
};
use tokio::net::TcpListener;
use tower_harden::{Coverage, PolicyHandle};
use tracing_subscriber::EnvFilter;

type BoxError = Box<dyn std::error::Error + Send + Sync>;

#[tokio::main]
async fn main() -> Result<(), BoxError> {
    let args = Args::parse();
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal())
        .init();

    #[cfg(unix)]
    signals::kill_switch()?;
    let metrics = match args.metrics {
        Some(at) => Some(metrics::serve(at).await?),
        None => None,
    };
    let store = store::open(args.store, args.unhardened).await?;
    let listener = TcpListener::bind(args.listen).await.map_err(|error| {
        format!(
            "cannot listen on {}: {error}; --listen names another place",
            args.listen
        )
    })?;
    let (app, _watches) = if args.unhardened {
        let app = unhardened(store.database.clone(), &args.webhooks_to)?;
        (app, Vec::new())
    } else {
        hardened(&args, store.database.clone()).await?
    };
    greet(&args, listener.local_addr()?);
    if let Some(at) = metrics {
        println!("Prometheus gets its metrics from http://{at}/metrics.\n");
    }
    axum::serve(listener, app)
        .with_graceful_shutdown(signals::told_to_stop())
        .await?;
    println!("stopped");
    Ok(())
}

/// The service under its policy, and what keeps the policy that of its files.
async fn hardened(args: &Args, database: Database) -> Result<(Router, Vec<Watch>), BoxError> {
    let base = hardening::policy(hardening::addresses(&args.webhooks_to)?)?;
    let handle = PolicyHandle::new(base.clone());
    for probe in hardening::probes()? {
        handle.add_probe(probe)?;
    }
    let files = [
        (&args.policy, Role::Enforced),
        (&args.candidate, Role::Candidate),
    ];
    let mut watches = Vec::new();
    for (path, role) in files {
        if let Some(path) = path {
            let file = PolicyFile::new(path, base.clone());
            watches.push(file.follow(handle.clone(), role)?);
        }
    }
    let policy = handle.policy();
    for lint in policy.lint() {
        tracing::warn!("{}: {}", lint.place(), lint.message());
    }
    let app = app_under(handle, database, &args.webhooks_to)?;
    Coverage::of(app.clone(), &policy).await.log();
    Ok((app, watches))
}

fn greet(args: &Args, at: SocketAddr) {
    let place = match args.store {
        StoreKind::Embedded => "an embedded store",
        StoreKind::Aws => "Amazon DynamoDB",
    };
    println!("orders-api listens on http://{at}, with {place}");
    println!("A request without a token is made for the tenant demo.");
    if args.unhardened {
        println!();
        println!("  ************************************************************");
        println!("  *  UNHARDENED: no layer checks what comes in, no guard     *");
        println!("  *  what goes out. Never run a service like this.           *");
        println!("  ************************************************************");
        println!("\nTry what the hardened service refuses, and see what gets through:");
    } else {
        if !args.webhooks_to.is_empty() {
            let receivers = args.webhooks_to.join(", ");
            println!(
                "A webhook is delivered where its URL names {receivers}, and refused elsewhere."
            );
        }
        if let Some(path) = &args.policy {
            let path = path.display();
            println!("Its policy is tightened by {path}, again whenever that changes.");
        }
        if cfg!(unix) {
            let id = std::process::id();
            println!("kill -USR1 {id} engages the kill switch, and kill -USR2 {id} releases it.");
        }
        println!("\nTry, in another terminal:");
    }
    for each in tries::with_receivers(&args.webhooks_to) {
        let hardened = if args.unhardened { "hardened: " } else { "" };
        println!("\n# {} ({hardened}{})", each.shows, each.answer());
        println!("{}", each.curl(at));
    }
    println!();
}
