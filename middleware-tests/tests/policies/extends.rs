//! Policies that extend a base: what they inherit, what they may say anew, and what is refused to them.

use std::time::Duration;

use http::{Request, StatusCode};
use middleware_tests::{Body, answer, by_path, get, mistakes, policy, post, refused};
use tower_harden::{
    AddressPolicy, Field, HardenLayer, HostHeader, JsonSchema, Limits, Loosening, Mode, Policy,
    PolicyBuilder, RouteSchema, RuleClass, Schema,
};

fn small(largest: i64) -> RouteSchema {
    RouteSchema::new().query("n", Field::integer(0..=largest))
}

fn deny() -> AddressPolicy {
    AddressPolicy::deny_internal()
}

fn extending(base: &Policy, own: PolicyBuilder) -> HardenLayer {
    by_path(policy(own.extends(base)))
}

async fn status(layer: &HardenLayer, request: Request<Body>) -> StatusCode {
    answer(layer, request).await.status()
}

#[tokio::test]
async fn routes_are_inherited() {
    let base = policy(Policy::builder().get("/a", small(9)).get("/b", small(9)));
    let layer = extending(&base, Policy::builder().get("/b", small(5)));
    assert_eq!(status(&layer, get("/a?n=9")).await, StatusCode::OK);
    assert_eq!(status(&layer, get("/b?n=5")).await, StatusCode::OK);
    let told = refused(&layer, get("/b?n=6")).await.errors();
    assert_eq!(told, ["number.maximum in query n"]);
    assert_eq!(
        refused(&layer, get("/c")).await.errors(),
        ["route.unknown in request"]
    );
}

#[tokio::test]
async fn limits_are_inherited_one_by_one() {
    let any = || RouteSchema::new().json(Schema::any());
    let limits = Limits::default().max_body(8).max_depth(2);
    let base = policy(Policy::builder().post("/a", any()).limits(limits));
    let own = Limits::default().max_depth(1);
    let route = any().limits(Limits::default().max_items(1));
    let layer = extending(&base, Policy::builder().post("/a", route).limits(own));
    for (body, error) in [
        ("[123456]", None),
        ("[1234567]", Some("body.too_large in body #")),
        ("[[1]]", Some("limit.depth in body #")),
        ("[1,2]", Some("limit.items in body #")),
    ] {
        let answer = answer(&layer, post("/a", body)).await;
        assert_eq!(answer.status().is_success(), error.is_none(), "{body}");
        if let Some(error) = error {
            assert_eq!(answer.errors(), [error], "{body}");
        }
    }
}

#[tokio::test]
async fn modes_are_inherited() {
    let base = Policy::builder()
        .get("/a", small(9))
        .mode(Mode::Report)
        .rule_mode(RuleClass::Address, Mode::Enforce);
    let base = policy(base);
    let inherited = extending(&base, Policy::builder());
    assert_eq!(status(&inherited, get("/a?n=10")).await, StatusCode::OK);
    let tightened = extending(&base, Policy::builder().mode(Mode::Enforce));
    assert_eq!(refused(&tightened, get("/a?n=10")).await.errors().len(), 1);
    mistakes(
        Policy::builder().mode(Mode::Report).extends(&base),
        &[
            "GET /a: mode is report, and report, address enforce in the base",
            "may_loosen mode",
        ],
    );
}

#[tokio::test]
async fn addresses_are_inherited_and_replaced_as_a_whole() {
    let route = || RouteSchema::new().required_query("u", Field::url());
    let public = || get("/a?u=https%3A%2F%2Fb.example%2F");
    let hosts = deny()
        .only_hosts(["a.example", "b.example"])
        .expect("hosts");
    let base = policy(Policy::builder().get("/a", route()).addresses(hosts));
    let other = || get("/a?u=https%3A%2F%2Fc.example%2F");

    let inherited = extending(&base, Policy::builder());
    assert_eq!(status(&inherited, public()).await, StatusCode::OK);
    assert_eq!(refused(&inherited, other()).await.errors().len(), 1);
    let one = deny().only_hosts(["a.example"]).expect("a host");
    let replaced = extending(&base, Policy::builder().addresses(one));
    assert_eq!(refused(&replaced, public()).await.errors().len(), 1);
}

