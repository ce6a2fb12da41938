//! JSON Schema documents with the rules that harden strings, and with the formats of OpenAPI.

use tower_harden::{AddressPolicy, JsonSchema, Limits, Validator};

use crate::{
    documents::{check, errors},
    documents_together::delegated,
};

fn mistake(document: &str) -> String {
    let schema = JsonSchema::new(document);
    match Validator::new(schema, AddressPolicy::deny_internal(), Limits::default()) {
        Ok(_) => panic!("{document} has no mistake"),
        Err(told) => told.to_string(),
    }
}

/// Rules with a string that keeps each and one that does not.
const RULES: &[(&str, &str, &str)] = &[
    ("public-url", "https://a.example.com/", "urn:x"),
    ("hostname", "a.example.com:80", "a b"),
    ("table-name", "Orders", "a/b"),
    ("shell-safe", "src/main.rs", "a;b"),
    ("file-name", "a.pdf", "../a"),
    ("relative-path", "a/b.pdf", "a/../b"),
    ("base64", "Zm9v", "Zm9"),
];

/// As `format` is: alone, in a list, behind a reference, as annotations, and in what is judged as a
/// whole, where the string need not be read by this schema.
#[tokio::test]
async fn strings_are_hardened_beside_any_rule() {
    for (rule, pass, refuse) in RULES {
        for document in [
            format!(r#"{{"x-harden":"{rule}"}}"#),
            format!(r#"{{"x-harden":["{rule}","multiline"]}}"#),
            format!(r##"{{"$ref":"#/$defs/s","$defs":{{"s":{{"x-harden":"{rule}"}}}}}}"##),
            format!(r#"{{"anyOf":[{{"x-harden":"{rule}"}},{{"type":"integer"}}]}}"#),
            format!(r#"{{"allOf":[{{"oneOf":[{{"type":"null"}},{{"x-harden":"{rule}"}}]}}]}}"#),
            format!(r#"{{"if":{{"type":"string"}},"then":{{"x-harden":"{rule}"}}}}"#),
            format!(r#"{{"x-harden":"{rule}","not":{{"const":"a"}}}}"#),
            format!(r#"{{"anyOf":[{{"x-harden":["{rule}"]}},{{"type":"null"}}]}}"#),
            format!(r#"{{"enum":["{pass}","{refuse}"],"x-harden":"{rule}"}}"#),
        ] {
            for schema in [
                JsonSchema::new(&document),
                JsonSchema::new(&document)
                    .formats_as_annotations()
                    .open_objects(),
            ] {
                assert_eq!(
                    errors(schema.clone(), &format!("\"{pass}\"")).await,
                    [""; 0],
                    "{document}"
                );
                let told = errors(schema, &format!("\"{refuse}\"")).await;
                assert_eq!(told.len(), 1, "{document}: {told:?}");
            }
        }
    }
}

#[tokio::test]
async fn hardened_strings_are_contexts_of_addresses_beside_any_rule() {
    for (rule, internal) in [
        ("public-url", "http://169.254.43518/"),
        ("hostname", "2852039166"),
        // `http://169.254.169.254/`
        ("base64", "aHR0cDovLzE2OS4yNTQuMTY5LjI1NC8="),
    ] {
        for document in [
            format!(r#"{{"x-harden":"{rule}"}}"#),
            format!(r#"{{"anyOf":[{{"x-harden":"{rule}"}},{{"type":"integer"}}]}}"#),
            format!(r#"{{"x-harden":"{rule}","not":{{"const":1}}}}"#),
            format!(r#"{{"oneOf":[{{"x-harden":"{rule}"}},{{"type":"null"}}]}}"#),
        ] {
            let schema = JsonSchema::new(&document)
                .formats_as_annotations()
                .open_objects();
            let told = errors(schema, &format!("\"{internal}\"")).await;
            assert_eq!(told, ["address.metadata in body #"], "{document}");
        }
    }
}

#[tokio::test]
async fn switches_open_the_strings_that_have_them() {
    let (lines, bell) = (r#"{"a":"x\ny"}"#, r#"{"a":"x\u0007y"}"#);
    let told = "string.control in body #/a";
    for rest in [
        "",
        r#","not":{"required":["z"]}"#,
        r#","allOf":[{"properties":{"a":true}}]"#,
    ] {
        let document = |rule: &str| {
            format!(
                r#"{{"properties":{{"a":{{"x-harden":{rule}}},"b":{{"type":"string"}}}}{rest}}}"#
            )
        };
        let other = (r#"{"b":"x\ny"}"#, "string.control in body #/b");
        check(&document("[]"), &[], &[(lines, told), other]).await;
        check(
            &document(r#""multiline""#),
            &[lines],
            &[(bell, told), other],
        )
        .await;
        check(&document(r#"["allow-controls"]"#), &[lines, bell], &[other]).await;
    }
}

#[tokio::test]
async fn a_rule_and_a_format_hold_together() {
    let same = r#"{"format":"uri","x-harden":"public-url"}"#;
    check(
        same,
        &[r#""https://a.example.com/""#],
        &[(r#""urn:x""#, "string.format in body #")],
    )
    .await;
    let host = r#"{"format":"hostname","x-harden":"hostname"}"#;
    check(
        host,
        &[r#""a.example.com""#],
        &[(r#""a.example.com:80""#, "string.format in body #")],
    )
    .await;
    for document in [same, host, r#"{"format":"byte","x-harden":"base64"}"#] {
        let shown = delegated(document);
        assert!(shown.contains("delegated: []"), "{shown}");
    }
    // Two that are not the same.
    for document in [
        r#"{"format":"date","x-harden":"shell-safe"}"#,
        r#"{"pattern":"^2","x-harden":["table-name","file-name","shell-safe"]}"#,
    ] {
        check(
            document,
            &[r#""2026-11-27""#],
            &[(r#""2026;11""#, "schema in body #")],
        )
        .await;
    }
    check(
        r#"{"format":"date","x-harden":"shell-safe"}"#,
        &[],
        &[(r#""tomorrow""#, "schema in body #")],
    )
    .await;
}

#[test]
fn mistakes_in_rules_are_told_with_the_names() {
    for (document, told) in [
        (
            r#"{"items":{"x-harden":"public_url"}}"#,
            "document #/items/x-harden: is none of public-url, hostname, \
             table-name, shell-safe, file-name, relative-path, base64, multiline, allow-controls",
        ),
        (
            r#"{"x-harden":["base64","lines"]}"#,
            "document #/x-harden: has a name at place 1 that is none of public-url, ",
        ),
        (
            r#"{"x-harden":true}"#,
            "document #/x-harden: is a name or a list of names, of public-url, ",
        ),
        (
            r#"{"x-harden":["base64",{}]}"#,
            "document #/x-harden: is a name or a list of names, of public-url, ",
        ),
        (
            r#"{"type":"integer","x-harden":"base64"}"#,
            "document #/x-harden: is about strings, and `type` has none of them",
        ),
        // Also in what is judged as a whole.
        (
            r#"{"not":{"x-harden":"lines"}}"#,
            "document #/not/x-harden: is none of",
        ),
        (
            r##"{"items":{"not":{"items":{"$ref":"#/$defs/s"}}},"$defs":{"s":{"x-harden":"hostname"}}}"##,
            "document #/$defs/s/x-harden: stands behind `not` or `contains`",
        ),
        (
            r#"{"contains":{"x-harden":"public-url"}}"#,
            "document #/contains/x-harden: stands behind `not` or `contains`",
        ),
        (
            r#"{"anyOf":[{"$ref":"https://json-schema.org/draft/2020-12/schema"},{"x-harden":"hostname"}]}"#,
            "document #/anyOf/1/x-harden: cannot be held in a document with a reference to a metaschema",
        ),
        (
            r##"{"$dynamicAnchor":"a","properties":{"a":{"x-harden":"base64"},"b":{"$dynamicRef":"#a"}}}"##,
            "document #/properties/a/x-harden: cannot be held in a document with $dynamicRef",
        ),
        (
            r##"{"$dynamicAnchor":"a","properties":{"a":{"format":"int32"},"b":{"$dynamicRef":"#a"}}}"##,
            "document #/properties/a/format: cannot be held in a document with $dynamicRef",
        ),
        (
            r#"{"minimum":300,"format":"uint8"}"#,
            "document #: the range is empty: no number fits",
        ),
        (
            r#"{"format":"int128"}"#,
            "document #/format: is no format of draft 2020-12 or of OpenAPI's numbers",
        ),
    ] {
        let found = mistake(document);
        assert!(found.contains(told), "{document}: {found}");
    }
}

/// The formats of numbers, with numbers at the ends of their ranges and behind them.
const NUMBERS: &[(&str, &[&str], &[&str])] = &[
    ("int8", &["-128", "127", "127.0"], &["-129", "128", "0.5"]),
    ("int16", &["-32768", "32767"], &["-32769", "32768"]),
    (
        "int32",
        &["-2147483648", "2147483647"],
        &["-2147483649", "2147483648", "1e10"],
    ),
    (
        "int64",
        &["-9223372036854775808", "9223372036854775807"],
        &["9223372036854775808", "-9223372036854779904", "1.5"],
    ),
    ("int", &["9223372036854775807"], &["9223372036854775808"]),
    ("uint8", &["0", "255"], &["-1", "256"]),
    ("uint16", &["0", "65535"], &["-1", "65536"]),
    ("uint32", &["0", "4294967295"], &["-1", "4294967296", "0.1"]),
    ("uint64", &["0", "18446744073709551615"], &["-1"]),
    ("uint", &["18446744073709551615"], &["-1", "0.5"]),
    (
        "float",
        &["0.5", "3.4e38", "-3.4e38"],
        &["3.5e38", "-1e300"],
    ),
    ("double", &["0.5", "1e308", "-1e308"], &[]),
];

#[tokio::test]
async fn formats_of_numbers_are_their_ranges_beside_any_rule() {
    for (format, pass, refuse) in NUMBERS {
        for document in [
            format!(r#"{{"format":"{format}"}}"#),
            format!(r#"{{"type":["number","null","string"],"format":"{format}"}}"#),
            format!(r#"{{"anyOf":[{{"format":"{format}"}},{{"type":"null"}}]}}"#),
            format!(r#"{{"not":{{"not":{{"format":"{format}"}}}}}}"#),
            format!(r#"{{"format":"{format}","not":{{"const":"b"}}}}"#),
        ] {
            for number in pass.iter().chain(&["null", r#""a""#]) {
                let told = errors(JsonSchema::new(&document), number).await;
                assert_eq!(told, [""; 0], "{number} of {document}");
            }
            for number in *refuse {
                let told = errors(JsonSchema::new(&document), number).await;
                assert_eq!(told.len(), 1, "{number} of {document}: {told:?}");
                let annotated = JsonSchema::new(&document).formats_as_annotations();
                assert_eq!(errors(annotated, number).await, [""; 0], "{number}");
            }
        }
    }
}

#[tokio::test]
async fn formats_of_purposes_say_nothing_of_a_string() {
    for format in ["password", "binary", "int32", "double"] {
        for document in [
            format!(r#"{{"format":"{format}","maxLength":8}}"#),
            format!(r#"{{"format":"{format}","maxLength":8,"not":{{"const":1}}}}"#),
            format!(
                r##"{{"format":"{format}","maxLength":8,"$dynamicAnchor":"a","items":{{"$dynamicRef":"#a"}}}}"##
            ),
        ] {
            if document.contains("dynamic") && !["password", "binary"].contains(&format) {
                continue;
            }
            let told = errors(JsonSchema::new(&document), r#""secret""#).await;
            assert_eq!(told, [""; 0], "{document}");
            let told = errors(JsonSchema::new(&document), r#""far too long""#).await;
            assert_eq!(told.len(), 1, "{document}");
        }
    }
}
