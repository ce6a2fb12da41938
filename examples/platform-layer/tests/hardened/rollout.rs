//! From the first day of a service to its second policy.

use acme_hardening::{first_rollout, hardening, policy};
use tower_harden::{Field, Policy, PolicyBuilder, RouteSchema};

use crate::{app, call, declared, hook, request};

#[tokio::test]
async fn the_first_rollout_reports_and_refuses_addresses() {
    let app = app(first_rollout(declared()).expect("a policy"));
    assert_eq!(
        call(&app, request("/invoices?year=1"))
            .await
            .status
            .as_u16(),
        200
    );
    let answer = call(&app, hook("https://169.254.169.254/")).await;
    assert_eq!(answer.code(), "address.metadata");
}

#[tokio::test]
async fn the_second_step_needs_no_restart() {
    let hardening = first_rollout(declared()).expect("a policy");
    let handle = hardening.handle().clone();
    let app = app(hardening);
    let changes = handle
        .reload(|| policy(declared()))
        .expect("it is accepted");
    assert!(changes.to_string().contains("report"), "{changes}");
    let answer = call(&app, request("/invoices?year=1")).await;
    assert_eq!(answer.code(), "number.minimum");
}

/// A policy for one route, which is tighter than the declared one.
fn later() -> PolicyBuilder {
    let year = Field::integer(2020..=2100);
    Policy::builder().get("/invoices", RouteSchema::new().query("year", year))
}

#[tokio::test]
async fn a_candidate_refuses_nothing_until_it_is_promoted() {
    let hardening = hardening(declared()).expect("a policy");
    let handle = hardening.handle().clone();
    let app = app(hardening);
    let old = async || call(&app, request("/invoices?year=2010")).await;

    handle.propose(|| policy(later())).expect("a candidate");
    assert_eq!(old().await.status.as_u16(), 200);
    handle.promote().expect("it breaks no probe");
    assert_eq!(old().await.code(), "number.minimum");
}

#[tokio::test]
async fn what_loosens_the_base_is_never_in_force() {
    let hardening = hardening(declared()).expect("a policy");
    let handle = hardening.handle().clone();
    let app = app(hardening);
    let off = || policy(declared().mode(tower_harden::Mode::Off));
    let error = handle.reload(off).expect_err("it loosens the base");
    assert!(error.to_string().contains("may_loosen mode"), "{error}");
    let answer = call(&app, request("/invoices?year=1")).await;
    assert_eq!(answer.code(), "number.minimum");
}
