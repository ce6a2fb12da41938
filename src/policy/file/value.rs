//! Reading a policy that an importer has made of something else.

use serde_json::Value;

use super::tree::{At, Kind, Member, Node};
use crate::{Pointer, json::Bounds};

/// The tree of a value.
///
/// # Errors
///
/// Where it nests deeper than text can.
pub(super) fn read(value: Value) -> Result<Node, (At, String)> {
    node(value, Pointer::default(), Bounds::DEEPEST)
}

fn node(value: Value, pointer: Pointer, levels: u32) -> Result<Node, (At, String)> {
    let Some(inner) = levels.checked_sub(1) else {
        let told = format!("nests deeper than {} levels", Bounds::DEEPEST);
        return Err((At::Value(pointer), told));
    };
    let kind = match value {
        Value::Null => Kind::Null,
        Value::Bool(value) => Kind::Boolean(value),
        Value::Number(number) => Kind::Number(number),
        Value::String(text) => Kind::String(text),
        Value::Array(items) => {
            let items = (0..).zip(items).map(|(place, item)| {
                let mut pointer = pointer.clone();
                pointer.push_item(place);
                node(item, pointer, inner)
            });
            Kind::Array(items.collect::<Result<_, _>>()?)
        }
        Value::Object(members) => {
            let members = members.into_iter().map(|(name, value)| {
                let mut pointer = pointer.clone();
                pointer.push_member(name.as_str().into());
                Ok(Member {
                    name,
                    at: At::Value(pointer.clone()),
                    value: node(value, pointer, inner)?,
                })
            });
            Kind::Table(members.collect::<Result<_, _>>()?)
        }
    };
    let at = At::Value(pointer);
    Ok(Node { at, kind })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_value_is_what_it_was_and_knows_its_pointers() {
        let value = json!({"a/b": [1, {"c": null}], "d": true});
        let node = read(value.clone()).expect("it is flat");
        assert_eq!(node.to_value(), value);
        let (_, items) = node.step("a/b").expect("a member");
        let (_, item) = items.step("1").expect("two items");
        let (at, _) = item.step("c").expect("a member");
        assert!(matches!(at, At::Value(pointer) if pointer.to_string() == "#/a~1b/1/c"));
    }

    #[test]
    fn nesting_is_bounded() {
        let mut value = json!(1);
        for _ in 0..200 {
            value = json!([value]);
        }
        let (_, told) = read(value).expect_err("it is deep");
        assert_eq!(told, "nests deeper than 128 levels");
    }
}
