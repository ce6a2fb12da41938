//! What schemas of a JSON Schema document say together of one value, held while it is read.

use tower_harden::{AddressPolicy, JsonSchema, Limits, Validator};

use crate::documents::{check, errors};

/// The parts of a document that are judged as a whole, as its validator shows them.
pub(crate) fn delegated(document: &str) -> String {
    let schema = JsonSchema::new(document);
    let validator = Validator::new(schema, AddressPolicy::deny_internal(), Limits::default());
    format!("{:?}", validator.unwrap_or_else(|error| panic!("{error}")))
}

/// Checks a document no part of which is judged as a whole.
async fn check_native(document: &str, pass: &[&str], refuse: &[(&str, &str)]) {
    assert_eq!(delegated(document), "Validator { delegated: [], .. }");
    check(document, pass, refuse).await;
}

#[tokio::test]
async fn members_have_all_the_schemas_whose_patterns_their_names_match() {
    check_native(
        r#"{
            "properties": {"x-id": {"minLength": 2}},
            "patternProperties": {
                "^x-": {"type": "string"},
                "-n$": {"maxLength": 3},
                "^\\d+$": {"type": "object", "properties": {"deep": {"type": "null"}}}
            },
            "additionalProperties": {"type": "integer"},
            "propertyNames": {"maxLength": 4}
        }"#,
        &[
            "{}",
            r#"{"x-id":"ab","x-n":"abc","a-n":"abc","b-n":7,"c":7,"12":{"deep":null}}"#,
            r#"{"x-a":"abcd"}"#,
        ],
        &[
            (r#"{"x-id":"a"}"#, "string.min_length in body #/x-id"),
            (r#"{"x-id":7}"#, "type in body #/x-id"),
            (r#"{"x-n":"abcd"}"#, "string.max_length in body #"),
            (r#"{"x-n":7}"#, "type in body #"),
            (r#"{"a-n":"abcd"}"#, "string.max_length in body #"),
            (r#"{"c":"a"}"#, "type in body #"),
            (r#"{"1":{"deep":1}}"#, "type in body #"),
            (r#"{"1":{"other":1}}"#, "body.unknown_member in body #"),
            (r#"{"x-abc":"a"}"#, "string.max_length in body #"),
            (r#"{"c":1,"c":2}"#, "body.duplicate_member in body #"),
            (r#"{"x-a":"//127.1"}"#, "address.internal in body #"),
        ],
    )
    .await;
}

#[tokio::test]
async fn names_may_be_forbidden_although_members_are_declared() {
    check_native(
        r#"{
            "type": "object",
            "properties": {"ab": true, "abc": true, "c": true},
            "patternProperties": {"^z": false, "^za": {"type": "null"}},
            "additionalProperties": true,
            "propertyNames": {"enum": ["ab", "c", "zz", "za", "d"]}
        }"#,
        &[r#"{"ab":1,"c":2,"d":3}"#],
        &[
            (r#"{"abc":1}"#, "type in body #/abc"),
            (r#"{"zz":1}"#, "body.unknown_member in body #"),
            (r#"{"za":null}"#, "body.unknown_member in body #"),
            (r#"{"e":1}"#, "enum in body #"),
        ],
    )
    .await;
    for none in ["false", r#"{"type":"integer"}"#, r#"{"const":7}"#] {
        let document = format!(r#"{{"propertyNames":{none}}}"#);
        check_native(
            &document,
            &["{}", "7"],
            &[(r#"{"a":1}"#, "body.unknown_member in body #")],
        )
        .await;
    }
}

#[tokio::test]
async fn values_are_enumerated_by_what_they_mean() {
    check_native(
        r#"{
            "prefixItems": [
                {"enum": [null, true, 1, 2.5, "a", 100]},
                {"const": false},
                {"const": {"a": [1, {"b": 2}]}},
                {"enum": ["x", [], [1, 2]]},
                {"enum": [1, 2, "a", "ab"], "type": ["integer", "string"], "minimum": 2, "minLength": 2},
                {"enum": ["a", "b", 1], "oneOf": [{"const": "b"}, {"const": 1}], "not": {"const": 1}}
            ],
            "items": false
        }"#,
        &[
            "[null]", "[true]", "[1]", "[1.0]", "[10e-1]", "[2.50]", r#"["a"]"#, "[1e2]",
            "[1,false]",
            r#"[1,false,{"a":[1.0,{"b":2}]}]"#,
            r#"[1,false,{"a":[1,{"b":2e0}]},[1,2.0]]"#,
            r#"[1,false,{"a":[1,{"b":2}]},[],2]"#,
            r#"[1,false,{"a":[1,{"b":2}]},"x","ab","b"]"#,
        ],
        &[
            ("[false]", "enum in body #/0"),
            ("[2]", "enum in body #/0"),
            (r#"["b"]"#, "enum in body #/0"),
            ("[{}]", "type in body #/0"),
            ("[1,true]", "enum in body #/1"),
            ("[1,0]", "type in body #/1"),
            (r#"[1,false,{"a":[{"b":2},1]}]"#, "enum in body #/2"),
            (r#"[1,false,{"a":[1,{"b":2}],"c":1}]"#, "enum in body #/2"),
            (r#"[1,false,{"a":[1,{"b":2}]},[2,1]]"#, "enum in body #/3"),
            (r#"[1,false,{"a":[1,{"b":2}]},"y"]"#, "enum in body #/3"),
            (r#"[1,false,{"a":[1,{"b":2}]},"x",1]"#, "enum in body #/4"),
            (r#"[1,false,{"a":[1,{"b":2}]},"x","a"]"#, "enum in body #/4"),
            (r#"[1,false,{"a":[1,{"b":2}]},"x",2,"a"]"#, "enum in body #/5"),
            (r#"[1,false,{"a":[1,{"b":2}]},"x",2,1]"#, "type in body #/5"),
            // Inside of an array or object of an enumeration, the rules without schema hold.
            (r#"[1,false,{"a":1,"a":1}]"#, "body.duplicate_member in body #/2"),
        ],
    )
    .await;
}

#[tokio::test]
async fn unions_hold_the_keywords_of_each_type() {
    check_native(
        r#"{
            "type": ["string", "integer", "object", "null"],
            "minLength": 2, "maxLength": 3, "pattern": "^\\w+$",
            "minimum": 5, "exclusiveMinimum": 5, "maximum": 20, "multipleOf": 2,
            "properties": {"a": {"type": ["boolean", "number"]}}, "minProperties": 1
        }"#,
        &[
            r#""ab""#,
            "6",
            "6.0",
            "20",
            r#"{"a":true}"#,
            r#"{"a":0.5}"#,
            "null",
        ],
        &[
            (r#""a""#, "string.min_length in body #"),
            (r#""abcd""#, "string.max_length in body #"),
            (r#""a-b""#, "string.pattern in body #"),
            (r#""éé""#, "string.pattern in body #"),
            ("5", "number.multiple_of in body #"),
            ("4", "number.minimum in body #"),
            ("22", "number.maximum in body #"),
            ("6.5", "type in body #"),
            ("{}", "object.min_members in body #"),
            (r#"{"a":null}"#, "type in body #/a"),
            ("[]", "type in body #"),
            ("true", "type in body #"),
        ],
    )
    .await;
}

#[tokio::test]
async fn what_is_said_together_holds_together() {
    check_native(
        r##"{
            "$ref": "#named",
            "allOf": [
                {"properties": {"a": {"minimum": 2}, "b": {"type": "array", "items": {"type": "integer"}}}},
                {"$ref": "#/$defs/more"},
                {"maxProperties": 3, "dependentRequired": {"b": ["c"]}}
            ],
            "properties": {"a": {"maximum": 8, "$ref": "#/$defs/even"}, "c": {"pattern": "a"}},
            "$defs": {
                "named": {"$anchor": "named", "type": "object", "required": ["a"]},
                "more": {"properties": {"a": {"multipleOf": 3}, "b": {"maxItems": 2, "prefixItems": [{"minimum": 1}]}, "c": {"pattern": "b"}}},
                "even": {"multipleOf": 2}
            }
        }"##,
        &[r#"{"a":6}"#, r#"{"a":6,"b":[1,-1],"c":"xbxa"}"#],
        &[
            ("{}", "required in body #/a"),
            ("7", "type in body #"),
            (r#"{"a":3}"#, "number.multiple_of in body #/a"),
            (r#"{"a":8}"#, "number.multiple_of in body #/a"),
            (r#"{"a":0}"#, "number.minimum in body #/a"),
            (r#"{"a":12}"#, "number.maximum in body #/a"),
            (r#"{"a":6,"b":[0],"c":"ab"}"#, "number.minimum in body #/b/0"),
            (r#"{"a":6,"b":[1,"x"],"c":"ab"}"#, "type in body #/b/1"),
            (r#"{"a":6,"b":[1,2,3],"c":"ab"}"#, "array.max_items in body #/b"),
            (r#"{"a":6,"b":[]}"#, "required in body #/c"),
            (r#"{"a":6,"c":"a"}"#, "string.pattern in body #/c"),
            // The object is closed around all of it.
            (r#"{"a":6,"d":1}"#, "body.unknown_member in body #"),
        ],
    )
    .await;
}

#[tokio::test]
async fn references_lead_by_identifiers_and_anchors_and_into_resources() {
    let document = r##"{
        "$id": "https://example.com/schemas/order.json",
        "type": "object",
        "properties": {
            "own": {"$ref": "order.json#/$defs/name"},
            "next": {"$ref": "/schemas/order.json"},
            "price": {"$ref": "price.json#amount"},
            "inner": {"$ref": "inner.json"}
        },
        "$defs": {
            "name": {"type": "string", "maxLength": 2},
            "inner": {"$id": "inner.json", "$ref": "#/$defs/name", "$defs": {"name": {"type": "null"}}}
        }
    }"##;
    let schema = || {
        JsonSchema::new(document).resource(
            "https://example.com/schemas/price.json",
            r##"{"$defs":{"a":{"$anchor":"amount","$ref":"#/$defs/b"},"b":{"minimum":1}}}"##,
        )
    };
    let fine = r#"{"own":"ab","price":1,"inner":null,"next":{"price":2}}"#;
    assert_eq!(errors(schema(), fine).await, [""; 0]);
    for (body, error) in [
        (r#"{"own":"abc"}"#, "string.max_length in body #/own"),
        (r#"{"price":0}"#, "number.minimum in body #/price"),
        (r#"{"inner":"a"}"#, "type in body #/inner"),
        (
            r#"{"next":{"next":{"own":1}}}"#,
            "type in body #/next/next/own",
        ),
        (
            r#"{"next":{"other":1}}"#,
            "body.unknown_member in body #/next",
        ),
    ] {
        assert_eq!(errors(schema(), body).await, [error], "{body}");
    }
}

#[tokio::test]
async fn what_is_left_unevaluated_is_known_before() {
    check_native(
        r##"{
            "allOf": [
                {"properties": {"a": true}, "patternProperties": {"^x-": true}},
                {"$ref": "#/$defs/b"}
            ],
            "properties": {
                "list": {"allOf": [{"prefixItems": [true, true]}], "prefixItems": [true], "unevaluatedItems": {"type": "null"}}
            },
            "unevaluatedProperties": {"type": "integer"},
            "$defs": {"b": {"properties": {"b": {"type": "string"}}}}
        }"##,
        &[r#"{"a":"","b":"","x-c":"","d":1}"#, r#"{"list":[1,2,null]}"#],
        &[
            (r#"{"d":""}"#, "type in body #"),
            (r#"{"b":1}"#, "type in body #/b"),
            (r#"{"list":[1,2,3]}"#, "type in body #/list/2"),
        ],
    )
    .await;
}

#[tokio::test]
async fn patterns_are_those_of_ecma_262() {
    for (pattern, pass, refuse) in [
        (r"^\\d+$", "7", "\u{0663}"),
        (r"^\\w$", "a", "é"),
        (r"^\\s$", "\u{2003}", "a"),
        (r"^.$", "é", "\u{2028}"),
        (r"^[[a]$", "[", "b"),
        (r"^a\\/b\\.c$", "a/b.c", "a/bxc"),
        (r"^\\cJ$", "\\n", "J"),
        (r"^[\\d-]+$", "1-2", "a"),
        (r"^\\u0061$", "a", "u"),
    ] {
        let document = || JsonSchema::new(format!(r#"{{"pattern":"{pattern}"}}"#)).allow_controls();
        let body = |text: &str| format!("\"{text}\"");
        assert_eq!(errors(document(), &body(pass)).await, [""; 0], "{pattern}");
        assert_eq!(
            errors(document(), &body(refuse)).await,
            ["string.pattern in body #"],
            "{pattern}"
        );
    }
}

#[test]
fn what_is_judged_as_a_whole_is_shown() {
    let document = r#"{
        "properties": {
            "a": {"oneOf": [{"type": "string"}, {"type": "integer"}]},
            "b": {"type": "array", "uniqueItems": true, "items": {"type": "string"}},
            "c": {"allOf": [{"format": "uri"}, {"format": "email"}]},
            "d": {"propertyNames": {"not": {"const": "x"}}},
            "e": {"format": "uri-template"},
            "f": {"type": "string", "uniqueItems": false, "minContains": 2},
            "g": {"oneOf": [{"type": "string"}, {"type": "null"}]}
        }
    }"#;
    assert_eq!(
        delegated(document),
        r#"Validator { delegated: ["schema: body #: document #/properties/a: oneOf", "schema: body #: document #/properties/b: uniqueItems", "schema: body #: document #/properties/c: format", "schema: body #: document #/properties/d: propertyNames", "schema: body #: document #/properties/e: format"], .. }"#
    );
}
