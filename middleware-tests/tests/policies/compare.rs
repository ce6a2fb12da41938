//! Revisions and differences.

use std::{collections::BTreeSet, fmt::Write, time::Duration};

use middleware_tests::policy;
use tower_harden::{
    AddressPolicy, Effect, Field, FileField, HostHeader, JsonSchema, Limits, Mode, MultipartSchema,
    Policy, PolicyBuilder, RouteSchema, Schema,
};

use crate::{of_body, of_document};

fn assert_same(one: &Policy, other: &Policy) {
    let diff = one.diff(other);
    assert!(diff.is_empty(), "{diff}");
    assert_eq!(one.revision(), other.revision());
}

#[test]
fn the_same_rules_of_two_sources_are_the_same() {
    let built = Schema::object()
        .required(
            "sku",
            Field::string().max_length(64).pattern("^[A-Z0-9-]+$"),
        )
        .optional("callback", Field::url())
        .optional("price", Field::number(0.0..=10.5))
        .optional("state", Field::one_of(["open", "shipped"]))
        .optional(
            "tags",
            Field::list(Field::string().min_length(1)).max_items(3),
        )
        .optional(
            "labels",
            Schema::object().additional(Field::string()).max_members(5),
        );
    let written = r#"{
        "type": "object",
        "required": ["sku"],
        "properties": {
            "labels": {"type": "object", "additionalProperties": {"type": "string"}, "maxProperties": 5},
            "tags": {"type": "array", "items": {"type": "string", "minLength": 1}, "maxItems": 3},
            "state": {"enum": ["shipped", "open"]},
            "price": {"type": "number", "minimum": 0, "maximum": 10.5},
            "callback": {"type": "string", "format": "uri"},
            "sku": {"type": "string", "maxLength": 64, "pattern": "^[A-Z0-9-]+$"}
        }
    }"#;
    assert_same(&of_body(built), &of_document(written));
    assert_same(&of_body(Schema::any()), &of_document("true"));
}

#[test]
fn how_a_document_shares_its_schemas_changes_nothing() {
    let shared = r##"{
        "properties": {"a": {"$ref": "#/$defs/a"}, "b": {"$ref": "#/$defs/a"}},
        "$defs": {"a": {"type": "array", "items": {"type": "null"}}}
    }"##;
    let written_out = r#"{
        "properties": {
            "b": {"type": "array", "items": {"type": "null"}},
            "a": {"type": "array", "items": {"type": "null"}}
        }
    }"#;
    assert_same(&of_document(shared), &of_document(written_out));

    let tree = r##"{"type": "object", "properties": {"next": {"$ref": "#"}}}"##;
    let unrolled = r##"{
        "type": "object",
        "properties": {"next": {"$ref": "#/$defs/two"}},
        "$defs": {"two": {"type": "object", "properties": {"next": {"$ref": "#"}}}}
    }"##;
    let other = r##"{
        "type": "object",
        "properties": {"next": {"$ref": "#/$defs/two"}},
        "$defs": {"two": {"type": ["object", "null"], "properties": {"next": {"$ref": "#"}}}}
    }"##;
    assert_same(&of_document(tree), &of_document(unrolled));
    assert_ne!(of_document(tree).revision(), of_document(other).revision());
    assert!(!of_document(tree).diff(&of_document(other)).is_empty());
}

