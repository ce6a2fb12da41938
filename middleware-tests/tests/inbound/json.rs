//! JSON bodies: what two readers read differently, and what schemas say.

use http::StatusCode;
use middleware_tests::{Answer, answer, by_path, policy, post, refused};
use serde_json::json;
use tower_harden::{Field, HardenLayer, Limits, Policy, RouteSchema, Schema};

fn order() -> HardenLayer {
    by_path(policy(
        Policy::builder().post(
            "/",
            RouteSchema::new().json(
                Schema::object()
                    .required("url", Field::url())
                    .optional("count", Field::integer(0..=10).nullable())
                    .optional("ratio", Field::number(..))
                    .optional("flag", Field::boolean())
                    .optional("when", Field::date_time())
                    .optional(
                        "lines",
                        Schema::array(
                            Schema::object()
                                .required("sku", Field::string().max_length(4))
                                .optional("quantity", Field::unsigned(1..)),
                        )
                        .min_items(1)
                        .max_items(2),
                    )
                    .optional("anything", Schema::any()),
            ),
        ),
    ))
}

/// The errors of an order with one member more.
async fn with(member: &str) -> Vec<String> {
    let body = format!(r#"{{"url":"https://example.com/",{member}}}"#);
    let answer = answer(&order(), post("/", body.clone())).await;
    if answer.status() == StatusCode::OK {
        assert_eq!(answer.body, body, "the handler gets what was judged");
        return Vec::new();
    }
    answer.errors()
}

async fn whole(body: &str) -> Answer {
    answer(&order(), post("/", body.to_owned())).await
}

#[tokio::test]
async fn declared_members_pass() {
    for member in [
        r#""count":10"#,
        r#""count":null"#,
        r#" "ratio" : -1.5e-3 "#,
        r#""flag":false"#,
        r#""when":"2026-11-24T10:00:00Z""#,
        r#""lines":[{"sku":"A"},{"quantity":18446744073709551615,"sku":"éé"}]"#,
        r#""anything":{"a":[{"b":{}},[],"",null,true,-0,1e5]}"#,
        "\"\\u0063ount\":1",
    ] {
        assert_eq!(with(member).await, [""; 0], "{member}");
    }
}

#[tokio::test]
async fn serde_takes_an_array_for_a_struct_and_the_layer_does_not() {
    let answer = whole(r#"["http://169.254.169.254"]"#).await;
    assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(answer.errors(), ["type in body #"]);
    assert_eq!(
        with(r#""lines":[["A",1]]"#).await,
        ["type in body #/lines/0"]
    );
}

#[tokio::test]
async fn a_member_stands_once_however_it_is_written() {
    for member in [
        r#""url":"http://127.0.0.1""#,
        r#""\u0075rl":"https://example.com/""#,
    ] {
        assert_eq!(
            with(member).await,
            ["body.duplicate_member in body #/url"],
            "{member}"
        );
    }
    assert_eq!(
        with(r#""lines":[{"sku":"A","sku":"A"}]"#).await,
        ["body.duplicate_member in body #/lines/0/sku"]
    );
    assert_eq!(
        with(r#""anything":{"a":1,"\u0061":2}"#).await,
        ["body.duplicate_member in body #/anything"]
    );
    assert_eq!(
        with(r#""anything":[{"b":{"x":0},"c":{"x":0},"b":0}]"#).await,
        ["body.duplicate_member in body #/anything/0"]
    );
}

/// Under `flatten` and `tag`, serde takes the number of a variant for its name.
#[tokio::test]
async fn serde_takes_the_number_of_a_variant_and_the_layer_does_not() {
    #[derive(serde::Deserialize)]
    struct Event {
        #[serde(flatten)]
        kind: Kind,
    }
    #[derive(serde::Deserialize)]
    #[serde(tag = "kind")]
    enum Kind {
        Created { by: String },
    }
    let body = r#"{"kind":0,"by":"me"}"#;
    let read = serde_json::from_str::<Event>(body).expect("serde reads it");
    let Kind::Created { by } = read.kind;
    assert_eq!(by, "me");

    let schema = Schema::object()
        .required("kind", Field::one_of(["Created"]))
        .required("by", Field::string());
    let layer = by_path(policy(
        Policy::builder().post("/", RouteSchema::new().json(schema)),
    ));
    let answer = refused(&layer, post("/", body)).await;
    assert_eq!(answer.errors(), ["type in body #/kind"]);
}

#[tokio::test]
async fn names_that_decoders_keep_for_themselves_are_refused() {
    for name in [
        "$serde_json::private::RawValue",
        "$serde_json::private::Number",
        "$serde_json::private::Anything",
        r"\u0024serde_json::private::RawValue",
    ] {
        let answer = whole(&format!(r#"{{"{name}":"{{}}"}}"#)).await;
        assert_eq!(
            answer.errors(),
            ["body.reserved_member in body #"],
            "{name}"
        );
        let errors = with(&format!(r#""anything":{{"{name}":"12"}}"#)).await;
        assert_eq!(
            errors,
            ["body.reserved_member in body #/anything"],
            "{name}"
        );
    }
}

#[tokio::test]
async fn an_undeclared_member_is_refused_at_its_object_without_its_name() {
    assert_eq!(
        with(r#""admin":true"#).await,
        ["body.unknown_member in body #"]
    );
    assert_eq!(
        with(r#""Url":"x""#).await,
        ["body.unknown_member in body #"]
    );
    assert_eq!(
        with(r#""lines":[{"sku":"A"},{"price":0}]"#).await,
        ["body.unknown_member in body #/lines/1"]
    );
}

#[tokio::test]
async fn numbers_are_what_they_are_written() {
    for value in ["1.0", "1e0", "-0", "\"1\"", "true", "[1]"] {
        assert_eq!(
            with(&format!(r#""count":{value}"#)).await,
            ["type in body #/count"],
            "{value}"
        );
    }
    assert_eq!(
        with(r#""count":11"#).await,
        ["number.maximum in body #/count"]
    );
    assert_eq!(
        with(r#""count":-1"#).await,
        ["number.minimum in body #/count"]
    );
    for value in ["1e400", "-1e400", "1e-400"] {
        assert_eq!(
            with(&format!(r#""ratio":{value}"#)).await,
            ["limit.number in body #"],
            "{value}"
        );
    }
    assert_eq!(
        with(r#""lines":[{"sku":"A","quantity":18446744073709551616}]"#).await,
        ["number.maximum in body #/lines/0/quantity"]
    );
}

#[tokio::test]
async fn what_is_not_json_is_malformed() {
    let any = by_path(policy(
        Policy::builder().post("/", RouteSchema::new().json(Schema::any())),
    ));
    for body in [
        "",
        " ",
        "{",
        "}",
        "nul",
        "nullx",
        "tru",
        "01",
        "+1",
        ".5",
        "1.",
        "NaN",
        "'a'",
        "[1,]",
        "{\"a\":1,}",
        "[1]x",
        "{\"a\"}",
        "{a:1}",
        "[\"\u{1}\"]",
        "[\"a\nb\"]",
        "// x\n1",
        "\u{feff}{}",
        "\"\\x\"",
        "\"\\u12\"",
    ] {
        let answer = refused(&any, post("/", body)).await;
        assert_eq!(answer.status(), StatusCode::BAD_REQUEST, "{body:?}");
        let code = if body.is_empty() {
            "body.missing"
        } else {
            "body.malformed"
        };
        assert_eq!(answer.errors(), [format!("{code} in body #")], "{body:?}");
    }
}

#[tokio::test]
async fn what_is_not_utf8_is_refused() {
    let any = by_path(policy(
        Policy::builder().post("/", RouteSchema::new().json(Schema::any())),
    ));
    for body in [
        &b"\"\xff\""[..],
        b"\"\xc0\xaf\"",
        b"\"\xed\xa0\x80\"",
        b"\"\\ud800\"",
        b"\"\\udc00\\ud800\"",
        b"{\"\xff\":1}",
    ] {
        let answer = refused(&any, post("/", body)).await;
        assert_eq!(answer.errors(), ["body.not_utf8 in body #"], "{body:?}");
        assert_eq!(answer.status(), StatusCode::BAD_REQUEST);
    }
}

#[tokio::test]
async fn lists_have_their_bounds() {
    assert_eq!(
        with(r#""lines":[]"#).await,
        ["array.min_items in body #/lines"]
    );
    assert_eq!(
        with(r#""lines":[{"sku":"A"},{"sku":"A"},{"sku":"A"}]"#).await,
        ["array.max_items in body #/lines"]
    );
}

#[tokio::test]
async fn required_members_have_to_be_there() {
    assert_eq!(whole("{}").await.errors(), ["required in body #/url"]);
    assert_eq!(
        with(r#""lines":[{}]"#).await,
        ["required in body #/lines/0/sku"]
    );
}

#[tokio::test]
async fn an_object_may_have_more_members_than_a_word_has_bits() {
    let schema = (0..200).fold(Schema::object(), |schema, member| {
        let name = format!("member{member}");
        if member % 3 == 0 {
            schema.required(name, Field::integer(..))
        } else {
            schema.optional(name, Field::integer(..))
        }
    });
    let layer = by_path(policy(
        Policy::builder()
            .post("/", RouteSchema::new().json(Schema::array(schema)))
            .limits(Limits::default().max_violations(100)),
    ));
    let object = |skip: usize| {
        (0..200)
            .filter(|member| *member != skip)
            .map(|member| (format!("member{member}"), json!(member)))
            .collect::<serde_json::Map<_, _>>()
    };
    let send = |body: String| answer(&layer, post("/", body));

    let whole = json!([object(1), object(2), object(199)]).to_string();
    assert_eq!(send(whole).await.status(), StatusCode::OK);
    let missing = json!([object(1), object(198), object(0)]).to_string();
    assert_eq!(
        send(missing).await.errors(),
        [
            "required in body #/1/member198",
            "required in body #/2/member0"
        ]
    );
    let twice = r#"[{"member150":1,"member150":1}]"#.to_owned();
    assert_eq!(
        send(twice).await.errors()[0],
        "body.duplicate_member in body #/0/member150"
    );
}

#[tokio::test]
async fn limits_hold_where_no_schema_does() {
    let limits = Limits::default()
        .max_depth(3)
        .max_members(2)
        .max_items(2)
        .max_string(4)
        .max_number(3);
    let layer = by_path(policy(
        Policy::builder()
            .post("/", RouteSchema::new().json(Schema::any()))
            .limits(limits),
    ));
    for (body, error) in [
        ("[[[1]]]", None),
        ("[[[[1]]]]", Some("limit.depth in body #")),
        (r#"[{"a":[{}]}]"#, Some("limit.depth in body #")),
        (r#"{"a":1,"b":2}"#, None),
        (
            r#"[{"a":1,"b":2,"c":3}]"#,
            Some("limit.members in body #/0"),
        ),
        ("[1,2]", None),
        ("[1,[1,2,3]]", Some("limit.items in body #/1")),
        (r#""abcd""#, None),
        (r#""abcde""#, Some("limit.string in body #")),
        (
            r#""\u0061\u0061\u0061\u0061\u0061""#,
            Some("limit.string in body #"),
        ),
        (r#"{"abcde":1}"#, Some("limit.string in body #")),
        ("123", None),
        ("1234", Some("limit.number in body #")),
    ] {
        let answer = answer(&layer, post("/", body)).await;
        match error {
            None => assert_eq!(answer.status(), StatusCode::OK, "{body}"),
            Some(error) => assert_eq!(answer.errors(), [error], "{body}"),
        }
    }
}

#[tokio::test]
async fn deep_nesting_is_refused_and_does_not_recurse() {
    let any = by_path(policy(
        Policy::builder()
            .post("/", RouteSchema::new().json(Schema::any()))
            .limits(Limits::default().max_depth(u32::MAX)),
    ));
    let answer = refused(&any, post("/", "[".repeat(100_000))).await;
    assert_eq!(answer.errors(), ["limit.depth in body #"]);
}
