//! What Prometheus gets of the service.
//!
//! The panels and the alerts for it stand in `operations/`.

use std::{net::SocketAddr, time::Duration};

use axum::{Router, http::header::CONTENT_TYPE, routing::get};
use metrics_exporter_prometheus::{
    BuildError, Matcher, PrometheusBuilder, PrometheusHandle, PrometheusRecorder,
};
use tokio::net::TcpListener;

/// The longest times of the buckets, in seconds: judging takes some microseconds, of large bodies some
/// milliseconds. With them it is a histogram, which can be summed over instances; without, a summary.
const BUCKETS: &[f64] = &[
    1e-6, 2.5e-6, 5e-6, 1e-5, 2.5e-5, 5e-5, 1e-4, 2.5e-4, 5e-4, 1e-3, 5e-3, 2.5e-2, 1e-1,
];

/// A recorder of what tower-harden counts.
///
/// # Errors
///
/// Where the buckets are none.
pub fn recorder() -> Result<PrometheusRecorder, BuildError> {
    let times = Matcher::Full("tower_harden_evaluation_seconds".into());
    let builder = PrometheusBuilder::new().set_buckets_for_metric(times, BUCKETS)?;
    Ok(builder.build_recorder())
}

/// `GET /metrics`, in the text format of Prometheus.
pub fn router(counted: PrometheusHandle) -> Router {
    let media_type = [(CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")];
    let render = async move || (media_type, counted.render());
    Router::new().route("/metrics", get(render))
}

/// Counts for this process, and answers on a listener of its own. Returns where it listens.
///
/// # Errors
///
/// Where the place is taken, or the process counts already.
pub async fn serve(at: SocketAddr) -> Result<SocketAddr, Box<dyn std::error::Error + Send + Sync>> {
    let listener = TcpListener::bind(at).await.map_err(|error| {
        format!("cannot listen on {at}: {error}; --metrics names another place")
    })?;
    let at = listener.local_addr()?;
    let recorder = recorder()?;
    let counted = recorder.handle();
    metrics::set_global_recorder(recorder)?;
    let kept = counted.clone();
    tokio::spawn(async move {
        // Each time that is recorded is kept until it is sorted into the buckets.
        let mut every = tokio::time::interval(Duration::from_secs(5));
        loop {
            every.tick().await;
            kept.run_upkeep();
        }
    });
    tokio::spawn(async move { axum::serve(listener, router(counted)).await });
    Ok(at)
}
