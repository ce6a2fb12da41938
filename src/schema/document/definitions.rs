//! Schemas that the documents of a policy share.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::{
    Mistake,
    documents::{ROOT, decoded},
    origins::place,
};

/// The member of a document under which the schemas stand that it shares.
pub(super) const MEMBER: &str = "schemas";

/// How they are referred to, in front of a name.
pub(super) const PREFIX: &str = "#/schemas/";

/// The document with those of the shared schemas that it refers to, and that they refer to in turn, as
/// the member [`MEMBER`]. `None`: it refers to none.
///
/// # Errors
///
/// Where it has such a member of its own.
pub(super) fn bundle(
    document: &Value,
    shared: &Map<String, Value>,
) -> Result<Option<Value>, Mistake> {
    let mut reached: BTreeMap<String, &Value> = BTreeMap::new();
    let mut left = vec![document];
    while let Some(value) = left.pop() {
        match value {
            Value::Array(items) => left.extend(items),
            Value::Object(members) => {
                let reference = members.get("$ref").and_then(Value::as_str);
                let name = reference.and_then(name);
                let definition = name.and_then(|name| shared.get(&name).map(|it| (name, it)));
                if let Some((name, definition)) = definition
                    && reached.insert(name, definition).is_none()
                {
                    left.push(definition);
                }
                left.extend(members.values());
            }
            _ => {}
        }
    }
    let Value::Object(members) = document else {
        return Ok(None);
    };
    if reached.is_empty() {
        return Ok(None);
    }
    if members.contains_key(MEMBER) {
        let told = "stands where the shared schemas of the policy do";
        return Err((place(ROOT, &[MEMBER.to_owned()]), told.to_owned()));
    }
    let reached = reached.into_iter();
    let reached = reached.map(|(name, definition)| (name, definition.clone()));
    let mut members = members.clone();
    members.insert(MEMBER.to_owned(), Value::Object(reached.collect()));
    Ok(Some(Value::Object(members)))
}

/// Whether a document refers to shared schemas by itself.
pub(super) fn are_referred_to(document: &Value) -> bool {
    let mut left = vec![document];
    while let Some(value) = left.pop() {
        match value {
            Value::Array(items) => left.extend(items),
            Value::Object(members) => {
                let reference = members.get("$ref").and_then(Value::as_str);
                if reference.is_some_and(|reference| reference.starts_with(PREFIX)) {
                    return true;
                }
                left.extend(members.values());
            }
            _ => {}
        }
    }
    false
}

/// The name of the shared schema that a reference leads to, or into.
fn name(reference: &str) -> Option<String> {
    let step = reference.strip_prefix(PREFIX)?.split('/').next()?;
    let step = decoded(step)?;
    Some(step.replace("~1", "/").replace("~0", "~"))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use serde_json::json;

    use super::*;
    use crate::{AddressPolicy, JsonSchema, Limits, Validator};

    fn shared() -> Arc<Map<String, Value>> {
        let shared = json!({
            "Order": {
                "type": "object",
                "properties": {"lines": {"type": "array", "items": {"$ref": "#/schemas/Order%20Line"}}}
            },
            "Order Line": {
                "type": "object",
                "properties": {"sku": {"type": "string"}, "sub": {"$ref": "#/schemas/Order"}}
            },
            "a/b": {"type": "integer"},
            "out": {"$ref": "#/$defs/own"},
            "wrong": {"type": "strin"}
        });
        match shared {
            Value::Object(shared) => Arc::new(shared),
            _ => unreachable!("it is an object"),
        }
    }

    fn validator(document: Value) -> Result<Validator, String> {
        let schema = JsonSchema::from(document).with_definitions(&shared());
        Validator::new(schema, AddressPolicy::deny_internal(), Limits::default())
            .map_err(|error| error.to_string())
    }

    #[test]
    fn what_is_reached_holds_and_the_rest_is_not_looked_at() {
        let order = validator(json!({"$ref": "#/schemas/Order"})).expect("a good document");
        assert!(
            order
                .check(br#"{"lines":[{"sku":"a","sub":{"lines":[]}}]}"#)
                .is_ok()
        );
        assert!(order.check(br#"{"lines":[{"sub":{"x":1}}]}"#).is_err());
        let escaped = validator(json!({"items": {"$ref": "#/schemas/a~1b"}}));
        let escaped = escaped.expect("a good document");
        assert!(escaped.check(b"[1]").is_ok());
        assert!(escaped.check(b"[true]").is_err());
        let into = json!({"$ref": "#/schemas/Order/properties/lines"});
        let into = validator(into).expect("a good document");
        assert!(into.check(b"[]").is_ok());
        assert!(into.check(b"{}").is_err());
    }

    #[test]
    fn mistakes_in_shared_schemas_are_told_at_their_places() {
        for (document, told) in [
            (
                json!({"$ref": "#/schemas/wrong"}),
                "document #/schemas/wrong/type: ",
            ),
            (json!({"$ref": "#/schemas/none"}), "document #/$ref: "),
            (
                json!({"$ref": "#/schemas/out", "$defs": {"own": true}}),
                "document #/schemas/out/$ref: shared schemas refer to each other",
            ),
            (
                json!({"$ref": "#/schemas/Order", "schemas": {}}),
                "document #/schemas: stands where the shared schemas",
            ),
        ] {
            let error = validator(document).expect_err("a mistake");
            assert!(error.contains(told), "{error}");
        }
    }
}
