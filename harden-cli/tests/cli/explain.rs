use serde_json::Value;

use crate::{Run, harden, with_input};

fn explain(policy: &str, request: &[u8]) -> Run {
    with_input(&["explain", policy, "--request", "-"], request)
}

fn codes(json: &Value) -> Vec<&str> {
    let violations = json["violations"].as_array().expect("violations");
    violations
        .iter()
        .filter_map(|it| it["code"].as_str())
        .collect()
}

#[test]
fn every_violation_is_told() {
    let run = harden(&["explain", "harden.toml", "--request", "order.http"]);
    assert_eq!((run.code, run.err.as_str()), (1, ""));
    let verdict = run.out.find("refused with ").expect("a verdict");
    assert_eq!(
        &run.out[verdict..],
        "refused with 422 Unprocessable Entity, for 4 violations:\n  \
         query: the query has a parameter that is not declared (query.unknown, class undeclared)\n  \
         body #/sku: the string does not match the declared pattern (string.pattern, class schema)\n  \
         body #/quantity: the number is too small (number.minimum, class schema)\n  \
         body #/callback: the value names a metadata service (address.metadata, class address, only \
         reported)\n  \
         body #: the object has a member that is not declared (body.unknown_member, class undeclared)\n"
    );
}

#[test]
fn nothing_of_the_request_is_repeated() {
    for more in [None, Some("--json")] {
        let args = ["explain", "harden.toml", "--request", "order.http"];
        let run = harden(&[&args[..], more.as_slice()].concat());
        for value in ["hunter2", "token", "debug", "169.254", "api.example.com"] {
            assert!(
                !run.out.contains(value) && !run.err.contains(value),
                "{value}: {}",
                run.out
            );
        }
    }
}

#[test]
fn the_route_its_modes_and_its_rules_are_told() {
    let run = harden(&["explain", "harden.toml", "--request", "order.http"]);
    for told in [
        "route: POST /orders\n",
        "modes: enforce, address report\n",
        "  the route: bodies json",
        "  body #/quantity: ",
        "maximum 100; minimum 1;",
        "  addresses: ",
        "limits.max_body 65536",
    ] {
        assert!(run.out.contains(told), "{told}: {}", run.out);
    }
    assert!(
        !run.out.contains("path id"),
        "that is another route: {}",
        run.out
    );
}

#[test]
fn an_accepted_request_is_told() {
    let run = harden(&["explain", "harden.toml", "--request", "accepted.http"]);
    assert_eq!(run.code, 0, "{}", run.out);
    assert!(
        run.out.starts_with("route: GET /orders/{id}\n"),
        "{}",
        run.out
    );
    assert!(run.out.ends_with("\naccepted\n"), "{}", run.out);
}

#[test]
fn what_is_only_reported_does_not_refuse() {
    let run = harden(&["explain", "harden.toml", "--request", "reported.http"]);
    assert_eq!(run.code, 0, "{}", run.out);
    let told = "accepted, with 1 violation that would be refused:\n  body #/callback: ";
    assert!(run.out.contains(told), "{}", run.out);
    let json = harden(&[
        "explain",
        "harden.toml",
        "--request",
        "reported.http",
        "--json",
    ])
    .json();
    assert_eq!(json["accepted"], true);
    assert_eq!(json["status"], Value::Null);
    assert_eq!(json["violations"][0]["refuses"], false);
    assert_eq!(json["violations"][0]["mode"], "report");
}

#[test]
fn what_nobody_looks_at_is_told_so() {
    let policy = "version = 1\n[routes.\"POST /orders\"]\nmode = \"off\"\n";
    let args = ["explain", "-", "--request", "reported.http"];
    let run = with_input(&args, policy.as_bytes());
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(run.out.contains("\nmodes: off\n"), "{}", run.out);
    assert!(
        run.out
            .ends_with("(body.unexpected, class undeclared, not looked at)\n"),
        "{}",
        run.out
    );
}

#[test]
fn a_limit_of_the_body_holds_where_it_is_only_reported() {
    let policy = "version = 1\nmode = \"report\"\n[routes.\"POST /orders\"]\n\
                  limits.max_body = 9\njson = { type = \"object\" }\n";
    let args = ["explain", "-", "--request", "reported.http"];
    let run = with_input(&args, policy.as_bytes());
    assert_eq!(run.code, 1, "{}", run.out);
    assert!(run.out.contains("limits.max_body 9"), "{}", run.out);
    assert!(!run.out.contains("limits.max_body 1048576"), "{}", run.out);
    assert!(
        run.out
            .ends_with("the body is too large (body.too_large, class limit)\n"),
        "{}",
        run.out
    );
}

#[test]
fn an_explanation_is_told_in_json() {
    let run = harden(&[
        "explain",
        "harden.toml",
        "--request",
        "order.http",
        "--json",
    ]);
    assert_eq!(run.code, 1);
    let json = run.json();
    assert_eq!(
        (&json["method"], &json["route"]),
        (&"POST".into(), &"/orders".into())
    );
    assert_eq!(json["status"], 422);
    assert_eq!(json["modes"]["address"], "report");
    assert_eq!(json["violations"][1]["location"], "body #/sku");
    assert_eq!(json["violations"][1]["class"], "schema");
    let rules = json["rules"].as_array().expect("rules");
    assert!(
        rules
            .iter()
            .any(|rule| rule["rule"] == "maximum" && rule["value"] == "100")
    );
}

