//! The rules of strings: formats, lengths, patterns, and what no string may hold.

use base64::{Engine, engine::general_purpose::STANDARD};
use http::StatusCode;
use middleware_tests::{answer, by_path, policy, post};
use serde_json::json;
use tower_harden::{AddressPolicy, Field, HardenLayer, Policy, RouteSchema, Schema, StringField};

fn layer(field: impl Into<Field>) -> HardenLayer {
    let schema = Schema::object().required("v", field.into());
    by_path(policy(
        Policy::builder().post("/", RouteSchema::new().json(schema)),
    ))
}

/// The code that a value is refused with, `None` where it passes.
async fn code(layer: &HardenLayer, value: &str) -> Option<String> {
    let answer = answer(layer, post("/", json!({ "v": value }).to_string())).await;
    if answer.status() == StatusCode::OK {
        None
    } else {
        Some(answer.problem().errors[0].code.clone())
    }
}

async fn check(field: StringField, pass: &[&str], refuse: &[(&str, &str)]) {
    let layer = layer(field);
    for value in pass {
        assert_eq!(code(&layer, value).await, None, "{value:?}");
    }
    for (value, expected) in refuse {
        assert_eq!(
            code(&layer, value).await.as_deref(),
            Some(*expected),
            "{value:?}"
        );
    }
}

#[tokio::test]
async fn lengths_are_characters() {
    check(
        Field::string().min_length(2).max_length(3),
        &["ab", "abc", "éé", "🙂🙂🙂"],
        &[
            ("a", "string.min_length"),
            ("é", "string.min_length"),
            ("", "string.min_length"),
            ("abcd", "string.max_length"),
            ("éééé", "string.max_length"),
        ],
    )
    .await;
}

#[tokio::test]
async fn patterns_match_anywhere_unless_anchored() {
    check(
        Field::string().pattern("b+"),
        &["abc", "b"],
        &[("a", "string.pattern"), ("", "string.pattern")],
    )
    .await;
    check(
        Field::string().pattern("^[A-Z0-9-]{2,4}$").multiline(),
        &["A-9", "ABCD"],
        &[
            ("A", "string.pattern"),
            ("ABCDE", "string.pattern"),
            ("AB\n", "string.pattern"),
            ("ÄB", "string.pattern"),
        ],
    )
    .await;
    check(
        Field::string().pattern("^(?:foo|b[aä]r)$"),
        &["foo", "bär"],
        &[("foobar", "string.pattern")],
    )
    .await;
}

#[tokio::test]
async fn values_are_one_of_the_declared() {
    check(
        Field::one_of(["a", "b c"]),
        &["a", "b c"],
        &[("A", "enum"), ("", "enum"), ("a\0", "enum")],
    )
    .await;
}

#[tokio::test]
async fn formats() {
    let format = "string.format";
    check(
        Field::uuid(),
        &["550e8400-e29b-41d4-a716-446655440000"],
        &[("550e8400", format)],
    )
    .await;
    check(
        Field::date_time(),
        &["2026-11-24T10:00:00.5+01:00"],
        &[("2026-11-24", format), ("yesterday", format)],
    )
    .await;
    check(
        Field::email(),
        &["joe@example.com"],
        &[("joe", format), ("joe@a@b", format)],
    )
    .await;
    check(
        Field::table_name(),
        &["Orders", "a.b-c_9"],
        &[
            ("ab", format),
            ("a b c", format),
            ("arn:aws:dynamodb:eu-west-1:1:table/Orders", format),
        ],
    )
    .await;
    check(
        Field::hostname(),
        &[
            "example.com",
            "example.com:443",
            "8.8.8.8",
            "xn--bcher-kva.example",
        ],
        &[
            ("localhost", "address.internal"),
            ("127.0.0.1:80", "address.internal"),
            ("2130706433", "address.internal"),
            ("metadata.google.internal", "address.metadata"),
            ("intranet", "address.internal"),
            ("exa mple.com", format),
            ("", format),
            ("example.com:99999", format),
        ],
    )
    .await;
    check(
        Field::ipv4(),
        &["8.8.8.8"],
        &[
            ("10.0.0.1", "address.internal"),
            ("169.254.169.254", "address.metadata"),
            ("::1", "address.internal"),
            ("8.8.8", format),
            ("08.8.8.8", format),
        ],
    )
    .await;
    check(
        Field::ipv6(),
        &["2606:4700:4700::1111"],
        &[
            ("fd00:ec2::254", "address.metadata"),
            ("::1", "address.internal"),
            ("8.8.8.8", format),
            ("2001::x", format),
        ],
    )
    .await;
}

