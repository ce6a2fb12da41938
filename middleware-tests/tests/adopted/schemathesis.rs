//! What `schemathesis` makes of the document that the hardened project serves: requests that fit it pass the
//! layer, and no request is answered by an error of the server.

use std::{
    env,
    path::{Path, PathBuf},
    process::Command,
    sync::Arc,
};

use axum::{middleware::map_response, response::Response};
use http::StatusCode;
use serde_json::{Value, json};
use tower_harden::Rejection;

use crate::{project::hardened, served::Served};

/// The program: what `SCHEMATHESIS` names, or in the environment that the script `schemathesis/install`
/// makes in the target directory.
fn program() -> Option<PathBuf> {
    if let Some(named) = env::var_os("SCHEMATHESIS") {
        let named = PathBuf::from(named);
        assert!(named.is_file(), "SCHEMATHESIS names no program");
        return Some(named);
    }
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent()?;
    let program = target.join("schemathesis/bin/schemathesis");
    program.is_file().then_some(program)
}

/// A document as the layer reads it, with the reasons for which requests are refused that fit it: objects
/// have the members that are declared, strings that say nothing of themselves are text without control
/// characters, and parameters are never `null`. Neither are the fields of a form, which its caller says.
fn as_it_is_read(value: &mut Value) {
    match value {
        Value::Object(members) => {
            members.values_mut().for_each(as_it_is_read);
            if members.contains_key("properties") && members.get("type") == Some(&json!("object")) {
                members.insert("additionalProperties".into(), json!(false));
            }
            if let (true, Some(schema)) = (members.contains_key("in"), members.get_mut("schema")) {
                never_null(schema);
            }
            let says = ["enum", "format", "pattern"];
            let of_text = [json!("string"), json!(["string", "null"])];
            let is_text = members
                .get("type")
                .is_some_and(|kind| of_text.contains(kind));
            if is_text && says.iter().all(|keyword| !members.contains_key(*keyword)) {
                members.insert("pattern".into(), json!("^[ -~]*$"));
            }
        }
        Value::Array(items) => items.iter_mut().for_each(as_it_is_read),
        _ => {}
    }
}

fn never_null(schema: &mut Value) {
    for keyword in ["type", "oneOf"] {
        if let Some(Value::Array(choices)) = schema.get_mut(keyword) {
            choices.retain(|choice| *choice != "null" && *choice != json!({"type": "null"}));
        }
    }
}

/// Says of what a handler refuses that it passed the layer: a `u8` that the document has as a larger
/// integer, and `1.0`, which is one to JSON Schema and none to serde.
async fn only_ours(mut response: Response) -> Response {
    let is_ours = response.extensions().get::<Arc<Rejection>>().is_some();
    if !is_ours && response.status().is_client_error() {
        *response.status_mut() = StatusCode::OK;
    }
    response
}

#[tokio::test(flavor = "multi_thread")]
async fn generated_requests_that_fit_the_document_pass_and_others_do_not() {
    let Some(program) = program() else {
        println!("suite schemathesis: absent, 0 cases");
        return;
    };
    let router = hardened::app().expect("a policy");
    let served = Served::of(router.layer(map_response(only_ours))).await;
    let (_, document) = served.send("GET /openapi.json", &[], b"").await;
    let mut document: Value = serde_json::from_str(&document).expect("a document");
    as_it_is_read(&mut document);
    never_null(&mut document["components"]["schemas"]["Login"]["properties"]["code"]);
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("adopted.json");
    std::fs::write(&path, document.to_string()).expect("a file");
    let run = tokio::task::spawn_blocking(move || {
        let mut command = Command::new(program);
        command.arg("run").arg(path);
        command.arg(format!("--url=http://{}", served.address()));
        command.args(["--phases=fuzzing", "--max-examples=60", "--seed=1"]);
        command
            .args(["--checks=not_a_server_error,positive_data_acceptance,negative_data_rejection"]);
        command.args([
            "--generation-database=none",
            "--no-shrink",
            "--no-color",
            "--warnings=off",
        ]);
        command.args(["--continue-on-failure"]);
        command.current_dir(env!("CARGO_TARGET_TMPDIR"));
        command.output().expect("it runs")
    });
    let output = run.await.expect("it ends");
    let [told, errors] =
        [output.stdout, output.stderr].map(|text| String::from_utf8_lossy(&text).into_owned());
    let cases = told.lines().find(|line| line.contains(" generated"));
    println!("suite schemathesis: {}", cases.unwrap_or("no cases").trim());
    assert!(output.status.success(), "{told}\n{errors}");
}
