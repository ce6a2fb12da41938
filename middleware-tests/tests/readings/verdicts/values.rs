//! Values that nearly keep a document.

use std::sync::LazyLock;

use serde_json::{Map, Value};

use super::documents::{NAMES, NUMBERS, STRINGS};

/// A value near what a document says, another one for each seed.
pub(crate) fn near(document: &Value, seed: u64) -> Value {
    let mut near = Near {
        document,
        dice: seed,
    };
    near.value(document, 4)
}

/// A schema that says nothing.
static NOTHING: LazyLock<Map<String, Value>> = LazyLock::new(Map::new);

struct Near<'d> {
    document: &'d Value,
    dice: u64,
}

impl<'d> Near<'d> {
    /// Below `sides` (the generator of Knuth's MMIX).
    fn roll(&mut self, sides: usize) -> usize {
        self.dice = self
            .dice
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.dice >> 33).expect("31 bits") % sides
    }

    fn one<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.roll(of.len())]
    }

    fn value(&mut self, schema: &'d Value, depth: u32) -> Value {
        if self.roll(12) == 0 {
            return self.any(depth);
        }
        let Some(keywords) = schema.as_object() else {
            return self.any(depth);
        };
        let target = keywords.get("$ref").and_then(Value::as_str);
        let others = ["allOf", "anyOf", "oneOf"].into_iter();
        let others = others
            .filter_map(|name| keywords.get(name)?.as_array())
            .flatten();
        let mut leads: Vec<&'d Value> = others.collect();
        leads.extend(target.and_then(|target| self.follow(target)));
        if depth > 0 && !leads.is_empty() && self.roll(2) == 0 {
            let lead = self.one(&leads);
            return self.value(lead, depth - 1);
        }
        if let Some(value) = keywords.get("const") {
            return value.clone();
        }
        match keywords.get("enum").and_then(Value::as_array) {
            Some(values) if !values.is_empty() => {
                let place = self.roll(values.len());
                return values[place].clone();
            }
            _ => {}
        }
        match self.kind(keywords) {
            "object" if depth > 0 => self.object(keywords, depth - 1),
            "array" if depth > 0 => self.array(keywords, depth - 1),
            kind => self.scalar(kind),
        }
    }

    fn follow(&self, target: &str) -> Option<&'d Value> {
        let definitions = self.document.get("$defs")?;
        match target {
            "#" => Some(self.document),
            _ => definitions.get(
                target
                    .trim_start_matches("#/$defs/")
                    .trim_start_matches('#'),
            ),
        }
    }

    /// One of the types, or one that the keywords speak of.
    fn kind(&mut self, keywords: &'d Map<String, Value>) -> &'d str {
        let mut kinds: Vec<&'d str> = match keywords.get("type") {
            Some(Value::Array(types)) => types.iter().filter_map(Value::as_str).collect(),
            Some(name) => name.as_str().into_iter().collect(),
            None => Vec::new(),
        };
        if kinds.is_empty() {
            let speaks = |names: &[&str]| names.iter().any(|name| keywords.contains_key(*name));
            let objects = [
                "properties",
                "patternProperties",
                "additionalProperties",
                "required",
                "propertyNames",
                "unevaluatedProperties",
                "minProperties",
                "dependentRequired",
                "dependentSchemas",
            ];
            let arrays = [
                "items",
                "prefixItems",
                "unevaluatedItems",
                "minItems",
                "contains",
                "uniqueItems",
            ];
            if speaks(&objects) {
                kinds.extend(["object"; 4]);
            }
            if speaks(&arrays) {
                kinds.extend(["array"; 4]);
            }
            kinds.extend([
                "string", "number", "integer", "null", "boolean", "object", "array",
            ]);
        }
        self.one(&kinds)
    }

    fn object(&mut self, keywords: &'d Map<String, Value>, depth: u32) -> Value {
        let mut members = Map::new();
        let held = |name| keywords.get(name).and_then(Value::as_object);
        for (name, schema) in held("properties").into_iter().flatten() {
            if self.roll(3) > 0 {
                let value = self.value(schema, depth);
                members.insert(name.clone(), value);
            }
        }
        let required = keywords.get("required").and_then(Value::as_array);
        for name in required.into_iter().flatten().filter_map(Value::as_str) {
            if !members.contains_key(name) && self.roll(8) > 0 {
                let value = self.any(depth);
                members.insert(name.to_owned(), value);
            }
        }
        let mut others: Vec<&'d Value> = held("patternProperties")
            .into_iter()
            .flat_map(Map::values)
            .collect();
        others.extend(keywords.get("additionalProperties"));
        others.extend(keywords.get("unevaluatedProperties"));
        for _ in 0..self.roll(3) {
            let name = self.one(NAMES);
            let value = if others.is_empty() {
                self.any(depth)
            } else {
                let schema = self.one(&others);
                self.value(schema, depth)
            };
            members.insert(name.to_owned(), value);
        }
        members.into()
    }

    fn array(&mut self, keywords: &'d Map<String, Value>, depth: u32) -> Value {
        let mut items = Vec::new();
        let first = keywords.get("prefixItems").and_then(Value::as_array);
        for schema in first.into_iter().flatten() {
            if self.roll(8) == 0 {
                break;
            }
            items.push(self.value(schema, depth));
        }
        for _ in 0..self.roll(3) {
            let value = match keywords.get("items").or(keywords.get("unevaluatedItems")) {
                Some(schema) => self.value(schema, depth),
                None => self.any(depth),
            };
            items.push(value);
        }
        items.into()
    }

    fn any(&mut self, depth: u32) -> Value {
        match self.roll(8) {
            0 if depth > 0 => self.object(&NOTHING, depth - 1),
            1 if depth > 0 => self.array(&NOTHING, depth - 1),
            2 => Value::Null,
            3 => self.scalar("boolean"),
            4 | 5 => self.scalar("number"),
            _ => self.scalar("string"),
        }
    }

    fn scalar(&mut self, kind: &str) -> Value {
        match kind {
            "null" => Value::Null,
            "boolean" => (self.roll(2) == 0).into(),
            "integer" | "number" => serde_json::from_str(self.one(NUMBERS)).expect("a number"),
            "object" => Value::Object(Map::new()),
            "array" => Value::Array(Vec::new()),
            _ => self.one(STRINGS).into(),
        }
    }
}
