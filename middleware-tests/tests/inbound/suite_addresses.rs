//! The labelled address suites, each row through the layer in the context that it is labelled for.

use middleware_tests::{Answer, answer, by_path, policy, post, suite};
use serde::Deserialize;
use serde_json::json;
use tower_harden::{Field, HardenLayer, Policy, RouteSchema, Schema};

#[derive(Deserialize)]
pub(crate) struct Row {
    pub(crate) value: String,
    pub(crate) expect: Expect,
    pub(crate) ctx: String,
    pub(crate) why: String,
}

#[derive(Clone, Copy, Deserialize, PartialEq, Debug)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Expect {
    Block,
    Allow,
    Unknown,
}

fn layer() -> HardenLayer {
    let route = |field: Schema| RouteSchema::new().json(Schema::object().required("value", field));
    by_path(policy(
        Policy::builder()
            .post("/url", route(Field::url().into()))
            .post("/host", route(Field::hostname().into()))
            .post("/ipv4", route(Field::ipv4().into()))
            .post("/ipv6", route(Field::ipv6().into()))
            .post("/text", route(Field::string().multiline().into())),
    ))
}

async fn judge(layer: &HardenLayer, row: &Row) -> Answer {
    let context = match row.ctx.as_str() {
        "ip" if row.value.contains(':') => "ipv6",
        "ip" => "ipv4",
        other => other,
    };
    answer(
        layer,
        post(
            &format!("/{context}"),
            json!({ "value": row.value }).to_string(),
        ),
    )
    .await
}

async fn run(file: &str) {
    let layer = layer();
    let mut wrong = Vec::new();
    for row in suite::rows::<Row>(&format!("addresses/{file}.jsonl")) {
        let answer = judge(&layer, &row).await;
        let passed = answer.status().is_success();
        // A control character is refused for itself, not for the address it stands in.
        let by_control = !passed && answer.errors()[0].starts_with("string.control");
        let verdict = match row.expect {
            Expect::Block => !passed,
            Expect::Allow => passed || by_control,
            Expect::Unknown => true,
        };
        if !verdict {
            let told = if passed {
                "passed".into()
            } else {
                answer.errors().join(", ")
            };
            wrong.push(format!(
                "{:?} {} {:?}: {told} ({})",
                row.expect, row.ctx, row.value, row.why
            ));
        }
    }
    assert!(
        wrong.is_empty(),
        "{} rows of {file}:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

macro_rules! suites {
    ($($file:ident),+ $(,)?) => {
        pub(crate) const FILES: &[&str] = &[$(stringify!($file)),+];

        $(
            #[tokio::test]
            async fn $file() {
                run(stringify!($file)).await;
            }
        )+
    };
}

suites!(
    benign_handmade,
    benign_prose,
    benign_versions,
    cloud_metadata,
    crs_931_934,
    crs_ssrf_data,
    generated_encodings,
    hostile_text,
    iana_boundaries,
    patt,
    safeurl_go,
    seclists,
    ssrf_filter_rb,
    whatwg_urltestdata,
);