#[tokio::test]
async fn host_headers_are_inherited_header_by_header() {
    let only = |host: &str| deny().only_hosts([host]).expect("a host");
    let base = Policy::builder()
        .get("/a", RouteSchema::new())
        .host_headers(
            [HostHeader::Host, HostHeader::XForwardedHost],
            only("a.example"),
        );
    let base = policy(base);
    let own = Policy::builder().host_headers([HostHeader::Origin], only("a.example"));
    let layer = extending(&base, own);
    let with = |name: &str, value: &str| {
        let request = Request::get("/a").header(name, value);
        request.body(Body::default()).expect("a request")
    };
    for (name, good, bad) in [
        ("host", "a.example", "b.example"),
        ("x-forwarded-host", "a.example", "b.example"),
        ("origin", "https://a.example", "https://b.example"),
    ] {
        assert_eq!(
            status(&layer, with(name, good)).await,
            StatusCode::OK,
            "{name}"
        );
        assert_eq!(
            refused(&layer, with(name, bad)).await.errors().len(),
            1,
            "{name}"
        );
    }
}

#[test]
fn mistakes_name_both_places() {
    let base = policy(Policy::builder().get("/a", small(9)));
    mistakes(
        Policy::builder()
            .get("/a", small(10))
            .get("/b", small(1))
            .limits(Limits::default().max_depth(64))
            .extends(&base),
        &[
            "GET /a: query n: maximum is 10, and 9 in the base, which may allow it by may_loosen \
             schemas",
            "GET /b: ",
            "which may allow it by may_loosen routes",
            "GET /a: limits.max_depth is 64, and 32 in the base, which may allow it by may_loosen \
             limits.max_depth",
        ],
    );
}

#[test]
fn policies_from_files_extend_others() {
    let base = Policy::from_toml(
        "version = 1\nmay_loosen = [\"limits.max_depth\"]\n[routes.\"GET /a\"]\n",
    )
    .unwrap_or_else(|error| panic!("{error}"));
    let own = |text: &str| {
        let own = PolicyBuilder::from_toml(&format!("version = 1\n{text}\n"));
        own.unwrap_or_else(|error| panic!("{error}")).extends(&base)
    };
    assert!(own("[limits]\nmax_depth = 40").build().is_ok());
    mistakes(
        own("[limits]\nmax_items = 70000"),
        &["70000", "65536", "may_loosen limits.max_items"],
    );
    mistakes(
        own("may_loosen = [\"routes\"]"),
        &["may_loosen routes", "nothing that the base allows"],
    );
}

/// A base, and a policy that loosens it by this kind and by no other.
fn case(kind: Loosening) -> (PolicyBuilder, PolicyBuilder) {
    let plain = || Policy::builder().get("/a", small(9));
    let own = Policy::builder;
    let limited = |limits: fn(Limits) -> Limits| own().limits(limits(Limits::default()));
    let only = |hosts: &[&str]| deny().only_hosts(hosts).expect("hosts");
    match kind {
        Loosening::Routes => (plain(), own().get("/b", RouteSchema::new())),
        Loosening::Mode => (plain(), own().rule_mode(RuleClass::Schema, Mode::Report)),
        Loosening::Schemas => (plain(), own().get("/a", small(10))),
        Loosening::HostHeaders => (
            plain().host_headers([HostHeader::Host], only(&["a.example"])),
            own().host_headers([HostHeader::Host], deny()),
        ),
        Loosening::MaxBody => (plain(), limited(|it| it.max_body(1 << 21))),
        Loosening::BodyTimeout => (
            plain(),
            limited(|it| it.body_timeout(Duration::from_secs(21))),
        ),
        Loosening::MinBodyRate => (plain(), limited(|it| it.min_body_rate(499))),
        Loosening::MaxDepth => (plain(), limited(|it| it.max_depth(33))),
        Loosening::MaxMembers => (plain(), limited(|it| it.max_members(1025))),
        Loosening::MaxItems => (plain(), limited(|it| it.max_items(65_537))),
        Loosening::MaxString => (plain(), limited(|it| it.max_string(1 << 19))),
        Loosening::MaxNumber => (plain(), limited(|it| it.max_number(129))),
        Loosening::MaxParameters => (plain(), limited(|it| it.max_parameters(65))),
        Loosening::AllowHost => {
            let allowed = deny().allow_host("hooks.internal").expect("a host");
            (plain(), own().addresses(allowed))
        }
        Loosening::AllowNet => {
            let allowed = deny().allow_net("10.1.0.0/16").expect("a network");
            (plain(), own().addresses(allowed))
        }
        Loosening::OnlyHosts => (
            plain().addresses(only(&["a.example"])),
            own().addresses(only(&["a.example", "b.example"])),
        ),
        Loosening::OnlyPorts => (
            plain().addresses(deny().only_ports([443])),
            own().addresses(deny().only_ports([443, 80])),
        ),
        Loosening::HttpsOnly => (
            plain().addresses(deny().https_only()),
            own().addresses(deny()),
        ),
        Loosening::NestedUrls => (
            plain().addresses(deny().nested_urls()),
            own().addresses(deny().dangerous().ignore_nested_urls()),
        ),
        Loosening::Nat64 => {
            let prefix = deny().nat64("2001:db8:64::/96").expect("a prefix");
            (plain().addresses(prefix), own().addresses(deny()))
        }
        Loosening::AllowMetadata => (
            plain(),
            own().addresses(deny().dangerous().allow_metadata()),
        ),
        kind => panic!("there is no case for {kind}"),
    }
}

