//! An order: a schema with every kind of field, the type that a handler has for it, and its rules.

use serde::Deserialize;
use serde_json::Value;
use tower_harden::{Field, ObjectSchema, Schema};

use super::plain::{is_date_time, is_multiline, is_public_url, is_text, is_uuid};

/// What the layer accepts as an order.
pub fn schema() -> ObjectSchema {
    let line = Schema::object()
        .required("sku", sku())
        .required("amount", Field::unsigned(1..))
        .optional("gift", Field::boolean());
    Schema::object()
        .required("sku", sku())
        .required("quantity", Field::integer(1..=100))
        .optional("count", Field::integer(-5..=5).nullable())
        .optional("balance", Field::integer(..))
        .optional("total", Field::unsigned(..))
        .optional("share", Field::number(0.0..1.0))
        .optional("ratio", Field::number(-0.1..=0.3))
        .optional("gift", Field::boolean())
        .optional("status", Field::one_of(STATUS))
        .optional(
            "note",
            Field::string().max_length(12).multiline().nullable(),
        )
        .optional("code", Field::string().pattern("^(?:[a-z]{2}|é+)-[0-9]?$"))
        .optional("id", Field::uuid())
        .optional("when", Field::date_time())
        .optional("callback", Field::url())
        .optional("lines", Schema::array(line).min_items(1).max_items(3))
        .optional(
            "tags",
            Field::list(Field::string().min_length(1).max_length(4)).max_items(4),
        )
        .optional("extra", Schema::any())
        .optional("contact_mail_address", Field::string().max_length(3))
        .optional("contact_post_address", Field::integer(0..=9))
}

fn sku() -> Field {
    Field::string()
        .min_length(2)
        .max_length(8)
        .pattern("^[A-Z0-9-]+$")
        .into()
}

/// What the status may be.
pub const STATUS: [&str; 3] = ["open", "paid", "sent back"];

/// The names of an order, in their order.
pub const NAMES: [&str; 19] = [
    "sku",
    "quantity",
    "count",
    "balance",
    "total",
    "share",
    "ratio",
    "gift",
    "status",
    "note",
    "code",
    "id",
    "when",
    "callback",
    "lines",
    "tags",
    "extra",
    "contact_mail_address",
    "contact_post_address",
];

/// The names of a line, in their order.
pub const LINE_NAMES: [&str; 3] = ["sku", "amount", "gift"];

/// An order as a handler reads it.
#[derive(Debug, Deserialize, PartialEq)]
#[serde(deny_unknown_fields)]
pub(super) struct Order {
    sku: String,
    quantity: i64,
    count: Option<i8>,
    balance: Option<i64>,
    total: Option<u64>,
    share: Option<f64>,
    ratio: Option<f64>,
    gift: Option<bool>,
    status: Option<Status>,
    note: Option<String>,
    code: Option<String>,
    id: Option<String>,
    when: Option<String>,
    callback: Option<String>,
    lines: Option<Vec<Line>>,
    tags: Option<Vec<String>>,
    extra: Option<Value>,
    contact_mail_address: Option<String>,
    contact_post_address: Option<u8>,
}

#[derive(Debug, Deserialize, PartialEq)]
#[serde(deny_unknown_fields)]
struct Line {
    sku: String,
    amount: u64,
    gift: Option<bool>,
}

#[derive(Debug, Deserialize, PartialEq)]
#[serde(rename_all = "lowercase")]
enum Status {
    Open,
    Paid,
    #[serde(rename = "sent back")]
    SentBack,
}

impl Order {
    /// Panics where the order does not keep what the schema says.
    pub(super) fn assert_kept(&self) {
        assert!(is_sku(&self.sku));
        assert!((1..=100).contains(&self.quantity));
        assert!(self.count.is_none_or(|count| (-5..=5).contains(&count)));
        assert!(self.share.is_none_or(|share| (0.0..1.0).contains(&share)));
        assert!(self.ratio.is_none_or(|ratio| (-0.1..=0.3).contains(&ratio)));
        assert!(
            self.note
                .as_deref()
                .is_none_or(|note| is_multiline(note, 12))
        );
        assert!(self.code.as_deref().is_none_or(is_code));
        assert!(self.id.as_deref().is_none_or(is_uuid));
        assert!(self.when.as_deref().is_none_or(is_date_time));
        assert!(self.callback.as_deref().is_none_or(is_public_url));
        assert!(
            self.contact_mail_address
                .as_deref()
                .is_none_or(|mail| is_text(mail, 0, 3))
        );
        assert!(self.contact_post_address.is_none_or(|post| post <= 9));
        for line in self.lines.iter().flatten() {
            assert!(is_sku(&line.sku) && line.amount >= 1);
        }
        let lines = self.lines.as_ref().map_or(1, Vec::len);
        assert!((1..=3).contains(&lines));
        let tags = self.tags.as_deref().unwrap_or_default();
        assert!(tags.len() <= 4 && tags.iter().all(|tag| is_text(tag, 1, 4)));
    }
}

fn is_sku(sku: &str) -> bool {
    let of_sku = |byte| matches!(byte, b'A'..=b'Z' | b'0'..=b'9' | b'-');
    is_text(sku, 2, 8) && sku.bytes().all(of_sku)
}

fn is_code(code: &str) -> bool {
    let Some((letters, digit)) = code.split_once('-') else {
        return false;
    };
    let two = letters.len() == 2 && letters.bytes().all(|byte| byte.is_ascii_lowercase());
    let accents = !letters.is_empty() && letters.chars().all(|character| character == 'é');
    (two || accents) && digit.len() <= 1 && digit.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether an order has the required members and no others than the declared, at every level, and
/// is `null` only where it may be.
pub(super) fn is_closed(order: &Value) -> bool {
    let is_line = |line: &Value| has_members(line, &LINE_NAMES, &["sku", "amount"], &[]);
    let lines = order.get("lines").and_then(Value::as_array);
    has_members(
        order,
        &NAMES,
        &["sku", "quantity"],
        &["count", "note", "extra"],
    ) && lines.is_none_or(|lines| lines.iter().all(is_line))
}

fn has_members(object: &Value, names: &[&str], required: &[&str], nullable: &[&str]) -> bool {
    let Some(object) = object.as_object() else {
        return false;
    };
    let is_declared = |(name, value): (&String, &Value)| {
        names.contains(&name.as_str()) && (!value.is_null() || nullable.contains(&name.as_str()))
    };
    object.iter().all(is_declared) && required.iter().all(|name| object.contains_key(*name))
}
