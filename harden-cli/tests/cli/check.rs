use crate::{harden, with_input};

#[test]
fn a_policy_is_summed_up() {
    let run = harden(&["check", "harden.toml"]);
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    let lines: Vec<&str> = run.out.lines().collect();
    assert!(
        lines[0].starts_with("harden.toml: a policy of 2 routes, revision "),
        "{}",
        run.out
    );
    assert_eq!(lines[1], "  POST  /orders       enforce, address report");
    assert_eq!(lines[2], "  GET   /orders/{id}  enforce");
    assert!(
        lines[3].starts_with("harden.toml: warning: POST /orders: body #/note: "),
        "{}",
        run.out
    );
    assert_eq!(lines[4], "no mistakes, 1 warning");
}

#[test]
fn lints_fail_where_they_are_denied() {
    assert_eq!(harden(&["check", "harden.toml"]).code, 0);
    let denied = harden(&["check", "harden.toml", "--deny-lints"]);
    assert_eq!(denied.code, 1);
    assert!(
        denied
            .out
            .contains("harden.toml: error: POST /orders: body #/note"),
        "{}",
        denied.out
    );
    assert_eq!(harden(&["check", "strict.toml", "--deny-lints"]).code, 0);
}

#[test]
fn a_summary_is_told_in_json() {
    let json = harden(&["check", "harden.toml", "--json"]).json();
    assert_eq!(json["kind"], "policy");
    assert_eq!(json["revision"].as_str().map(str::len), Some(16));
    assert_eq!(json["routes"][0]["method"], "POST");
    assert_eq!(json["routes"][0]["pattern"], "/orders");
    assert_eq!(json["routes"][0]["modes"]["address"], "report");
    assert_eq!(json["routes"][0]["modes"]["schema"], "enforce");
    assert_eq!(json["lints"][0]["kind"], "unbounded_string");
    assert_eq!(json["loosens"], serde_json::json!([]));
}

#[test]
fn what_a_base_does_not_allow_is_found() {
    let tighter = harden(&["check", "tighter.toml", "--base", "harden.toml"]);
    assert_eq!(tighter.code, 0, "{}", tighter.out);

    let looser = harden(&["check", "newer.toml", "--base", "harden.toml"]);
    assert_eq!(looser.code, 1);
    let told =
        "newer.toml:16:1: looser than its base: POST /orders: body #/quantity: maximum is 1000";
    assert!(looser.out.contains(told), "{}", looser.out);
    let json = harden(&["check", "newer.toml", "--base", "harden.toml", "--json"]).json();
    assert_eq!(json["loosens"][0]["line"], 16);
    assert_eq!(json["loosens"][0]["place"], "POST /orders: body #/quantity");
}

#[test]
fn a_policy_has_the_routes_of_its_base() {
    let run = with_input(
        &["check", "-", "--base", "harden.toml", "--json"],
        b"version = 1\n",
    );
    assert_eq!(run.code, 0, "{}", run.out);
    assert_eq!(run.json()["routes"].as_array().map(Vec::len), Some(2));
}

#[test]
fn a_base_has_to_be_a_policy() {
    let run = harden(&["check", "harden.toml", "--base", "tables.toml"]);
    assert_eq!(run.code, 2);
    assert!(
        run.err
            .starts_with("tables.toml: error: is a DynamoDB table policy"),
        "{}",
        run.err
    );
    let run = harden(&["check", "tables.toml", "--base", "harden.toml"]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("leave --base out"), "{}", run.err);
}

#[test]
fn an_openapi_document_is_checked_with_its_options() {
    let run = harden(&["check", "openapi.yaml"]);
    assert_eq!(run.code, 2);
    assert!(
        run.err.contains("--without leaves the operation out"),
        "{}",
        run.err
    );

    let run = harden(&[
        "check",
        "openapi.yaml",
        "--without",
        "POST /upload",
        "--prefix",
        "/v1",
    ]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(
        run.out.contains("  GET   /v1/orders/{id}  enforce\n"),
        "{}",
        run.out
    );
}

#[test]
fn options_that_nothing_is_read_by_are_a_mistake() {
    let run = harden(&["check", "harden.toml", "--prefix", "/v1"]);
    assert_eq!(run.code, 2);
    assert_eq!(
        run.err,
        "harden: error: --prefix is for OpenAPI documents, and none was given\n"
    );
}

#[test]
fn a_table_policy_is_summed_up() {
    let run = harden(&["check", "tables.toml"]);
    assert_eq!(run.code, 0);
    assert_eq!(
        run.out,
        "tables.toml: a DynamoDB table policy of 1 table\n  Orders  GetItem, Query\nno mistakes\n"
    );
    let json = harden(&["check", "tables.toml", "--json"]).json();
    assert_eq!(json["tables"][0]["allow"][1], "Query");
}
