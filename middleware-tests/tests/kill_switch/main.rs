//! The kill switch, in a process of its own: it holds for all of it.

use http::StatusCode;
use metrics_util::debugging::{DebugValue, DebuggingRecorder};
use middleware_tests::{answer, by_path, get, log::Log, policy, post};
use tower_harden::{Field, KillSwitch, Limits, Mode, Policy, RouteSchema};

#[test]
fn it_turns_refusals_into_reports_and_back() {
    let recorder = DebuggingRecorder::new();
    let snapshotter = recorder.snapshotter();
    let runtime = tokio::runtime::Builder::new_current_thread().build();
    let runtime = runtime.expect("a runtime");
    metrics::with_local_recorder(&recorder, || runtime.block_on(switched()));
    let counted: Vec<_> = snapshotter.snapshot().into_vec();
    let counted = |name: &str| {
        let of_name = counted.iter().filter(|(key, ..)| key.key().name() == name);
        let values = of_name.map(|(.., value)| match value {
            DebugValue::Counter(count) => count.to_string(),
            DebugValue::Gauge(value) => value.to_string(),
            DebugValue::Histogram(_) => String::new(),
        });
        values.collect::<Vec<_>>()
    };
    assert_eq!(counted("tower_harden_kill_switch"), ["0"]);
    assert_eq!(
        counted("tower_harden_kill_switch_changes_total"),
        ["1", "1"]
    );
}

async fn switched() {
    let limit = || RouteSchema::new().query("limit", Field::integer(1..));
    let layer = by_path(policy(
        Policy::builder()
            .get("/", limit())
            .get("/off", limit().mode(Mode::Off))
            .limits(Limits::default().max_body(100)),
    ));
    let log = Log::record();
    assert!(!KillSwitch::is_engaged());
    KillSwitch::release("it is not engaged");
    assert_eq!(log.take(), [""; 0]);
    assert_eq!(answer(&layer, get("/?limit=0")).await.status(), 422);
    let _ = log.take();

    KillSwitch::engage("incident 4711");
    KillSwitch::engage("twice");
    let told = log.take();
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].contains("kill switch engaged"), "{told:?}");
    assert!(told[0].contains("incident 4711"), "{told:?}");

    for request in [get("/?limit=0"), get("/unknown"), post("/", "{}")] {
        assert_eq!(answer(&layer, request).await.status(), StatusCode::OK);
        let told = log.take().concat();
        assert!(told.contains("request would be refused"), "{told}");
        assert!(told.contains("harden.mode=\"report\""), "{told}");
    }
    let refused = answer(&layer, post("/", "x".repeat(101))).await;
    assert_eq!(refused.status(), StatusCode::PAYLOAD_TOO_LARGE);
    let _ = log.take();
    assert_eq!(answer(&layer, get("/off?limit=0")).await.status(), 200);
    assert_eq!(log.take(), [""; 0]);

    KillSwitch::release("incident 4711 is over");
    assert!(log.take().concat().contains("kill switch released"));
    assert_eq!(answer(&layer, get("/?limit=0")).await.status(), 422);
}
