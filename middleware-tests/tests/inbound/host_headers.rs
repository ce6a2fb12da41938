//! Headers that name hosts, judged by an address policy of their own.

use http::{HeaderValue, Request, StatusCode};
use http_body_util::Full;
use middleware_tests::{Answer, answer, by_path, get, mistakes, policy, post};
use tower_harden::{
    AddressPolicy, ConfigError, Field, HardenLayer, HostHeader, Limits, Mode, Policy,
    PolicyBuilder, RouteSchema, Schema,
};

const ALL: [HostHeader; 5] = [
    HostHeader::Host,
    HostHeader::XForwardedHost,
    HostHeader::Forwarded,
    HostHeader::Origin,
    HostHeader::Referer,
];

fn routes() -> PolicyBuilder {
    Policy::builder().get("/", RouteSchema::new())
}

fn layer(addresses: AddressPolicy) -> HardenLayer {
    by_path(policy(routes().host_headers(ALL, addresses)))
}

async fn send(layer: &HardenLayer, lines: &[(&str, &[u8])]) -> Answer {
    let mut request = Request::get("/");
    for (name, value) in lines {
        request = request.header(
            *name,
            HeaderValue::from_bytes(value).expect("a header value"),
        );
    }
    answer(layer, request.body(Full::default()).expect("a request")).await
}

/// The code that one header is refused with, empty where it passes.
async fn code(layer: &HardenLayer, name: &str, value: &str) -> String {
    let answer = send(layer, &[(name, value.as_bytes())]).await;
    if answer.status() == StatusCode::OK {
        return String::new();
    }
    let [error] = answer.errors().try_into().expect("one error");
    let code = error.strip_suffix(&format!(" in header {name}"));
    code.expect("the header").to_owned()
}

async fn check(name: &str, pass: &[&str], refuse: &[(&str, &str)]) {
    let layer = layer(AddressPolicy::deny_internal());
    for value in pass {
        assert_eq!(code(&layer, name, value).await, "", "{value}");
    }
    for (value, expected) in refuse {
        assert_eq!(code(&layer, name, value).await, *expected, "{value}");
    }
}

#[tokio::test]
async fn they_are_not_looked_at_by_default() {
    let layer = by_path(policy(routes()));
    let lines: &[(&str, &[u8])] = &[
        ("host", b"127.0.0.1:8080"),
        ("x-forwarded-host", b"169.254.169.254"),
        ("forwarded", b"\xff"),
        ("origin", b"http://localhost:3000"),
        ("referer", b"http://10.0.0.1/"),
    ];
    assert_eq!(send(&layer, lines).await.status(), StatusCode::OK);
}

#[tokio::test]
async fn a_host_is_one_public_host() {
    check(
        "host",
        &[
            "example.com",
            "EXAMPLE.com.:8443",
            "8.8.8.8",
            "[2606:4700:4700::1111]:443",
        ],
        &[
            ("169.254.169.254", "address.metadata"),
            ("metadata.google.internal:80", "address.metadata"),
            ("127.0.0.1:8080", "address.internal"),
            ("0x7f.1", "address.internal"),
            ("[::1]", "address.internal"),
            ("localhost", "address.internal"),
            ("api", "address.internal"),
            ("", "header.malformed"),
            ("example.com/", "header.malformed"),
            ("example.com, example.org", "header.malformed"),
            ("user@example.com", "header.malformed"),
            ("2606:4700:4700::1111", "header.malformed"),
            ("example.com:port", "header.malformed"),
            ("a b.example", "header.malformed"),
        ],
    )
    .await;
}

#[tokio::test]
async fn the_authority_stands_in_the_place_of_a_host() {
    let layer = layer(AddressPolicy::deny_internal());
    for (uri, errors) in [
        ("http://example.com/", &[][..]),
        ("http://10.0.0.1/", &["address.internal in header host"]),
        (
            "http://a@example.com/",
            &["header.malformed in header host"],
        ),
    ] {
        let mut request = get("/");
        let target = uri.parse().expect("a target");
        // What a router matches is its path.
        *request.uri_mut() = target;
        let answer = answer(&layer, request).await;
        if errors.is_empty() {
            assert_eq!(answer.status(), StatusCode::OK, "{uri}");
        } else {
            assert_eq!(answer.errors(), errors, "{uri}");
        }
    }
}

