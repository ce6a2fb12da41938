use std::{sync::Arc, time::Duration};

use serde_json::{Map, Value, json};

use super::*;
use crate::{
    AddressPolicy, FileField, HostHeader, JsonSchema, Limits, Mode, MultipartSchema, RouteSchema,
    Schema,
};

fn read(value: Value) -> Result<PolicyBuilder, ConfigError> {
    PolicyBuilder::from_value(value)
}

/// The file says what the policy says, but for where it comes from.
fn assert_says(file: Value, policy: &PolicyBuilder) {
    let mut read = read(file).expect("it has no mistakes");
    read.sources = None;
    let (read, policy) = (format!("{read:#?}"), format!("{policy:#?}"));
    let mut lines = read.lines().zip(policy.lines());
    let differs = lines.find(|(read, policy)| read != policy);
    assert!(read == policy, "{differs:?}");
}

/// Why a value is no policy.
fn told(value: Value) -> Vec<String> {
    let built = read(value).and_then(PolicyBuilder::build);
    let error = built.map(|_| ()).expect_err("it has mistakes");
    error.problems().iter().map(ToString::to_string).collect()
}

#[test]
fn limits_are_those_of_the_methods() {
    let limits = json!({
        "max_body": 1, "body_timeout": 2.5, "min_body_rate": 3, "max_depth": 4, "max_members": 5,
        "max_items": 6, "max_string": 7, "max_number": 8, "max_parameters": 9, "max_violations": 10,
    });
    let expected = Limits::default()
        .max_body(1)
        .body_timeout(Duration::from_millis(2500))
        .min_body_rate(3)
        .max_depth(4)
        .max_members(5)
        .max_items(6)
        .max_string(7)
        .max_number(8)
        .max_parameters(9)
        .max_violations(10);
    assert_says(
        json!({"version": 1, "limits": limits}),
        &Policy::builder().limits(expected),
    );
}

/// Wherever the limits of the policy stand.
#[test]
fn a_route_has_the_limits_of_the_policy_where_it_names_none() {
    let file = json!({
        "version": 1,
        "routes": {"GET /a": {"limits": {"max_depth": 4}}, "GET /b": {}},
        "limits": {"max_body": 1, "max_depth": 2},
    });
    let limits = Limits::default();
    let policy = Policy::builder()
        .get("/a", RouteSchema::new().limits(limits.max_depth(4)))
        .get("/b", RouteSchema::new())
        .limits(limits.max_body(1).max_depth(2));
    assert_says(file, &policy);
}

#[test]
fn addresses_are_those_of_the_methods() -> Result<(), ConfigError> {
    let file = json!({
        "version": 1,
        "addresses": {
            "allow_host": ["a.internal", "metadata.google.internal"],
            "only_hosts": ["a.internal", "*.example.com"],
            "allow_net": ["10.1.0.0/16"],
            "nat64": ["2001:db8:64::/96"],
            "https_only": true,
            "only_ports": [443, 8443],
            "nested_urls": true,
            "dangerous": {"allow_metadata": true, "ignore_nested_urls": false},
        },
        "host_headers": [
            {"headers": ["host", "x-forwarded-host"], "addresses": {"only_hosts": []}},
            {"headers": ["forwarded", "origin", "referer"], "addresses": {}},
        ],
    });
    let addresses = AddressPolicy::deny_internal().dangerous().allow_metadata();
    let addresses = addresses
        .allow_host("a.internal")?
        .allow_host("metadata.google.internal")?
        .only_hosts(["a.internal", "*.example.com"])?
        .allow_net("10.1.0.0/16")?
        .nat64("2001:db8:64::/96")?
        .https_only()
        .only_ports([443, 8443])
        .nested_urls();
    let own = AddressPolicy::deny_internal().only_hosts::<&str>([])?;
    let others = [
        HostHeader::Forwarded,
        HostHeader::Origin,
        HostHeader::Referer,
    ];
    let policy = Policy::builder()
        .addresses(addresses)
        .host_headers([HostHeader::Host, HostHeader::XForwardedHost], own)
        .host_headers(others, AddressPolicy::deny_internal());
    assert_says(file, &policy);

    let ignoring = json!({"version": 1, "addresses": {"dangerous": {"ignore_nested_urls": true}}});
    let addresses = AddressPolicy::deny_internal()
        .dangerous()
        .ignore_nested_urls();
    assert_says(ignoring, &Policy::builder().addresses(addresses));
    let switches = json!({"https_only": false, "nested_urls": false, "dangerous": {}});
    let off = json!({"version": 1, "addresses": switches});
    let said = Policy::builder().addresses(AddressPolicy::deny_internal());
    assert_says(off, &said);
    Ok(())
}

