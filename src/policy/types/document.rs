use schemars::generate::SchemaSettings;
use serde_json::{Value, json};

use crate::{JsonSchema, location::Pointer};

impl JsonSchema {
    /// The schema of what serde reads as a `T`.
    ///
    /// Names, defaults and enums are as the attributes of serde say, lengths, ranges and patterns as those
    /// of schemars, garde and validator do. Integers are those that their type holds. The struct needs no
    /// `deny_unknown_fields`: objects are closed.
    ///
    /// ```
    /// use schemars::JsonSchema as Described;
    /// use serde::Deserialize;
    /// use tower_harden::{AddressPolicy, JsonSchema, Limits, Validator};
    ///
    /// #[derive(Deserialize, Described)]
    /// #[serde(rename_all = "camelCase")]
    /// struct Order {
    ///     #[schemars(length(max = 64))]
    ///     stock_unit: String,
    ///     #[serde(default)]
    ///     quantity: u8,
    /// }
    ///
    /// let schema = JsonSchema::of_type::<Order>();
    /// let order = Validator::new(schema, AddressPolicy::deny_internal(), Limits::default())?;
    /// assert!(order.check(br#"{"stockUnit":"DESK-9","quantity":3}"#).is_ok());
    /// assert!(order.check(br#"{"stockUnit":"DESK-9","quantity":256}"#).is_err());
    /// assert!(order.check(br#"{"stockUnit":"DESK-9","admin":true}"#).is_err());
    /// # Ok::<(), tower_harden::ConfigError>(())
    /// ```
    ///
    /// # What serde reads beyond it
    ///
    /// The schema has one spelling of each value, and the others are refused: a name by `serde(alias)`, a
    /// struct that is written as an array, a variant without fields that is written as an object. A type
    /// that implements `Deserialize` by hand, or by `serde(with)`, has the schema that its `JsonSchema`
    /// says, by `schemars(with)`. Where that accepts too much, the extractor refuses as it did before.
    ///
    /// # What else the attributes say
    ///
    /// * Lengths are of characters. The `length` of garde is of bytes, unless it is `length(chars, ..)`.
    /// * Functions, comparisons of two fields and what schemars does not know are left to the handler.
    /// * A field whose type has a schema of its own name, such as a newtype, has the rules of that type.
    ///   Lengths, ranges and patterns that stand on the field are lost, unless the type is
    ///   `schemars(inline)`: put them on the type.
    pub fn of_type<T: ?Sized + schemars::JsonSchema>() -> Self {
        TypeDocument::of::<T>().part("#")
    }
}

/// The schema of a type as a document, of which parts are schemas of their own.
pub(super) struct TypeDocument {
    /// Names the type where mistakes are told.
    uri: String,
    pub(super) schema: Value,
}

impl TypeDocument {
    pub(super) fn of<T: ?Sized + schemars::JsonSchema>() -> Self {
        Self::with::<T>(SchemaSettings::draft2020_12())
    }

    /// The same without references, as far as the type does not hold itself.
    pub(super) fn inlined<T: ?Sized + schemars::JsonSchema>() -> Self {
        Self::with::<T>(SchemaSettings::draft2020_12().with(|settings| {
            settings.inline_subschemas = true;
        }))
    }

    fn with<T: ?Sized + schemars::JsonSchema>(settings: SchemaSettings) -> Self {
        let generator = settings.for_deserialize().into_generator();
        let name = step(&T::schema_name());
        Self {
            uri: format!("type:{name}"),
            schema: generator.into_root_schema_for::<T>().to_value(),
        }
    }

    /// The schema at a place, which is the fragment of a URI.
    pub(super) fn part(&self, place: &str) -> JsonSchema {
        JsonSchema::from(json!({"$ref": self.place(place)}))
            .resource(&self.uri, self.schema.to_string())
    }

    /// A place, for people.
    pub(super) fn place(&self, place: &str) -> String {
        format!("{}{place}", self.uri)
    }
}

/// A name as a step in the fragment of a URI.
pub(super) fn step(name: &str) -> String {
    let mut pointer = Pointer::default();
    pointer.push_member(name.into());
    let fragment = pointer.to_string();
    fragment.trim_start_matches("#/").to_owned()
}
