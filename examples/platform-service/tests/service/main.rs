//! The service as a caller sees it: without a socket, over one, and as the program.

mod program;
mod socket;

use acme_hardening::{Hardening, first_rollout, hardening};
use acme_notes::{app, policy, tries::TRIES};
use axum::{body::Body, http::Request};
use http_body_util::BodyExt;
use tower::ServiceExt;
use tower_harden::assert_covered;

fn hardened() -> Hardening {
    hardening(policy()).expect("it loosens nothing")
}

/// The statuses of what is printed to try.
async fn statuses(hardening: Hardening) -> Vec<u16> {
    let app = app(hardening);
    let mut statuses = Vec::new();
    for each in TRIES {
        let request = match each.body {
            Some(body) => Request::post(each.path)
                .header("content-type", "application/json")
                .body(Body::from(body)),
            None => Request::get(each.path).body(Body::empty()),
        };
        let response = app.clone().oneshot(request.expect("a request")).await;
        statuses.push(response.expect("it cannot fail").status().as_u16());
    }
    statuses
}

#[tokio::test]
async fn what_is_printed_to_try_is_true() {
    let expected: Vec<u16> = TRIES.iter().map(|each| each.status).collect();
    assert_eq!(statuses(hardened()).await, expected);
}

#[tokio::test]
async fn what_is_printed_for_the_first_rollout_is_true() {
    let expected: Vec<u16> = TRIES.iter().map(|each| each.reported).collect();
    let reporting = first_rollout(policy()).expect("a policy");
    assert_eq!(statuses(reporting).await, expected);
}

#[tokio::test]
async fn every_route_is_behind_the_layer() {
    let hardening = hardened();
    let policy = hardening.handle().policy();
    assert_covered(app(hardening), &policy).await;
}

#[test]
fn the_policy_has_no_lints() {
    let found = hardened().handle().policy().lint();
    assert!(found.is_empty(), "{found:?}");
}

#[tokio::test]
async fn the_latest_hundred_notes_are_kept() {
    let app = app(hardened());
    for number in 0..=100 {
        let body = Body::from(format!(r#"{{"text":"{number}"}}"#));
        let request = Request::post("/notes").header("content-type", "application/json");
        let request = request.body(body).expect("a request");
        let response = app.clone().oneshot(request).await.expect("it cannot fail");
        assert_eq!(response.status().as_u16(), 201);
    }
    let get = async |path: &str| {
        let request = Request::get(path).body(Body::empty()).expect("a request");
        let response = app.clone().oneshot(request).await.expect("it cannot fail");
        let status = response.status().as_u16();
        let body = response.into_body().collect().await.expect("a body");
        (
            status,
            String::from_utf8_lossy(&body.to_bytes()).into_owned(),
        )
    };
    assert_eq!(get("/notes/0").await.0, 404);
    assert_eq!(get("/notes/1").await.1, r#"{"text":"1","link":null}"#);
    assert_eq!(
        get("/notes?limit=1").await.1,
        r#"[{"text":"100","link":null}]"#
    );
}
