//! Policies from other sources than code.

mod file;
mod file_bounds;
mod file_schema;
mod openapi;
