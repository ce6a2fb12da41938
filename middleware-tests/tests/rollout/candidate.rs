//! A second policy beside the one in force.

use middleware_tests::{answer, by_path, get, log::Log, policy, post};
use tower_harden::{Field, HardenLayer, Limits, Mode, Policy, PolicyHandle, RouteSchema, Schema};

fn with(longest: u8) -> Policy {
    let sku = Schema::object().required("sku", Field::string().max_length(longest.into()));
    let limit = RouteSchema::new().query("limit", Field::integer(..=i64::from(longest)));
    policy(
        Policy::builder()
            .post("/", RouteSchema::new().json(sku))
            .get("/", limit),
    )
}

fn layer(enforced: Policy, candidate: Policy) -> HardenLayer {
    let handle = PolicyHandle::new(enforced);
    handle
        .propose(|| Ok::<_, tower_harden::ConfigError>(candidate))
        .expect("a candidate");
    HardenLayer::new(handle).route_by(|parts| Some(parts.uri.path()))
}

#[tokio::test]
async fn what_it_would_refuse_passes_and_is_told() {
    let layer = layer(with(5), with(4));
    for request in [post("/", r#"{"sku":"ABCDE"}"#), get("/?limit=5")] {
        let log = Log::record();
        let passed = answer(&layer, request).await;
        assert_eq!(passed.status(), 200);
        let events = log.take();
        assert_eq!(events.len(), 1, "{events:?}");
        let revision = format!("harden.revision=\"{}\"", with(4).revision());
        for words in [
            "request would be refused",
            "harden.policy=\"candidate\"",
            "harden.mode=\"report\"",
            &revision,
        ] {
            assert!(events[0].contains(words), "{words} in {events:?}");
        }
    }
}

#[tokio::test]
async fn what_both_accept_is_not_told() {
    let layer = layer(with(5), with(4));
    let log = Log::record();
    assert_eq!(
        answer(&layer, post("/", r#"{"sku":"ABCD"}"#))
            .await
            .status(),
        200
    );
    assert_eq!(answer(&layer, get("/?limit=4")).await.status(), 200);
    assert_eq!(log.take(), [""; 0]);
}

#[tokio::test]
async fn it_opens_nothing() {
    let open = policy(
        Policy::builder()
            .mode(Mode::Off)
            .get("/", RouteSchema::new()),
    );
    for candidate in [with(9), open] {
        let layer = layer(with(5), candidate);
        let refused = answer(&layer, post("/", r#"{"sku":"ABCDEF"}"#)).await;
        assert_eq!(refused.errors(), ["string.max_length in body #/sku"]);
        let refused = answer(&layer, get("/?limit=6")).await;
        assert_eq!(refused.errors(), ["number.maximum in query limit"]);
        assert_eq!(answer(&layer, get("/other")).await.status(), 404);
    }
}

#[tokio::test]
async fn its_limits_and_its_missing_routes_are_told_of() {
    let small = policy(
        Policy::builder()
            .limits(Limits::default().max_body(8))
            .post("/", RouteSchema::new().json(Schema::any())),
    );
    let layer = layer(with(5), small);
    for (request, code) in [
        (post("/", r#"{"sku":"ABCDE"}"#), "body.too_large"),
        (get("/"), "method.not_allowed"),
    ] {
        let log = Log::record();
        assert_eq!(answer(&layer, request).await.status(), 200);
        let events = log.take().concat();
        assert!(
            events.contains(&format!("error.type=\"{code}\"")),
            "{events}"
        );
    }
}

#[tokio::test]
async fn it_is_put_in_force_or_withdrawn() {
    let handle = PolicyHandle::new(with(5));
    let layer = by_path_of(&handle);
    let no_candidate = handle.promote().expect_err("there is none");
    assert_eq!(no_candidate.to_string(), "there is no candidate");
    handle.withdraw();

    let propose = || handle.propose(|| Ok::<_, tower_harden::ConfigError>(with(4)));
    propose().expect("a candidate");
    handle.withdraw();
    assert!(handle.candidate().is_none());
    assert_eq!(answer(&layer, get("/?limit=5")).await.status(), 200);

    propose().expect("a candidate");
    let changes = handle.promote().expect("a candidate");
    assert!(!changes.is_empty());
    assert_eq!(handle.policy().revision(), with(4).revision());
    assert!(handle.candidate().is_none());
    assert_eq!(answer(&layer, get("/?limit=5")).await.status(), 422);
}

fn by_path_of(handle: &PolicyHandle) -> HardenLayer {
    HardenLayer::new(handle.clone()).route_by(|parts| Some(parts.uri.path()))
}

#[test]
fn a_policy_alone_has_none() {
    let handle = PolicyHandle::from(with(5));
    assert!(handle.candidate().is_none());
    let _ = by_path(with(5));
}
