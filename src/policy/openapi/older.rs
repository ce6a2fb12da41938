//! Schemas of OpenAPI 3.0, which are draft 5 with keywords of their own.

use std::collections::{BTreeSet, HashSet};

use serde_json::{Map, Value, json};

use super::{
    import::Importer,
    node::Node,
    reference::REFERENCE,
    schema::{RULES, is_annotation},
};

/// The keywords that draft 2020-12 has too, with the same meaning.
const SAME: &[&str] = &[
    "additionalProperties",
    "anyOf",
    "enum",
    "format",
    "items",
    "maxItems",
    "maxLength",
    "maxProperties",
    "minItems",
    "minLength",
    "minProperties",
    "multipleOf",
    "not",
    "oneOf",
    "pattern",
    "uniqueItems",
];

const TYPES: &[&str] = &["array", "boolean", "integer", "number", "object", "string"];

impl<'d> Importer<'d> {
    pub(super) fn older(&mut self, node: &Node<'d>, dropped: &BTreeSet<&'d str>) -> Value {
        let mut keywords = Map::new();
        if let Some(reference) = node.member("$ref") {
            self.no_rules_beside(node);
            if node.members().any(|(name, _)| !REFERENCE.contains(&name)) {
                let told = "has keywords beside its `$ref`, which OpenAPI 3.0 ignores: `allOf` with \
                            the reference says both";
                self.report.note(node, told);
            }
            self.referred(&reference, &mut keywords);
            return Value::Object(keywords);
        }
        self.report.spend(dropped.len());
        let mut dropped = dropped.clone();
        if node.value.get("properties").is_some() || node.value.get("allOf").is_some() {
            self.read_only(node, &mut dropped);
        }
        for (name, value) in node.members() {
            match name {
                "allOf" => {
                    if !value.value.is_array() {
                        self.report.mistake(&value, "is no list of schemas");
                    }
                    let schemas = value.items();
                    let schemas = schemas.map(|schema| self.schema_within(&schema, &dropped));
                    keywords.insert(name.into(), schemas.collect());
                }
                "properties" => self.properties(&value, &mut keywords),
                "required" => {
                    let mut required = self.report.copy(&value);
                    if let Value::Array(names) = &mut required {
                        names.retain(|name| !name.as_str().is_some_and(|it| dropped.contains(it)));
                    }
                    keywords.insert(name.into(), required);
                }
                "exclusiveMaximum" | "exclusiveMinimum" | "maximum" | "minimum" | "nullable"
                | "type" => {}
                RULES => {
                    keywords.insert(name.into(), self.report.copy(&value));
                }
                _ if SAME.contains(&name) => self.keyword(name, &value, &mut keywords),
                _ if is_annotation(name) => {}
                _ => {
                    let told = "is no keyword of OpenAPI 3.0: 3.1 has those of draft 2020-12";
                    self.report.mistake(&value, told);
                }
            }
        }
        self.kinds(node, &mut keywords);
        self.bound("minimum", "exclusiveMinimum", node, &mut keywords);
        self.bound("maximum", "exclusiveMaximum", node, &mut keywords);
        Value::Object(keywords)
    }

    /// The properties that a request has.
    fn properties(&mut self, properties: &Node<'d>, keywords: &mut Map<String, Value>) {
        if !properties.value.is_object() {
            let told = "is no object, whose members are schemas";
            return self.report.mistake(properties, told);
        }
        let mut taken = Map::new();
        for (name, schema) in properties.members() {
            if self.is_read_only(&schema) {
                self.report
                    .note(&schema, "is readOnly, and so none of a request");
            } else {
                taken.insert(name.to_owned(), self.schema(&schema));
            }
        }
        keywords.insert("properties".into(), Value::Object(taken));
    }

    /// Whether a property is one of responses alone.
    pub(super) fn is_read_only(&mut self, property: &Node<'d>) -> bool {
        self.is_3_0()
            && self
                .behind(property)
                .is_some_and(|property| property.says("readOnly"))
    }

    /// The properties of a schema, and of those that hold with it, that are readOnly.
    fn read_only(&mut self, schema: &Node<'d>, found: &mut BTreeSet<&'d str>) {
        let mut seen = HashSet::new();
        let mut left = vec![schema.clone()];
        while let Some(schema) = left.pop() {
            let (true, Some(schema)) = (self.report.take(&schema), self.behind(&schema)) else {
                return;
            };
            if !seen.insert(schema.key()) {
                continue;
            }
            if let Some(properties) = schema.member("properties") {
                for (name, property) in properties.members() {
                    if self.report.take(&property) && self.is_read_only(&property) {
                        found.insert(name);
                    }
                }
            }
            if let Some(all) = schema.member("allOf") {
                left.extend(all.items());
            }
        }
    }

    /// `type`, and `null` beside it.
    fn kinds(&mut self, node: &Node<'d>, keywords: &mut Map<String, Value>) {
        let nullable = self.report.flag(node, "nullable");
        let Some(kind) = node.member("type") else {
            if nullable {
                let told = "is nullable without a `type` of its own, which changes nothing in OpenAPI \
                            3.0";
                self.report.note(node, told);
            }
            return;
        };
        let known = |name: &&str| TYPES.contains(name);
        let Some(name) = kind.value.as_str().filter(known) else {
            let told = "is none of `array`, `boolean`, `integer`, `number`, `object` and `string`: \
                        `nullable: true` lets `null` pass as well";
            return self.report.mistake(&kind, told);
        };
        if name == "array" && node.member("items").is_none() {
            let told = "is not there, and OpenAPI 3.0 has it with arrays";
            self.report.mistake_in(node, "items", told);
        }
        let written = if nullable {
            json!([name, "null"])
        } else {
            json!(name)
        };
        keywords.insert("type".into(), written);
        let values = node.value.get("enum").and_then(Value::as_array);
        if nullable && values.is_some_and(|values| !values.iter().any(Value::is_null)) {
            let told = "is nullable, but its `enum` has no null, so that null is refused";
            self.report.note(node, told);
        }
    }

    /// A bound, which is exclusive if a switch beside it says so.
    fn bound(
        &mut self,
        name: &str,
        exclusive: &str,
        node: &Node<'d>,
        keywords: &mut Map<String, Value>,
    ) {
        if node.value.get(exclusive).is_some_and(Value::is_number) {
            let told = format!("is true or false in OpenAPI 3.0: `{name}` has the number");
            return self.report.mistake_in(node, exclusive, told);
        }
        let is_exclusive = self.report.flag(node, exclusive);
        match node.member(name) {
            Some(bound) => {
                let name = if is_exclusive { exclusive } else { name };
                keywords.insert(name.into(), self.report.copy(&bound));
            }
            None if is_exclusive => {
                let told = format!("says something of `{name}`, which is not there");
                self.report.mistake_in(node, exclusive, told);
            }
            None => {}
        }
    }
}