/// One address in the spellings that readers know.
const METADATA: &[&str] = &[
    "http://169.254.169.254/",
    "http://169.254.169.254",
    "HTTP://169.254.169.254:80/latest/meta-data/",
    "http://2852039166/",
    "http://0xA9FEA9FE/",
    "http://0xA9.0xFE.0xA9.0xFE/",
    "http://0251.0376.0251.0376/",
    "http://025177524776/",
    "http://169.16689662/",
    "http://[::ffff:169.254.169.254]/",
    "http://[::ffff:a9fe:a9fe]/",
    "http://[0:0:0:0:0:FFFF:A9FE:A9FE]/",
    "http://[64:ff9b::a9fe:a9fe]/",
    "http://[2002:a9fe:a9fe::]/",
    "http://[::a9fe:a9fe]/",
    "http://１６９.２５４.１６９.２５４/",
    "http://①⑥⑨.②⑤④.①⑥⑨.②⑤④/",
    "http://169。254。169。254/",
    "http://169.254.169.254./",
    "http:169.254.169.254",
    "http:\\\\169.254.169.254\\",
    "http://example.com@169.254.169.254/",
    "http://169.254.169.254\\@example.com/",
    "http://169%2e254%2e169%2e254/",
    "http://metadata.google.internal/computeMetadata/v1/",
    "http://METADATA.google.internal./",
];

#[tokio::test]
async fn the_metadata_service_is_known_in_every_spelling() {
    let url = layer(Field::url());
    let text = layer(Field::string());
    for value in METADATA {
        assert_eq!(
            code(&url, value).await.as_deref(),
            Some("address.metadata"),
            "url {value:?}"
        );
        assert_eq!(
            code(&text, value).await.as_deref(),
            Some("address.metadata"),
            "text {value:?}"
        );
        let within = format!("see {value} for more");
        assert_eq!(
            code(&text, &within).await.as_deref(),
            Some("address.metadata"),
            "text {within:?}"
        );
    }
}

#[tokio::test]
async fn a_url_has_one_spelling_and_a_public_host() {
    check(
        Field::url(),
        &[
            "https://example.com",
            "http://example.com:8080/a?b=http://127.0.0.1#c",
            "https://bücher.example/",
            "https://[2606:4700:4700::1111]/",
        ],
        &[
            ("", "string.format"),
            ("example.com", "string.format"),
            ("ftp://example.com/", "string.format"),
            ("file:///etc/passwd", "string.format"),
            ("https:///example.com", "string.format"),
            ("https://user:pw@example.com/", "string.format"),
            ("https://exa mple.com/", "string.format"),
            ("https://example.com\\x", "string.format"),
            ("https://example.com:99999/", "string.format"),
            ("https://134744072/", "string.format"),
            ("https://intranet/", "address.internal"),
            ("https://256.256.256.256/", "address.ambiguous"),
            ("https://db.internal/", "address.internal"),
            ("https://localhost:3000/", "address.internal"),
        ],
    )
    .await;
}

