//! Requests on their way in.

mod suite_addresses;
mod suite_json;
