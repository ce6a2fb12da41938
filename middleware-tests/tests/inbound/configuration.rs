//! Mistakes of a configuration: all of them, each with its place.

use middleware_tests::mistakes;
use tower_harden::{
    AddressPolicy, Field, FileField, Limits, MultipartSchema, Policy, RouteSchema, Schema,
    TableName,
};

#[test]
#[expect(clippy::reversed_empty_ranges, reason = "that is one of the mistakes")]
fn every_mistake_of_a_policy_is_told_at_once() {
    let error = Policy::builder()
        .post(
            "/orders",
            RouteSchema::new()
                .query("limit", Field::integer(10..=1))
                .query("limit", Field::integer(..))
                .query("none", Field::boolean().nullable())
                .query("nested", Field::list(Field::list(Field::string())))
                .json(
                    Schema::object()
                        .required("sku", Field::string().min_length(3).max_length(1))
                        .optional("sku", Field::string())
                        .optional("status", Field::one_of([""; 0]))
                        .optional(
                            "lines",
                            Schema::array(
                                Schema::object().required("code", Field::string().pattern("(")),
                            )
                            .min_items(2)
                            .max_items(1),
                        )
                        .optional("$serde_json::private::Number", Field::string()),
                ),
        )
        .get("/orders/{id}", RouteSchema::new())
        .get("/orders/{id}", RouteSchema::new().path("id", Field::uuid()))
        .get(
            "/tables/{table}",
            RouteSchema::new()
                .path("tabel", Field::table_name())
                .path("table", Field::list(Field::string())),
        )
        .get("orders/:id", RouteSchema::new())
        .build()
        .expect_err("a policy of mistakes");

    let told: Vec<_> = error.problems().iter().map(ToString::to_string).collect();
    assert_eq!(
        told,
        [
            "POST /orders: query limit: the range is empty: no number fits",
            "POST /orders: query limit: is declared twice",
            "POST /orders: query none: has a type that only JSON has: null, an object, several types, or a list of lists",
            "POST /orders: query nested: has a type that only JSON has: null, an object, several types, or a list of lists",
            "POST /orders: body #/sku: min_length is larger than max_length: no string fits",
            "POST /orders: body #/sku: is declared twice",
            "POST /orders: body #/status: one_of has no values: no string fits",
            "POST /orders: body #/lines/0/code: pattern: unclosed group at character 1",
            "POST /orders: body #/lines: min_items is larger than max_items: no array fits",
            "POST /orders: body #/$serde_json::private::Number: is a name that serde_json keeps for itself",
            "GET /orders/{id}: path id: has no field: add .path(..), or path.id in a file",
            "GET /orders/{id}: is declared twice",
            "GET /tables/{table}: path tabel: is no parameter of the path",
            "GET /tables/{table}: path table: is a list, and a path parameter comes once",
            "GET orders/:id: the path does not begin with '/'",
        ]
    );
    assert!(
        error
            .to_string()
            .starts_with("15 problems in the configuration\n  POST /orders: query limit: ")
    );
}

#[test]
fn names_that_are_none_are_mistakes() {
    for name in [
        "",
        "https://example.com",
        "a b",
        "*example.com",
        "127.0.0.1",
        "example.com:80",
        "a..b",
    ] {
        assert!(
            AddressPolicy::deny_internal().allow_host(name).is_err(),
            "{name}"
        );
    }
    for name in [
        "",
        "ab",
        "a/b",
        "arn:aws:dynamodb:us-east-1:1:table/x",
        &"x".repeat(256),
    ] {
        assert!(TableName::try_from(name).is_err(), "{name}");
    }
}

#[test]
fn what_is_said_twice_is_a_mistake() {
    let body = || Schema::object().optional("a", Field::string());
    let schema = RouteSchema::new()
        .json(body())
        .json(body())
        .form(body())
        .form(body())
        .query("status", Field::one_of(["a"]).pattern("^b$"));
    mistakes(
        Policy::builder().post("/", schema),
        &[
            "POST /: json: is declared twice",
            "POST /: form: is declared twice",
            "query status: one_of names the strings",
        ],
    );
}

#[test]
fn what_the_limits_never_let_through_is_a_mistake() {
    let pair = || Schema::array(Field::string()).min_items(2);
    let body = Schema::object()
        .required("id", Field::uuid().max_length(35))
        .required("at", Field::date_time().min_length(20))
        .required("text", Field::string().min_length(65))
        .optional("pair", pair())
        .optional("deep", Schema::array(Schema::array(pair())));
    let schema = RouteSchema::new()
        .required_query("ids", Field::list(Field::string()).min_items(2))
        .required_query("limit", Field::integer(..))
        .form(Schema::object().optional("ids", Field::list(Field::string()).min_items(4)))
        .json(body);
    let form = MultipartSchema::new()
        .required_file("photo", FileField::of(["image/png"]).max_bytes(5_000));
    let limits = Limits::default()
        .max_body(4_000)
        .max_parameters(2)
        .max_string(64)
        .max_items(1)
        .max_members(2)
        .max_depth(3);
    mistakes(
        Policy::builder()
            .post("/", schema.multipart(form))
            .limits(limits),
        &[
            "POST /: form photo: has up to 5000 bytes, and max_body is 4000: raise it by .limits(..)",
            "POST /: query: has 3 parameters at the least, and max_parameters is 2",
            "POST /: form: has 4 parameters at the least, and max_parameters is 2",
            "POST /: body #: has 3 members at the least, and max_members is 2",
            "POST /: body #/text: has 65 characters at the least, and max_string is 64",
            "POST /: body #/pair: has 2 items at the least, and max_items is 1",
            "POST /: body #/deep/0/0: has 2 items at the least, and max_items is 1",
            "POST /: body #/deep/0/0: has 4 levels at the least, and max_depth is 3",
            "POST /: body #/id: the format has no strings of these lengths: no string fits",
        ],
    );
}

#[test]
fn a_pattern_is_one_that_routers_take() {
    let one = |name: &str| RouteSchema::new().path(name, Field::string());
    let two = RouteSchema::new()
        .path("a", Field::string())
        .path("b", Field::string());
    mistakes(
        Policy::builder()
            .get("/a?limit=1", RouteSchema::new())
            .get("/a b", RouteSchema::new())
            .get("/files/{*rest}/raw", one("rest"))
            .get("/{a}{b}", two)
            .get("/ids/{id:[0-9]+}", one("id:[0-9]+"))
            .get("/orders/{id}", one("id"))
            .post("/orders/{order}", one("order")),
        &[
            "GET /a?limit=1: a path has no '?', no '#' and no spaces",
            "GET /a b: a path has no '?', no '#' and no spaces",
            "GET /files/{*rest}/raw: '{*name}' takes the rest of the path",
            "GET /{a}{b}: two parameters stand in one segment",
            "GET /ids/{id:[0-9]+}: a parameter has no proper name",
            "POST /orders/{order}: is /orders/{id} with another name",
        ],
    );
}
