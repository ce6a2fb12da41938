//! Notes, kept until the process ends, behind the hardening of the platform team.
//!
//! What a service says of it is [`policy`] and one line of [`app`]; the rest is what it has anyway.

mod notes;
pub mod tries;

use acme_hardening::{Hardening, RouterExt};
use axum::{
    Router,
    routing::{get, post},
};
use tower_harden::{Policy, PolicyBuilder, RouteSchema, infer};

/// What the routes accept: what the types of their handlers say.
pub fn policy() -> PolicyBuilder {
    Policy::builder()
        .get("/healthz", RouteSchema::new())
        .post("/notes", infer(notes::write))
        .get("/notes", infer(notes::list))
        .get("/notes/{number}", infer(notes::show))
}

/// The service.
pub fn app(hardening: Hardening) -> Router {
    Router::new()
        .route("/healthz", get(async || "ok\n"))
        .route("/notes", post(notes::write).get(notes::list))
        .route("/notes/{number}", get(notes::show))
        .with_state(notes::Notes::default())
        .hardened(hardening)
}
