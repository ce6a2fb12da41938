//! Forms in parts: what `Multipart` reads is what was judged.

use axum::{
    Router,
    body::Body,
    extract::{Multipart, Request},
    routing::post,
};
use http::{StatusCode, header::CONTENT_TYPE};
use middleware_tests::{Answer, mistakes, policy};
use tower::ServiceExt;
use tower_harden::{Field, FileField, HardenLayer, Limits, MultipartSchema, Policy, RouteSchema};

/// Answers with each part that the extractor reads.
async fn parts(mut multipart: Multipart) -> String {
    let mut told = Vec::new();
    while let Some(field) = multipart.next_field().await.expect("a part") {
        let name = field.name().unwrap_or("none").to_owned();
        let file = field.file_name().unwrap_or("none").to_owned();
        let text = field.text().await.expect("text");
        told.push(format!("{name} {file} {text}\n"));
    }
    told.concat()
}

async fn send(body: impl Into<Body>) -> Answer {
    send_as("multipart/form-data; boundary=X", body).await
}

async fn send_as(media_type: &str, body: impl Into<Body>) -> Answer {
    let schema = MultipartSchema::new()
        .required("title", Field::string().max_length(8))
        .optional("tag", Field::list(Field::one_of(["a", "b"])).max_items(2))
        .optional("count", Field::integer(1..=9))
        .optional_file(
            "photo",
            FileField::of(["image/png", "image/jpeg"]).max_bytes(8),
        )
        .optional_file("log", FileField::of(["text/plain"]).max_files(2));
    let policy = policy(
        Policy::builder()
            .limits(Limits::default().max_parameters(5))
            .post("/", RouteSchema::new().multipart(schema)),
    );
    let router = Router::new()
        .route("/", post(parts))
        .layer(HardenLayer::new(policy));
    let request = Request::post("/")
        .header(CONTENT_TYPE, media_type)
        .body(body.into())
        .expect("a request");
    Answer::of(router.oneshot(request).await.expect("an answer")).await
}

/// A body of parts, each of which is its headers behind `form-data; ` and its content.
fn body(parts: &[(&str, &str)]) -> String {
    let mut body = String::new();
    for (headers, content) in parts {
        body.push_str("--X\r\nContent-Disposition: form-data; ");
        body.push_str(headers);
        body.push_str("\r\n\r\n");
        body.push_str(content);
        body.push_str("\r\n");
    }
    body + "--X--\r\n"
}

const TITLE: (&str, &str) = ("name=\"title\"", "A desk");
const PNG: &str = "name=\"photo\"; filename=\"a.png\"\r\nContent-Type: image/png";
const LOG: &str = "name=\"log\"; filename=\"a b.log\"\r\nContent-Type: text/plain; charset=utf-8";

#[tokio::test]
async fn the_extractor_reads_what_was_judged() {
    for (sent, read) in [
        (&[TITLE][..], "title none A desk\n"),
        (
            &[("name=\"tag\"", "b"), TITLE, ("name=\"tag\"", "a")],
            "tag none b\ntitle none A desk\ntag none a\n",
        ),
        (
            &[TITLE, (PNG, "12345678")],
            "title none A desk\nphoto a.png 12345678\n",
        ),
        (
            &[TITLE, (LOG, "-X\r\n--"), (LOG, "")],
            "title none A desk\nlog a b.log -X\r\n--\nlog a b.log \n",
        ),
        (
            &[("name=\"title\"\r\nContent-Type: text/plain", "é")],
            "title none é\n",
        ),
        // Files are not judged by what is in them.
        (
            &[TITLE, (LOG, "http://[::1]")],
            "title none A desk\nlog a b.log http://[::1]\n",
        ),
    ] {
        let answer = send(body(sent)).await;
        assert_eq!(answer.status(), StatusCode::OK, "{sent:?}");
        assert_eq!(answer.body, read, "{sent:?}");
    }
}

