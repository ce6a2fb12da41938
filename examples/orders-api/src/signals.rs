//! What the service is told from outside while it runs.

/// Waits for Ctrl-C, or the signal that container runtimes send.
pub async fn told_to_stop() {
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

/// Listens from now on for SIGUSR1, which engages the kill switch, and for SIGUSR2, which releases it: both
/// would end the process otherwise.
///
/// # Errors
///
/// Where they cannot be listened for.
#[cfg(unix)]
pub fn kill_switch() -> std::io::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};
    use tower_harden::KillSwitch;

    let mut engage = signal(SignalKind::user_defined1())?;
    let mut release = signal(SignalKind::user_defined2())?;
    tokio::spawn(async move {
        loop {
            tokio::select! {
                Some(()) = engage.recv() => KillSwitch::engage("SIGUSR1"),
                Some(()) = release.recv() => KillSwitch::release("SIGUSR2"),
                else => return,
            };
        }
    });
    Ok(())
}
