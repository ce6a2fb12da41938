use serde_json::{Value, json};

use super::{
    document::TypeDocument,
    fields::{TypeField, is_silent},
};
use crate::{JsonSchema, policy::route_schema::Mistake};

/// What a type reads of a path.
pub(super) enum PathFields {
    /// A struct names its parameters.
    Named(Vec<TypeField>),
    /// A tuple, or one value, takes them as they stand in the path.
    InOrder(Vec<JsonSchema>),
}

impl TypeDocument {
    /// The parameters of a path that a type reads.
    ///
    /// # Errors
    ///
    /// Why it cannot be read from a path.
    pub(super) fn path(&self) -> Result<PathFields, Vec<Mistake>> {
        let keyword = |name| self.schema.get(name);
        let is_array = keyword("type").is_some_and(|name| name == "array");
        match keyword("prefixItems").and_then(Value::as_array) {
            Some(items) if is_array => self.tuple(items.len()).map(PathFields::InOrder),
            _ if is_array || !self.is_struct() => Ok(PathFields::InOrder(vec![self.part("#")])),
            _ => self.fields("path").map(PathFields::Named),
        }
    }

    /// Whether the type speaks of fields, also if it is not all that it says.
    fn is_struct(&self) -> bool {
        ["properties", "additionalProperties", "allOf"]
            .iter()
            .any(|keyword| self.schema.get(keyword).is_some())
            || self.schema["type"] == "object"
    }

    fn tuple(&self, length: usize) -> Result<Vec<JsonSchema>, Vec<Mistake>> {
        let keywords = self.schema.as_object().into_iter().flatten();
        let mut more = keywords.filter(|(keyword, value)| match keyword.as_str() {
            "prefixItems" | "type" => false,
            "minItems" | "maxItems" => **value != json!(length),
            "items" => **value != json!(false),
            _ => !is_silent(keyword, value),
        });
        if let Some((keyword, _)) = more.next() {
            let told = format!(
                "has `{keyword}`: a tuple takes each parameter of the path, and says no more"
            );
            return Err(vec![(format!("path: {}", self.place("#")), told)]);
        }
        let items = (0..length).map(|at| self.part(&format!("#/prefixItems/{at}")));
        Ok(items.collect())
    }
}
