use std::collections::HashMap;

use aws_sdk_dynamodb::types::AttributeValue;
use serde::{Deserialize, Serialize};

/// An order as a caller asks for it.
#[derive(Debug, Deserialize)]
pub struct NewOrder {
    /// What is ordered.
    pub sku: String,
    /// How many of it.
    pub quantity: i64,
    /// Whatever the caller has to say.
    pub note: Option<String>,
    /// Where to tell of its changes.
    pub callback: Option<String>,
}

/// An order as it is kept.
#[derive(Debug, Serialize)]
pub struct Order {
    /// Its number, which orders by time.
    pub id: String,
    /// What is ordered.
    pub sku: String,
    /// How many of it.
    pub quantity: i64,
    /// What has become of it.
    pub status: String,
    /// Whatever the caller had to say.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// Where to tell of its changes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub callback: Option<String>,
}

/// A change to an order.
#[derive(Debug, Deserialize)]
pub struct Change {
    /// How many of it.
    pub quantity: Option<i64>,
    /// What has become of it.
    pub status: Option<String>,
    /// Whatever the caller has to say.
    pub note: Option<String>,
}

/// Some orders, and where the next ones begin.
#[derive(Debug, Serialize)]
pub struct Page {
    /// The orders, oldest first.
    pub orders: Vec<Order>,
    /// The `cursor` of the next page, if there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
}

/// What a table is like.
#[derive(Debug, Serialize)]
pub struct Table {
    /// Its name.
    pub name: String,
    /// Whether it can be used.
    pub status: String,
    /// About how many items it has.
    pub items: i64,
}

pub(super) type Item = HashMap<String, AttributeValue>;

impl Change {
    /// Whether nothing would change.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.quantity.is_none() && self.status.is_none() && self.note.is_none()
    }
}

impl Order {
    pub(super) fn new(id: String, order: NewOrder) -> Self {
        Self {
            id,
            sku: order.sku,
            quantity: order.quantity,
            status: "open".into(),
            note: order.note,
            callback: order.callback,
        }
    }

    /// Reads an item; `None` where it is no order.
    pub(super) fn of(item: &Item) -> Option<Self> {
        let text = |name: &str| item.get(name)?.as_s().ok().cloned();
        Some(Self {
            id: text("id")?,
            sku: text("sku")?,
            quantity: item.get("quantity")?.as_n().ok()?.parse().ok()?,
            status: text("status")?,
            note: text("note"),
            callback: text("callback"),
        })
    }

    pub(super) fn item(&self, tenant: &str) -> Item {
        let text = |value: &str| AttributeValue::S(value.to_owned());
        let mut item = Item::from([
            ("tenant".to_owned(), text(tenant)),
            ("id".to_owned(), text(&self.id)),
            ("sku".to_owned(), text(&self.sku)),
            (
                "quantity".to_owned(),
                AttributeValue::N(self.quantity.to_string()),
            ),
            ("status".to_owned(), text(&self.status)),
        ]);
        for (name, value) in [("note", &self.note), ("callback", &self.callback)] {
            if let Some(value) = value {
                item.insert(name.to_owned(), text(value));
            }
        }
        item
    }
}
