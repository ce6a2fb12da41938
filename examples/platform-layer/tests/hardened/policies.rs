//! Where a service gets its policy from, and what it may say over the base.

use acme_hardening::{hardening, policy};
use tower_harden::{
    AddressPolicy, ConfigError, Limits, Mode, OpenApi, Policy, PolicyBuilder, RouteSchema,
};

use crate::{app, call, declared, hardened, hook, request};

#[tokio::test]
async fn what_the_base_says_holds_for_every_service() {
    let app = hardened();
    for (url, code) in [
        ("http://hooks.example.com/", "address.scheme"),
        ("https://169.254.169.254/", "address.metadata"),
        ("https://10.0.0.1/", "address.internal"),
    ] {
        assert_eq!(call(&app, hook(url)).await.code(), code, "{url}");
    }
    let answer = call(&app, hook("https://hooks.example.com/")).await;
    assert_eq!(answer.status.as_u16(), 201);
}

#[tokio::test]
async fn a_service_tightens_the_base() {
    let short = declared().limits(Limits::default().max_body(16));
    let app = app(hardening(short).expect("it tightens the base"));
    let answer = call(&app, hook("https://hooks.example.com/")).await;
    assert_eq!(
        (answer.status.as_u16(), &*answer.code()),
        (413, "body.too_large")
    );
}

#[tokio::test]
async fn a_service_loosens_what_the_base_lets_it() {
    let addresses = AddressPolicy::deny_internal().https_only();
    let addresses = addresses.allow_host("hooks.internal").expect("a host");
    let app = app(hardening(declared().addresses(addresses)).expect("the base lets it"));
    let answer = call(&app, hook("https://hooks.internal/")).await;
    assert_eq!(answer.status.as_u16(), 201);
}

fn told(service: PolicyBuilder) -> String {
    hardening(service)
        .expect_err("it loosens the base")
        .to_string()
}

#[test]
fn a_loosening_names_both_places() {
    let deep = declared().limits(Limits::default().max_depth(17));
    let told = told(deep);
    assert!(
        told.contains(
            "GET /invoices: limits.max_depth is 17, and 16 in the base, which may allow it by \
             may_loosen limits.max_depth"
        ),
        "{told}"
    );
}

#[test]
fn a_loosening_in_a_file_is_shown_where_it_stands() {
    let text = "version = 1\n[routes.\"GET /invoices\"]\nmode = \"report\"\n";
    let service = PolicyBuilder::from_toml(text).expect("a policy file");
    let told = told(service);
    assert!(told.contains("GET /invoices"), "{told}");
    assert!(told.contains("enforce in the base"), "{told}");
    assert!(told.contains("may_loosen mode"), "{told}");
    assert!(told.contains("2 | [routes.\"GET /invoices\"]"), "{told}");
}

#[test]
fn no_service_switches_off_what_the_base_enforces() {
    for mode in [Mode::Report, Mode::Off] {
        assert!(
            told(declared().mode(mode)).contains("may_loosen mode"),
            "{mode}"
        );
    }
}

const FILE: &str = r#"
version = 1
[routes."GET /invoices"]
query.year = { type = "integer", minimum = 2000, maximum = 2100 }
"#;

const DOCUMENT: &str = r#"{
  "openapi": "3.1.0",
  "info": { "title": "Invoices", "version": "1" },
  "paths": { "/invoices": { "get": {
    "parameters": [{
      "name": "year", "in": "query",
      "schema": { "type": "integer", "minimum": 2000, "maximum": 2100 }
    }],
    "responses": { "200": { "description": "The invoices." } }
  } } }
}"#;

#[tokio::test]
async fn policies_of_files_and_documents_stand_over_the_base_too() {
    for service in [
        PolicyBuilder::from_toml(FILE).expect("a policy file"),
        PolicyBuilder::from_openapi(OpenApi::new(DOCUMENT)).expect("a document"),
    ] {
        let app = app(hardening(service).expect("it loosens nothing"));
        assert_eq!(
            call(&app, request("/invoices?year=2026"))
                .await
                .status
                .as_u16(),
            200
        );
        assert_eq!(
            call(&app, request("/invoices?year=1")).await.code(),
            "number.minimum"
        );
        assert_eq!(call(&app, request("/stuck")).await.code(), "route.unknown");
    }
}

#[test]
fn the_base_alone_is_a_policy_without_routes() -> Result<(), ConfigError> {
    let base = policy(Policy::builder())?;
    let service = policy(Policy::builder().get("/invoices", RouteSchema::new()))?;
    let changes = base.diff(&service);
    assert!(changes.to_string().contains("GET /invoices"), "{changes}");
    Ok(())
}
