//! What is left more open than it needs to be.

use middleware_tests::policy;
use tower_harden::{Field, Policy, RouteSchema, Schema};

use crate::{of_body, of_document};

/// The kinds and places of what is found.
fn lints(policy: &Policy) -> Vec<String> {
    let lints = policy.lint();
    lints
        .iter()
        .map(|lint| format!("{} {}", lint.kind(), lint.place()))
        .collect()
}

#[test]
fn a_policy_that_says_all_has_none() {
    let schema = Schema::object()
        .required(
            "sku",
            Field::string().max_length(64).pattern("^[A-Z0-9-]+$"),
        )
        .optional("code", Field::string().pattern("^(ab|[0-9]{2,8})$"))
        .optional("state", Field::one_of(["open", "shipped"]))
        .optional("id", Field::uuid())
        .optional("callback_url", Field::url().max_length(200))
        .optional("proxyHost", Field::hostname().max_length(200))
        .optional("targets", Field::integer(0..=9))
        .optional("lines", Schema::array(Field::boolean()).max_items(20));
    assert_eq!(lints(&of_body(schema)), [""; 0]);
}

#[test]
fn names_of_urls_and_hosts_ask_for_their_formats() {
    let field = || Field::string().max_length(64);
    let route = RouteSchema::new()
        .query("redirect_to", field())
        .query("targetHosts", Field::list(field()).max_items(3))
        .header("X-Callback-URL", field())
        .json(Schema::object().optional("hooks", Schema::object().optional("webhookUrl", field())));
    assert_eq!(
        lints(&policy(Policy::builder().post("/x", route))),
        [
            "url_like_name POST /x: body #/hooks/webhookUrl",
            "url_like_name POST /x: header x-callback-url",
            "url_like_name POST /x: query redirect_to",
            "url_like_name POST /x: query targetHosts[]",
        ]
    );
}

#[test]
fn what_has_no_bound_is_found() {
    let schema = Schema::object()
        .optional("a", Field::string())
        .optional("b", Field::string().pattern("^[a-z]+$"))
        .optional("c", Field::list(Field::boolean()))
        .optional("d", Schema::any())
        .optional("e", Schema::object().additional(Schema::any()))
        .optional("f", Field::string().max_length(9).pattern("[a-z]"))
        .optional("g", Field::string().max_length(9).pattern("^a|b$"));
    assert_eq!(
        lints(&of_body(schema)),
        [
            "unbounded_string POST /x: body #/a",
            "unbounded_string POST /x: body #/b",
            "unbounded_array POST /x: body #/c",
            "open_object POST /x: body #/d",
            "open_object POST /x: body #/e{}",
            "unanchored_pattern POST /x: body #/f",
            "unanchored_pattern POST /x: body #/g",
        ]
    );
}

#[test]
fn documents_are_looked_at_as_code_is() {
    let document = r##"{
        "type": "object",
        "properties": {"link": {"type": "string", "maxLength": 9}, "next": {"$ref": "#"}}
    }"##;
    let policy = of_document(document);
    assert_eq!(lints(&policy), ["url_like_name POST /x: body #/link"]);
    let told = policy.lint()[0].to_string();
    assert!(
        told.starts_with("POST /x: body #/link: is judged as text"),
        "{told}"
    );
    assert!(told.ends_with("(url_like_name)"), "{told}");
}
