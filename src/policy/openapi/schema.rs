//! Schemas, brought to draft 2020-12 without what says nothing about values.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::{import::Importer, node::Node};
use crate::{
    location::Pointer,
    schema::{Keyword, Shape},
};

/// Keywords of OpenAPI, and those of the draft, that no value breaks.
const ANNOTATIONS: &[&str] = &[
    "$anchor",
    "$comment",
    "$dynamicAnchor",
    "$vocabulary",
    "default",
    "deprecated",
    "description",
    "discriminator",
    "example",
    "examples",
    "externalDocs",
    "readOnly",
    "title",
    "writeOnly",
    "xml",
];

/// The rules of a schema that are no keyword of the draft, and are taken over.
pub(super) const RULES: &str = "x-harden";

impl<'d> Importer<'d> {
    /// A schema as the policy file has it.
    pub(super) fn schema(&mut self, node: &Node<'d>) -> Value {
        self.schema_within(node, &BTreeSet::new())
    }

    /// A schema whose value has none of those members, because a neighbour dropped them.
    pub(super) fn schema_within(&mut self, node: &Node<'d>, dropped: &BTreeSet<&'d str>) -> Value {
        let never = Value::Bool(false);
        if !self.report.take(node) {
            return never;
        }
        match node.value {
            Value::Bool(_) if !self.is_3_0() => node.value.clone(),
            Value::Object(_) if self.is_3_0() => self.older(node, dropped),
            Value::Object(_) => self.newer(node),
            _ => {
                self.report
                    .mistake(node, "is no schema, which is an object");
                never
            }
        }
    }

    fn newer(&mut self, node: &Node<'d>) -> Value {
        let mut keywords = Map::new();
        for (name, value) in node.members() {
            match name {
                "$ref" => self.referred(&value, &mut keywords),
                "$schema" => self.dialect(&value),
                "$id" => {
                    let told = "changes what references are relative to: leave it out, and refer to \
                                `#/components/schemas/Name`";
                    self.report.mistake(&value, told);
                }
                "nullable" => {
                    let told = "is of OpenAPI 3.0: 3.1 has `null` among the types, as in `type: \
                                [string, \"null\"]`";
                    self.report.mistake(&value, told);
                }
                "$dynamicRef" => {
                    let told = "depends on the way that led to it: write a `$ref`";
                    self.report.mistake(&value, told);
                }
                RULES => {
                    keywords.insert(name.into(), self.report.copy(&value));
                }
                _ if is_annotation(name) => {}
                _ => self.keyword(name, &value, &mut keywords),
            }
        }
        Value::Object(keywords)
    }

    /// Takes over a keyword of the draft.
    pub(super) fn keyword(
        &mut self,
        name: &str,
        value: &Node<'d>,
        keywords: &mut Map<String, Value>,
    ) {
        let Some(keyword) = Keyword::of(name) else {
            let meant = Keyword::meant(name).unwrap_or_else(|| "others begin with `x-`".into());
            let told = format!("is no keyword of draft 2020-12 or OpenAPI 3.1: {meant}");
            return self.report.mistake(value, told);
        };
        let taken = match (keyword.shape(), value.value) {
            (Some(Shape::List), Value::Array(_)) => {
                let schemas = value.items().map(|schema| self.schema(&schema));
                Value::Array(schemas.collect())
            }
            (Some(Shape::Map), Value::Object(_)) => {
                let schemas = value.members();
                let schemas = schemas.map(|(name, schema)| (name.to_owned(), self.schema(&schema)));
                Value::Object(schemas.collect())
            }
            (Some(Shape::One), Value::Array(_)) if !self.is_3_0() => {
                let told = "is a list of schemas, which draft 2020-12 calls `prefixItems`";
                return self.report.mistake(value, told);
            }
            (Some(Shape::One), _) => self.schema(value),
            (Some(Shape::List), _) => {
                let told = "is no list of schemas";
                return self.report.mistake(value, told);
            }
            (Some(Shape::Map), _) => {
                let told = "is no object, whose members are schemas";
                return self.report.mistake(value, told);
            }
            (None, _) => self.report.copy(value),
        };
        keywords.insert(name.into(), taken);
    }

    /// Takes over a reference to a schema, and sees to it that the schema is there.
    pub(super) fn referred(&mut self, reference: &Node<'d>, keywords: &mut Map<String, Value>) {
        let Some((steps, target)) = self.target(reference) else {
            return;
        };
        let [components, schemas, name, within @ ..] = steps.as_slice() else {
            return self.no_component(reference);
        };
        if (components.as_str(), schemas.as_str()) != ("components", "schemas") {
            return self.no_component(reference);
        }
        let shared = if within.is_empty() {
            Some(target)
        } else {
            self.deep.push((reference.clone(), steps[2..].to_vec()));
            self.root.at(&steps[..3])
        };
        if let Some(shared) = shared
            && !self.schemas.contains_key(name)
        {
            self.schemas.insert(name.clone(), json!(false));
            self.wanted.push((name.clone(), shared));
        }
        let mut place = Pointer::default();
        place.push_member("schemas".into());
        for step in &steps[2..] {
            place.push_member(step.as_str().into());
        }
        keywords.insert("$ref".into(), place.to_string().into());
    }

    fn no_component(&mut self, reference: &Node<'d>) {
        let told = "leads to no schema in components/schemas: move it there, and refer to it as \
                    `#/components/schemas/Name`";
        self.report.mistake(reference, told);
    }
}

/// Whether no value breaks a keyword of that name.
pub(super) fn is_annotation(name: &str) -> bool {
    ANNOTATIONS.contains(&name) || (name.starts_with("x-") && name != RULES)
}
