//! Declared headers: at most once, in visible ASCII, judged by their fields.

use http::{HeaderValue, Request, StatusCode};
use http_body_util::Full;
use middleware_tests::{Answer, answer, by_path, mistakes, policy};
use tower_harden::{Field, Policy, RouteSchema};

async fn send(lines: &[(&str, &[u8])]) -> Answer {
    let layer = by_path(policy(
        Policy::builder().get(
            "/",
            RouteSchema::new()
                .required_header("X-Tenant", Field::string().pattern("^[a-z]+$"))
                .header("x-retries", Field::integer(0..=3))
                .header("x-callback", Field::url())
                .header("x-note", Field::string()),
        ),
    ));
    let mut request = Request::get("/");
    for (name, value) in lines {
        let value = HeaderValue::from_bytes(value).expect("a header value");
        request = request.header(*name, value);
    }
    answer(&layer, request.body(Full::default()).expect("a request")).await
}

const TENANT: (&str, &[u8]) = ("x-tenant", b"acme");

#[tokio::test]
async fn declared_headers_pass_in_any_case() {
    for lines in [
        &[TENANT][..],
        &[("X-TENANT", b"acme"), ("X-Retries", b"3")],
        &[TENANT, ("x-callback", b"https://example.com/")],
        &[TENANT, ("x-note", b"")],
        // Not declared, and so none of this layer's business.
        &[
            TENANT,
            ("origin", b"http://localhost:3000"),
            ("accept", b"a"),
            ("accept", b"b"),
        ],
        &[TENANT, ("x-other", b"\xff")],
    ] {
        assert_eq!(send(lines).await.status(), StatusCode::OK, "{lines:?}");
    }
}

#[tokio::test]
async fn what_breaks_a_rule_is_refused_by_name() {
    for (lines, status, error) in [
        (&[][..], 422, "required in header x-tenant"),
        (
            &[("x-tenant", &b"ACME"[..])],
            422,
            "string.pattern in header x-tenant",
        ),
        (&[TENANT, TENANT], 400, "header.repeated in header x-tenant"),
        (
            &[TENANT, ("x-retries", b"4")],
            422,
            "number.maximum in header x-retries",
        ),
        (
            &[TENANT, ("x-retries", b"01")],
            422,
            "type in header x-retries",
        ),
        (
            &[TENANT, ("x-retries", b"1"), ("x-retries", b"2")],
            400,
            "header.repeated in header x-retries",
        ),
        (
            &[TENANT, ("x-callback", b"http://2852039166/")],
            422,
            "address.metadata in header x-callback",
        ),
        (
            &[TENANT, ("x-note", b"see http://[::1]/")],
            422,
            "address.internal in header x-note",
        ),
        (
            &[TENANT, ("x-note", b"\xc3\xa9")],
            400,
            "header.malformed in header x-note",
        ),
        (
            &[TENANT, ("x-note", b"a\tb")],
            422,
            "string.control in header x-note",
        ),
    ] {
        let answer = send(lines).await;
        assert_eq!(answer.status(), status, "{lines:?}");
        assert_eq!(answer.errors(), [error], "{lines:?}");
    }
}

#[test]
fn mistakes_are_named() {
    mistakes(
        Policy::builder().get(
            "/",
            RouteSchema::new()
                .header("a b", Field::string())
                .header("X-A", Field::string())
                .header("x-a", Field::string())
                .header("Cookie", Field::string())
                .header("x-list", Field::list(Field::string())),
        ),
        &[
            "header \"a b\": is no header name",
            "header x-a: is declared twice",
            "header cookie: holds cookies",
            "header x-list: is a list, and a header comes once",
        ],
    );
}
