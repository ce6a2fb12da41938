//! A form in parts, which a handler reads part by part.

use std::{collections::HashMap, sync::LazyLock};

use axum::{
    Router,
    body::Bytes,
    extract::{FromRequest, Multipart, Request},
    routing::post,
};
use http::StatusCode;
use tower_harden::{Field, FileField, HardenLayer, Limits, MultipartSchema, Policy, RouteSchema};

use super::{
    LONGEST, Outcome, READ, document::replay, plain::is_text, refusal::assert_quiet, send_body,
};
use crate::policy;

/// The names of the fields and files.
pub const NAMES: [&str; 4] = ["title", "tag", "count", "photo"];

/// What divides the parts.
pub const BOUNDARY: &str = "X";

/// Sends a form in parts as it is written.
///
/// # Panics
///
/// Where it has two readings, or a refusal says what it should not.
pub fn check(body: &[u8], pieces: impl IntoIterator<Item = usize>) -> Outcome {
    static ROUTER: LazyLock<Router> = LazyLock::new(|| {
        let schema = MultipartSchema::new()
            .required("title", Field::string().max_length(8))
            .optional("tag", Field::list(Field::one_of(["a", "b"])).max_items(2))
            .optional("count", Field::integer(1..=9))
            .optional_file("photo", FileField::of(["image/png"]).max_bytes(16));
        let policy = policy(
            Policy::builder()
                .post("/", RouteSchema::new().multipart(schema))
                .limits(Limits::default().max_body(LONGEST)),
        );
        Router::new()
            .route("/", post(read))
            .layer(HardenLayer::new(policy))
    });
    let media_type = format!("multipart/form-data; boundary={BOUNDARY}");
    let answer = send_body(&ROUTER, &media_type, body, pieces);
    if answer.status() == READ {
        assert_eq!(answer.body, body, "the handler gets what was judged");
        return Outcome::Read;
    }
    assert_quiet(&answer, &[400, 413, 415, 422], &NAMES);
    Outcome::Refused(answer)
}

async fn read(request: Request) -> (StatusCode, Bytes) {
    let (body, again) = replay(request).await;
    let mut parts = Multipart::from_request(again(), &())
        .await
        .unwrap_or_else(|error| panic!("accepted, and then: {error}"));
    let mut counts: HashMap<String, usize> = HashMap::new();
    let mut title = String::new();
    loop {
        let part = parts.next_field().await;
        let Some(part) = part.unwrap_or_else(|error| panic!("accepted, and then: {error}")) else {
            break;
        };
        let name = part.name().expect("a name").to_owned();
        let file = part.file_name().map(str::to_owned);
        let media_type = part.content_type().map(str::to_owned);
        *counts.entry(name.clone()).or_default() += 1;
        if name == "photo" {
            let file = file.expect("a file has a name");
            let is_path = file.contains(['/', '\\', ':']) || file.starts_with("..");
            assert!(!file.is_empty() && !is_path, "{file:?}");
            assert_eq!(media_type.as_deref(), Some("image/png"));
            assert!(part.bytes().await.expect("accepted").len() <= 16);
            continue;
        }
        assert_eq!(file, None, "a field is no file");
        let raw = part.bytes().await.expect("accepted");
        let value = std::str::from_utf8(&raw).expect("text");
        match name.as_str() {
            "title" => {
                assert!(is_text(value, 0, 8), "{value:?}");
                value.clone_into(&mut title);
            }
            "tag" => assert!(matches!(value, "a" | "b"), "{value:?}"),
            "count" => assert!((1..=9).contains(&value.parse::<u8>().expect("a number"))),
            other => panic!("an undeclared {other:?}"),
        }
    }
    assert_eq!(counts.get("title"), Some(&1));
    let most = |name, most| counts.get(name).is_none_or(|count| *count <= most);
    assert!(
        most("tag", 2) && most("count", 1) && most("photo", 1),
        "{counts:?}"
    );
    assert_title_is_read_as(&title, again()).await;
    (READ, body)
}

/// The text that an extractor decodes, by what the part says of it, is the text that stands there.
async fn assert_title_is_read_as(title: &str, request: Request) {
    let mut parts = Multipart::from_request(request, &()).await.expect("parts");
    while let Some(part) = parts.next_field().await.expect("a part") {
        if part.name() == Some("title") {
            assert_eq!(part.text().await.expect("accepted"), title);
        }
    }
}
