//! JSON Schema documents with rules that need all of a value: what holds while it is read.

use tower_harden::JsonSchema;

use crate::documents::{check, errors};

/// A denied value, as a part of the document that others refer to.
const BAD: &str = r#""$defs":{"bad":{"properties":{"user":{"properties":{"role":{"const":"root"}},"required":["role"]}},"required":["user"]}}"#;

/// Closing an object never makes a value pass that the draft refuses: what is denied stays denied
/// whatever other members it has.
#[tokio::test]
async fn what_the_draft_refuses_is_refused() {
    let open = r#""type":"object","properties":{"user":{"type":"object","additionalProperties":true},"approved":true}"#;
    for rule in [
        r##""not":{"$ref":"#/$defs/bad"}"##,
        r##""if":{"$ref":"#/$defs/bad"},"then":{"required":["approved"]}"##,
        r##""if":{"not":{"$ref":"#/$defs/bad"}},"else":{"required":["approved"]}"##,
        r##""dependentSchemas":{"user":{"not":{"$ref":"#/$defs/bad"}}}"##,
    ] {
        check(
            &format!("{{{open},{rule},{BAD}}}"),
            &["{}", r#"{"user":{"role":"guest","x":1}}"#],
            &[
                (r#"{"user":{"role":"root"}}"#, "schema in body #"),
                (r#"{"user":{"role":"root","x":1}}"#, "schema in body #"),
                (r#"{"other":1}"#, "body.unknown_member in body #"),
            ],
        )
        .await;
    }
    check(
        &format!(
            r##"{{"type":"array","items":{{"type":"object"}},"contains":{{"$ref":"#/$defs/bad"}},"minContains":0,"maxContains":0,{BAD}}}"##
        ),
        &["[]", r#"[{"user":{"role":"guest"}}]"#],
        &[(r#"[{"user":{"role":"root","x":1}}]"#, "schema in body #")],
    )
    .await;
    // Both hold, so that it is not one.
    check(
        r#"{"type":"object","oneOf":[
            {"properties":{"a":{"properties":{"x":true}}}},
            {"properties":{"a":{"properties":{"x":true,"y":true}}}}
        ]}"#,
        &[],
        &[(r#"{"a":{"y":1}}"#, "schema in body #")],
    )
    .await;
}

#[tokio::test]
async fn objects_are_closed_around_all_that_may_hold() {
    check(
        r##"{
            "type": "object",
            "properties": {
                "kind": {"enum": ["card", "cash"]},
                "by": {"anyOf": [{"$ref": "#/$defs/person"}, {"type": "null"}]},
                "free": {"anyOf": [{"properties": {"a": true}}, {"additionalProperties": {"type": "integer"}}]}
            },
            "required": ["kind"],
            "oneOf": [
                {"properties": {"kind": {"const": "card"}, "number": {"type": "string"}}, "required": ["number"]},
                {"properties": {"kind": {"const": "cash"}}, "patternProperties": {"^x-": {"type": "object", "properties": {"n": true}}}}
            ],
            "$defs": {"person": {"type": "object", "properties": {"name": {"type": "string"}}}}
        }"##,
        &[
            r#"{"kind":"card","number":"1"}"#,
            r#"{"kind":"cash","x-a":{"n":1},"by":{"name":"a"}}"#,
            r#"{"kind":"cash","by":null,"free":{"a":1,"b":2}}"#,
            // What one of the choices opens is open.
            r#"{"kind":"cash","free":{"b":"c"}}"#,
        ],
        &[
            (r#"{"kind":"card"}"#, "schema in body #"),
            (r#"{"kind":"cash","other":1}"#, "body.unknown_member in body #"),
            (r#"{"kind":"cash","by":{"name":"a","admin":true}}"#, "body.unknown_member in body #/by"),
            (r#"{"kind":"cash","x-a":{"m":1}}"#, "body.unknown_member in body #"),
            (r#"{"kind":"cash","x-a":1}"#, "schema in body #"),
        ],
    )
    .await;
}

/// Closed is what a reference leads to, wherever it stands.
#[tokio::test]
async fn objects_behind_references_are_closed() {
    let user = r#"{"type":"object","properties":{"user":{"type":"object","properties":{"name":{"type":"string"}}}}}"#;
    let api = format!(r#"{{"components":{{"schemas":{{"O":{user}}}}}}}"#);
    let by_resource = JsonSchema::new(r#"{"$ref":"https://a.example/api#/components/schemas/O"}"#)
        .resource("https://a.example/api", api)
        .unknown_keywords_as_annotations();
    let here = JsonSchema::new(format!(r##"{{"$ref":"#/x-c/O","x-c":{{"O":{user}}}}}"##));
    for schema in [by_resource, here] {
        assert_eq!(
            errors(schema.clone(), r#"{"user":{"name":"a"}}"#).await,
            [""; 0]
        );
        let told = errors(schema, r#"{"user":{"name":"a","is_admin":true}}"#).await;
        assert_eq!(told, ["body.unknown_member in body #/user"]);
    }
    for document in [
        r##"{"properties":{"p":{"$ref":"https://a.example/sub"}},"$defs":{"a":{"additionalProperties":true},
            "sub":{"$id":"https://a.example/sub","properties":{"q":{"$ref":"#/$defs/a"}},
            "$defs":{"a":{"type":"object","properties":{"z":{"type":"string"}}}}}}}"##,
        r##"{"properties":{"p":{"properties":{"q":{"$ref":"#t"}}}},"$defs":{
            "a":{"$id":"https://a.example/a","$anchor":"t","additionalProperties":true},
            "t":{"$anchor":"t","type":"object","properties":{"z":{"type":"string"}}}}}"##,
        r##"{"properties":{"p":{"properties":{"q":{"$ref":"#/$defs/a%25b"}}}},"$defs":{
            "a%25b":{"additionalProperties":true},
            "a%b":{"type":"object","properties":{"z":{"type":"string"}}}}}"##,
    ] {
        check(
            document,
            &[r#"{"p":{"q":{"z":"a"}}}"#],
            &[(
                r#"{"p":{"q":{"z":"a","evil":1}}}"#,
                "body.unknown_member in body #/p/q",
            )],
        )
        .await;
    }
}

#[tokio::test]
async fn hosts_and_addresses_are_judged_beside_any_rule() {
    let host = r#"{"type":"string","format":"hostname"}"#;
    for document in [
        format!(r#"{{"properties":{{"h":{{"anyOf":[{host},{{"type":"null"}}]}}}}}}"#),
        format!(r#"{{"properties":{{"h":{{"oneOf":[{{"type":"null"}},{host}]}}}}}}"#),
        format!(r#"{{"properties":{{"h":{host}}},"not":{{"required":["z"]}}}}"#),
        format!(
            r#"{{"properties":{{"h":{host}}},"dependentSchemas":{{"z":{{"required":["h"]}}}}}}"#
        ),
        format!(r#"{{"if":{{"required":["h"]}},"then":{{"properties":{{"h":{host}}}}}}}"#),
        format!(r#"{{"properties":{{"h":{{"allOf":[{{"anyOf":[{host},true]}}]}}}}}}"#),
        format!(r#"{{"properties":{{"h":{{"anyOf":[{host},{{"format":"ipv4"}}]}}}}}}"#),
    ] {
        let (public, metadata) = (
            r#"{"h":"hooks.example.com"}"#,
            "address.metadata in body #/h",
        );
        let internal = "address.internal in body #/h";
        check(
            &document,
            &["{}", public],
            &[
                (r#"{"h":"localhost"}"#, internal),
                (r#"{"h":"10.0.0.1"}"#, internal),
                (r#"{"h":"db.internal"}"#, internal),
                (r#"{"h":"2852039166"}"#, metadata),
                (r#"{"h":"169.254.43518"}"#, metadata),
            ],
        )
        .await;
    }
    check(
        &format!(r#"{{"type":"array","items":{host},"uniqueItems":true}}"#),
        &[r#"["a.example","b.example"]"#],
        &[(
            r#"["a.example","localhost"]"#,
            "address.internal in body #/1",
        )],
    )
    .await;
    check(
        r#"{"properties":{"a":{"anyOf":[{"type":"string","format":"ipv4"},{"const":"any"}]}}}"#,
        &[r#"{"a":"8.8.8.8"}"#, r#"{"a":"any"}"#],
        &[
            (r#"{"a":"10.0.0.1"}"#, "address.internal in body #/a"),
            (r#"{"a":"other"}"#, "schema in body #/a"),
        ],
    )
    .await;
}

#[tokio::test]
async fn what_a_document_extends_is_closed_too() {
    let tree = r##"{"$id":"https://a.example/tree","$dynamicAnchor":"node","type":"object",
        "properties":{"data":true,"children":{"type":"array","items":{"$dynamicRef":"#node"}}}}"##;
    check(
        tree,
        &[r#"{"data":1,"children":[{"data":2,"children":[]}]}"#],
        &[
            (r#"{"data":1,"dada":2}"#, "body.unknown_member in body #"),
            (
                r#"{"children":[{"dada":2}]}"#,
                "body.unknown_member in body #/children/0",
            ),
            (r#"{"children":1}"#, "schema in body #"),
        ],
    )
    .await;
}

/// A choice in each other: the time that a value takes grows with its length.
#[tokio::test]
async fn choices_in_each_other_take_linear_time() {
    let branch = |op: &str| {
        format!(
            r##"{{"type":"object","properties":{{"args":{{"type":"array","items":{{"$ref":"#/$defs/f"}}}},"op":{{"const":"{op}"}}}},"required":["op"]}}"##
        )
    };
    let branches = ["and", "or", "not", "xor"].map(branch).join(",");
    let document = format!(
        r##"{{"type":"object","properties":{{"filter":{{"$ref":"#/$defs/f"}}}},"$defs":{{"f":{{"oneOf":[{branches},
            {{"type":"object","properties":{{"op":{{"const":"eq"}},"value":{{"type":"string"}}}},"required":["op","value"]}}]}}}}}}"##
    );
    let nested = |innermost: &str| {
        let mut filter = innermost.to_owned();
        for _ in 0..14 {
            filter = format!(r#"{{"op":"and","args":[{filter}]}}"#);
        }
        format!(r#"{{"filter":{filter}}}"#)
    };
    let schema = JsonSchema::new(document);
    let accepted = nested(r#"{"op":"eq","value":"x"}"#);
    assert_eq!(errors(schema.clone(), &accepted).await, [""; 0]);
    let refused = nested(r#"{"op":"eq","value":1}"#);
    assert_eq!(errors(schema, &refused).await, ["schema in body #/filter"]);
}
