//! What the service exports, after each metric was driven once.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::LazyLock,
};

use axum::{
    Router,
    body::Body,
    http::{Request, StatusCode},
};
use http_body_util::BodyExt;
use orders_api::{app_under, args::StoreKind, hardening, metrics as exporter, store};
use tower::ServiceExt;
use tower_harden::{KillSwitch, Limits, Policy, PolicyBuilder, PolicyHandle};

/// Each series by its name: its labels, and the values that these have.
pub(crate) struct Exported {
    series: BTreeMap<String, BTreeMap<String, BTreeSet<String>>>,
    /// The metrics, each with its kind.
    pub(crate) metrics: BTreeMap<String, String>,
}

impl Exported {
    pub(crate) fn labels(&self, series: &str) -> Option<&BTreeMap<String, BTreeSet<String>>> {
        self.series.get(series)
    }

    /// Reads the text format of Prometheus.
    fn read(text: &str) -> Self {
        let mut series: BTreeMap<String, BTreeMap<String, BTreeSet<String>>> = BTreeMap::new();
        let mut metrics = BTreeMap::new();
        for line in text.lines().filter(|line| !line.is_empty()) {
            if let Some(declared) = line.strip_prefix("# TYPE ") {
                let (name, kind) = declared.split_once(' ').expect("a name and a kind");
                metrics.insert(name.to_owned(), kind.to_owned());
            } else if !line.starts_with('#') {
                let name = line.split(['{', ' ']).next().expect("a name");
                let labels = series.entry(name.to_owned()).or_default();
                let inner = line
                    .split_once('{')
                    .and_then(|(_, rest)| rest.rsplit_once("\"}"));
                for label in inner.iter().flat_map(|(inner, _)| inner.split("\",")) {
                    let (label, value) = label.split_once("=\"").expect("a label with its value");
                    let values = labels.entry(label.to_owned()).or_default();
                    values.insert(value.to_owned());
                }
            }
        }
        Self { series, metrics }
    }
}

/// It is driven once for all tests.
pub(crate) static EXPORTED: LazyLock<Exported> = LazyLock::new(|| {
    let recorder = exporter::recorder().expect("a recorder");
    let router = exporter::router(recorder.handle());
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    let runtime = runtime.expect("a runtime");
    metrics::with_local_recorder(&recorder, || runtime.block_on(drive(&router)));
    Exported::read(&runtime.block_on(scrape(&router)))
});

async fn scrape(router: &Router) -> String {
    let request = Request::get("/metrics")
        .body(Body::empty())
        .expect("a request");
    let Ok(response) = router.clone().oneshot(request).await;
    assert_eq!(response.status(), StatusCode::OK);
    let body = response.into_body().collect().await.expect("a body");
    String::from_utf8(body.to_bytes().into()).expect("text")
}

async fn drive(router: &Router) {
    let addresses = hardening::addresses(&[]).expect("no receiver");
    let base = hardening::policy(addresses).expect("the policy has no mistake");
    let handle = PolicyHandle::new(base.clone());
    let store = store::open(StoreKind::Embedded, false)
        .await
        .expect("the store starts");
    let app = app_under(handle.clone(), store.database.clone(), &[]).expect("a service");

    // Accepted by both, reported of the candidate, refused.
    let shorter = "version = 1\n[routes.\"GET /healthz\"]\nquery = {}\n[limits]\nmax_body = 16\n";
    let shorter = || PolicyBuilder::from_toml(shorter)?.extends(&base).build();
    handle.propose(shorter).expect("a candidate");
    assert_eq!(status(&app, health()).await, 200);
    assert_eq!(status(&app, note()).await, 201);
    assert_eq!(status(&app, attack()).await, 422);
    assert_eq!(status(&app, post("/nothing", "{}")).await, 404);

    // Reported of the policy in force.
    KillSwitch::engage("the test");
    assert_eq!(status(&app, attack()).await, 201);
    KillSwitch::release("the test");

    // Reloaded and kept.
    let short = || {
        let limits = Limits::default().max_body(64);
        Policy::builder().limits(limits).extends(&base).build()
    };
    handle.reload(short).expect("a policy");
    handle
        .reload(|| Err::<Policy, _>("no policy"))
        .expect_err("it is none");

    // Told more often than is told.
    for _ in 0..100 {
        if scrape(router)
            .await
            .contains("tower_harden_events_dropped_total")
        {
            return;
        }
        for _ in 0..100 {
            assert_eq!(status(&app, attack()).await, 422);
        }
    }
    panic!("no event is dropped");
}

async fn status(app: &Router, request: Request<Body>) -> u16 {
    let Ok(response) = app.clone().oneshot(request).await;
    response.status().as_u16()
}

fn health() -> Request<Body> {
    Request::get("/healthz")
        .body(Body::empty())
        .expect("a request")
}

fn note() -> Request<Body> {
    post("/notes", r#"{"text":"more than sixteen bytes"}"#)
}

fn attack() -> Request<Body> {
    post("/webhooks", r#"{"url":"http://169.254.169.254/"}"#)
}

fn post(path: &str, body: &'static str) -> Request<Body> {
    let request = Request::post(path).header("content-type", "application/json");
    request.body(Body::from(body)).expect("a request")
}

#[test]
fn every_metric_is_driven() {
    let found: Vec<_> = EXPORTED
        .metrics
        .iter()
        .map(|(name, kind)| format!("{kind} {name}"))
        .collect();
    assert_eq!(
        found,
        [
            "counter tower_harden_decisions_total",
            "histogram tower_harden_evaluation_seconds",
            "counter tower_harden_events_dropped_total",
            "gauge tower_harden_kill_switch",
            "counter tower_harden_kill_switch_changes_total",
            "gauge tower_harden_policy_info",
            "counter tower_harden_policy_reloads_total",
        ]
    );
    let decisions = EXPORTED
        .labels("tower_harden_decisions_total")
        .expect("decisions");
    let outcomes: Vec<_> = decisions["outcome"].iter().collect();
    assert_eq!(outcomes, ["accepted", "refused", "reported"]);
}
