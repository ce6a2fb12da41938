use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::document::{TypeDocument, step};
use crate::{JsonSchema, policy::route_schema::Mistake};

const NO_STRUCT: &str = "is no object: a type of fields is a struct";

/// A field of a type: its name, whether it is required, and what it is.
pub(super) type TypeField = (String, bool, JsonSchema);

impl TypeDocument {
    /// The fields of a type that is a set of them, in a part of the request.
    ///
    /// # Errors
    ///
    /// Why it is none.
    pub(super) fn fields(&self, part: &str) -> Result<Vec<TypeField>, Vec<Mistake>> {
        let mut reader = Reader::default();
        let mut left = vec![("#".to_owned(), &self.schema)];
        while let Some((place, schema)) = left.pop() {
            let Some(keywords) = schema.as_object() else {
                reader.tell(&place, NO_STRUCT);
                continue;
            };
            reader.read(&place, keywords);
            // A type that flattens two enums has both of their choices together.
            let together = keywords.get("allOf").and_then(Value::as_array);
            let together = (0..).zip(together.into_iter().flatten());
            left.extend(together.map(|(at, schema)| (format!("{place}/allOf/{at}"), schema)));
        }
        if !reader.is_struct && reader.mistakes.is_empty() {
            reader.tell("#", NO_STRUCT);
        }
        for name in reader.undeclared() {
            reader.tell("#", format!("requires {name:?}, which it does not declare"));
        }
        if !reader.mistakes.is_empty() {
            let told = |(place, told): Mistake| (format!("{part}: {}", self.place(&place)), told);
            return Err(reader.mistakes.into_iter().map(told).collect());
        }
        let field = |(name, place): (&str, String)| {
            let required = reader.required.contains(name);
            (name.to_owned(), required, self.part(&place))
        };
        Ok(reader.properties.into_iter().map(field).collect())
    }
}

/// Whether a keyword says nothing of the value, or nothing but what holds for every set of fields.
pub(super) fn is_silent(keyword: &str, value: &Value) -> bool {
    match keyword {
        "$comment" | "$defs" | "$schema" | "default" | "deprecated" | "description"
        | "examples" | "readOnly" | "title" | "writeOnly" => true,
        "additionalProperties" | "unevaluatedProperties" => *value == Value::Bool(false),
        name => name.starts_with("x-") && name != "x-harden",
    }
}

#[derive(Default)]
struct Reader<'d> {
    /// Each with its place.
    properties: Vec<(&'d str, String)>,
    required: BTreeSet<&'d str>,
    is_struct: bool,
    /// Each with its place.
    mistakes: Vec<Mistake>,
}

impl<'d> Reader<'d> {
    fn read(&mut self, place: &str, keywords: &'d Map<String, Value>) {
        for (keyword, value) in keywords {
            match (keyword.as_str(), value) {
                ("properties", Value::Object(properties)) => {
                    let at =
                        |name: &'d String| (&**name, format!("{place}/properties/{}", step(name)));
                    self.properties.extend(properties.keys().map(at));
                }
                ("required", Value::Array(names)) => {
                    self.required.extend(names.iter().filter_map(Value::as_str));
                }
                ("type", Value::String(name)) if name == "object" => self.is_struct = true,
                ("type", _) => self.tell(place, NO_STRUCT),
                ("allOf", Value::Array(_)) => {}
                (keyword, value) if is_silent(keyword, value) => {}
                ("additionalProperties" | "patternProperties" | "unevaluatedProperties", _) => {
                    self.tell(
                        place,
                        "takes fields of any name: a type of fields is a struct that names each",
                    );
                }
                (keyword, _) => self.tell(
                    place,
                    format!(
                        "has `{keyword}`: a type of fields is a struct of scalars and lists of them"
                    ),
                ),
            }
        }
    }

    /// What is required, and no property.
    fn undeclared(&self) -> Vec<&'d str> {
        let is_declared =
            |name: &&str| self.properties.iter().any(|(declared, _)| declared == name);
        let required = self.required.iter().copied();
        required.filter(|name| !is_declared(name)).collect()
    }

    fn tell(&mut self, place: &str, told: impl Into<String>) {
        self.mistakes.push((place.to_owned(), told.into()));
    }
}
