//! JSON bodies of a JSON Schema document.

use middleware_tests::readings::{Outcome, json_schema};
use proptest::{prelude::*, sample::select};
use serde_json::Value;

use crate::nearly::assert_judged;

/// Values that keep the document.
const KEPT: &[&str] = &[
    r#"{"name":"a","count":null,"share":0.25,"kind":[1,{"c":true}],"always":{"a":[1.0,"b"]}}"#,
    r#"{"name":"é","pair":["a",1,true],"map":{"x-a-n":"abc","b":7},"one":"ab","other":[1]}"#,
    r#"{"name":"b","tree":{"value":1,"next":{"value":true,"items":[{"value":2.0},{"value":3}]}}}"#,
    r#"{"name":"c","both":{"a":5,"b":"c","c":1},"some":{"a":"a","b":1},"needs":{"a":1,"b":2}}"#,
    r#"{"name":"d","one":{"k":1},"when":{"k":"x","v":1},"set":[1,"a",null,2],"rest":[{"a":{}}]}"#,
];

fn kept() -> impl Strategy<Value = Value> {
    select(KEPT).prop_map(|text| serde_json::from_str(text).expect("a value"))
}

#[test]
fn what_nearly_keeps_a_document_is_judged_as_its_peer_does() {
    assert_judged(kept(), json_schema::check);
}

#[test]
fn what_keeps_a_document_is_read() {
    for text in KEPT {
        let outcome = json_schema::check(text.as_bytes(), [7; 40]);
        assert!(matches!(outcome, Outcome::Read), "{outcome:?} of {text}");
    }
}