#[test]
fn each_kind_is_allowed_by_its_name_and_by_no_other() {
    for kind in Loosening::ALL.iter().copied() {
        let (base, own) = case(kind);
        let allowing = |kinds: Vec<Loosening>| {
            let base = policy(base.clone().may_loosen(kinds));
            own.clone().extends(&base).build()
        };
        assert!(
            allowing(vec![kind]).is_ok(),
            "{kind}: {:?}",
            allowing(vec![kind])
        );
        let others = Loosening::ALL.iter().copied().filter(|it| *it != kind);
        for kinds in [Vec::new(), others.collect()] {
            let told = match allowing(kinds) {
                Ok(_) => panic!("{kind} is not allowed"),
                Err(error) => error.to_string(),
            };
            assert!(
                told.contains(&format!("may_loosen {kind}")),
                "{kind}: {told}"
            );
        }
    }
}

#[test]
fn what_an_extension_allows_its_base_has_to_allow() {
    let platform = Policy::builder()
        .get("/a", small(9))
        .may_loosen([Loosening::Routes, Loosening::MaxDepth]);
    let platform = policy(platform);
    let team = |kinds: &[Loosening]| {
        let team = Policy::builder().may_loosen(kinds.iter().copied());
        team.extends(&platform)
    };
    mistakes(team(&[Loosening::Schemas]), &["may_loosen schemas"]);

    let silent = policy(team(&[]));
    let allowing = policy(team(&[Loosening::Routes]));
    let deeper = Policy::builder().limits(Limits::default().max_depth(33));
    let routed = Policy::builder().get("/b", RouteSchema::new());
    assert!(routed.clone().extends(&allowing).build().is_ok());
    for (service, team) in [(&routed, &silent), (&deeper, &silent), (&deeper, &allowing)] {
        assert!(service.clone().extends(team).build().is_err());
    }
}

#[tokio::test]
async fn the_third_policy_inherits_from_the_first() {
    let body = r#"{"type": "array", "items": {"type": "integer"}, "maxItems": 3}"#;
    let route = RouteSchema::new().json(JsonSchema::new(body));
    let limits = Limits::default().max_body(20);
    let platform = policy(Policy::builder().post("/a", route).limits(limits));
    let team = policy(
        Policy::builder()
            .limits(Limits::default().max_number(2))
            .extends(&platform),
    );
    let service = extending(
        &team,
        Policy::builder().rule_mode(RuleClass::Schema, Mode::Enforce),
    );
    assert_eq!(
        status(&service, post("/a", "[1,22,3]")).await,
        StatusCode::OK
    );
    for body in ["[1,2,3,4]", "[100]", "[1,2,     ,         3]"] {
        assert!(
            !refused(&service, post("/a", body))
                .await
                .errors()
                .is_empty(),
            "{body}"
        );
    }
    // It may not give back what the second one took.
    let wider = Policy::builder().limits(Limits::default().max_number(3));
    mistakes(
        wider.extends(&team),
        &["limits.max_number is 3, and 2 in the base"],
    );
}
