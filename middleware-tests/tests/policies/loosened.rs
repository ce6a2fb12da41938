//! What loosens a policy, kind by kind.

use std::time::Duration;

use middleware_tests::policy;
use tower_harden::{
    AddressPolicy, Field, FileField, HostHeader, Limits, Loosening, Mode, MultipartSchema, Policy,
    PolicyBuilder, RouteSchema, Schema,
};

use crate::{of_body, of_document};

/// The kinds by which the own policy loosens the base.
fn kinds(base: PolicyBuilder, own: PolicyBuilder) -> Vec<Loosening> {
    let found = policy(base).loosened_by(&policy(own));
    found.iter().map(tower_harden::Loosened::kind).collect()
}

fn get(route: RouteSchema) -> PolicyBuilder {
    Policy::builder().get("/x", route)
}

#[test]
fn limits_and_addresses_loosen_one_way_alone() {
    let plain = || Policy::builder().get("/x", RouteSchema::new());
    let route = |limits: Limits| Policy::builder().get("/x", RouteSchema::new().limits(limits));
    let limits = Limits::default;
    let deny = AddressPolicy::deny_internal;
    for (kind, loose, tight) in [
        (
            Loosening::MaxBody,
            route(limits().max_body(1 << 21)),
            plain(),
        ),
        (
            Loosening::BodyTimeout,
            route(limits().body_timeout(Duration::from_secs(21))),
            plain(),
        ),
        (
            Loosening::MinBodyRate,
            route(limits().min_body_rate(499)),
            plain(),
        ),
        (
            Loosening::MinBodyRate,
            plain(),
            route(limits().min_body_rate(0)),
        ),
        (Loosening::MaxDepth, route(limits().max_depth(33)), plain()),
        (
            Loosening::MaxMembers,
            route(limits().max_members(1025)),
            plain(),
        ),
        (
            Loosening::MaxItems,
            route(limits().max_items(65_537)),
            plain(),
        ),
        (
            Loosening::MaxString,
            route(limits().max_string(256 * 1024 + 1)),
            plain(),
        ),
        (
            Loosening::MaxNumber,
            route(limits().max_number(129)),
            plain(),
        ),
        (
            Loosening::MaxParameters,
            route(limits().max_parameters(65)),
            plain(),
        ),
        (
            Loosening::Mode,
            Policy::builder().get("/x", RouteSchema::new().mode(Mode::Report)),
            plain(),
        ),
        (
            Loosening::Routes,
            plain().put("/x", RouteSchema::new()),
            plain(),
        ),
        (
            Loosening::AllowMetadata,
            plain().addresses(deny().dangerous().allow_metadata()),
            plain(),
        ),
        (
            Loosening::AllowHost,
            plain().addresses(deny().allow_host("a.internal").expect("a host")),
            plain(),
        ),
        (
            Loosening::HostHeaders,
            plain(),
            plain().host_headers([HostHeader::Host], deny()),
        ),
        (
            Loosening::HostHeaders,
            plain().host_headers([HostHeader::Host], deny()),
            plain().host_headers([HostHeader::Host], deny().https_only()),
        ),
    ] {
        assert_eq!(kinds(tight.clone(), loose.clone()), [kind]);
        assert_eq!(kinds(loose, tight), []);
    }
    let more = route(limits().max_violations(9));
    assert_eq!(kinds(plain(), more.clone()), []);
    assert_eq!(kinds(more, plain()), []);
}

#[test]
fn what_is_not_declared_passes_in_headers_and_cookies_alone() {
    let none = || get(RouteSchema::new());
    let query = || get(RouteSchema::new().query("a", Field::boolean()));
    let header = || get(RouteSchema::new().header("a", Field::boolean()));
    let cookie = || get(RouteSchema::new().cookie("a", Field::boolean()));
    assert_eq!(kinds(query(), none()), []);
    assert_eq!(kinds(none(), query()), [Loosening::Schemas]);
    for declared in [header(), cookie()] {
        assert_eq!(kinds(declared.clone(), none()), [Loosening::Schemas]);
        assert_eq!(kinds(none(), declared), []);
    }
    let required = || get(RouteSchema::new().required_query("a", Field::boolean()));
    assert_eq!(kinds(required(), query()), [Loosening::Schemas]);
    assert_eq!(kinds(query(), required()), []);
    assert_eq!(kinds(required(), none()), [Loosening::Schemas]);
}

