//! The documents that are measured, and what the peers take them for.

use std::fmt::Write as _;

use garde::Validate;
use serde::Deserialize;
use tower_harden::{Field, ObjectSchema, Schema};

/// 8 members, one of them a URL.
pub(crate) const SMALL: &str = r#"{"id":"550e8400-e29b-41d4-a716-446655440000","sku":"LAMP-2000-X","quantity":42,"price":19.99,"status":"open","express":true,"note":"please ring twice, thank you","callback":"https://hooks.example.com/orders/123"}"#;

/// An array of `count` objects such as the small one, without two of them alike.
pub(crate) fn orders(count: usize) -> String {
    let mut text = String::from("[");
    for number in 0..count {
        if number > 0 {
            text.push(',');
        }
        let _ = write!(
            text,
            r#"{{"id":"550e8400-e29b-41d4-a716-4466{:08}","sku":"LAMP-{number}","quantity":{},"price":{}.25,"status":"open","express":{},"note":"order number {number}, as always"}}"#,
            number % 100_000_000,
            number % 100 + 1,
            number % 1000,
            number % 2 == 0,
        );
    }
    text.push(']');
    text
}

/// Texts as people post them: many URLs, much that is not ASCII, some escapes.
pub(crate) fn posts(count: usize) -> String {
    let mut text = String::from("[");
    for number in 0..count {
        if number > 0 {
            text.push(',');
        }
        let _ = write!(
            text,
            r#"{{"id":"{number}","user":"@名無し_{number}","text":"RT @someone: 今日はいい天気ですね \"sunny\" https://t.example/{number} #空 ありがとう","url":"https://social.example.com/status/{number}/media?size=large","icon":"https://img.example.net/profile_images/{number}/photo_normal.jpeg"}}"#,
        );
    }
    text.push(']');
    text
}

pub(crate) fn order() -> ObjectSchema {
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

pub(crate) fn post() -> ObjectSchema {
    Schema::object()
        .required("id", Field::string().max_length(20))
        .required("user", Field::string().max_length(64))
        .required("text", Field::string().max_length(1_000).multiline())
        .required("url", Field::url())
        .required("icon", Field::url())
}

/// The same schema as a JSON Schema document.
pub(crate) fn order_document() -> serde_json::Value {
    serde_json::json!({
        "type": "object",
        "additionalProperties": false,
        "required": ["id", "sku", "quantity", "price", "status", "express"],
        "properties": {
            "id": { "type": "string", "format": "uuid" },
            "sku": { "type": "string", "minLength": 1, "maxLength": 64, "pattern": "^[A-Z0-9-]+$" },
            "quantity": { "type": "integer", "minimum": 1, "maximum": 100 },
            "price": { "type": "number", "minimum": 0, "maximum": 100_000 },
            "status": { "enum": ["open", "shipped", "cancelled"] },
            "express": { "type": "boolean" },
            "note": { "type": "string", "maxLength": 1000 },
            "callback": { "type": "string", "maxLength": 2000, "format": "uri" },
        },
    })
}

/// The same as a type: serde's rules for what it is, garde's for what it holds.
#[derive(Debug, Deserialize, Validate)]
#[serde(deny_unknown_fields)]
#[garde(allow_unvalidated)]
#[expect(dead_code, reason = "what is measured is that they are made")]
pub(crate) struct Order {
    #[garde(length(equal = 36))]
    id: String,
    #[garde(length(chars, min = 1, max = 64), pattern("^[A-Z0-9-]+$"))]
    sku: String,
    #[garde(range(min = 1, max = 100))]
    quantity: i64,
    #[garde(range(min = 0.0, max = 100_000.0))]
    price: f64,
    status: Status,
    express: bool,
    #[garde(length(chars, max = 1000))]
    note: Option<String>,
    #[garde(length(chars, max = 2000), url)]
    callback: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Status {
    Open,
    Shipped,
    Cancelled,
}
