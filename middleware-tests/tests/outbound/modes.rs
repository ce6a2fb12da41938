//! A guard that tells of calls and lets them through, and one that does neither.

use middleware_tests::log::Log;
use tower_harden::{Mode, dynamodb::DynamoGuard};

use crate::{
    edit::to,
    guarded::{Guarded, config, id, shop},
    stub::Stub,
};

fn guarded(mode: Mode) -> Guarded {
    let stub = Stub::default();
    let guard = DynamoGuard::new(shop()).mode(mode);
    Guarded::of(&guard, config(&stub), stub)
}

#[tokio::test]
async fn report_mode_lets_a_call_through_and_tells_of_it() {
    let guarded = guarded(Mode::Report);
    let log = Log::record();
    let scan = guarded.client.scan().table_name("Admins");
    assert_eq!(guarded.outcome(scan.send()).await, "passed");
    let event = r#"tower_harden message=DynamoDB call would be denied kind="table" operation="Scan" mode="report" "#;
    assert_eq!(log.take(), [event]);
    let get = guarded.client.get_item().table_name("Orders");
    assert_eq!(guarded.outcome(get.key("id", id()).send()).await, "passed");
    assert_eq!(log.take(), [""; 0]);
}

#[tokio::test]
async fn report_mode_tells_of_a_call_that_was_changed() {
    let guarded = guarded(Mode::Report);
    let log = Log::record();
    let get = guarded.client.get_item().table_name("Orders");
    let call = get.key("id", id()).customize();
    let call = call.mutate_request(|request| to(request, "https://evil.example/"));
    assert_eq!(guarded.outcome(call.send()).await, "passed");
    let event = r#"tower_harden message=DynamoDB call would be denied kind="endpoint" operation="GetItem" mode="report" "#;
    assert_eq!(log.take(), [event]);
}

#[tokio::test]
async fn a_guard_that_is_off_sees_nothing() {
    let guarded = guarded(Mode::Off);
    let log = Log::record();
    let scan = guarded.client.scan().table_name("Admins");
    assert_eq!(guarded.outcome(scan.send()).await, "passed");
    assert_eq!(log.take(), [""; 0]);
}

/// A configuration is wrong in every mode.
#[test]
fn a_guard_that_is_off_still_has_one_endpoint() {
    for mode in [Mode::Enforce, Mode::Report, Mode::Off] {
        let mut config = config(&Stub::default());
        config.set_endpoint_url(Some("http://169.254.169.254".to_owned()));
        let guard = DynamoGuard::new(shop()).mode(mode);
        assert!(guard.client(&config.build()).is_err(), "{mode:?}");
    }
}
