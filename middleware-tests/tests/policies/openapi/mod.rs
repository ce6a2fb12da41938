//! `OpenAPI` documents as a source of policies.

mod bounds;
mod documents;
mod mistakes;
mod options;
mod served;
mod service;
mod written;
