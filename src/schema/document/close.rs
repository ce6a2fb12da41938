use serde_json::{Map, Value};

/// Keywords by which a schema says which properties an object has.
const OF_PROPERTIES: &[&str] = &[
    "properties",
    "patternProperties",
    "allOf",
    "anyOf",
    "oneOf",
    "if",
    "dependentSchemas",
];

/// Closes the objects of a document that it does not open itself.
///
/// Each schema that stands for a value, and not for a part of what is said of one, gets
/// `unevaluatedProperties: false`, which looks through `allOf` and its like. What stands in `not`,
/// `if` and `contains` is a question and no rule, and stays as it is.
pub(super) fn close(document: &mut Value) {
    let original = document.clone();
    walk(document, true, &original);
}

fn walk(schema: &mut Value, of_a_value: bool, document: &Value) {
    let Value::Object(keywords) = schema else {
        return;
    };
    for (keyword, value) in keywords.iter_mut() {
        match keyword.as_str() {
            "properties" | "patternProperties" => each(value, true, document),
            "additionalProperties" | "unevaluatedProperties" | "items" | "unevaluatedItems" => {
                walk(value, true, document);
            }
            "prefixItems" => each(value, true, document),
            "allOf" | "anyOf" | "oneOf" | "dependentSchemas" | "$defs" | "definitions" => {
                each(value, false, document);
            }
            "then" | "else" => walk(value, false, document),
            _ => {}
        }
    }
    if of_a_value && is_about_properties(keywords, document) {
        keywords.insert("unevaluatedProperties".into(), Value::Bool(false));
    }
}

fn each(schemas: &mut Value, of_a_value: bool, document: &Value) {
    match schemas {
        Value::Object(schemas) => {
            for (_, schema) in schemas.iter_mut() {
                walk(schema, of_a_value, document);
            }
        }
        Value::Array(schemas) => {
            for schema in schemas {
                walk(schema, of_a_value, document);
            }
        }
        _ => {}
    }
}

/// Whether a schema says which properties an object has, itself or where it refers to, and leaves
/// others open.
fn is_about_properties(keywords: &Map<String, Value>, document: &Value) -> bool {
    let mut keywords = keywords;
    // What goes round in a circle of references says nothing.
    for _ in 0..100 {
        let names = |wanted: &[&str]| wanted.iter().any(|keyword| keywords.contains_key(*keyword));
        if names(&["additionalProperties", "unevaluatedProperties"]) {
            return false;
        }
        if names(OF_PROPERTIES) {
            return true;
        }
        let Some(reference) = keywords.get("$ref") else {
            return names(&["$dynamicRef"]);
        };
        let target = reference.as_str().and_then(|uri| uri.strip_prefix('#'));
        let target = target.and_then(|pointer| document.pointer(pointer));
        match target {
            Some(Value::Object(target)) => keywords = target,
            Some(_) => return false,
            // A document that is not at hand.
            None => return true,
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn schemas_of_values_are_closed() {
        let mut document = json!({
            "properties": {"a": {"properties": {}}, "b": {"additionalProperties": true, "properties": {}}},
            "items": {"$ref": "#/$defs/c"},
            "prefixItems": [{"$ref": "#/$defs/free"}, {"$ref": "#/$defs/circle"}],
            "allOf": [{"properties": {"d": {"properties": {}}}}],
            "not": {"properties": {}},
            "$defs": {
                "c": {"properties": {}},
                "free": {"type": "object"},
                "circle": {"$ref": "#/$defs/circle"}
            }
        });
        close(&mut document);
        assert_eq!(
            document,
            json!({
                "properties": {
                    "a": {"properties": {}, "unevaluatedProperties": false},
                    "b": {"additionalProperties": true, "properties": {}}
                },
                "items": {"$ref": "#/$defs/c", "unevaluatedProperties": false},
                "prefixItems": [{"$ref": "#/$defs/free"}, {"$ref": "#/$defs/circle"}],
                "allOf": [{"properties": {"d": {"properties": {}, "unevaluatedProperties": false}}}],
                "not": {"properties": {}},
                "$defs": {
                    "c": {"properties": {}},
                    "free": {"type": "object"},
                    "circle": {"$ref": "#/$defs/circle"}
                },
                "unevaluatedProperties": false
            })
        );
    }
}
