//! A mode for each class of rules.

use http::StatusCode;
use middleware_tests::{answer, by_path, get, log::Log, policy, post};
use tower_harden::{
    Code, Field, HardenLayer, Limits, Mode, Policy, PolicyBuilder, RouteSchema, RuleClass, Schema,
};

fn declared() -> PolicyBuilder {
    let body = Schema::object()
        .required("sku", Field::string().max_length(4))
        .optional("url", Field::url());
    Policy::builder()
        .post("/", RouteSchema::new().json(body))
        .get("/", RouteSchema::new().query("limit", Field::integer(1..)))
        .limits(Limits::default().max_body(200))
}

fn layer(builder: PolicyBuilder) -> HardenLayer {
    by_path(policy(builder))
}

const INTERNAL: &str = r#"{"sku":"A","url":"http://10.0.0.1/"}"#;
const LONG: &str = r#"{"sku":"ABCDE"}"#;
const BOTH: &str = r#"{"url":"http://10.0.0.1/","sku":"ABCDE"}"#;

#[tokio::test]
async fn a_class_that_is_reported_passes_and_the_others_do_not() {
    let layer = layer(declared().rule_mode(RuleClass::Address, Mode::Report));
    let log = Log::record();
    let passed = answer(&layer, post("/", INTERNAL)).await;
    assert_eq!(passed.body, INTERNAL);
    let events = log.take().concat();
    assert!(events.contains("request would be refused"), "{events}");
    assert!(
        events.contains(r#"error.type="address.internal""#),
        "{events}"
    );

    // What is reported hides nothing of what is refused behind it, and is not told with it.
    let refused = answer(&layer, post("/", BOTH)).await;
    assert_eq!(refused.errors(), ["string.max_length in body #/sku"]);
    let events = log.take().concat();
    assert!(!events.contains("address.internal"), "{events}");
}

#[tokio::test]
async fn many_reported_violations_hide_none_that_refuses() {
    let items = Schema::array(Field::url());
    let body = Schema::object()
        .required("urls", items)
        .required("sku", Field::string().max_length(4));
    let builder = Policy::builder()
        .post("/", RouteSchema::new().json(body))
        .rule_mode(RuleClass::Address, Mode::Report);
    let urls = vec![r#""http://10.0.0.1/""#; 100].join(",");
    let body = format!(r#"{{"urls":[{urls}],"sku":"ABCDE"}}"#);
    let answer = answer(&layer(builder), post("/", body)).await;
    assert_eq!(answer.errors(), ["string.max_length in body #/sku"]);
}

#[tokio::test]
async fn a_class_that_is_off_is_not_told_of() {
    let layer = layer(declared().rule_mode(RuleClass::Address, Mode::Off));
    let log = Log::record();
    assert_eq!(answer(&layer, post("/", INTERNAL)).await.body, INTERNAL);
    assert_eq!(log.take(), [""; 0]);
}

#[tokio::test]
async fn one_class_may_be_refused_where_all_else_is_reported() {
    let builder = declared()
        .mode(Mode::Report)
        .rule_mode(RuleClass::Address, Mode::Enforce);
    let layer = layer(builder);
    assert_eq!(answer(&layer, post("/", LONG)).await.body, LONG);
    for body in [INTERNAL, BOTH] {
        let refused = answer(&layer, post("/", body)).await;
        assert_eq!(refused.errors(), ["address.internal in body #/url"]);
    }
}

/// Where one of its values breaks two rules, and only the one that is found first is reported.
#[tokio::test]
async fn a_value_that_breaks_a_reported_rule_is_judged_by_the_others() {
    const ADDRESS: &str = "http%3A%2F%2F169.254.169.254%2F";
    let body = Schema::object()
        .optional("long", Field::string().max_length(4))
        .optional("one", Field::one_of(["a"]))
        .optional("id", Field::uuid())
        .optional("bytes", Field::base64().max_length(4))
        .optional("url", Field::url().max_length(9));
    let route = || {
        RouteSchema::new()
            .query("limit", Field::integer(1..))
            .query("word", Field::string().max_length(4))
            .header("x-word", Field::string().max_length(4))
            .cookie("word", Field::string().max_length(4))
    };
    let layer = by_path(policy(
        Policy::builder()
            .post("/", route().json(body))
            .get("/", route())
            .mode(Mode::Report)
            .rule_mode(RuleClass::Address, Mode::Enforce),
    ));
    for (member, value) in [
        ("long", "http://169.254.169.254/"),
        ("one", "http://169.254.169.254/"),
        ("id", "http://169.254.169.254/"),
        ("bytes", "aHR0cDovLzE2OS4yNTQuMTY5LjI1NC8="),
        ("url", "http://169.254.169.254/"),
        ("url", "see http://169.254.169.254/"),
        ("unknown", "http://169.254.169.254/"),
    ] {
        let body = format!(r#"{{"{member}":"{value}"}}"#);
        let answer = answer(&layer, post("/", body)).await;
        assert_eq!(
            answer.status(),
            StatusCode::UNPROCESSABLE_ENTITY,
            "{member}"
        );
        assert!(answer.errors()[0].starts_with("address.metadata in body #"));
    }
    let named = answer(&layer, post("/", r#"{"http://169.254.169.254/":1}"#)).await;
    assert_eq!(named.errors(), ["address.metadata in body #"]);
    for name in ["limit", "word", "unknown"] {
        let refused = answer(&layer, get(&format!("/?{name}={ADDRESS}"))).await;
        assert!(
            refused.errors()[0].starts_with("address.metadata in query"),
            "{name}"
        );
    }
    for (name, value) in [
        ("x-word", "http://169.254.169.254/".to_owned()),
        ("cookie", format!("word={ADDRESS}")),
    ] {
        let mut request = get("/");
        let headers = request.headers_mut();
        headers.insert(name, value.parse().expect("a value"));
        let refused = answer(&layer, request).await;
        assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY, "{name}");
    }
    // What is reported alone passes still.
    let long = answer(
        &layer,
        post("/?word=abcde&b=c", r#"{"long":"abcde","x":1}"#),
    )
    .await;
    assert_eq!(long.status(), StatusCode::OK);
    // And the other way round.
    let route = RouteSchema::new().query("word", Field::string().pattern("^[a-z]+$"));
    let layer = by_path(policy(
        Policy::builder()
            .get("/", route)
            .rule_mode(RuleClass::Address, Mode::Report),
    ));
    let refused = answer(&layer, get(&format!("/?word={ADDRESS}"))).await;
    assert_eq!(refused.errors(), ["string.pattern in query word"]);
}

#[tokio::test]
async fn every_class_has_its_codes() {
    for (class, request, code) in [
        (RuleClass::Route, get("/unknown"), "route.unknown"),
        (RuleClass::Undeclared, get("/?x=1"), "query.unknown"),
        (RuleClass::Reading, get("/?limit=%zz"), "query.malformed"),
        (RuleClass::Schema, get("/?limit=0"), "number.minimum"),
        (RuleClass::Address, post("/", INTERNAL), "address.internal"),
        (
            RuleClass::Limit,
            get(&format!("/?{}", "limit=1&".repeat(65))),
            "query.repeated",
        ),
    ] {
        let refused = answer(&layer(declared()), request.clone()).await;
        assert_eq!(refused.problem().errors[0].code, code);
        let reported = declared().rule_mode(class, Mode::Report);
        let reported = answer(&layer(reported), request).await;
        // The last one breaks a rule of another class first.
        let passes = class != RuleClass::Limit;
        assert_eq!(reported.status() == StatusCode::OK, passes, "{class}");
    }
    for class in RuleClass::ALL {
        assert!(
            Code::ALL.iter().any(|code| code.class() == *class),
            "{class}"
        );
        assert_eq!(class.as_str().parse().ok(), Some(*class));
    }
    let error = "adress".parse::<RuleClass>().expect_err("a misspelling");
    assert_eq!(
        error.to_string(),
        "\"adress\": is no class of rules: they are route, undeclared, reading, schema, address, limit"
    );
}

#[tokio::test]
async fn the_nearest_mode_holds() {
    let route = |schema: RouteSchema| {
        let query = schema.query("limit", Field::integer(1..));
        let builder = Policy::builder()
            .mode(Mode::Enforce)
            .rule_mode(RuleClass::Schema, Mode::Off);
        layer(builder.get("/", query))
    };
    for (schema, status) in [
        (RouteSchema::new(), 200),
        (RouteSchema::new().mode(Mode::Enforce), 422),
        (
            RouteSchema::new()
                .mode(Mode::Enforce)
                .rule_mode(RuleClass::Schema, Mode::Report),
            200,
        ),
        (
            RouteSchema::new()
                .mode(Mode::Report)
                .rule_mode(RuleClass::Schema, Mode::Enforce),
            422,
        ),
    ] {
        let answer = answer(&route(schema), get("/?limit=0")).await;
        assert_eq!(answer.status(), status);
    }
}

#[tokio::test]
async fn the_size_of_a_body_holds_for_every_mode_of_its_class() {
    for mode in [Mode::Report, Mode::Off] {
        let layer = layer(declared().rule_mode(RuleClass::Limit, mode));
        let answer = answer(&layer, post("/", "x".repeat(201))).await;
        assert_eq!(answer.status(), StatusCode::PAYLOAD_TOO_LARGE);
    }
}
