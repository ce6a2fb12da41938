//! The attributes of garde and validator are rules of the schema.

use std::sync::LazyLock;

use middleware_tests::{answer, by_path, get, policy, post, refused};
use schemars::JsonSchema;
use serde::Deserialize;
use tower_harden::{Policy, RouteSchema};

#[derive(Deserialize, JsonSchema, garde::Validate)]
struct Guarded {
    #[garde(length(chars, min = 2, max = 5))]
    name: String,
    #[garde(range(min = 1, max = 10))]
    quantity: u8,
    #[garde(pattern("^[A-Z]+$"))]
    sku: String,
    #[garde(email)]
    email: String,
    #[garde(length(max = 2), inner(length(chars, max = 3)))]
    tags: Vec<String>,
    #[garde(required)]
    needed: Option<bool>,
    #[garde(url)]
    site: String,
}

static SKU: LazyLock<regex::Regex> =
    LazyLock::new(|| regex::Regex::new("^[A-Z]+$").expect("a pattern"));

#[derive(Deserialize, JsonSchema, validator::Validate)]
struct Validated {
    #[validate(length(min = 2, max = 5))]
    name: String,
    #[validate(range(min = 1, max = 10))]
    quantity: u8,
    #[validate(regex(path = *SKU))]
    sku: String,
    #[validate(email)]
    email: String,
    #[validate(length(max = 2))]
    tags: Vec<String>,
    #[validate(required)]
    needed: Option<bool>,
    #[validate(url)]
    site: String,
}

const VALID: &str = r#"{"name":"Ann","quantity":1,"sku":"A","email":"a@example.com","tags":["x"],
    "needed":true,"site":"https://example.com/"}"#;

async fn errors<T: JsonSchema>(body: &str) -> Vec<String> {
    let route = RouteSchema::new().json_of::<T>();
    let layer = by_path(policy(Policy::builder().post("/", route)));
    let answer = answer(&layer, post("/", body.to_owned())).await;
    if answer.status().is_success() {
        return Vec::new();
    }
    answer.errors()
}

/// Replaces a member of a valid value by what the attributes do not allow.
async fn holds<T: JsonSchema>(more: &[(&str, &str, &str)]) {
    assert_eq!(errors::<T>(VALID).await, [""; 0]);
    let common = [
        (r#""Ann""#, r#""A""#, "string.min_length in body #/name"),
        (
            r#""Ann""#,
            r#""Annina""#,
            "string.max_length in body #/name",
        ),
        (":1,", ":0,", "number.minimum in body #/quantity"),
        (":1,", ":11,", "number.maximum in body #/quantity"),
        (r#""A""#, r#""a""#, "string.pattern in body #/sku"),
        ("a@example.com", "a", "string.format in body #/email"),
        (
            r#"["x"]"#,
            r#"["x","y","z"]"#,
            "array.max_items in body #/tags",
        ),
        ("true", "null", "type in body #/needed"),
        (r#""needed":true,"#, "", "required in body #/needed"),
        (
            "https://example.com/",
            "example",
            "string.format in body #/site",
        ),
    ];
    for (valid, wrong, error) in common.iter().chain(more) {
        let body = VALID.replacen(valid, wrong, 1);
        assert_ne!(body, VALID, "{valid}");
        assert_eq!(errors::<T>(&body).await, [*error], "{body}");
    }
}

#[tokio::test]
async fn those_of_garde_are() {
    holds::<Guarded>(&[(r#""x""#, r#""abcd""#, "string.max_length in body #/tags/0")]).await;
}

#[tokio::test]
async fn those_of_validator_are() {
    holds::<Validated>(&[]).await;
}

#[derive(Deserialize, JsonSchema)]
#[schemars(inline)]
#[expect(dead_code, reason = "only its schema is looked at")]
struct Sku(#[schemars(length(min = 2))] String);

#[derive(Deserialize, JsonSchema)]
#[expect(dead_code, reason = "only its schema is looked at")]
struct OfNewtypes {
    #[schemars(length(max = 3))]
    sku: Sku,
    other: Sku,
}

#[tokio::test]
async fn those_of_a_newtype_and_of_its_field_are() {
    let valid = r#"{"sku":"ABC","other":"ABCD"}"#;
    assert_eq!(errors::<OfNewtypes>(valid).await, [""; 0]);
    for (body, error) in [
        (
            r#"{"sku":"ABCD","other":"ABCD"}"#,
            "string.max_length in body #/sku",
        ),
        (
            r#"{"sku":"A","other":"ABCD"}"#,
            "string.min_length in body #/sku",
        ),
        (
            r#"{"sku":"ABC","other":"A"}"#,
            "string.min_length in body #/other",
        ),
    ] {
        assert_eq!(errors::<OfNewtypes>(body).await, [error], "{body}");
    }
}

#[derive(Deserialize, JsonSchema)]
#[schemars(rename = "Größe? 100% #/~")]
#[expect(dead_code, reason = "only its schema is looked at")]
struct Named {
    #[serde(rename = "a/b~c %64#ü")]
    #[schemars(length(max = 2))]
    field: String,
}

#[tokio::test]
async fn names_are_any_text() {
    assert_eq!(errors::<Named>(r#"{"a/b~c %64#ü":"ab"}"#).await, [""; 0]);
    let error = "string.max_length in body #/a~1b~0c%20%2564%23%C3%BC";
    assert_eq!(errors::<Named>(r#"{"a/b~c %64#ü":"abc"}"#).await, [error]);

    let route = RouteSchema::new().query_of::<Named>();
    let layer = by_path(policy(Policy::builder().get("/", route)));
    let query = "/?a/b~c%20%2564%23%C3%BC=";
    let reached = answer(&layer, get(&format!("{query}ab"))).await;
    assert!(reached.status().is_success());
    let refused = refused(&layer, get(&format!("{query}abc"))).await;
    assert_eq!(refused.errors(), ["string.max_length in query a/b~c %64#ü"]);
}
