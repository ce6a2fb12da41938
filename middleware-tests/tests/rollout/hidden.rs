//! What is only reported hides nothing that is refused, not even in the same value.

use http::Request;
use middleware_tests::{Body, answer, by_path, get, policy, post};
use tower_harden::{
    AddressPolicy, Field, FileField, HardenLayer, HostHeader, Limits, Mode, MultipartSchema,
    Policy, PolicyBuilder, RouteSchema, RuleClass, Schema,
};

const INTERNAL: &str = "http://169.254.169.254/";

fn declared() -> PolicyBuilder {
    let body = Schema::object()
        .optional("short", Field::string().max_length(4))
        .optional("one", Field::one_of(["a", "b"]))
        .optional("word", Field::string().pattern("^[a-z]+$"))
        .optional("number", Field::integer(1..))
        .optional("url", Field::url())
        .optional("many", Schema::array(Field::string()));
    let form = Schema::object().optional("short", Field::string().max_length(4));
    let query = RouteSchema::new()
        .query("short", Field::string().max_length(4))
        .query("one", Field::one_of(["a", "b"]))
        .query("word", Field::string().pattern("^[a-z]+$"))
        .query("number", Field::integer(1..))
        .query("switch", Field::boolean())
        .query("url", Field::url())
        .header("x-text", Field::string());
    Policy::builder()
        .post("/", RouteSchema::new().json(body).form(form))
        .get("/", query)
}

/// Where `class` is refused and everything else is reported.
fn only(class: RuleClass) -> HardenLayer {
    by_path(policy(
        declared()
            .mode(Mode::Report)
            .rule_mode(class, Mode::Enforce),
    ))
}

/// Where `class` is reported and everything else is refused.
fn but(class: RuleClass) -> HardenLayer {
    by_path(policy(declared().rule_mode(class, Mode::Report)))
}

async fn is_refused_for(layer: &HardenLayer, request: Request<Body>, code: &str) {
    let what = format!("{request:?}");
    let answer = answer(layer, request).await;
    assert!(answer.status().is_client_error(), "{what}");
    let errors = answer.problem().errors;
    assert!(
        errors.iter().all(|error| error.code == code),
        "{what}: {errors:?}"
    );
}

#[tokio::test]
async fn an_address_is_refused_in_what_breaks_a_reported_rule() {
    let layer = only(RuleClass::Address);
    for query in [
        "short=@",
        "one=@",
        "word=@",
        "number=@",
        "switch=@",
        "url=ftp:@",
        "unknown=@",
        "url=@&url=@",
        "short=a&short=@",
    ] {
        let uri = format!("/?{}", query.replace('@', INTERNAL));
        is_refused_for(&layer, get(&uri), "address.metadata").await;
    }
    for body in [
        r#"{"short":"@"}"#,
        r#"{"one":"@"}"#,
        r#"{"word":"@"}"#,
        r#"{"number":"@"}"#,
        r#"{"unknown":"@"}"#,
        r#"{"unknown":{"a":["@"]}}"#,
        r#"{"@":1}"#,
        r#"{"url":"ftp:@"}"#,
        r#"{"short":"a","short":"@"}"#,
    ] {
        let body = body.replace('@', INTERNAL);
        is_refused_for(&layer, post("/", body), "address.metadata").await;
    }
    let form = format!("unknown={INTERNAL}");
    let form = Request::post("/")
        .header("content-type", "application/x-www-form-urlencoded")
        .body(form.into())
        .expect("a request");
    is_refused_for(&layer, form, "address.metadata").await;
    let repeated = Request::get("/")
        .header("x-text", "a")
        .header("x-text", INTERNAL)
        .body(Body::default())
        .expect("a request");
    is_refused_for(&layer, repeated, "address.metadata").await;
}

#[tokio::test]
async fn a_host_is_refused_beside_what_is_reported_of_its_header() {
    let own = AddressPolicy::deny_internal().only_hosts(["api.example"]);
    let headers = [HostHeader::Origin, HostHeader::XForwardedHost];
    let builder = declared()
        .host_headers(headers, own.expect("a host"))
        .rule_mode(RuleClass::Reading, Mode::Report);
    let layer = by_path(policy(builder));
    for (name, lines) in [
        ("origin", ["http://api.example", "http://evil.example"]),
        ("x-forwarded-host", ["api.example, ?", "evil.example"]),
        ("x-forwarded-host", ["api.example", "?, evil.example"]),
    ] {
        let request = lines.into_iter().fold(Request::get("/"), |request, line| {
            request.header(name, line)
        });
        let request = request.body(Body::default()).expect("a request");
        is_refused_for(&layer, request, "address.unlisted").await;
    }
}

#[tokio::test]
async fn a_file_is_refused_in_what_breaks_a_reported_rule() {
    let form = MultipartSchema::new().optional_file(
        "file",
        FileField::of(["image/png"]).max_bytes(4).max_files(1),
    );
    let builder = Policy::builder()
        .post("/", RouteSchema::new().multipart(form))
        .rule_mode(RuleClass::Undeclared, Mode::Report)
        .rule_mode(RuleClass::Reading, Mode::Report);
    let layer = by_path(policy(builder));
    let part = |content: &str| {
        format!(
            "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.png\"\r\n\
             Content-Type: text/html\r\n\r\n{content}\r\n"
        )
    };
    for parts in [part("12345"), part("1") + &part("12345")] {
        let request = Request::post("/")
            .header("content-type", "multipart/form-data; boundary=b")
            .body((parts + "--b--\r\n").into())
            .expect("a request");
        is_refused_for(&layer, request, "file.too_large").await;
    }
}

#[tokio::test]
async fn a_schema_holds_for_what_names_a_reported_address() {
    let layer = but(RuleClass::Address);
    let query = get(&format!("/?word={INTERNAL}"));
    is_refused_for(&layer, query, "string.pattern").await;
    let body = post("/", format!(r#"{{"word":"{INTERNAL}"}}"#));
    is_refused_for(&layer, body, "string.pattern").await;
}

#[tokio::test]
async fn members_that_nobody_declared_and_reported_are_read_in_one_way() {
    let layer = but(RuleClass::Undeclared);
    let twice = post("/", r#"{"unknown":1,"unknown":2}"#);
    is_refused_for(&layer, twice, "body.duplicate_member").await;
}

#[tokio::test]
async fn what_is_behind_a_reported_limit_is_judged() {
    let limits = Limits::default()
        .max_depth(3)
        .max_members(2)
        .max_items(2)
        .max_string(8)
        .max_number(4)
        .max_parameters(2);
    let layer = by_path(policy(
        declared()
            .limits(limits)
            .rule_mode(RuleClass::Limit, Mode::Report)
            .rule_mode(RuleClass::Undeclared, Mode::Report),
    ));
    for before in [
        r#""x":[[[[1]]]]"#,
        r#""x":1,"y":2"#,
        r#""many":["a","b","c"]"#,
        r#""x":"a long string""#,
        r#""x":1234567"#,
    ] {
        let body = format!(r#"{{{before},"one":"c"}}"#);
        is_refused_for(&layer, post("/", body), "enum").await;
        let body = format!(r#"{{{before},"one":"a"}}"#);
        assert_eq!(
            answer(&layer, post("/", body)).await.status(),
            200,
            "{before}"
        );
    }
    is_refused_for(&layer, get("/?x=1&y=2&one=c"), "enum").await;
    assert_eq!(answer(&layer, get("/?x=1&y=2&one=a")).await.status(), 200);
}
