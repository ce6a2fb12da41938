//! The one verdict on a value, whether it comes by a request or not.

use serde_json::json;
use tower_harden::{AddressPolicy, Code, Field, Limits, Schema, Validator};

/// What is told of a value that nothing is wrong with.
pub(crate) const ACCEPT: &str = "accept";

/// Judges values in the contexts that rows name.
pub(crate) struct Judge {
    url: Validator,
    host: Validator,
    ipv4: Validator,
    ipv6: Validator,
    text: Validator,
    policy: AddressPolicy,
}

impl Judge {
    pub(crate) fn new() -> Self {
        // Controls are opened: what is refused is refused for the address.
        Self {
            url: validator(Field::url().allow_controls()),
            host: validator(Field::hostname().allow_controls()),
            ipv4: validator(Field::ipv4().allow_controls()),
            ipv6: validator(Field::ipv6().allow_controls()),
            text: validator(Field::string().allow_controls()),
            policy: AddressPolicy::deny_internal(),
        }
    }

    /// The code that a value is refused with, or [`ACCEPT`].
    ///
    /// # Panics
    ///
    /// Where a value that comes by no request is judged in another way.
    pub(crate) fn told(&self, context: &str, value: &str) -> &'static str {
        let validator = match context {
            "url" => &self.url,
            "host" => &self.host,
            "ip" if value.contains(':') => &self.ipv6,
            "ip" => &self.ipv4,
            "text" => &self.text,
            other => panic!("an unknown context {other:?}"),
        };
        let told = told(validator, json!(value).to_string().as_bytes());
        let checked = match (context, value.parse()) {
            ("url", _) => self.policy.check_url(value),
            ("host", _) => self.policy.check_host(value),
            ("text", _) => self.policy.check_text(value),
            (_, Ok(address)) => self.policy.check_address(address),
            (_, Err(_)) => return told,
        };
        let checked = checked.map_or_else(Code::as_str, |()| ACCEPT);
        assert_eq!(checked, told, "{context} {value:?}, by no request");
        told
    }
}

pub(crate) fn validator(schema: impl Into<Schema>) -> Validator {
    Validator::new(schema, AddressPolicy::deny_internal(), Limits::default())
        .unwrap_or_else(|error| panic!("{error}"))
}

/// The code that a document is refused with first, or [`ACCEPT`].
pub(crate) fn told(validator: &Validator, document: &[u8]) -> &'static str {
    match validator.check(document) {
        Ok(()) => ACCEPT,
        Err(violations) => violations[0].code().as_str(),
    }
}
