//! Schemas from the types that a handler reads.
//!
//! [`schemars`] says of a type which JSON its `Deserialize` reads; the attributes of serde, garde and
//! validator that stand on the type are in it. Its schema is a [`JsonSchema`](crate::JsonSchema), which
//! is the body of a route ([`document`]), or the fields of its query, form or path ([`fields`], [`path`]).
//!
//! What a handler reads is written in its arguments: each is an extractor, which has a type.
//! [`infer`](infer()) asks every extractor of a handler what it [describes](Describe).

#[cfg(feature = "axum")]
mod describe;
mod document;
#[cfg(feature = "axum")]
mod extractors;
mod fields;
#[cfg(feature = "axum")]
mod infer;
mod newtypes;
mod path;
mod route;

#[cfg(feature = "axum")]
pub use describe::Describe;
#[cfg(feature = "axum")]
pub use infer::{HandlerFn, infer};
