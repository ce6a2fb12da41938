//! What a policy says of itself: its routes, its rules, and all that it finds in a request.

use std::sync::Arc;

use axum::{Router, body::Body, routing::any};
use http::Request;
use tower::ServiceExt;
use tower_harden::{
    Field, HardenLayer, Limits, Mode, Policy, Rejection, RouteSchema, RuleClass, Schema,
};

fn policy() -> Policy {
    let order = Schema::object()
        .required("sku", Field::string().max_length(4))
        .required("quantity", Field::integer(1..=9));
    Policy::builder()
        .mode(Mode::Report)
        .limits(Limits::default().max_body(1_000))
        .get("/orders", RouteSchema::new())
        .post(
            "/orders",
            RouteSchema::new()
                .rule_mode(RuleClass::Address, Mode::Enforce)
                .limits(Limits::default().max_violations(1))
                .json(order),
        )
        .build()
        .expect("a policy")
}

#[test]
fn routes_are_listed_with_their_modes() {
    let policy = policy();
    let routes: Vec<String> = policy.routes().map(|route| route.to_string()).collect();
    assert_eq!(routes, ["GET /orders", "POST /orders"]);

    let post = policy.routes().nth(1).expect("a route");
    assert_eq!(
        (post.method().as_str(), post.pattern()),
        ("POST", "/orders")
    );
    assert_eq!(post.mode(RuleClass::Address), Mode::Enforce);
    assert_eq!(post.mode(RuleClass::Schema), Mode::Report);
    assert_eq!(policy.mode(RuleClass::Address), Mode::Report);
}

#[test]
fn rules_are_listed_by_their_places() {
    let rules: Vec<String> = policy().rules().iter().map(ToString::to_string).collect();
    for expected in [
        "POST /orders: body #/sku: max_length 4",
        "POST /orders: body #/sku: required yes",
        "POST /orders: mode report, address enforce",
        "policy: limits.max_body 1000",
    ] {
        assert!(
            rules.iter().any(|rule| rule == expected),
            "{expected}: {rules:#?}"
        );
    }
    let inherited = "GET /orders: limits.max_body 1000";
    assert!(!rules.iter().any(|rule| rule == inherited), "{rules:#?}");
}

#[tokio::test]
async fn a_thorough_policy_tells_every_violation() {
    let told = |policy: Policy| async {
        let app: Router = Router::new()
            .route("/orders", any(|| async {}))
            .layer(HardenLayer::new(policy));
        let request = Request::post("/orders?more=1").header("content-type", "application/json");
        let body = Body::from(r#"{"sku":"longer","quantity":10,"note":""}"#);
        let response = app.oneshot(request.body(body).expect("a request")).await;
        let response = response.expect("an answer");
        let rejection = response.extensions().get::<Arc<Rejection>>();
        rejection.map_or(0, |rejection| rejection.violations().len())
    };
    assert_eq!(told(policy()).await, 0);
    assert_eq!(told(policy().thorough().expect("a policy")).await, 4);
}
