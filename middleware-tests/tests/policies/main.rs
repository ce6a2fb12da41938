//! Policies from every source, and as people read and compare them: revisions, differences, what loosens a
//! base, lints.

mod attributes;
mod compare;
mod custom_rules;
mod declared;
mod extended;
mod extends;
mod extends_only_tighten;
mod fields_of_types;
mod file;
mod file_bounds;
mod file_schema;
mod lint;
mod loosened;
mod models;
mod openapi;
mod readings;
mod tightened;
mod types;
mod values;

use middleware_tests::policy;
use tower_harden::{JsonSchema, Policy, RouteSchema, Schema};

/// A policy of one route with a JSON body.
fn of_body(schema: impl Into<Schema>) -> Policy {
    policy(Policy::builder().post("/x", RouteSchema::new().json(schema)))
}

/// The same of a document.
fn of_document(document: &str) -> Policy {
    of_body(JsonSchema::new(document))
}
