//! `x-harden` on the fields of a type: rules that JSON Schema has no word for.

use middleware_tests::{Answer, by_path, get, mistakes, policy, post, refused};
use schemars::JsonSchema;
use serde::Deserialize;
use tower_harden::{HardenLayer, Policy, RouteSchema, TableName};

#[derive(Deserialize, JsonSchema)]
#[expect(dead_code, reason = "only its schema is looked at")]
struct Export {
    #[schemars(extend("x-harden" = "public-url"))]
    to: String,
    table: TableName,
    #[schemars(extend("x-harden" = "file-name"), length(max = 12))]
    file: Option<String>,
    #[schemars(extend("x-harden" = "multiline"))]
    note: Option<String>,
}

#[derive(Deserialize, JsonSchema)]
#[expect(dead_code, reason = "only its schema is looked at")]
struct Misspelt {
    #[schemars(extend("x-harden" = "public_url"))]
    to: String,
}

fn layer() -> HardenLayer {
    by_path(policy(
        Policy::builder()
            .post("/", RouteSchema::new().json_of::<Export>())
            .get("/", RouteSchema::new().query_of::<Export>()),
    ))
}

async fn errors(body: &'static str) -> Vec<String> {
    refused(&layer(), post("/", body)).await.errors()
}

async fn answer(body: &'static str) -> Answer {
    middleware_tests::answer(&layer(), post("/", body)).await
}

#[tokio::test]
async fn they_hold_in_bodies() {
    let valid = r#"{"to":"https://example.com/","table":"Orders","file":"a.csv","note":"a\nb"}"#;
    assert_eq!(answer(valid).await.body, valid);
    for (body, error) in [
        (
            r#"{"to":"ftp://example.com/","table":"Orders"}"#,
            "string.format in body #/to",
        ),
        (
            r#"{"to":"http://127.1/","table":"Orders"}"#,
            "address.internal in body #/to",
        ),
        (
            r#"{"to":"https://example.com/","table":"arn:aws:dynamodb:eu-west-1:1:table/Orders"}"#,
            "string.format in body #/table",
        ),
        (
            r#"{"to":"https://example.com/","table":"Orders","file":"../a"}"#,
            "string.format in body #/file",
        ),
        (
            r#"{"to":"https://example.com/","table":"Orders","file":"123456789.csv"}"#,
            "string.max_length in body #/file",
        ),
        (
            r#"{"to":"https://example.com/","table":"Orders","note":"\u0000"}"#,
            "string.control in body #/note",
        ),
    ] {
        assert_eq!(errors(body).await, [error], "{body}");
    }
}

#[tokio::test]
async fn they_hold_in_queries() {
    let to = "/?to=https://example.com/&table=Orders";
    let reached = middleware_tests::answer(&layer(), get(to)).await;
    assert!(reached.status().is_success());
    for (query, error) in [
        (
            "to=ftp://example.com/&table=Orders",
            "string.format in query to",
        ),
        (
            "to=http://127.1/&table=Orders",
            "address.internal in query to",
        ),
        (
            "to=https://example.com/&table=a:b",
            "string.format in query table",
        ),
    ] {
        let refused = refused(&layer(), get(&format!("/?{query}"))).await;
        assert_eq!(refused.errors(), [error], "{query}");
    }
}

#[test]
fn a_rule_that_nobody_knows_is_a_mistake() {
    let route = RouteSchema::new().json_of::<Misspelt>();
    mistakes(
        Policy::builder().post("/", route),
        &["POST /: body #: document type:Misspelt#/properties/to/x-harden"],
    );
}

#[test]
fn what_is_no_table_name_is_not_repeated() {
    let told = serde_json::from_str::<TableName>(r#""no:table""#).expect_err("it is none");
    assert!(!told.to_string().contains("no:"), "{told}");
    let name: TableName = serde_json::from_str(r#""Orders""#).expect("it is one");
    assert_eq!(name.as_str(), "Orders");
}