#[test]
fn routes_are_those_of_the_methods() {
    let file = json!({
        "version": 1,
        "mode": "off",
        "schemas": {"A": {"type": "string"}},
        "routes": {
            "DELETE /a/{id}": {
                "path": {"id": {"title": "path"}},
                "query": {"b": {"title": "query"}},
                "required_query": {"c": {"title": "required_query"}},
                "header": {"d": {"title": "header"}},
                "required_header": {"e": {"title": "required_header"}},
                "cookie": {"f": {"title": "cookie"}},
                "required_cookie": {"g": {"title": "required_cookie"}},
                "json": {"$ref": "#/schemas/A"},
                "form": {"properties": {"h": true, "i": false}, "required": ["i"]},
                "multipart": {
                    "required": {"j": true},
                    "optional": {"k": true},
                    "required_file": {"l": {"of": ["image/png"], "max_bytes": 1, "max_files": 2}},
                    "optional_file": {"m": {"of": ["image/png", "image/gif"]}},
                },
                "optional_body": true,
                "mode": "report",
            },
            "POST /a": {"optional_body": false, "mode": "enforce"},
        },
    });
    let shared: Map<String, Value> = [("A".to_owned(), json!({"type": "string"}))]
        .into_iter()
        .collect();
    let shared = Arc::new(shared);
    let document = |value: Value| JsonSchema::from(value).with_definitions(&shared);
    let titled = |title: &str| document(json!({ "title": title }));
    let parts = MultipartSchema::new()
        .optional("k", document(json!(true)))
        .optional_file("m", FileField::of(["image/png", "image/gif"]))
        .required("j", document(json!(true)))
        .required_file("l", FileField::of(["image/png"]).max_bytes(1).max_files(2));
    let form = Schema::object()
        .optional("h", document(json!(true)))
        .required("i", document(json!(false)));
    let route = RouteSchema::new()
        .path("id", titled("path"))
        .query("b", titled("query"))
        .required_query("c", titled("required_query"))
        .header("d", titled("header"))
        .required_header("e", titled("required_header"))
        .cookie("f", titled("cookie"))
        .required_cookie("g", titled("required_cookie"))
        .json(document(json!({"$ref": "#/schemas/A"})))
        .form(form)
        .multipart(parts)
        .optional_body()
        .mode(Mode::Report);
    let policy = Policy::builder()
        .delete("/a/{id}", route)
        .post("/a", RouteSchema::new().mode(Mode::Enforce))
        .mode(Mode::Off);
    assert_says(file, &policy);
}

#[test]
fn a_file_without_anything_is_the_default() {
    assert_says(json!({"version": 1}), &Policy::builder());
}

#[test]
fn mistakes_in_values_have_pointers() {
    assert_eq!(
        told(json!({"version": 1, "routes": {"GET /a": {"query": {"b": 1}, "mode": "of"}}})),
        [
            r#"#/routes/GET%20~1a/mode: mode has to be one of "enforce", "report", "off": did you mean "off"?"#,
            "#/routes/GET%20~1a/query/b: b has to be a JSON Schema, and is 1",
        ]
    );
    assert_eq!(
        told(json!({"version": 1, "routes": {"GET /a": {"query": {"b": {"pattern": "("}}}}})),
        [
            "#/routes/GET%20~1a/query/b/pattern: GET /a: query b: document #/pattern: pattern: \
             unclosed group at character 1"
        ]
    );
}

/// What is declared in code beside the file is no part of it.
#[test]
fn mistakes_beside_the_file_have_no_excerpt() {
    let policy = PolicyBuilder::from_json(r#"{"version":1,"routes":{"GET /a":{}}}"#);
    let policy = policy.expect("it has no mistakes");
    let built = policy
        .get("/a", RouteSchema::new())
        .get("b", RouteSchema::new())
        .build();
    let error = built.map(|_| ()).expect_err("it has mistakes");
    let [in_file, beside] = error.problems() else {
        panic!("{error}")
    };
    assert_eq!(in_file.place(), "line 1, column 24: GET /a");
    assert_eq!(in_file.message(), "is declared twice");
    assert_eq!(beside.place(), "GET b");
    assert_eq!(beside.excerpt(), None);
}
