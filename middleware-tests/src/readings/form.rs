//! A form that a handler reads as a struct and as pairs.

use std::sync::LazyLock;

use axum::{
    Form, Router,
    body::Bytes,
    extract::{FromRequest, Request},
    routing::post,
};
use axum_extra::extract::Form as ExtraForm;
use http::StatusCode;
use serde::Deserialize;
use tower_harden::{Field, HardenLayer, Limits, Policy, RouteSchema, Schema};

use super::{
    LONGEST, Outcome, READ,
    document::replay,
    plain::{is_public_url, is_text},
    refusal::assert_quiet,
    send_body,
};
use crate::policy;

/// The names of the fields.
pub const NAMES: [&str; 5] = ["limit", "text", "ok", "next", "tag"];

/// Sends a form as it is written.
///
/// # Panics
///
/// Where it has two readings, or a refusal says what it should not.
pub fn check(body: &[u8], pieces: impl IntoIterator<Item = usize>) -> Outcome {
    static ROUTER: LazyLock<Router> = LazyLock::new(|| {
        let fields = Schema::object()
            .required("limit", Field::integer(1..=50))
            .optional("text", Field::string().min_length(1).max_length(8))
            .optional("ok", Field::boolean())
            .optional("next", Field::url())
            .optional(
                "tag",
                Field::list(Field::string().max_length(3)).max_items(3),
            );
        let policy = policy(
            Policy::builder()
                .post("/", RouteSchema::new().form(fields))
                .limits(Limits::default().max_body(LONGEST)),
        );
        Router::new()
            .route("/", post(read))
            .layer(HardenLayer::new(policy))
    });
    let answer = send_body(&ROUTER, "application/x-www-form-urlencoded", body, pieces);
    if answer.status() == READ {
        assert_eq!(answer.body, body, "the handler gets what was judged");
        return Outcome::Read;
    }
    assert_quiet(&answer, &[400, 413, 422], &NAMES);
    Outcome::Refused(answer)
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Search {
    limit: u8,
    text: Option<String>,
    ok: Option<bool>,
    next: Option<String>,
    #[serde(default)]
    tag: Vec<String>,
}

async fn read(request: Request) -> (StatusCode, Bytes) {
    let (body, again) = replay(request).await;
    let ExtraForm(search): ExtraForm<Search> = ExtraForm::from_request(again(), &())
        .await
        .unwrap_or_else(|error| panic!("accepted, and then: {error}"));
    let Form(pairs): Form<Vec<(String, String)>> = Form::from_request(again(), &())
        .await
        .unwrap_or_else(|error| panic!("accepted, and then: {error}"));

    assert!((1..=50).contains(&search.limit), "{search:?}");
    assert!(search.text.as_ref().is_none_or(|text| is_text(text, 1, 8)));
    assert!(search.next.as_ref().is_none_or(|next| is_public_url(next)));
    assert!(search.tag.len() <= 3, "{search:?}");
    assert!(
        search.tag.iter().all(|tag| is_text(tag, 0, 3)),
        "{search:?}"
    );

    let values = |name: &str| -> Vec<&str> {
        let named = pairs.iter().filter(|(other, _)| other == name);
        named.map(|(_, value)| value.as_str()).collect()
    };
    assert_eq!(values("limit"), [search.limit.to_string()]);
    assert_eq!(values("text"), Vec::from_iter(search.text.as_deref()));
    assert_eq!(values("next"), Vec::from_iter(search.next.as_deref()));
    assert_eq!(values("tag"), search.tag);
    let ok = search.ok.map(|ok| ok.to_string());
    assert_eq!(values("ok"), Vec::from_iter(ok.as_deref()));
    assert!(pairs.iter().all(|(name, _)| NAMES.contains(&name.as_str())));
    (READ, body)
}
