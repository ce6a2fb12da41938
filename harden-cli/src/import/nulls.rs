//! Schemas that name `null`, said in other words: TOML has no value for it.

use serde_json::{Map, Value, json};

/// Says `enum` and `const` without `null`, wherever they stand. What stands deeper in their values stays.
pub(super) fn reword(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(reword),
        Value::Object(members) => {
            reword_schema(members);
            let members = members.iter_mut();
            let parts = members.filter(|(key, _)| !["enum", "const"].contains(&key.as_str()));
            parts.for_each(|(_, part)| reword(part));
        }
        _ => {}
    }
}

fn reword_schema(schema: &mut Map<String, Value>) {
    if schema.get("const").is_some_and(Value::is_null) {
        schema.remove("const");
        any_of(schema, json!([{ "type": "null" }]));
    }
    let Some(Value::Array(values)) = schema.get_mut("enum") else {
        return;
    };
    let all = values.len();
    values.retain(|value| !value.is_null());
    if values.len() == all {
        return;
    }
    let others = schema.remove("enum");
    any_of(schema, json!([{ "enum": others }, { "type": "null" }]));
}

/// Adds that one of these has to hold, to whatever else has to.
fn any_of(schema: &mut Map<String, Value>, schemas: Value) {
    if !schema.contains_key("anyOf") {
        schema.insert("anyOf".into(), schemas);
        return;
    }
    let all = schema.entry("allOf").or_insert_with(|| json!([]));
    if let Value::Array(all) = all {
        all.push(json!({ "anyOf": schemas }));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reworded(mut value: Value) -> Value {
        reword(&mut value);
        value
    }

    #[test]
    fn null_is_a_type_and_no_value() {
        assert_eq!(
            reworded(json!({"properties": {"a": {"enum": ["x", null]}, "b": {"const": null}}})),
            json!({"properties": {
                "a": {"anyOf": [{"enum": ["x"]}, {"type": "null"}]},
                "b": {"anyOf": [{"type": "null"}]},
            }})
        );
    }

    #[test]
    fn what_has_to_hold_beside_it_still_has_to() {
        assert_eq!(
            reworded(json!({"anyOf": [true], "allOf": [true], "enum": [null, 1]})),
            json!({
                "anyOf": [true],
                "allOf": [true, {"anyOf": [{"enum": [1]}, {"type": "null"}]}],
            })
        );
    }

    #[test]
    fn values_are_left_as_they_are() {
        let deep = json!({"enum": [{"const": null}, [null]]});
        assert_eq!(reworded(deep.clone()), deep);
        let named = json!({"properties": {"enum": {"type": "string"}, "const": true}});
        assert_eq!(reworded(named.clone()), named);
    }
}
