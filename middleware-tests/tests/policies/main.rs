//! Policies from elsewhere than the builder.

mod attributes;
mod custom_rules;
mod fields_of_types;
mod readings;
mod types;
