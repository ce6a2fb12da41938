//! Items, and what they look like as text.

use std::collections::{BTreeMap, HashMap};

use aws_sdk_dynamodb::types::AttributeValue;

pub(crate) type Item = HashMap<String, AttributeValue>;

/// A string.
pub(crate) fn text(value: &str) -> AttributeValue {
    AttributeValue::S(value.to_owned())
}

/// A number.
pub(crate) fn number(value: i64) -> AttributeValue {
    AttributeValue::N(value.to_string())
}

/// An item of these strings.
pub(crate) fn item<const N: usize>(attributes: [(&str, &str); N]) -> Item {
    let attributes = attributes.map(|(name, value)| (name.to_owned(), text(value)));
    attributes.into()
}

/// An item as text, the same for equal items.
pub(crate) fn shown(item: &Item) -> String {
    let sorted: BTreeMap<_, _> = item
        .iter()
        .map(|(name, value)| (name, shown_value(value)))
        .collect();
    format!("{sorted:?}")
}

/// Items as text, in their order.
pub(crate) fn all_shown(items: &[Item]) -> String {
    let items: Vec<_> = items.iter().map(shown).collect();
    items.join(" ")
}

/// Items as text, in an order of their own: a store may answer them in any.
pub(crate) fn sorted(items: &[Item]) -> String {
    let mut items: Vec<_> = items.iter().map(shown).collect();
    items.sort();
    items.join(" ")
}

fn shown_value(value: &AttributeValue) -> String {
    match value {
        AttributeValue::M(members) => shown(members),
        AttributeValue::L(elements) => {
            let elements: Vec<_> = elements.iter().map(shown_value).collect();
            format!("[{}]", elements.join(", "))
        }
        AttributeValue::Ss(elements) => {
            let mut elements = elements.clone();
            elements.sort();
            format!("{elements:?}")
        }
        value => format!("{value:?}"),
    }
}
