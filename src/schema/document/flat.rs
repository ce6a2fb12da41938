//! Parts of documents as one document of their own.

use std::collections::VecDeque;

use serde_json::{Map, Value, json};

use super::{
    addresses::{Keyed, Keys},
    documents::{DRAFT, Documents, Subschema},
    fan_out::Times,
    translated,
    vocabulary::{Keyword, Shape},
};

/// How many schemas may be looked through for what they leave unevaluated, all in all.
const MOST: usize = 1_000_000;

/// Writes what schemas say, and what those say that they refer to, into one document without URIs.
///
/// The crate `jsonschema` compiles what stands behind a reference once, and what stands in a schema
/// beside `unevaluatedProperties` once for each way that leads there: of closed objects in each other
/// that would be too many. So these schemas stand behind references too.
pub(super) struct Flat<'a, 'd> {
    documents: &'a Documents<'d>,
    /// The schemas that are referred to.
    targets: &'a Keys,
    times: &'a Times,
    /// Formats are asserted.
    asserted: bool,
    places: Keyed<usize>,
    left: VecDeque<Subschema<'d>>,
    looked_through: usize,
}

impl<'a, 'd> Flat<'a, 'd> {
    pub(super) fn new(
        documents: &'a Documents<'d>,
        targets: &'a Keys,
        times: &'a Times,
        asserted: bool,
    ) -> Self {
        Self {
            documents,
            targets,
            times,
            asserted,
            places: Keyed::default(),
            left: VecDeque::new(),
            looked_through: 0,
        }
    }

    /// A document that says of the member of each place what the schemas of that place say.
    ///
    /// # Errors
    ///
    /// Where it would take too long to compile it.
    pub(super) fn write(mut self, members: &[Vec<Subschema<'d>>]) -> Result<Value, String> {
        let mut properties = Map::new();
        for (place, schemas) in members.iter().enumerate() {
            let references: Vec<_> = schemas.iter().map(|it| self.reference(it)).collect();
            properties.insert(place.to_string(), json!({"allOf": references}));
        }
        let mut definitions = Map::new();
        while let Some(schema) = self.left.pop_front() {
            let name = definitions.len().to_string();
            let schema = self.schema(&schema);
            definitions.insert(name, schema);
            if self.looked_through > MOST {
                return Err("has too many schemas that look for what others leave".into());
            }
        }
        Ok(json!({"$schema": DRAFT, "properties": properties, "$defs": definitions}))
    }

    /// A reference to a schema, which will stand in the document.
    fn reference(&mut self, schema: &Subschema<'d>) -> Value {
        let next = self.places.len();
        let place = *self.places.entry(schema.key()).or_insert(next);
        if place == next {
            self.left.push_back(schema.clone());
        }
        json!({"$ref": format!("#/$defs/{place}")})
    }

    fn schema(&mut self, schema: &Subschema<'d>) -> Value {
        let Some(keywords) = schema.keywords() else {
            return schema.value.clone();
        };
        if looks_through(keywords) {
            let times = self.times.get(&schema.key()).copied().unwrap_or(1);
            self.looked_through += times as usize;
        }
        let mut written = Map::new();
        for (name, value) in keywords {
            let value = match (Keyword::of(name), value) {
                (Some(Keyword::Assertion), Value::String(reference)) if name == "$ref" => {
                    self.target(schema, reference)
                }
                (Some(Keyword::Assertion), value) => value.clone(),
                (Some(Keyword::InPlace(shape) | Keyword::ToParts(shape)), value) => {
                    self.held(schema, shape, value)
                }
                // Of the value they say nothing, and nobody refers to them by name.
                _ => continue,
            };
            written.insert(name.clone(), value);
        }
        translated::schema(written, self.asserted)
    }

    /// The value of `$ref`.
    fn target(&mut self, schema: &Subschema<'d>, reference: &str) -> Value {
        match self.documents.follow(schema, reference) {
            Ok(target) if self.documents.hold(&target) || target.keywords().is_none() => {
                self.reference(&target)["$ref"].take()
            }
            // A metaschema, which the crate knows by its URI.
            _ => self.documents.absolute(schema, reference).into(),
        }
    }

    /// The value of a keyword that holds schemas.
    fn held(&mut self, outer: &Subschema<'d>, shape: Shape, value: &'d Value) -> Value {
        match (shape, value) {
            (Shape::List, Value::Array(schemas)) => {
                schemas.iter().map(|it| self.inner(outer, it)).collect()
            }
            (Shape::Map, Value::Object(schemas)) => {
                let schemas = schemas.iter();
                let schemas = schemas.map(|(name, it)| (name.clone(), self.inner(outer, it)));
                Value::Object(schemas.collect())
            }
            (_, schema) => self.inner(outer, schema),
        }
    }

    fn inner(&mut self, outer: &Subschema<'d>, value: &'d Value) -> Value {
        // The check has found that it can be told by its URI.
        let Ok(schema) = self.documents.inside(outer, value) else {
            return Value::Bool(false);
        };
        let stands_apart =
            self.targets.contains(&schema.key()) || schema.keywords().is_some_and(looks_through);
        if stands_apart {
            self.reference(&schema)
        } else {
            self.schema(&schema)
        }
    }
}

/// Whether a schema looks for what others leave unevaluated.
fn looks_through(keywords: &Map<String, Value>) -> bool {
    keywords.contains_key("unevaluatedProperties") || keywords.contains_key("unevaluatedItems")
}