#[tokio::test]
async fn prose_passes_and_locations_in_it_do_not() {
    check(
        Field::string().multiline(),
        &[
            "version 10.0.0.1 released at 12:30",
            "see https://example.com/a?b=1 and ops@example.com",
            "C:\\Users\\bob",
            "this only works on localhost",
            "ratio 16:9\nnext line",
            "100% sure, 5 @ 3",
        ],
        &[
            ("http://127.0.0.1:8080/admin", "address.internal"),
            ("first,http://[::1]/,last", "address.internal"),
            ("gopher://10.0.0.1:6379/_INFO", "address.internal"),
            ("http:// @10.0.0.1/", "address.internal"),
            ("ftp://one two@127.0.0.1", "address.internal"),
            ("ht\ntp:/\t/ @127.0.0.1/", "address.internal"),
            ("localhost:8080", "address.internal"),
            ("127.0.0.1", "address.internal"),
            ("ht\ntp://127.0.0.1", "address.internal"),
            ("http%3A%2F%2F127.0.0.1", "address.internal"),
            ("user@127.0.0.1/x", "address.internal"),
            ("a\u{202e}b", "string.control"),
        ],
    )
    .await;
}

#[tokio::test]
async fn an_allowed_host_passes_in_every_context() {
    let addresses = AddressPolicy::deny_internal()
        .allow_host("Hooks.Internal")
        .expect("a host");
    let schema = Schema::object()
        .required("url", Field::url())
        .required("host", Field::hostname())
        .required("text", Field::string());
    let layer = by_path(policy(
        Policy::builder()
            .post("/", RouteSchema::new().json(schema))
            .addresses(addresses),
    ));
    let send = |host: &str| {
        let body = json!({ "url": format!("https://{host}/"), "host": host, "text": format!("at https://{host}/x") });
        answer(&layer, post("/", body.to_string()))
    };
    assert_eq!(send("hooks.internal").await.status(), StatusCode::OK);
    assert_eq!(send("HOOKS.internal.").await.status(), StatusCode::OK);
    assert_eq!(
        send("other.internal").await.errors(),
        ["address.internal in body #/host"]
    );
}

#[tokio::test]
async fn base64_is_searched_in_what_it_is_decoded_to() {
    let format = "string.format";
    let metadata = "address.metadata";
    check(
        Field::base64().max_length(64),
        &["", "Zg==", "Zm8=", "Zm9v", "+/+/", "//4=", "//8="],
        &[
            ("Zg", format),
            ("Zh==", format),
            ("Zm9v\u{20}", format),
            ("-_-_", format),
            ("Zg==Zg==", format),
            ("Z===", format),
            ("é", format),
            ("//localhost/", "address.internal"),
        ],
    )
    .await;
    let layer = layer(Field::base64());
    let of = async |bytes: &[u8]| code(&layer, &STANDARD.encode(bytes)).await;
    for bytes in [
        &b"http://169.254.169.254/"[..],
        b"see http%3A%2F%2F0xa9fea9fe",
        b"169.254.169.254:80",
        b"metadata.google.internal",
        b"a\0http://169.254.169.254/\0",
        b"h\0t\0t\0p\0:\0/\0/\x002\x008\x005\x002\x000\x003\x009\x001\x006\x006\0",
        b"\xff\xd8http://169.254.169.254/\xff",
        b"\x7fELF\xff\x01http://169.254.169.254\x02",
        b"\xff\nsee\nhttp://169.254.169.254\xe9",
    ] {
        assert_eq!(of(bytes).await.as_deref(), Some(metadata), "{bytes:?}");
    }
    for bytes in [&b"http://0/\xff"[..], b"\xffHTTP:0", b"\xff\xfehttps:127.1"] {
        let internal = Some("address.internal");
        assert_eq!(of(bytes).await.as_deref(), internal, "{bytes:?}");
    }
    for bytes in [
        &b"https://example.com/\xff"[..],
        b"",
        b"\xff\xfe",
        // What stands by chance in an image.
        b"\xff\x80://5\xff\x80://0\x01",
        // Encoded twice, which nobody has declared.
        b"aHR0cDovLzE2OS4yNTQuMTY5LjI1NC8=",
    ] {
        assert_eq!(of(bytes).await, None, "{bytes:?}");
    }
}
