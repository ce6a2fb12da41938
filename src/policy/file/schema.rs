//! JSON Schema documents in a file, and the schemas that they share.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use serde_json::{Map, Value};

use super::{
    mistakes::{Mistakes, short},
    pointer,
    tree::{Kind, Member, Node},
};
use crate::{JsonSchema, schema::nearest};

/// The schemas that a file shares, by their names.
#[derive(Debug, Default)]
pub(super) struct Schemas<'n> {
    shared: BTreeMap<&'n str, &'n Node>,
    values: Arc<Map<String, Value>>,
}

/// How a shared schema is referred to, in front of its name.
pub(super) const PREFIX: &str = "#/schemas/";

impl<'n> Schemas<'n> {
    /// Reads the shared schemas of `node`.
    pub(super) fn read(node: Option<&'n Node>, mistakes: &mut Mistakes<'_>) -> Self {
        let Some(node) = node else {
            return Self::default();
        };
        let shared = mistakes.table(node, "schemas");
        let values = shared.iter();
        let values = values.map(|member| (member.name.clone(), member.value.to_value()));
        let by_name = shared.iter();
        let by_name = by_name.map(|member| (member.name.as_str(), &member.value));
        let schemas = Self {
            shared: by_name.collect(),
            values: Arc::new(values.collect()),
        };
        for member in shared {
            let what = format!("schema {:?}", short(&member.name));
            schemas.check(&member.value, &what, mistakes);
        }
        schemas
    }

    /// The shared schemas of a policy that was read before.
    pub(super) fn of(root: &'n Node) -> Self {
        let shared = root.member("schemas").map(|member| member.value.members());
        let shared = shared.unwrap_or_default().iter();
        let shared = shared.map(|member| (member.name.as_str(), &member.value));
        Self {
            shared: shared.collect(),
            values: Arc::default(),
        }
    }

    /// The document that `node` is.
    pub(super) fn document(
        &self,
        node: &Node,
        what: &str,
        mistakes: &mut Mistakes<'_>,
    ) -> JsonSchema {
        self.check(node, what, mistakes);
        JsonSchema::from(node.to_value()).with_definitions(&self.values)
    }

    fn check(&self, node: &Node, what: &str, mistakes: &mut Mistakes<'_>) {
        match &node.kind {
            Kind::Boolean(_) => {}
            Kind::Table(_) => self.references(node, mistakes),
            _ => mistakes.expected(node, what, "a JSON Schema"),
        }
    }

    /// Looks for references to shared schemas that are not there.
    fn references(&self, schema: &Node, mistakes: &mut Mistakes<'_>) {
        match &schema.kind {
            Kind::Array(items) => {
                for item in items {
                    self.references(item, mistakes);
                }
            }
            Kind::Table(members) => {
                for member in members {
                    self.keyword(member, mistakes);
                }
            }
            _ => {}
        }
    }

    fn keyword(&self, keyword: &Member, mistakes: &mut Mistakes<'_>) {
        match keyword.name.as_str() {
            "$ref" => {
                let reference = keyword.value.as_str();
                let name = reference.and_then(|reference| reference.strip_prefix(PREFIX));
                let name = name.map(|name| name.split('/').next().unwrap_or(name));
                if let Some(name) = name
                    && self.named(name).is_none()
                {
                    mistakes.add_with(&keyword.value.at, || {
                        let near = nearest(name, self.shared.keys().copied());
                        let near = near.map(|near| format!(": did you mean {near:?}?"));
                        let near = near.unwrap_or_default();
                        format!("leads nowhere: schemas has no {:?}{near}", short(name))
                    });
                }
            }
            // Values, whose members are no keywords, and what is never looked at.
            "const" | "default" | "enum" | "examples" => {}
            name if name.starts_with("x-") => {}
            "$defs" | "dependentSchemas" | "patternProperties" | "properties" => {
                for member in keyword.value.members() {
                    self.references(&member.value, mistakes);
                }
            }
            _ => self.references(&keyword.value, mistakes),
        }
    }

    /// The shared schema of a step of a JSON Pointer in a fragment.
    fn named(&self, step: &str) -> Option<&'n Node> {
        self.shared
            .get(pointer::name_in_uri(step).as_str())
            .copied()
    }

    /// What a schema refers to that says nothing but `$ref`, and so on. It is such a schema still where
    /// that leads nowhere, or round in a circle.
    pub(super) fn resolve(&self, node: &'n Node) -> &'n Node {
        let mut seen = BTreeSet::new();
        let mut node = node;
        while let Some(name) = lone_reference(node).and_then(|it| it.strip_prefix(PREFIX))
            && let Some(target) = self.named(name)
            && seen.insert(name)
        {
            node = target;
        }
        node
    }

    /// Tells why a reference leads to no form.
    pub(super) fn no_form(&self, node: &Node, reference: &str, mistakes: &mut Mistakes<'_>) {
        let name = reference.strip_prefix(PREFIX);
        match name.map(|name| self.named(name)) {
            Some(None) => self.references(node, mistakes),
            Some(Some(_)) => mistakes.add(&node.at, "refers to itself, round in a circle"),
            None => mistakes.add(
                &node.at,
                "a form is an object of properties, or refers to one as #/schemas/Name",
            ),
        }
    }
}

/// The reference of a schema that says nothing else.
pub(super) fn lone_reference(node: &Node) -> Option<&str> {
    match node.members() {
        [member] if member.name == "$ref" => member.value.as_str(),
        _ => None,
    }
}