#[test]
fn a_body_that_has_to_be_there_stays_there() {
    let form = || Schema::object().optional("a", Field::boolean());
    let none = || get(RouteSchema::new());
    let one = || get(RouteSchema::new().form(form()));
    let two = || get(RouteSchema::new().form(form()).json(Schema::any()));
    assert_eq!(kinds(two(), one()), []);
    assert_eq!(kinds(one(), two()), [Loosening::Schemas]);
    assert_eq!(kinds(one(), none()), [Loosening::Schemas]);
    assert_eq!(kinds(none(), one()), [Loosening::Schemas]);
}

#[test]
fn files_are_compared_by_their_rules() {
    let files = |file: FileField| {
        get(RouteSchema::new().multipart(MultipartSchema::new().optional_file("f", file)))
    };
    let base = || {
        files(
            FileField::of(["image/png", "image/gif"])
                .max_bytes(10)
                .max_files(2),
        )
    };
    for tight in [
        FileField::of(["IMAGE/png"]).max_bytes(10).max_files(2),
        FileField::of(["image/png", "image/gif"])
            .max_bytes(9)
            .max_files(1),
    ] {
        assert_eq!(kinds(base(), files(tight)), []);
    }
    for loose in [
        FileField::of(["image/png", "image/svg"]).max_bytes(10),
        FileField::of(["image/png"]),
        FileField::of(["image/png"]).max_bytes(10).max_files(3),
    ] {
        assert_eq!(kinds(base(), files(loose)), [Loosening::Schemas]);
    }
}

#[test]
fn what_answers_head_is_compared_with_what_answered_it() {
    let small = || RouteSchema::new().query("n", Field::integer(0..=1));
    let large = || RouteSchema::new().query("n", Field::integer(0..=9));
    let base = Policy::builder()
        .get("/x", large())
        .route(http::Method::HEAD, "/x", small());
    let found = policy(base).loosened_by(&policy(get(large())));
    let told: Vec<String> = found.iter().map(ToString::to_string).collect();
    assert_eq!(
        told,
        ["HEAD /x: query n: maximum is 9, and 1 in the base (schemas)"]
    );
}

#[test]
fn a_url_is_no_text() {
    // In a text, what its query names is found.
    let text = of_body(Field::string().max_length(80));
    let url = of_body(Field::url().max_length(80));
    assert_eq!(text.loosened_by(&url).len(), 1);
    assert_eq!(
        text.loosened_by(&of_body(Field::email().max_length(80))),
        []
    );
}

#[test]
fn narrower_documents_are_shown_to_be_narrower() {
    let narrower = |base: &str, own: &str| {
        let (base, own) = (of_document(base), of_document(own));
        let found = base.loosened_by(&own);
        assert!(found.is_empty(), "{found:?}");
        assert!(!own.loosened_by(&base).is_empty(), "{base:?}");
    };
    narrower(r#"{"type": "number"}"#, r#"{"type": "integer"}"#);
    narrower(
        r#"{"type": "string", "maxLength": 5}"#,
        r#"{"enum": ["a", "b"]}"#,
    );
    narrower(
        r#"{"type": "string", "maxLength": 5}"#,
        r#"{"type": "string", "pattern": "^[a-z]{2,4}$"}"#,
    );
    narrower(
        r#"{"type": "string", "maxLength": 40}"#,
        r#"{"type": "string", "format": "uuid"}"#,
    );
    narrower(
        r#"{"type": "string", "pattern": "^[a-z]+$"}"#,
        r#"{"type": "string", "pattern": "^[a-f]+$"}"#,
    );
    narrower(
        r#"{"type": "integer", "multipleOf": 3}"#,
        r#"{"type": "integer", "multipleOf": 6}"#,
    );
    narrower(
        r#"{"type": "array"}"#,
        r#"{"type": "array", "items": {"oneOf": [{"type": "null"}, {"type": "string"}]}}"#,
    );
    narrower(
        r#"{"type": "object", "additionalProperties": {"type": "integer"}}"#,
        r#"{"type": "object", "properties": {"a": {"type": "integer", "minimum": 1}}}"#,
    );
    narrower(
        r#"{"properties": {"a": {}, "b": {}}, "dependentRequired": {"a": ["b"]}}"#,
        r#"{"properties": {"b": {}}}"#,
    );
    narrower(
        r#"{"type": "object", "patternProperties": {"^x-": {"type": "string"}}}"#,
        r#"{"type": "object", "patternProperties": {"^x-": {"type": "string", "maxLength": 9}}}"#,
    );
    narrower(
        r##"{"type": "object", "properties": {"next": {"$ref": "#"}, "n": {"type": "integer"}}}"##,
        r##"{"type": "object", "properties": {"next": {"$ref": "#"}, "n": {"enum": [1]}}}"##,
    );
}
