//! `OpenAPI` documents as a source of policies.

mod bounds;
mod documents;
mod mistakes;
mod options;
mod service;
mod written;
