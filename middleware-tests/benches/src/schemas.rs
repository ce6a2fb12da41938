//! What the documents are taken for: by this library, by JSON Schema, and by types.

use std::sync::LazyLock;

use regex::Regex;
use serde::Deserialize;
use serde_json::{Value, json};
use tower_harden::{Field, ObjectSchema, Schema};

pub fn order() -> ObjectSchema {
    Schema::object()
        .required("id", Field::uuid())
        .required(
            "sku",
            Field::string()
                .min_length(1)
                .max_length(64)
                .pattern("^[A-Z0-9-]+$"),
        )
        .required("quantity", Field::integer(1..=100))
        .required("price", Field::number(0.0..=100_000.0))
        .required("status", Field::one_of(["open", "shipped", "cancelled"]))
        .required("express", Field::boolean())
        .optional("note", Field::string().max_length(1_000))
        .optional("callback", Field::url().max_length(2_000))
}

pub fn post() -> ObjectSchema {
    Schema::object()
        .required("id", Field::string().max_length(20))
        .required("user", Field::string().max_length(64))
        .required("text", Field::string().max_length(1_000).multiline())
        .required("url", Field::url())
        .required("icon", Field::url())
}

/// The same schema as a JSON Schema document.
pub fn order_document() -> Value {
    json!({
        "type": "object",
        "additionalProperties": false,
        "required": ["id", "sku", "quantity", "price", "status", "express"],
        "properties": {
            "id": { "type": "string", "format": "uuid" },
            "sku": { "type": "string", "minLength": 1, "maxLength": 64, "pattern": "^[A-Z0-9-]+$" },
            "quantity": { "type": "integer", "minimum": 1, "maximum": 100 },
            "price": { "type": "number", "minimum": 0, "maximum": 100_000 },
            "status": { "type": "string", "enum": ["open", "shipped", "cancelled"] },
            "express": { "type": "boolean" },
            "note": { "type": "string", "maxLength": 1000 },
            "callback": { "type": "string", "maxLength": 2000, "format": "uri" },
        },
    })
}

/// The schema of the posts as a JSON Schema document.
pub fn post_document() -> Value {
    json!({
        "type": "object",
        "additionalProperties": false,
        "required": ["id", "user", "text", "url", "icon"],
        "properties": {
            "id": { "type": "string", "maxLength": 20 },
            "user": { "type": "string", "maxLength": 64 },
            "text": { "type": "string", "maxLength": 1000 },
            "url": { "type": "string", "format": "uri" },
            "icon": { "type": "string", "format": "uri" },
        },
    })
}

static SKU: LazyLock<Regex> = LazyLock::new(|| Regex::new("^[A-Z0-9-]+$").expect("a pattern"));

/// The same as a type: serde's rules for what it is, those of garde and of validator for what it holds.
#[derive(Debug, Deserialize, garde::Validate, validator::Validate)]
#[serde(deny_unknown_fields)]
#[garde(allow_unvalidated)]
pub struct Order {
    #[garde(length(equal = 36))]
    #[validate(length(equal = 36))]
    pub id: String,
    #[garde(length(chars, min = 1, max = 64), pattern("^[A-Z0-9-]+$"))]
    #[validate(length(min = 1, max = 64), regex(path = *SKU))]
    pub sku: String,
    #[garde(range(min = 1, max = 100))]
    #[validate(range(min = 1, max = 100))]
    pub quantity: i64,
    #[garde(range(min = 0.0, max = 100_000.0))]
    #[validate(range(min = 0.0, max = 100_000.0))]
    pub price: f64,
    pub status: Status,
    pub express: bool,
    #[garde(length(chars, max = 1000))]
    #[validate(length(max = 1000))]
    pub note: Option<String>,
    #[garde(length(chars, max = 2000), url)]
    #[validate(length(max = 2000), url)]
    pub callback: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    Open,
    Shipped,
    Cancelled,
}

/// A post as a type.
#[derive(Debug, Deserialize, garde::Validate, validator::Validate)]
#[serde(deny_unknown_fields)]
#[garde(allow_unvalidated)]
pub struct Post {
    #[garde(length(chars, max = 20))]
    #[validate(length(max = 20))]
    pub id: String,
    #[garde(length(chars, max = 64))]
    #[validate(length(max = 64))]
    pub user: String,
    #[garde(length(chars, max = 1000))]
    #[validate(length(max = 1000))]
    pub text: String,
    #[garde(url)]
    #[validate(url)]
    pub url: String,
    #[garde(url)]
    #[validate(url)]
    pub icon: String,
}

/// What the two crates that check types make of a value.
pub trait Checks {
    fn garde(&self) -> bool;
    fn validator(&self) -> bool;
}

impl<T: garde::Validate<Context = ()> + validator::Validate> Checks for T {
    fn garde(&self) -> bool {
        garde::Validate::validate(self).is_ok()
    }

    fn validator(&self) -> bool {
        validator::Validate::validate(self).is_ok()
    }
}

/// Many of them.
#[derive(Debug, Deserialize)]
#[serde(transparent)]
pub struct Many<T>(pub Vec<T>);

impl<T: Checks> Checks for Many<T> {
    fn garde(&self) -> bool {
        self.0.iter().all(Checks::garde)
    }

    fn validator(&self) -> bool {
        self.0.iter().all(Checks::validator)
    }
}
