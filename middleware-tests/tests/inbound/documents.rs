//! JSON Schema documents: what they say, and what hardens them.

use http::StatusCode;
use middleware_tests::{answer, by_path, mistakes, policy, post};
use tower_harden::{JsonSchema, Policy, RouteSchema};

pub(crate) async fn errors(schema: JsonSchema, body: &str) -> Vec<String> {
    let layer = by_path(policy(
        Policy::builder().post("/", RouteSchema::new().json(schema)),
    ));
    let answer = answer(&layer, post("/", body.to_owned())).await;
    if answer.status() == StatusCode::OK {
        assert_eq!(answer.body, body);
        return Vec::new();
    }
    answer.errors()
}

pub(crate) async fn check(document: &str, pass: &[&str], refuse: &[(&str, &str)]) {
    for body in pass {
        assert_eq!(
            errors(JsonSchema::new(document), body).await,
            [""; 0],
            "{body}"
        );
    }
    for (body, error) in refuse {
        assert_eq!(
            errors(JsonSchema::new(document), body).await,
            [*error],
            "{body}"
        );
    }
}

#[tokio::test]
async fn rules_are_held_at_their_places() {
    check(
        r##"{
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "type": "object",
            "properties": {
                "sku": {"type": "string", "maxLength": 4, "pattern": "^[A-Z]+$"},
                "quantity": {"type": "integer", "minimum": 1, "exclusiveMaximum": 10},
                "status": {"enum": ["open", "shipped"]},
                "price": {"type": ["number", "null"], "multipleOf": 0.01},
                "lines": {"type": "array", "items": {"$ref": "#/$defs/line"}, "maxItems": 2}
            },
            "required": ["sku"],
            "$defs": {"line": {"type": "object", "properties": {"note": {"type": "string"}}}}
        }"##,
        &[
            r#"{"sku":"A"}"#,
            r#"{"sku":"A","quantity":9,"status":"open","price":null,"lines":[{},{"note":""}]}"#,
            r#"{"sku":"A","quantity":1.0,"price":4.35}"#,
        ],
        &[
            ("{}", "required in body #/sku"),
            (r#"{"sku":"ABCDE"}"#, "string.max_length in body #/sku"),
            (r#"{"sku":"a"}"#, "string.pattern in body #/sku"),
            (
                r#"{"sku":"A","quantity":10}"#,
                "number.maximum in body #/quantity",
            ),
            (r#"{"sku":"A","quantity":1.5}"#, "type in body #/quantity"),
            (r#"{"sku":"A","status":"lost"}"#, "enum in body #/status"),
            (
                r#"{"sku":"A","price":1.001}"#,
                "number.multiple_of in body #/price",
            ),
            (
                r#"{"sku":"A","lines":[{},{},{}]}"#,
                "array.max_items in body #/lines",
            ),
            (
                r#"{"sku":"A","lines":[{"note":1}]}"#,
                "type in body #/lines/0/note",
            ),
            (
                r#"{"sku":"A","lines":[{"x":1}]}"#,
                "body.unknown_member in body #/lines/0",
            ),
            (r#"{"sku":"A","x":1}"#, "body.unknown_member in body #"),
            (r#"{"sku":"//127.1"}"#, "string.max_length in body #/sku"),
        ],
    )
    .await;
}

#[tokio::test]
async fn a_rule_of_the_whole_is_judged_when_it_is_complete() {
    check(
        r##"{
            "type": "object",
            "properties": {
                "id": {"oneOf": [{"type": "string", "maxLength": 8}, {"type": "integer"}]},
                "tags": {"type": "array", "items": {"type": "string"}, "uniqueItems": true},
                "where": {"$ref": "#/$defs/where"}
            },
            "$defs": {
                "where": {
                    "allOf": [{"properties": {"lat": {"type": "number"}}, "required": ["lat"]}],
                    "properties": {"label": {"type": "string"}}
                }
            }
        }"##,
        &[
            r#"{"id":"a","tags":["a","b"],"where":{"lat":1,"label":"x"}}"#,
            r#"{"id":7,"tags":[]}"#,
        ],
        &[
            (r#"{"id":"123456789"}"#, "schema in body #/id"),
            (r#"{"id":null}"#, "schema in body #/id"),
            (r#"{"tags":["a","b","a"]}"#, "schema in body #/tags"),
            (r#"{"where":{"label":"x"}}"#, "required in body #/where/lat"),
            // Closed, through `allOf` and the reference.
            (
                r#"{"where":{"lat":1,"x":1}}"#,
                "body.unknown_member in body #/where",
            ),
            // The rules without schema hold inside.
            (
                r#"{"where":{"lat":1,"lat":2}}"#,
                "body.duplicate_member in body #/where/lat",
            ),
            (r#"{"id":"//127.1"}"#, "address.internal in body #/id"),
            (r#"{"id":"a\u0000"}"#, "string.control in body #/id"),
        ],
    )
    .await;
}

#[tokio::test]
async fn first_items_names_and_dependents_are_held_while_reading() {
    check(
        r#"{
            "properties": {
                "pair": {"prefixItems": [{"type": "string"}, {"type": "integer"}], "items": false},
                "map": {"type": "object", "propertyNames": {"maxLength": 2}},
                "card": {"properties": {"number": true, "expires": true}, "dependentRequired": {"number": ["expires"]}}
            }
        }"#,
        &[
            r#"{"pair":["a",1]}"#,
            r#"{"pair":["a"]}"#,
            r#"{"pair":[]}"#,
            r#"{"map":{"ab":1}}"#,
            r#"{"card":{"expires":1}}"#,
            r#"{"card":{"number":1,"expires":1}}"#,
        ],
        &[
            (r#"{"pair":[1]}"#, "type in body #/pair/0"),
            (r#"{"pair":["a","b"]}"#, "type in body #/pair/1"),
            (r#"{"pair":["a",1,2]}"#, "type in body #/pair/2"),
            (r#"{"map":{"abc":1}}"#, "string.max_length in body #/map"),
            (r#"{"card":{"number":1}}"#, "required in body #/card/expires"),
        ],
    )
    .await;
}

#[tokio::test]
async fn schemas_may_name_themselves() {
    check(
        r##"{
            "type": "object",
            "properties": {"name": {"type": "string"}, "children": {"type": "array", "items": {"$ref": "#"}}},
            "required": ["name"]
        }"##,
        &[r#"{"name":"a","children":[{"name":"b","children":[]},{"name":"c"}]}"#],
        &[(
            r#"{"name":"a","children":[{"name":"b","children":[{}]}]}"#,
            "required in body #/children/0/children/0/name",
        )],
    )
    .await;
}

#[tokio::test]
async fn objects_are_closed_unless_they_are_opened() {
    let document = r#"{"properties":{"a":{"properties":{}},"b":{"type":"object"},"c":{"properties":{},"additionalProperties":{"type":"integer"}}}}"#;
    for body in [r#"{"x":1}"#, r#"{"a":{"x":1}}"#] {
        assert_ne!(
            errors(JsonSchema::new(document), body).await,
            [""; 0],
            "{body}"
        );
        let open = JsonSchema::new(document).open_objects();
        assert_eq!(errors(open, body).await, [""; 0], "{body}");
    }
    // An object of no declared properties is one of any, and so is what the document opens.
    for body in [r#"{"b":{"x":1}}"#, r#"{"c":{"x":1}}"#] {
        assert_eq!(
            errors(JsonSchema::new(document), body).await,
            [""; 0],
            "{body}"
        );
    }
}

#[tokio::test]
async fn formats_are_asserted_and_are_contexts_of_addresses() {
    check(
        r#"{"properties":{"url":{"format":"uri"},"day":{"format":"date"},"id":{"format":"uuid"}}}"#,
        &[r#"{"url":"https://example.com/","day":"2026-11-24","id":"550e8400-e29b-41d4-a716-446655440000"}"#, r#"{"url":7}"#],
        &[
            (r#"{"url":"http://2130706433/"}"#, "address.internal in body #/url"),
            (r#"{"url":"urn:x"}"#, "string.format in body #/url"),
            (r#"{"day":"tomorrow"}"#, "string.format in body #/day"),
            (r#"{"id":"x"}"#, "string.format in body #/id"),
        ],
    )
    .await;
    let annotated = JsonSchema::new(r#"{"format":"uuid"}"#).formats_as_annotations();
    assert_eq!(errors(annotated, r#""x""#).await, [""; 0]);
}

#[tokio::test]
async fn references_lead_to_resources_and_nowhere_else() {
    let document = r#"{"$ref":"https://example.com/name.json"}"#;
    let given = || {
        JsonSchema::new(document).resource(
            "https://example.com/name.json",
            r#"{"type":"string","maxLength":2}"#,
        )
    };
    assert_eq!(errors(given(), r#""ab""#).await, [""; 0]);
    assert_eq!(
        errors(given(), r#""abc""#).await,
        ["string.max_length in body #"]
    );
    mistakes(
        Policy::builder().post("/", RouteSchema::new().json(JsonSchema::new(document))),
        &[
            "POST /: body #: document #",
            "https://example.com/name.json",
        ],
    );
}

#[tokio::test]
async fn formats_are_the_same_beside_any_rule() {
    for (format, pass, refuse) in [
        (
            "hostname",
            "example.com",
            &["example.com.", "example.com:80", "-a.example", "a b"][..],
        ),
        (
            "idn-hostname",
            "b\u{fc}cher.example",
            &["b\u{fc}cher.example:80"],
        ),
        (
            "idn-email",
            "jo\u{e9}@b\u{fc}cher.example",
            &["jo\u{e9}", "a b@example.com"],
        ),
        (
            "uri",
            "https://example.com/",
            &["ftp://example.com/", "example.com"],
        ),
        ("time", "10:00:00Z", &["10:00"]),
        ("regex", "^a+$", &["("]),
    ] {
        for document in [
            format!(r#"{{"format":"{format}"}}"#),
            format!(r#"{{"anyOf":[{{"format":"{format}"}}]}}"#),
        ] {
            let body = |text: &str| serde_json::json!(text).to_string();
            assert_eq!(
                errors(JsonSchema::new(&document), &body(pass)).await,
                [""; 0],
                "{document}"
            );
            for text in refuse {
                let told = errors(JsonSchema::new(&document), &body(text)).await;
                assert!(
                    told == ["string.format in body #"] || told == ["schema in body #"],
                    "{told:?} of {text} for {document}"
                );
            }
        }
    }
    let long = serde_json::json!("(?<a>a)".repeat(1_000)).to_string();
    let told = errors(JsonSchema::new(r#"{"format":"regex"}"#), &long).await;
    assert_eq!(told, ["schema in body #"]);
}

/// Exponents are another way to write a number, also at the ends of ranges.
#[tokio::test]
async fn exponents_mean_what_they_say() {
    let range = r#"{"type":"integer","minimum":1,"maximum":100}"#;
    check(
        range,
        &["1", "1e0", "1e2", "1.0e2", "1000e-1", "100.0"],
        &[
            ("0e0", "number.minimum in body #"),
            ("101e0", "number.maximum in body #"),
            ("1.001e2", "type in body #"),
        ],
    )
    .await;
    check(
        r#"{"minimum":0}"#,
        &["0e0", "-0e0", "1e-22", "1e300"],
        &[("-1e-22", "number.minimum in body #")],
    )
    .await;
}

/// `contentEncoding` refuses nothing, and what it says is searched, beside whatever other rule.
#[tokio::test]
async fn encoded_strings_are_searched_in_what_they_are_decoded_to() {
    let pass = [
        r#"{"v":"aHR0cHM6Ly9leGFtcGxlLmNvbS8="}"#,
        r#"{"v":"not base64!"}"#,
        r#"{"v":7}"#,
    ];
    let refuse = [
        "aHR0cDovLzE2OS4yNTQuMTY5LjI1NC8=",
        "aHR0cDovLzE2OS4yNTQuMTY5LjI1NC8",
        "aHR0cDovLzE2 OS4yNTQuMTY5LjI1NC8=",
        "aHR0cDovLzE2OS4yNTQuMTY5LjI1NC9-_w",
        "http://169.254.169.254/",
    ]
    .map(|value| format!(r#"{{"v":"{value}"}}"#));
    let encoded = r#"{"contentEncoding":"base64"}"#;
    for schema in [
        encoded,
        r#"{"contentEncoding":"BASE64"}"#,
        r#"{"contentEncoding":"base64url","contentMediaType":"text/plain"}"#,
        r##"{"$ref":"#/$defs/encoded"}"##,
        r##"{"allOf":[{"minLength":1},{"$ref":"#/$defs/encoded"}]}"##,
        r##"{"oneOf":[{"$ref":"#/$defs/encoded"},{"const":"other"}]}"##,
        r#"{"if":{"contentEncoding":"base64"},"then":true}"#,
    ] {
        let document = format!(
            r#"{{"type":"object","properties":{{"v":{schema}}},"$defs":{{"encoded":{encoded}}}}}"#
        );
        for document in [
            JsonSchema::new(&document),
            JsonSchema::new(&document)
                .open_objects()
                .formats_as_annotations(),
        ] {
            for body in pass {
                assert_eq!(
                    errors(document.clone(), body).await,
                    [""; 0],
                    "{schema} {body}"
                );
            }
            for body in &refuse {
                assert_eq!(
                    errors(document.clone(), body).await,
                    ["address.metadata in body #/v"],
                    "{schema} {body}"
                );
            }
        }
    }
    check(
        r#"{"properties":{
            "enumerated":{"enum":["aHR0cDovLzE2OS4yNTQuMTY5LjI1NC8="],"contentEncoding":"base64"},
            "other":{"contentEncoding":"quoted-printable"}
        }}"#,
        &[r#"{"enumerated":"aHR0cDovLzE2OS4yNTQuMTY5LjI1NC8=","other":"aHR0cDovLzE2OS4yNTQuMTY5LjI1NC8="}"#],
        &[],
    )
    .await;
}
