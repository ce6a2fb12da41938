//! Objects with members that are not declared by name, and keywords that count.

use http::StatusCode;
use middleware_tests::{answer, by_path, mistakes, policy, post};
use tower_harden::{Field, Policy, RouteSchema, Schema};

async fn errors(schema: impl Into<Schema>, body: &str) -> Vec<String> {
    let layer = by_path(policy(
        Policy::builder().post("/", RouteSchema::new().json(schema)),
    ));
    let answer = answer(&layer, post("/", body.to_owned())).await;
    if answer.status() == StatusCode::OK {
        return Vec::new();
    }
    answer.errors()
}

#[tokio::test]
async fn a_map_has_names_and_values() {
    let labels = || {
        Schema::object()
            .required("id", Field::integer(1..))
            .additional(Field::string().max_length(4))
            .additional_names(Field::string().pattern("^[a-z]+$"))
    };
    for (body, expected) in [
        (r#"{"id":1}"#, &[][..]),
        (r#"{"a":"x","id":1,"b":""}"#, &[]),
        // The rules of the names are not those of the values.
        (r#"{"id":1,"longer":"ABCD"}"#, &[]),
        (r#"{"id":1,"a":"ABCDE"}"#, &["string.max_length in body #"]),
        (r#"{"id":1,"a":7}"#, &["type in body #"]),
        (r#"{"id":1,"A":"x"}"#, &["string.pattern in body #"]),
        (
            r#"{"id":1,"a":"x","\u0061":"x"}"#,
            &["body.duplicate_member in body #"],
        ),
        (
            r#"{"id":1,"a":"//127.1"}"#,
            &["string.max_length in body #"],
        ),
        (r#"{"a":"x"}"#, &["required in body #/id"]),
        (
            r#"{"id":1,"$serde_json::private::Number":"1"}"#,
            &["body.reserved_member in body #"],
        ),
    ] {
        assert_eq!(errors(labels(), body).await, expected, "{body}");
    }
}

#[tokio::test]
async fn names_without_a_schema_are_strings() {
    let any = || Schema::object().additional(Schema::any());
    assert_eq!(errors(any(), r#"{"a":{"b":[1]},"c":null}"#).await, [""; 0]);
    assert_eq!(
        errors(any(), r#"{"http://169.254.169.254/":1}"#).await,
        ["address.metadata in body #"]
    );
    assert_eq!(
        errors(any(), r#"{"a\u0000":1}"#).await,
        ["string.control in body #"]
    );
}

#[tokio::test]
async fn what_is_nested_in_a_map_is_told_at_the_map() {
    let schema = Schema::object().additional(Schema::object().required("n", Field::integer(..)));
    assert_eq!(
        errors(schema, r#"{"a":{"n":1},"b":{"n":"x"}}"#).await,
        ["type in body #"]
    );
}

#[tokio::test]
async fn members_are_counted() {
    let pair = || {
        Schema::object()
            .additional(Field::integer(..))
            .min_members(1)
            .max_members(2)
    };
    for (body, expected) in [
        ("{}", &["object.min_members in body #"][..]),
        (r#"{"a":1}"#, &[]),
        (r#"{"a":1,"b":2}"#, &[]),
        (r#"{"a":1,"b":2,"c":3}"#, &["object.max_members in body #"]),
    ] {
        assert_eq!(errors(pair(), body).await, expected, "{body}");
    }
}

#[tokio::test]
async fn multiples_are_exact() {
    for (schema, pass, refuse) in [
        (
            Schema::from(Field::number(0.0..).multiple_of(0.01)),
            "4.35",
            "4.355",
        ),
        (
            Schema::from(Field::number(..).multiple_of(0.1)),
            "0.3",
            "0.35",
        ),
        (Schema::from(Field::integer(..).multiple_of(5)), "-15", "7"),
        (Schema::from(Field::number(..).multiple_of(2.5)), "1e1", "1"),
    ] {
        assert_eq!(errors(schema.clone(), pass).await, [""; 0], "{pass}");
        assert_eq!(
            errors(schema, refuse).await,
            ["number.multiple_of in body #"],
            "{refuse}"
        );
    }
}

#[test]
fn mistakes_are_named() {
    let schema = Schema::object()
        .required("a", Field::number(..).multiple_of(0.0))
        .required("b", Field::integer(..).multiple_of(0))
        .required("c", Schema::object().min_members(2).max_members(1))
        .required("d", Schema::object().additional_names(Field::string()))
        .required(
            "e",
            Schema::object().additional(Field::string().pattern("(")),
        );
    mistakes(
        Policy::builder().post("/", RouteSchema::new().json(schema)),
        &[
            "#/a: multiple_of is no positive number",
            "#/b: multiple_of is no positive number",
            "#/c: min_members is larger than max_members",
            "#/d: has additional_names and no additional members",
            "#/e: pattern: unclosed group",
        ],
    );
}
