//! What is counted, as a recorder of the facade `metrics` gets it.

use std::collections::BTreeMap;

use metrics_util::debugging::{DebugValue, DebuggingRecorder, Snapshotter};
use middleware_tests::{answer, get, policy, post};
use tower_harden::{
    ConfigError, Field, HardenLayer, Mode, Policy, PolicyHandle, RouteSchema, RuleClass, Schema,
};

fn with(longest: usize) -> Policy {
    let sku = Schema::object()
        .required("sku", Field::string().max_length(longest))
        .optional("url", Field::url());
    policy(
        Policy::builder()
            .post("/orders", RouteSchema::new().json(sku))
            .get("/off", RouteSchema::new().mode(Mode::Off))
            .rule_mode(RuleClass::Address, Mode::Report),
    )
}

/// The metrics, as `name{label=value,...}`.
fn counted(snapshotter: &Snapshotter) -> BTreeMap<String, f64> {
    let all = snapshotter.snapshot().into_vec().into_iter();
    all.map(|(key, _, _, value)| {
        let labels = key.key().labels();
        let labels: Vec<_> = labels
            .map(|label| format!("{}={}", label.key(), label.value()))
            .collect();
        #[expect(clippy::cast_precision_loss, reason = "small counts")]
        let value = match value {
            DebugValue::Counter(count) => count as f64,
            DebugValue::Gauge(value) => value.into_inner(),
            DebugValue::Histogram(values) => values.len() as f64,
        };
        (
            format!("{}{{{}}}", key.key().name(), labels.join(",")),
            value,
        )
    })
    .collect()
}

/// Runs requests on this thread, and answers with what was counted.
fn record(work: impl AsyncFnOnce(&PolicyHandle, &HardenLayer)) -> BTreeMap<String, f64> {
    let recorder = DebuggingRecorder::new();
    let snapshotter = recorder.snapshotter();
    metrics::with_local_recorder(&recorder, || {
        let runtime = tokio::runtime::Builder::new_current_thread().build();
        let handle = PolicyHandle::new(with(5));
        let layer = HardenLayer::new(handle.clone()).route_by(|parts| Some(parts.uri.path()));
        runtime.expect("a runtime").block_on(work(&handle, &layer));
    });
    counted(&snapshotter)
}

const DECISIONS: &str = "tower_harden_decisions_total";

#[test]
fn decisions_are_counted_by_route_rule_and_outcome() {
    let counted = record(async |_, layer| {
        for _ in 0..3 {
            answer(layer, post("/orders", r#"{"sku":"ABCDE"}"#)).await;
        }
        answer(layer, post("/orders", r#"{"sku":"ABCDEF"}"#)).await;
        answer(
            layer,
            post("/orders", r#"{"sku":"A","url":"http://127.1/"}"#),
        )
        .await;
        answer(layer, get("/orders")).await;
        answer(layer, get("/client-chosen")).await;
        answer(layer, get("/off")).await;
    });
    for (labels, count) in [
        ("route=/orders,method=POST,rule=none,outcome=accepted", 3.0),
        (
            "route=/orders,method=POST,rule=string.max_length,outcome=refused",
            1.0,
        ),
        (
            "route=/orders,method=POST,rule=address.internal,outcome=reported",
            1.0,
        ),
        (
            "route=_OTHER,method=_OTHER,rule=method.not_allowed,outcome=refused",
            1.0,
        ),
        (
            "route=_OTHER,method=_OTHER,rule=route.unknown,outcome=refused",
            1.0,
        ),
    ] {
        let name = format!("{DECISIONS}{{policy=enforced,{labels}}}");
        assert_eq!(counted.get(&name), Some(&count), "{name} in {counted:#?}");
    }
    let decisions = counted.keys().filter(|name| name.starts_with(DECISIONS));
    assert_eq!(decisions.count(), 5, "{counted:#?}");
    let text = format!("{counted:?}");
    assert!(!text.contains("client-chosen"), "{text}");
}

#[test]
fn one_request_in_sixteen_is_timed() {
    let counted = record(async |_, layer| {
        for _ in 0..33 {
            answer(layer, post("/orders", r#"{"sku":"ABCDE"}"#)).await;
        }
    });
    let name = "tower_harden_evaluation_seconds{policy=enforced,route=/orders,method=POST}";
    assert_eq!(counted.get(name), Some(&3.0), "{counted:#?}");
}

#[test]
fn policies_are_told_by_their_revision() {
    let counted = record(async |handle, layer| {
        answer(layer, get("/orders")).await;
        let make = |longest| move || Ok::<_, ConfigError>(with(longest));
        handle.reload(make(4)).expect("a policy");
        handle.propose(make(3)).expect("a policy");
        handle
            .reload(|| Policy::builder().build())
            .expect_err("no routes");
        answer(layer, post("/orders", r#"{"sku":"ABCD"}"#)).await;
    });
    let info = |role: &str, longest| {
        let revision = with(longest).revision();
        format!("tower_harden_policy_info{{policy={role},revision={revision}}}")
    };
    let reloads = |role: &str, outcome: &str| {
        format!("tower_harden_policy_reloads_total{{policy={role},outcome={outcome}}}")
    };
    for (name, value) in [
        (info("enforced", 5), 0.0),
        (info("enforced", 4), 1.0),
        (info("candidate", 3), 1.0),
        (reloads("enforced", "accepted"), 1.0),
        (reloads("candidate", "accepted"), 1.0),
        (reloads("enforced", "kept"), 1.0),
        (
            format!(
                "{DECISIONS}{{policy=candidate,route=/orders,method=POST,rule=string.max_length,\
                 outcome=reported}}"
            ),
            1.0,
        ),
    ] {
        assert_eq!(counted.get(&name), Some(&value), "{name} in {counted:#?}");
    }
}

#[test]
fn dropped_events_are_counted() {
    let counted = record(async |_, layer| {
        let layer = layer.clone().max_events_per_second(0);
        for _ in 0..7 {
            answer(&layer, get("/orders")).await;
        }
    });
    assert_eq!(
        counted.get("tower_harden_events_dropped_total{}"),
        Some(&7.0)
    );
}
