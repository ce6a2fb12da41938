//! Requests on their way in: each wall of the layer, seen through the public API.

mod bodies;
mod checked;
mod configuration;
mod cookies;
mod documents;
mod forms;
mod headers;
mod json;
mod maps;
mod modes;
mod multipart;
mod parameters;
mod pieces;
mod positions;
mod readiness;
mod refusals;
mod repetition;
mod routing;
mod served;
mod slow;
mod strings;
mod suite_addresses;
mod suite_json;
mod suite_json_schema;
mod validator;
mod vectors;
