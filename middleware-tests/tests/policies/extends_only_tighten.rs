//! Policies that extend a base accept nothing that it refuses.

use std::time::{Duration, Instant};

use middleware_tests::{mistakes, policy};
use tower_harden::{
    AddressPolicy, Field, Limits, Loosening, Mode, Policy, PolicyBuilder, RouteSchema, RuleClass,
};

fn base() -> PolicyBuilder {
    Policy::builder()
        .get("/x", RouteSchema::new().header("x-id", Field::uuid()))
        .limits(Limits::default().max_body(10))
        .may_loosen([Loosening::Routes])
}

#[test]
fn a_policy_has_one_base() {
    let (strict, lax) = (policy(base()), policy(Policy::builder()));
    for builder in [
        Policy::builder().extends(&strict).extends(&lax),
        Policy::builder().extends(&lax).extends(&strict),
        Policy::builder().extends(&strict).extends(&strict),
    ] {
        mistakes(builder, &["extends: a policy extends one base"]);
    }
    let between = policy(Policy::builder().extends(&strict));
    let larger = Policy::builder().limits(Limits::default().max_body(11));
    mistakes(larger.extends(&between), &["limits.max_body is 11, and 10"]);
}

#[test]
fn what_the_base_judges_is_judged() {
    let base = policy(base());
    let own = || Policy::builder().extends(&base);
    for (builder, told) in [
        (
            own().get("/x", RouteSchema::new()),
            "GET /x: header x-id: is declared in the base, and not here",
        ),
        (
            own().get("/x", RouteSchema::new().header("x-id", Field::string())),
            "GET /x: header x-id: format",
        ),
        (
            own().route(http::Method::HEAD, "/x", RouteSchema::new()),
            "HEAD /x: header x-id: is declared",
        ),
        (
            own().get("/y", RouteSchema::new().mode(Mode::Report)),
            "GET /y: mode is report, and enforce",
        ),
        (
            own().rule_mode(RuleClass::Address, Mode::Off),
            "GET /x: mode is enforce, address off",
        ),
        (
            own().get("/{x}", RouteSchema::new()),
            "GET /{x}: path x: has no field",
        ),
        (
            own().get(
                "/y",
                RouteSchema::new().limits(Limits::default().max_body(11)),
            ),
            "GET /y: limits.max_body is 11, and 10",
        ),
    ] {
        mistakes(builder, &[told]);
    }
}

#[test]
fn a_parameter_that_is_one_boolean_stays_that_one() {
    let one = |kind: serde_json::Value| tower_harden::JsonSchema::from(kind);
    let list = serde_json::json!({"type": "array", "items": {"const": true}, "maxItems": 2});
    for schema in [serde_json::json!({"const": true}), list] {
        let route = RouteSchema::new().query("q", one(schema.clone()));
        let base = policy(Policy::builder().get("/x", route.clone()));
        let route_of_any = RouteSchema::new().query("q", Field::boolean());
        let own = Policy::builder().get("/x", route_of_any);
        mistakes(
            own.extends(&base),
            &["type is boolean, and true in the base"],
        );
        let same = Policy::builder().get("/x", route).extends(&base);
        assert!(same.build().is_ok());
        let other = RouteSchema::new().query("q", one(serde_json::json!({"const": false})));
        let other = Policy::builder().get("/x", other).extends(&base);
        mistakes(other, &["type is false, and true in the base"]);
    }
}

#[test]
fn long_lists_are_compared_in_time() {
    let hosts = 0..20_000;
    let addresses = hosts
        .clone()
        .fold(AddressPolicy::deny_internal(), |policy, host| {
            let (high, low) = (host / 256, host % 256);
            let policy = policy.allow_host(&format!("h{host}.example.com"));
            let policy = policy.and_then(|it| it.allow_net(&format!("10.1.{high}.{low}")));
            policy.expect("a host and a block")
        });
    let routes = |builder: PolicyBuilder| {
        hosts.clone().fold(builder, |builder, route| {
            builder.get(format!("/r{route}"), RouteSchema::new())
        })
    };
    let base = policy(routes(Policy::builder().addresses(addresses.clone())));
    let begin = Instant::now();
    let own = Policy::builder().addresses(addresses).extends(&base);
    assert!(routes(own).build().is_ok());
    let took = begin.elapsed();
    assert!(took < Duration::from_mins(1), "{took:?}");
}