#[test]
fn what_is_judged_as_a_whole_is_known_by_what_it_reaches() {
    let part = r##"{"oneOf": [{"type": "string"}, {"$ref": "#/$defs/x"}]}"##;
    let document = |more: &str, x: &str| {
        of_document(&format!(
            r#"{{"properties": {{"id": {part}{more}}}, "$defs": {{"x": {{"type": "{x}"}}}}}}"#
        ))
    };
    let one = document("", "integer");
    let beside = document(r#", "and": {"not": {"type": "null"}}"#, "integer");
    let other = document("", "null");

    let told = one.diff(&beside).to_string();
    assert!(
        told.contains("body #/and") && !told.contains("body #/id"),
        "{told}"
    );
    let told = one.diff(&other).to_string();
    assert!(told.contains("~ POST /x: body #/id: whole "), "{told}");
}

fn base() -> PolicyBuilder {
    let route = RouteSchema::new()
        .path("id", Field::uuid())
        .query("limit", Field::integer(1..=100))
        .header("x-tenant", Field::string().max_length(20))
        .cookie("session", Field::string().max_length(20))
        .json(Schema::object().required("sku", Field::string().max_length(64)));
    Policy::builder().post("/orders/{id}", route)
}

#[test]
fn every_change_is_told() {
    let plain = || base().get("/o", RouteSchema::new());
    let cases = [changes_beside_schemas(), changes_of_schemas()].concat();
    let mut revisions = BTreeSet::from([policy(plain()).revision().to_string()]);
    let count = cases.len();
    for (builder, line) in cases {
        let (before, after) = (policy(plain()), policy(builder));
        let diff = before.diff(&after);
        let told = diff.to_string();
        assert!(told.lines().any(|told| told == line), "{line} in\n{told}");
        assert!(revisions.insert(after.revision().to_string()), "{line}");
        // The other way round it is taken back.
        let back = after.diff(&before);
        assert_eq!(diff.changes().len(), back.changes().len());
        for (change, back) in diff.changes().iter().zip(back.changes()) {
            assert_eq!(
                (change.before(), change.after()),
                (back.after(), back.before())
            );
            let expected = match change.effect() {
                Effect::Tighter => Effect::Looser,
                Effect::Looser => Effect::Tighter,
                other => other,
            };
            assert_eq!(back.effect(), expected, "{change} and {back}");
        }
    }
    assert_eq!(revisions.len(), count + 1);
}

/// Changes of what holds beside schemas, each with the line that tells of it.
#[expect(clippy::too_many_lines, reason = "a table")]
fn changes_beside_schemas() -> Vec<(PolicyBuilder, &'static str)> {
    let get = |route: RouteSchema| base().get("/o", route);
    let plain = || get(RouteSchema::new());
    let addresses = |addresses: AddressPolicy| plain().addresses(addresses);
    let limits = |limits: Limits| plain().limits(limits);
    let deny = AddressPolicy::deny_internal;
    vec![
        (
            get(RouteSchema::new().mode(Mode::Report)),
            "~ GET /o: mode enforce -> report (looser)",
        ),
        (
            plain().mode(Mode::Off),
            "~ policy: mode enforce -> off (looser)",
        ),
        (
            limits(Limits::default().max_body(10)),
            "~ policy: limits.max_body 1048576 -> 10 (tighter)",
        ),
        (
            get(RouteSchema::new().limits(Limits::default().max_depth(33))),
            "~ GET /o: limits.max_depth 32 -> 33 (looser)",
        ),
        (
            limits(Limits::default().body_timeout(Duration::from_secs(21))),
            "~ policy: limits.body_timeout 20s -> 21s (looser)",
        ),
        (
            limits(Limits::default().min_body_rate(0)),
            "~ policy: limits.min_body_rate 500 -> 0 (tighter)",
        ),
        (
            limits(Limits::default().max_violations(3)),
            "~ policy: limits.max_violations by mode -> 3 (changed)",
        ),
        (
            addresses(deny().allow_host("a.internal").expect("a host")),
            "+ addresses: allow_host a.internal (looser)",
        ),
        (
            addresses(deny().allow_net("10.0.0.0/8").expect("a net")),
            "+ addresses: allow_net 10.0.0.0/8 (looser)",
        ),
        (
            addresses(deny().only_hosts(["a.example"]).expect("a host")),
            "+ addresses: only_hosts a.example (tighter)",
        ),
        (
            addresses(deny().only_ports([443])),
            "+ addresses: only_ports 443 (tighter)",
        ),
        (
            addresses(deny().https_only()),
            "+ addresses: https_only yes (tighter)",
        ),
        (
            addresses(deny().nested_urls()),
            "~ addresses: nested_urls refused in text -> refused in text and urls (tighter)",
        ),
        (
            addresses(deny().dangerous().ignore_nested_urls()),
            "~ addresses: nested_urls refused in text -> ignored (looser)",
        ),
        (
            addresses(deny().nat64("64:ff9b:1::/96").expect("a prefix")),
            "+ addresses: nat64 64:ff9b:1::/96 (changed)",
        ),
        (
            addresses(deny().dangerous().allow_metadata()),
            "+ addresses: allow_metadata yes (looser)",
        ),
        (
            plain().host_headers([HostHeader::Host], deny().https_only()),
            "+ host_headers: header host: https_only yes (tighter)",
        ),
        (
            get(RouteSchema::new()).delete("/o", RouteSchema::new()),
            "+ DELETE /o: bodies none (looser)",
        ),
        (
            get(RouteSchema::new().query("a", Field::boolean())),
            "+ GET /o: query a: type boolean (looser)",
        ),
        (
            get(RouteSchema::new().required_query("a[]", Field::list(Field::boolean()))),
            "+ GET /o: query \"a[]\": required yes (looser)",
        ),
        (
            get(RouteSchema::new().header("X-A", Field::boolean())),
            "+ GET /o: header x-a: type boolean (tighter)",
        ),
        (
            get(RouteSchema::new().required_cookie("a", Field::boolean())),
            "+ GET /o: cookie a: required yes (tighter)",
        ),
        (
            get(RouteSchema::new().form(Schema::object().required("a", Field::boolean()))),
            "+ GET /o: form a: required yes (looser)",
        ),
        (
            get(RouteSchema::new().multipart(
                MultipartSchema::new()
                    .optional_file("a", FileField::of(["Image/png"]).max_bytes(9)),
            )),
            "+ GET /o: multipart a: media_types image/png (looser)",
        ),
    ]
}

/// Schemas, each with the line that tells of it where it is added.
#[expect(clippy::too_many_lines, reason = "a table")]
fn changes_of_schemas() -> Vec<(PolicyBuilder, &'static str)> {
    let body = |schema: Schema| {
        base()
            .get("/o", RouteSchema::new())
            .post("/o", RouteSchema::new().json(schema))
    };
    let string = |field: tower_harden::StringField| body(field.into());
    vec![
        (
            string(Field::string()),
            "+ POST /o: body #: type string (looser)",
        ),
        (
            string(Field::string().nullable()),
            "+ POST /o: body #: type null, string (looser)",
        ),
        (
            string(Field::string().max_length(5)),
            "+ POST /o: body #: max_length 5 (looser)",
        ),
        (
            string(Field::string().min_length(5)),
            "+ POST /o: body #: min_length 5 (looser)",
        ),
        (
            string(Field::string().pattern("^a$")),
            "+ POST /o: body #: pattern ^a$ (looser)",
        ),
        (
            string(Field::string().multiline()),
            "+ POST /o: body #: controls multiline (looser)",
        ),
        (
            string(Field::string().allow_controls()),
            "+ POST /o: body #: controls all (looser)",
        ),
        (
            string(Field::uuid()),
            "+ POST /o: body #: format uuid (looser)",
        ),
        (
            string(Field::one_of(["b", "a"])),
            "+ POST /o: body #: enum \"a\", \"b\" (looser)",
        ),
        (
            body(Field::from(Field::integer(1..)).into()),
            "+ POST /o: body #: minimum 1 (looser)",
        ),
        (
            body(Field::from(Field::integer(..7)).into()),
            "+ POST /o: body #: maximum 6 (looser)",
        ),
        (
            body(Field::from(Field::number(..7.5)).into()),
            "+ POST /o: body #: maximum 7.5 (exclusive) (looser)",
        ),
        (
            body(Field::from(Field::number(..).multiple_of(0.5)).into()),
            "+ POST /o: body #: multiple_of 5e-1 (looser)",
        ),
        (
            body(JsonSchema::new(r#"{"enum": [1, 2.50]}"#).into()),
            "+ POST /o: body #: number_enum 1, 25e-1 (looser)",
        ),
        (
            body(JsonSchema::new(r#"{"type": "integer"}"#).into()),
            "+ POST /o: body #: integers with fractions of zero (looser)",
        ),
        (
            body(Schema::array(Field::boolean()).min_items(1).into()),
            "+ POST /o: body #: min_items 1 (looser)",
        ),
        (
            body(Schema::array(Field::boolean()).max_items(1).into()),
            "+ POST /o: body #: max_items 1 (looser)",
        ),
        (
            body(Schema::array(Field::boolean()).into()),
            "+ POST /o: body #[]: type boolean (changed)",
        ),
        (
            body(JsonSchema::new(r#"{"prefixItems": [true, {"type": "null"}]}"#).into()),
            "+ POST /o: body #[1]: type null (changed)",
        ),
        (
            body(Schema::object().into()),
            "+ POST /o: body #: members closed (looser)",
        ),
        (
            body(
                Schema::object()
                    .additional(Field::boolean())
                    .min_members(2)
                    .into(),
            ),
            "+ POST /o: body #: min_members 2 (looser)",
        ),
        (
            body(
                Schema::object()
                    .additional(Field::boolean())
                    .max_members(2)
                    .into(),
            ),
            "+ POST /o: body #: max_members 2 (looser)",
        ),
        (
            body(Schema::object().additional(Field::boolean()).into()),
            "+ POST /o: body #{}: type boolean (changed)",
        ),
        (
            body(
                Schema::object()
                    .additional(Field::boolean())
                    .additional_names(Field::string().max_length(3))
                    .into(),
            ),
            "+ POST /o: body #{names}: max_length 3 (changed)",
        ),
        (
            body(JsonSchema::new(r#"{"patternProperties": {"^x-": {"type": "null"}}}"#).into()),
            "+ POST /o: body #{[\"^x-\"]}: type null (changed)",
        ),
        (
            body(
                JsonSchema::new(
                    r#"{"properties": {"a": true, "b": true}, "dependentRequired": {"a": ["b"]}}"#,
                )
                .into(),
            ),
            "+ POST /o: body #/b: required_with a (looser)",
        ),
        (
            body(JsonSchema::new(r#"{"contentEncoding": "base64", "type": "string"}"#).into()),
            "+ POST /o: body #: encoded base64 (looser)",
        ),
    ]
}

#[test]
fn a_default_is_told_once() {
    let routes = |builder: PolicyBuilder| {
        let own = RouteSchema::new().limits(Limits::default().max_depth(5));
        builder
            .get("/a", RouteSchema::new())
            .get("/b", RouteSchema::new())
            .get("/c", own)
    };
    let before = policy(routes(Policy::builder()));
    let after = policy(routes(
        Policy::builder().limits(Limits::default().max_depth(5)),
    ));
    assert_eq!(
        before.diff(&after).to_string(),
        "~ policy: limits.max_depth 32 -> 5 (tighter)"
    );
    assert_ne!(before.revision(), after.revision());
}

#[test]
fn differences_are_json_too() {
    let before = of_body(Field::string().max_length(5));
    let after = of_body(Field::string().max_length(6));
    let json = serde_json::to_value(before.diff(&after)).expect("JSON");
    assert_eq!(
        json,
        serde_json::json!({
            "before": before.revision().as_str(),
            "after": after.revision().as_str(),
            "changes": [{
                "place": "POST /x: body #",
                "rule": "max_length",
                "before": "5",
                "after": "6",
                "effect": "looser",
            }],
        })
    );
}

/// It is shown in events of many machines: it changes with the version of the library alone.
#[test]
fn a_revision_is_the_same_everywhere() {
    assert_eq!(policy(base()).revision().as_str(), "d114e4db2c5be93b");
}

#[test]
fn schemas_that_branch_without_end_are_told_in_short() {
    // Written out, it has 2^40 members.
    let mut document = r##"{"properties": {"a": {"$ref": "#/$defs/0"}}, "$defs": {"##.to_owned();
    for level in 0..40 {
        let next = level + 1;
        write!(
            document,
            r##""{level}": {{"properties": {{"a": {{"$ref": "#/$defs/{next}"}}, "b": {{"$ref": "#/$defs/{next}"}}}}}}, "##
        )
        .expect("a text");
    }
    let document =
        |leaf: &str| of_document(&format!(r#"{document}"40": {{"type": "{leaf}"}}}}}}"#));
    let (before, after) = (document("null"), document("boolean"));
    let told = before.diff(&after);
    assert!(
        !told.is_empty() && told.changes().len() < 10_000,
        "{} changes",
        told.changes().len()
    );
    assert!(before.loosened_by(&before).is_empty());
    assert!(!before.loosened_by(&after).is_empty());
}

#[test]
fn schemas_that_are_deep_are_told_to_their_end() {
    let document = |leaf: &str| {
        let mut document = r##"{"$ref": "#/$defs/0", "$defs": {"##.to_owned();
        for level in 0..3_000 {
            let next = level + 1;
            write!(
                document,
                r##""{level}": {{"properties": {{"a": {{"$ref": "#/$defs/{next}"}}}}}}, "##
            )
            .expect("a text");
        }
        of_document(&format!(r#"{document}"3000": {{"type": "{leaf}"}}}}}}"#))
    };
    let (before, after) = (document("null"), document("boolean"));
    assert_eq!(
        before.diff(&after).changes().len(),
        1,
        "{}",
        before.diff(&after)
    );
    assert!(before.loosened_by(&before).is_empty());
    assert_eq!(before.loosened_by(&after).len(), 1);
}
