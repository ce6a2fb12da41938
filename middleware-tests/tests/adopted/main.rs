//! An existing project of axum and utoipa is hardened by adding two lines:
//!
//! ```text
//! let policy = tower_harden::Policy::from_openapi(document.as_str())?;
//! let router = router.layer(tower_harden::HardenLayer::new(policy));
//! ```
//!
//! `project/app.rs` is the project without them, and `project/hardened.rs` with them. Both are served on a
//! real socket.

mod attacks;
mod covered;
mod project;
mod schemathesis;
mod served;
mod two_lines;
