//! Starts the service. `--help` says with what.

use std::{io::IsTerminal, net::SocketAddr};

use clap::Parser;
use orders_api::{
    app,
    args::{Args, StoreKind},
    store, tries, unhardened,
};
use tokio::net::TcpListener;
use tracing_subscriber::EnvFilter;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
    let args = Args::parse();
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal())
        .init();

    let store = store::open(args.store, args.unhardened).await?;
    let listener = TcpListener::bind(args.listen).await.map_err(|error| {
        format!(
            "cannot listen on {}: {error}; --listen names another place",
            args.listen
        )
    })?;
    let app = if args.unhardened {
        unhardened(store.database.clone(), &args.webhooks_to)?
    } else {
        app(store.database.clone(), &args.webhooks_to)?
    };
    greet(&args, listener.local_addr()?);
    axum::serve(listener, app)
        .with_graceful_shutdown(told_to_stop())
        .await?;
    println!("stopped");
    Ok(())
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
        println!("\nTry, in another terminal:");
    }
    for each in tries::with_receivers(&args.webhooks_to) {
        let hardened = if args.unhardened { "hardened: " } else { "" };
        println!("\n# {} ({hardened}{})", each.shows, each.answer());
        println!("{}", each.curl(at));
    }
    println!();
}

/// Ctrl-C, or the signal that container runtimes send.
async fn told_to_stop() {
    let interrupted = async {
        if let Err(error) = tokio::signal::ctrl_c().await {
            tracing::error!(%error, "Ctrl-C is not listened for");
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    let terminated = async {
        use tokio::signal::unix::{SignalKind, signal};
        match signal(SignalKind::terminate()) {
            Ok(mut signal) => signal.recv().await,
            Err(error) => {
                tracing::error!(%error, "SIGTERM is not listened for");
                std::future::pending().await
            }
        }
    };
    #[cfg(not(unix))]
    let terminated = std::future::pending::<Option<()>>();

    tokio::select! {
        () = interrupted => {}
        _ = terminated => {}
    }
}
