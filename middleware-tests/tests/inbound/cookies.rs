//! Declared cookies: what a cookie jar reads is what was judged.

use axum::{Router, extract::Request, routing::get};
use axum_extra::extract::CookieJar;
use http::{HeaderValue, StatusCode, header::COOKIE};
use middleware_tests::{Answer, mistakes, policy};
use tower::ServiceExt;
use tower_harden::{Field, HardenLayer, Policy, RouteSchema};

/// Answers with the session that the jar holds.
async fn session(jar: CookieJar) -> String {
    jar.get("session")
        .map_or_else(|| "none".to_owned(), |cookie| cookie.value().to_owned())
}

async fn send(lines: &[&[u8]]) -> Answer {
    let policy = policy(
        Policy::builder().get(
            "/",
            RouteSchema::new()
                .required_cookie("session", Field::string().pattern("^[a-z0-9 +]+$"))
                .cookie("page", Field::integer(1..=9)),
        ),
    );
    let router = Router::new()
        .route("/", get(session))
        .layer(HardenLayer::new(policy));
    let mut request = Request::get("/");
    for line in lines {
        let line = HeaderValue::from_bytes(line).expect("a header value");
        request = request.header(COOKIE, line);
    }
    let request = request.body(axum::body::Body::empty()).expect("a request");
    Answer::of(router.oneshot(request).await.expect("an answer")).await
}

#[tokio::test]
async fn the_jar_reads_what_was_judged() {
    for (lines, read) in [
        (&[&b"session=abc"[..]][..], "abc"),
        (&[b"page=3; session=abc;"], "abc"),
        (&[b"page=3", b"session=abc"], "abc"),
        (&[b"%73ession=a%62c"], "abc"),
        (&[b"session=a%20b+c"], "a b+c"),
        // Others are none of this layer's business, however they look.
        (
            &[b"_ga=\"x, y\"; _ga=2; =; ;; session=abc; %ff=1; x"],
            "abc",
        ),
        (&[b"other=http://127.0.0.1/; session=abc"], "abc"),
    ] {
        let answer = send(lines).await;
        assert_eq!(answer.status(), StatusCode::OK, "{lines:?}");
        assert_eq!(answer.body, read, "{lines:?}");
    }
}

#[tokio::test]
async fn what_breaks_a_rule_is_refused_by_name() {
    for (lines, status, error) in [
        (&[][..], 422, "required in cookie session"),
        (&[&b"Session=abc"[..]], 422, "required in cookie session"),
        (&[b"session=ABC"], 422, "string.pattern in cookie session"),
        (
            &[b"session=a; session=b"],
            400,
            "cookie.repeated in cookie session",
        ),
        (
            &[b"session=a", b"session=a"],
            400,
            "cookie.repeated in cookie session",
        ),
        (
            &[b"session=a; s%65ssion=b"],
            400,
            "cookie.repeated in cookie session",
        ),
        (&[b"session"], 400, "cookie.malformed in cookie session"),
        (
            &[b"session=\"a\""],
            400,
            "cookie.malformed in cookie session",
        ),
        (&[b"session=%zz"], 400, "cookie.malformed in cookie session"),
        (
            &[b"session=\xc3\xa9"],
            400,
            "cookie.malformed in cookie session",
        ),
        (
            &[b"session=a; page=0"],
            422,
            "number.minimum in cookie page",
        ),
        (&[b"session=a; page=1.0"], 422, "type in cookie page"),
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
                .cookie("a", Field::string())
                .required_cookie("a", Field::string())
                .cookie("list", Field::list(Field::string())),
        ),
        &[
            "cookie a: is declared twice",
            "cookie list: is a list, and a cookie comes once",
        ],
    );
}
