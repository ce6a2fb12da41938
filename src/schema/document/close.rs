use std::collections::{BTreeMap, HashMap};

use serde_json::{Map, Value};

use super::vocabulary::{Keyword, Shape};

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

/// Closes the objects of documents that they do not open themselves.
///
/// Each schema that stands for a value, and not for a part of what is said of one, gets
/// `unevaluatedProperties: false`, which looks through `allOf` and its like. What stands in `not`,
/// `if` and `contains` is a question and no rule, and stays as it is.
pub(super) fn close(documents: &mut BTreeMap<String, Value>) {
    let originals = documents.clone();
    let references = References::of(&originals);
    for (uri, document) in documents {
        walk(document, true, &|reference| {
            references.target(uri, reference)
        });
    }
}

/// Where references lead, as far as it is plain to see.
struct References<'d> {
    documents: &'d BTreeMap<String, Value>,
    anchors: HashMap<(&'d str, &'d str), &'d Value>,
}

impl<'d> References<'d> {
    fn of(documents: &'d BTreeMap<String, Value>) -> Self {
        let mut anchors = HashMap::new();
        for (uri, document) in documents {
            let mut left = vec![document];
            while let Some(value) = left.pop() {
                match value {
                    Value::Object(members) => {
                        if let Some(anchor) = members.get("$anchor").and_then(Value::as_str) {
                            anchors.insert((uri.as_str(), anchor), value);
                        }
                        left.extend(members.values());
                    }
                    Value::Array(items) => left.extend(items),
                    _ => {}
                }
            }
        }
        Self { documents, anchors }
    }

    fn target(&self, from: &str, reference: &str) -> Option<&'d Value> {
        let (document, fragment) = reference.split_once('#').unwrap_or((reference, ""));
        let document = if document.is_empty() { from } else { document };
        if fragment.is_empty() || fragment.starts_with('/') {
            self.documents.get(document)?.pointer(fragment)
        } else {
            self.anchors.get(&(document, fragment)).copied()
        }
    }
}

/// Finds the target of a reference. `None`: it is not at hand.
type Follow<'f, 'd> = &'f dyn Fn(&str) -> Option<&'d Value>;

fn walk(schema: &mut Value, of_a_value: bool, follow: Follow<'_, '_>) {
    let Value::Object(keywords) = schema else {
        return;
    };
    for (name, value) in keywords.iter_mut() {
        match Keyword::of(name) {
            _ if matches!(name.as_str(), "contains" | "if" | "not" | "propertyNames") => {}
            Some(Keyword::ToParts(shape)) => each(value, shape, true, follow),
            Some(Keyword::InPlace(shape) | Keyword::Keeps(shape)) => {
                each(value, shape, false, follow);
            }
            _ => {}
        }
    }
    if of_a_value && is_about_properties(keywords, follow) {
        keywords.insert("unevaluatedProperties".into(), Value::Bool(false));
    }
}

fn each(schemas: &mut Value, shape: Shape, of_a_value: bool, follow: Follow<'_, '_>) {
    match (shape, schemas) {
        (Shape::One, schema) => walk(schema, of_a_value, follow),
        (Shape::Map, Value::Object(schemas)) => {
            for (_, schema) in schemas.iter_mut() {
                walk(schema, of_a_value, follow);
            }
        }
        (Shape::List, Value::Array(schemas)) => {
            for schema in schemas {
                walk(schema, of_a_value, follow);
            }
        }
        _ => {}
    }
}

/// Whether a schema says which properties an object has, itself or where it refers to, and leaves
/// others open.
fn is_about_properties(keywords: &Map<String, Value>, follow: Follow<'_, '_>) -> bool {
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
        match reference.as_str().and_then(follow) {
            Some(Value::Object(target)) => keywords = target,
            Some(_) => return false,
            // It may be closed or not: in doubt it is.
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
        let document = json!({
            "properties": {"a": {"properties": {}}, "b": {"additionalProperties": true, "properties": {}}},
            "items": {"$ref": "#/$defs/c"},
            "prefixItems": [
                {"$ref": "#/$defs/free"}, {"$ref": "#/$defs/circle"},
                {"$ref": "#free"}, {"$ref": "a:other"}, {"$ref": "a:other#/$defs/c"}, {"$ref": "a:none"}
            ],
            "allOf": [{"properties": {"d": {"properties": {}}}}],
            "not": {"properties": {}},
            "$defs": {
                "c": {"properties": {}},
                "free": {"$anchor": "free", "type": "object"},
                "circle": {"$ref": "#/$defs/circle"}
            }
        });
        let other = json!({"type": "object", "$defs": {"c": {"properties": {}}}});
        let mut documents = BTreeMap::from([
            ("a:document".to_owned(), document),
            ("a:other".to_owned(), other.clone()),
        ]);
        close(&mut documents);
        assert_eq!(documents["a:other"], other);
        assert_eq!(
            documents["a:document"],
            json!({
                "properties": {
                    "a": {"properties": {}, "unevaluatedProperties": false},
                    "b": {"additionalProperties": true, "properties": {}}
                },
                "items": {"$ref": "#/$defs/c", "unevaluatedProperties": false},
                "prefixItems": [
                {"$ref": "#/$defs/free"}, {"$ref": "#/$defs/circle"},
                {"$ref": "#free"}, {"$ref": "a:other"}, {"$ref": "a:other#/$defs/c", "unevaluatedProperties": false},
                    {"$ref": "a:none", "unevaluatedProperties": false}
            ],
                "allOf": [{"properties": {"d": {"properties": {}, "unevaluatedProperties": false}}}],
                "not": {"properties": {}},
                "$defs": {
                    "c": {"properties": {}},
                    "free": {"$anchor": "free", "type": "object"},
                    "circle": {"$ref": "#/$defs/circle"}
                },
                "unevaluatedProperties": false
            })
        );
    }
}
