//! Policies that come from files.

mod file;
mod file_bounds;
mod file_schema;