#[tokio::test]
async fn what_breaks_a_rule_is_refused_by_name() {
    let file =
        |name: &str| format!("name=\"log\"; filename=\"{name}\"\r\nContent-Type: text/plain");
    for (sent, status, error) in [
        (&[][..], 422, "required in form title"),
        (
            &[("name=\"title\"", "123456789")],
            422,
            "string.max_length in form title",
        ),
        (&[TITLE, TITLE], 422, "form.repeated in form title"),
        (
            &[TITLE, ("name=\"role\"", "admin")],
            422,
            "form.unknown in form",
        ),
        (
            &[TITLE, ("name=\"count\"", "+1")],
            422,
            "type in form count",
        ),
        (
            &[("name=\"title\"", "//[::1]")],
            422,
            "address.internal in form title",
        ),
        (
            &[("name=\"title\"", "a\0")],
            422,
            "string.control in form title",
        ),
        (
            &[("name=\"title\"", "\u{feff}a")],
            400,
            "form.malformed in form title",
        ),
        (
            &[("name=\"title\"; filename=\"a\"", "a")],
            400,
            "form.malformed in form title",
        ),
        (
            &[("name=\"title\"\r\nContent-Type: text/html", "a")],
            400,
            "form.malformed in form title",
        ),
        (&[TITLE, ("name=\"log\"", "a")], 422, "type in form log"),
        (
            &[TITLE, (PNG, "123456789")],
            413,
            "file.too_large in form photo",
        ),
        (
            &[TITLE, (PNG, "1"), (PNG, "2")],
            422,
            "form.repeated in form photo",
        ),
        (
            &[TITLE, ("name=\"photo\"; filename=\"a\"", "1")],
            415,
            "file.media_type in form photo",
        ),
        (
            &[
                TITLE,
                (
                    "name=\"photo\"; filename=\"a\"\r\nContent-Type: text/html",
                    "1",
                ),
            ],
            415,
            "file.media_type in form photo",
        ),
        (&[TITLE, (&file("../a"), "1")], 422, "file.name in form log"),
        (
            &[TITLE, (&file("a\u{202e}b"), "1")],
            422,
            "string.control in form log",
        ),
        (
            &[("name=\"title\"; name=\"role\"", "a")],
            400,
            "form.malformed in form",
        ),
        (
            &[TITLE, TITLE, TITLE, TITLE, TITLE, TITLE],
            422,
            "form.repeated in form title",
        ),
    ] {
        let answer = send(body(sent)).await;
        assert_eq!(answer.status(), status, "{sent:?}");
        assert_eq!(answer.errors(), [error], "{sent:?}");
    }
}

#[tokio::test]
async fn bytes_that_are_no_text_are_no_field() {
    let mut sent = body(&[("name=\"title\"", "?")]).into_bytes();
    let place = sent.iter().position(|byte| *byte == b'?').expect("a mark");
    sent[place] = 0xff;
    assert_eq!(send(sent).await.errors(), ["form.malformed in form title"]);
}

#[tokio::test]
async fn the_number_of_parts_is_limited() {
    let log = (LOG, "");
    let sent = body(&[
        TITLE,
        log,
        log,
        ("name=\"tag\"", "a"),
        ("name=\"tag\"", "a"),
        ("name=\"count\"", "1"),
    ]);
    assert_eq!(send(sent).await.errors(), ["limit.parameters in form"]);
}

#[tokio::test]
async fn the_boundary_is_that_of_the_only_content_type() {
    let sent = body(&[TITLE]);
    for (media_type, status) in [
        ("multipart/form-data; boundary=X", 200),
        ("Multipart/Form-Data; boundary=\"X\"", 200),
        ("multipart/form-data; boundary=Y", 400),
        ("multipart/form-data", 415),
        ("multipart/form-data; boundary=X; boundary=Y", 415),
        ("multipart/mixed; boundary=X", 415),
        ("application/x-www-form-urlencoded", 415),
    ] {
        let answer = send_as(media_type, sent.clone()).await;
        assert_eq!(answer.status(), status, "{media_type}");
    }
    assert_eq!(send("").await.errors(), ["body.missing in body #"]);
}

#[test]
fn mistakes_are_named() {
    mistakes(
        Policy::builder().post(
            "/",
            RouteSchema::new().multipart(
                MultipartSchema::new()
                    .required("a", Field::string())
                    .required_file("a", FileField::of(["image/png"]))
                    .required_file("b", FileField::of([""; 0]))
                    .required_file("c", FileField::of(["image"])),
            ),
        ),
        &[
            "form a: is declared twice",
            "form b: has no media types: no file fits",
            "form c: has a media type that is none",
        ],
    );
}