#[test]
fn a_path_of_no_route_is_told() {
    let run = harden(&["explain", "harden.toml", "--request", "unknown.http"]);
    assert_eq!(run.code, 1);
    assert!(
        run.out
            .starts_with("route: none: no declared pattern matches the path\n"),
        "{}",
        run.out
    );
    assert!(run.out.contains("route.unknown"), "{}", run.out);
    let run = explain("harden.toml", b"PUT /orders HTTP/1.1\r\n\r\n");
    assert!(
        run.out
            .starts_with("route: /orders, which is not declared for this method\n")
    );
    assert!(run.out.contains("method.not_allowed"), "{}", run.out);
}

#[test]
fn head_is_judged_as_get() {
    let run = explain("harden.toml", b"HEAD /orders/x HTTP/1.1\n\n");
    let told = "route: GET /orders/{id}, which HEAD is judged by\n";
    assert!(run.out.starts_with(told), "{}", run.out);
    assert!(
        run.out
            .contains("path id: the string does not have the declared format")
    );
}

#[test]
fn another_router_names_its_route() {
    let request = b"GET /legacy?id=7 HTTP/1.1\r\n\r\n";
    let args = [
        "explain",
        "harden.toml",
        "--request",
        "-",
        "--json",
        "--route",
        "/orders/{id}",
    ];
    let with = |more: &[&str]| with_input(&[&args[..], more].concat(), request).json();
    assert_eq!(codes(&with(&[])), ["path.unreadable", "query.unknown"]);
    assert_eq!(
        codes(&with(&["--param", "id=7"])),
        ["string.format", "query.unknown"]
    );
    let uuid = "id=0195c1a0-7f3c-7000-8000-000000000000";
    assert_eq!(codes(&with(&["--param", uuid])), ["query.unknown"]);

    let unknown = [
        "explain",
        "harden.toml",
        "--request",
        "-",
        "--route",
        "/nowhere",
    ];
    let run = with_input(&unknown, request);
    assert!(
        run.out
            .starts_with("route: /nowhere, which is not declared\n"),
        "{}",
        run.out
    );
    let alone = [
        "explain",
        "harden.toml",
        "--request",
        "-",
        "--param",
        "id=7",
    ];
    assert_eq!(with_input(&alone, request).code, 2);
}

#[test]
fn bodies_are_read_as_files_have_them() {
    let head = "POST /orders HTTP/1.1\r\nContent-Type: application/json\r\n";
    let body = r#"{"sku": "A", "quantity": 1}"#;
    for request in [
        format!("{head}\r\n{body}"),
        format!("{head}\r\n{body}\r\n"),
        format!("{head}Content-Length: 27\r\n\r\n{body}"),
        format!("{head}Content-Length: 27\r\n\r\n{body}\n"),
        format!("{head}\r\n{body}\n").replace("\r\n", "\n"),
    ] {
        let run = explain("harden.toml", request.as_bytes());
        assert_eq!(run.code, 0, "{request}: {} {}", run.out, run.err);
    }
    let run = explain("harden.toml", format!("{head}\r\n").as_bytes());
    assert!(run.out.contains("body.missing"), "{}", run.out);
}

#[test]
fn a_form_in_parts_may_be_written_with_lf() {
    let run = harden(&["explain", "form.toml", "--request", "form.http"]);
    assert!(run.out.ends_with("\naccepted\n"), "{}", run.out);
}

#[test]
fn what_is_no_request_is_told_by_its_line() {
    for (request, told) in [
        (&b""[..], "ends within its head"),
        (b"GET / HTTP/1.1\r\nHost: a\r\n", "ends within its head"),
        (b"/orders\r\n\r\n", "<stdin>:1: error: no request begins so"),
        (
            b"GET /orders\r\n\r\n",
            "<stdin>:1: error: no request begins so",
        ),
        (
            b"GET / HTTP/1.1\nHost: a\nsec ret: b\n\n",
            "<stdin>:3: error: the name of the header",
        ),
        (
            b"GET / HTTP/1.1\nHost: sec\x00ret\n\n",
            "<stdin>:2: error: the value of the header",
        ),
        (
            b"POST / HTTP/1.1\nTransfer-Encoding: chunked\n\n",
            "leave it out",
        ),
        (
            b"POST / HTTP/1.1\nContent-Length: 9\n\nabc\n",
            "has a body of 3 bytes",
        ),
        (
            b"POST / HTTP/1.1\nContent-Length: -1\n\nabc\n",
            "has a body of 3 bytes",
        ),
    ] {
        let run = explain("harden.toml", request);
        assert_eq!(run.code, 2, "{}", run.out);
        assert!(run.err.contains(told), "{told}: {}", run.err);
        assert!(!run.err.contains("ret"), "{}", run.err);
    }
}

#[test]
fn a_head_is_bounded() {
    let long = format!("GET / HTTP/1.1\nX: {}\n\n", "a".repeat(70_000));
    let run = explain("harden.toml", long.as_bytes());
    assert!(run.err.contains("more than 64 KiB"), "{}", run.err);
    let many = format!("GET / HTTP/1.1\n{}\n", "a: b\n".repeat(300));
    let run = explain("harden.toml", many.as_bytes());
    assert!(run.err.contains("more than 256 headers"), "{}", run.err);
}

#[test]
fn patterns_that_no_router_takes_together_are_told() {
    let run = harden(&["explain", "conflict.toml", "--request", "unknown.http"]);
    assert_eq!(run.code, 2);
    let told = "conflict.toml: error: has patterns that axum's router does not take together: ";
    assert!(run.err.starts_with(told), "{}", run.err);
    assert!(!run.err.contains("panicked"), "{}", run.err);
}

#[test]
fn a_table_policy_explains_no_request() {
    let run = harden(&["explain", "tables.toml", "--request", "order.http"]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("says nothing of requests"), "{}", run.err);
}
