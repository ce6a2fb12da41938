//! One document on every way that it may take: whole, in pieces, and without HTTP.

use axum::{
    Router,
    body::{Body, Bytes},
    extract::{FromRequest, Request},
    handler::Handler,
    routing::post,
};
use tower_harden::{AddressPolicy, HardenLayer, Limits, Policy, RouteSchema, Schema, Validator};

use super::{LONGEST, READ, send_body};
use crate::{Answer, policy};

/// A route for a document, and the validator of the same schema.
pub(super) struct Document {
    router: Router,
    validator: Validator,
}

impl Document {
    /// A route that looks for so many violations.
    pub(super) fn new<H, T>(schema: impl Into<Schema>, violations: usize, handler: H) -> Self
    where
        H: Handler<T, ()>,
        T: 'static,
    {
        let schema = schema.into();
        let limits = Limits::default()
            .max_body(LONGEST)
            .max_violations(violations);
        let validator = Validator::new(schema.clone(), AddressPolicy::deny_internal(), limits)
            .unwrap_or_else(|error| panic!("{error}"));
        let policy = policy(
            Policy::builder()
                .post("/", RouteSchema::new().json(schema))
                .limits(limits),
        );
        let router = Router::new()
            .route("/", post(handler))
            .layer(HardenLayer::new(policy));
        Self { router, validator }
    }

    /// The answer to a body, which is the same whole, in pieces of the given lengths, and without HTTP.
    pub(super) fn answer(&self, body: &[u8], pieces: impl IntoIterator<Item = usize>) -> Answer {
        let answer = send_body(&self.router, "application/json", body, pieces);
        if !body.is_empty() && body.len() <= LONGEST {
            self.assert_same_without_http(body, &answer);
        }
        answer
    }

    fn assert_same_without_http(&self, body: &[u8], answer: &Answer) {
        let told: Vec<String> = match self.validator.check(body) {
            Ok(()) => Vec::new(),
            Err(violations) => violations
                .iter()
                .map(|violation| format!("{} in {}", violation.code(), violation.location()))
                .collect(),
        };
        let answered = if answer.status() == READ {
            Vec::new()
        } else {
            answer.errors()
        };
        assert_eq!(told, answered, "without HTTP and with it");
    }
}

/// Takes the body of a request out, and gives what makes the request again for each extractor.
pub(super) async fn replay(request: Request) -> (Bytes, impl Fn() -> Request) {
    let (parts, body) = request.into_parts();
    let body = Bytes::from_request(Request::from_parts(parts.clone(), body), &())
        .await
        .expect("bytes that were judged");
    let bytes = body.clone();
    let again = move || Request::from_parts(parts.clone(), Body::from(bytes.clone()));
    (body, again)
}
