//! Types that are fields of a request, and types that are not.

use std::collections::HashMap;

use middleware_tests::mistakes;
use schemars::JsonSchema;
use serde::Deserialize;
use tower_harden::{Policy, RouteSchema};
use uuid::Uuid;

macro_rules! unread {
    ($($item:item)+) => {$(
        #[derive(Deserialize, JsonSchema)]
        #[expect(dead_code, reason = "only its schema is looked at")]
        $item
    )+};
}

unread! {
    struct Nested { page: Page, names: Vec<Vec<String>>, anything: serde_json::Value }

    struct Page { limit: u8 }

    struct Open { limit: u8, #[serde(flatten)] others: HashMap<String, String> }

    enum Choice { Limit(u8), Page { limit: u8 } }

    struct Flattened { #[serde(flatten)] choice: Choice }

    struct Recursive { inner: Option<Box<Recursive>> }

    struct Twice { limit: u8, names: Vec<String> }

    struct Ids { tenant: Uuid, id: Uuid }

    struct Headers { trace: String, names: Vec<String> }
}

fn of_route(method: fn(RouteSchema) -> RouteSchema, words: &[&str]) {
    mistakes(
        Policy::builder().post("/{id}", method(RouteSchema::new())),
        words,
    );
}

#[test]
fn fields_are_scalars_and_lists_of_them() {
    let only_json = |part: &str, name: &str| {
        format!("POST /{{id}}: {part} {name}: has a type that only JSON has")
    };
    for (part, method) in [
        (
            "query",
            RouteSchema::query_of::<Nested> as fn(RouteSchema) -> RouteSchema,
        ),
        ("form", RouteSchema::form_of::<Nested>),
    ] {
        let words = ["page", "names", "anything"].map(|name| only_json(part, name));
        of_route(method, &words.each_ref().map(String::as_str));
    }
    of_route(
        RouteSchema::query_of::<Recursive>,
        &[&only_json("query", "inner")],
    );
}

#[test]
fn maps_enums_and_scalars_are_no_fields() {
    let takes_any = "takes fields of any name: a type of fields is a struct that names each";
    of_route(
        RouteSchema::query_of::<HashMap<String, u8>>,
        &[&format!(
            "POST /{{id}}: query: type:Map_of_uint8#: {takes_any}"
        )],
    );
    of_route(
        RouteSchema::form_of::<Open>,
        &[&format!("POST /{{id}}: form: type:Open#: {takes_any}")],
    );
    of_route(
        RouteSchema::path_of::<HashMap<String, u8>>,
        &[&format!(
            "POST /{{id}}: path: type:Map_of_uint8#: {takes_any}"
        )],
    );
    of_route(
        RouteSchema::query_of::<Choice>,
        &["POST /{id}: query: type:Choice#: has `oneOf`: a type of fields is a struct"],
    );
    of_route(
        RouteSchema::query_of::<Flattened>,
        &["POST /{id}: query: type:Flattened#: has `oneOf`: a type of fields is a struct"],
    );
    of_route(
        RouteSchema::query_of::<u8>,
        &["POST /{id}: query: type:uint8#: is no object"],
    );
    of_route(
        RouteSchema::form_of::<Vec<Page>>,
        &["POST /{id}: form: type:Array_of_Page#: is no object"],
    );
    of_route(
        RouteSchema::query_of::<serde_json::Value>,
        &["POST /{id}: query: type:AnyValue#: is no object"],
    );
}

#[test]
fn headers_and_cookies_come_once() {
    of_route(
        RouteSchema::headers_of::<Headers>,
        &["POST /{id}: header names: is a list, and a header comes once"],
    );
    of_route(
        RouteSchema::cookies_of::<Headers>,
        &["POST /{id}: cookie names: is a list, and a cookie comes once"],
    );
}

#[test]
fn fields_of_two_types_have_different_names() {
    of_route(
        |route| route.query_of::<Page>().query_of::<Twice>(),
        &["POST /{id}: query limit: is declared twice"],
    );
}

#[test]
fn a_path_has_as_many_parameters_as_its_type() {
    let told = |takes: usize| {
        format!("POST /{{id}}: path: has one parameter, and the type of the handler takes {takes}")
    };
    of_route(RouteSchema::path_of::<(Uuid, u8)>, &[&told(2)]);
    of_route(
        RouteSchema::path_of::<Ids>,
        &["POST /{id}: path tenant: is no parameter of the path"],
    );
    of_route(
        RouteSchema::path_of::<Vec<String>>,
        &["POST /{id}: path id: is a list, and a path parameter comes once"],
    );
    of_route(
        |route| route.path_of::<Uuid>().path_of::<u8>(),
        &["POST /{id}: path: is declared twice"],
    );
    let none = Policy::builder().get("/", RouteSchema::new().path_of::<Uuid>());
    mistakes(
        none,
        &["GET /: path: has 0 parameters, and the type of the handler takes 1"],
    );
}