#[tokio::test]
async fn every_host_of_a_list_is_judged() {
    check(
        "x-forwarded-host",
        &[
            "example.com",
            "example.com, a.example:80\t,,8.8.8.8",
            "",
            ",",
        ],
        &[
            ("example.com,127.0.0.1", "address.internal"),
            ("metadata, example.com", "address.metadata"),
            ("example.com;a.example", "header.malformed"),
            ("http://example.com", "header.malformed"),
        ],
    )
    .await;
    check(
        "forwarded",
        &[
            "for=10.0.0.1;by=\"[::1]:80\";proto=http",
            "host=example.com;for=unknown, for=127.0.0.1; HOST=\"a.example:80\"",
            "",
        ],
        &[
            ("host=example.com, host=127.0.0.1", "address.internal"),
            (r#"host="\127.0.0.\1:80""#, "address.internal"),
            ("for=1.1.1.1;Host=169.254.169.254", "address.metadata"),
            ("host=\"\"", "header.malformed"),
            ("host=example.com:80", "header.malformed"),
            ("host=a.example;host=b.example", "header.malformed"),
            ("host=a.example x", "header.malformed"),
            ("host=\"a.example", "header.malformed"),
            ("example.com", "header.malformed"),
        ],
    )
    .await;
    let layer = layer(AddressPolicy::deny_internal());
    for (name, first, second) in [
        ("x-forwarded-host", "a.example", "10.0.0.1"),
        ("forwarded", "host=a.example", "host=10.0.0.1"),
    ] {
        let mut lines = [(name, first.as_bytes()), (name, first.as_bytes())];
        assert_eq!(send(&layer, &lines).await.status(), StatusCode::OK);
        lines[1].1 = second.as_bytes();
        assert_eq!(
            send(&layer, &lines).await.errors(),
            [format!("address.internal in header {name}")]
        );
    }
}

#[tokio::test]
async fn origins_are_of_the_web() {
    check(
        "origin",
        &[
            "null",
            "https://example.com",
            "http://example.com:8080",
            "https://a.example https://b.example",
        ],
        &[
            ("http://localhost:3000", "address.internal"),
            ("https://a.example http://2852039166", "address.metadata"),
            ("chrome-extension://abcdefgh", "address.scheme"),
            ("file://", "address.scheme"),
            ("gopher://127.0.0.1", "address.internal"),
            ("", "header.malformed"),
            ("example.com", "header.malformed"),
            ("null https://a.example", "header.malformed"),
            ("https://a.example  https://b.example", "header.malformed"),
            ("https://example.com/", "header.malformed"),
            ("https://example.com?a", "header.malformed"),
            ("https://a@example.com", "header.malformed"),
            ("https:example.com", "header.malformed"),
        ],
    )
    .await;
}

#[tokio::test]
async fn referers_are_urls_or_paths_of_the_service() {
    check(
        "referer",
        &[
            "https://example.com/a?b=c",
            "about:blank",
            "/",
            "/orders?page=2",
            "https://example.com/?next=http://10.0.0.1/",
        ],
        &[
            ("http://10.0.0.1/admin", "address.internal"),
            ("http://0xa9fea9fe/", "address.metadata"),
            ("//127.0.0.1/", "address.internal"),
            ("/?next=http://169.254.169.254/", "address.metadata"),
            ("android-app://com.example", "address.scheme"),
            ("about:blank#", "address.scheme"),
            ("//example.com/", "header.malformed"),
            ("/\\example.com/", "header.malformed"),
            ("/\t/example.com/", "header.malformed"),
            ("/a b", "header.malformed"),
            ("/\\127.0.0.1/", "address.internal"),
            ("orders", "header.malformed"),
            ("", "header.malformed"),
            ("https://example.com/a b", "header.malformed"),
        ],
    )
    .await;
}

#[tokio::test]
async fn what_is_repeated_or_no_text_is_refused() {
    let layer = layer(AddressPolicy::deny_internal());
    for (name, value) in [
        ("origin", "https://example.com"),
        ("referer", "https://example.com/"),
    ] {
        let line = (name, value.as_bytes());
        assert_eq!(
            send(&layer, &[line, line]).await.errors(),
            [format!("header.repeated in header {name}")]
        );
    }
    for name in ["host", "x-forwarded-host", "forwarded", "origin", "referer"] {
        assert_eq!(
            send(&layer, &[(name, b"https://\xc3\xa9.example")])
                .await
                .errors(),
            [format!("header.malformed in header {name}")]
        );
    }
}

#[tokio::test]
async fn the_hosts_of_a_service_are_a_list_of_their_own() -> Result<(), ConfigError> {
    let own = AddressPolicy::deny_internal()
        .only_hosts(["api.example.com", "api.corp.internal"])?
        .allow_host("api.corp.internal")?;
    let layer = by_path(policy(
        Policy::builder()
            .get("/", RouteSchema::new().query("url", Field::url()))
            .host_headers([HostHeader::Host, HostHeader::XForwardedHost], own)
            .host_headers([HostHeader::Referer], AddressPolicy::deny_internal()),
    ));
    for (name, value, expected) in [
        ("host", "api.example.com", ""),
        ("host", "API.corp.internal:8080", ""),
        ("host", "evil.example", "address.unlisted"),
        ("host", "8.8.8.8", "address.unlisted"),
        ("host", "127.0.0.1", "address.internal"),
        (
            "x-forwarded-host",
            "api.example.com, evil.example",
            "address.unlisted",
        ),
        ("referer", "https://evil.example/", ""),
        ("referer", "https://api.corp.internal/", "address.internal"),
        ("origin", "http://localhost", ""),
    ] {
        assert_eq!(code(&layer, name, value).await, expected, "{name} {value}");
    }
    // The list is not that of values.
    let other = get("/?url=https://other.example/");
    assert_eq!(answer(&layer, other).await.status(), StatusCode::OK);
    Ok(())
}

#[tokio::test]
async fn they_are_judged_on_every_route_that_is_not_off_and_before_the_body() {
    let layer = by_path(policy(
        Policy::builder()
            .post("/enforced", RouteSchema::new().json(Schema::any()))
            .post("/off", RouteSchema::new().mode(Mode::Off))
            .post("/reported", RouteSchema::new().mode(Mode::Report))
            .limits(Limits::default().max_violations(4))
            .host_headers(ALL, AddressPolicy::deny_internal()),
    ));
    for (path, status) in [("/enforced", 422), ("/off", 200), ("/reported", 200)] {
        let mut request = post(path, "{}");
        let host = HeaderValue::from_static("10.0.0.1");
        request.headers_mut().insert("host", host);
        assert_eq!(answer(&layer, request).await.status(), status, "{path}");
    }
    let mut all = get("/enforced");
    *all.method_mut() = http::Method::POST;
    for (name, value) in [
        ("host", "10.0.0.1"),
        ("forwarded", "host"),
        ("origin", "http://a.internal"),
    ] {
        all.headers_mut()
            .insert(name, HeaderValue::from_static(value));
    }
    assert_eq!(
        answer(&layer, all).await.errors(),
        [
            "address.internal in header host",
            "header.malformed in header forwarded",
            "address.internal in header origin",
            "body.missing in body #",
        ]
    );
}

#[test]
fn mistakes_are_named() {
    let deny = AddressPolicy::deny_internal;
    mistakes(
        routes()
            .host_headers(
                [HostHeader::Host, HostHeader::Origin, HostHeader::Host],
                deny(),
            )
            .host_headers([HostHeader::Origin], deny())
            .host_headers([], deny()),
        &[
            "host_headers: header host: is declared twice",
            "host_headers: header origin: is declared twice",
            "host_headers: names no header",
        ],
    );
}
