//! Schemas from JSON Schema documents (2020-12).
//!
//! A document compiles to the same program as the schemas that are declared in code, as far as its
//! rules can be held while a value is read. Schemas that hold for one value together, by `allOf`, by
//! `$ref` or because a name matches several patterns, become one node that says what all of them say;
//! see [`conjunction`]. So a value has one node at any time, and what a document may say more costs
//! nothing where it is not said.
//!
//! The others need all of a value, which is captured and judged once it is complete, by the crate
//! `jsonschema`:
//!
//! 1. `anyOf`, `oneOf`, `not`, `if`: which of their schemas hold is known at the end of the value, but for
//!    those of [`choices`], which are optional values and enumerations;
//! 2. `dependentSchemas`, `contains`, `uniqueItems`: they compare a part with others that come later;
//! 3. two formats of one string, of `format` or `x-harden`, and the formats `idn-email`, `iri-reference`, `regex`,
//!    `uri-reference` and `uri-template`;
//! 4. more than 256 combinations of patterns of one object, and names that need one of these rules;
//! 5. the whole document where it, or what it refers to, has `$dynamicRef` or a metaschema of its own:
//!    what a part of it says depends on the way that led there.
//!
//! Of a value whose `enum` or `const` is such a rule's neighbour, all is known before. The `Debug` of a
//! policy shows the parts that are judged as a whole.
//!
//! A document is read ([`text`]) and looked at for every mistake ([`check`]) before it is compiled
//! ([`compile`]). What is captured has an outline ([`outline`]) that holds while it is read.

mod addresses;
mod check;
mod choices;
mod compile;
mod conjunction;
mod definitions;
mod delegate;
mod documents;
mod fan_out;
mod fingerprints;
mod flat;
mod given;
mod harden;
mod items;
mod keywords;
mod looking;
mod members;
mod names;
mod nearest;
mod nodes;
mod numbers;
mod origins;
mod outline;
mod overlaps;
mod patterns;
mod source;
mod strings;
mod text;
mod translated;
mod tree;
mod vocabulary;

use std::{collections::BTreeMap, sync::Arc};

use serde_json::{Map, Value};

use self::given::Given;
pub(crate) use self::nearest::nearest;
pub(super) use self::patterns::Compiled as CompiledPatterns;
#[cfg(feature = "openapi")]
pub(crate) use self::{
    origins::escape,
    text::read as read_json,
    vocabulary::{Keyword, Shape},
};
use super::{Declaration, Field, Schema, declaration::Types};

/// A schema that is written as a JSON Schema document of draft 2020-12.
///
/// ```
/// use tower_harden::{JsonSchema, Policy, RouteSchema};
///
/// let order = JsonSchema::new(r#"{
///     "type": "object",
///     "properties": {
///         "sku": { "type": "string", "maxLength": 64, "pattern": "^[A-Z0-9-]+$" },
///         "quantity": { "type": "integer", "minimum": 1, "maximum": 100 }
///     },
///     "required": ["sku", "quantity"]
/// }"#);
/// let policy = Policy::builder()
///     .post("/orders", RouteSchema::new().json(order))
///     .build()?; // and every mistake in the document
/// # Ok::<(), tower_harden::ConfigError>(())
/// ```
///
/// It is stricter than the draft in what hardens, and never lets through what the draft refuses:
///
/// * An object of declared `properties` is closed, unless a schema that applies to it opens it by
///   `additionalProperties` or `unevaluatedProperties`, or [`open_objects`](Self::open_objects) opens
///   all of them. Where `oneOf` and its like choose between schemas, the members of all of them are
///   declared; `additionalProperties` in each of them keeps their members apart.
/// * `format` is asserted, and `uri` (`http` and `https` alone, as [`Field::url`](crate::Field::url)),
///   `hostname`, `ipv4` and `ipv6` are contexts of addresses;
///   [`formats_as_annotations`](Self::formats_as_annotations) is what the draft says. Beside those of the
///   draft there are the ones of OpenAPI: `int8` to `int64`, `uint8` to `uint64`, and `int` and `uint` of 64
///   bits are whole numbers of these ranges, `float` and `double` are the numbers that an `f32` and an `f64`
///   hold, `byte` is [`Field::base64`](crate::Field::base64), and `password` and `binary` say nothing. Others
///   are mistakes.
/// * `x-harden` says what else strings are; see below.
/// * Keywords that the draft does not know are mistakes, unless they begin with `x-` or
///   [`unknown_keywords_as_annotations`](Self::unknown_keywords_as_annotations) lets them be.
/// * Strings of `contentEncoding` `base64` or `base64url`, or of the format `byte`, are searched for internal
///   addresses in what they are decoded to, in any spelling. Of what is no base64 `contentEncoding` refuses
///   nothing, as the draft says.
/// * Strings hold no control characters, and no string names an internal address.
///
/// Otherwise it is what the draft says: `properties` are about objects, so that a document without
/// `"type": "object"` lets arrays, strings and `null` pass.
///
/// # Strings
///
/// The keyword `x-harden` is a name or a list of names: of the formats of [`Field`](crate::Field)
/// `public-url`, `hostname` (with or without port), `table-name`, `shell-safe`, `file-name`,
/// `relative-path` and `base64`, and of the switches `multiline` and `allow-controls` of
/// [`StringField`](crate::StringField). Formats are asserted whatever is said of `format`. Where `anyOf` and
/// its like choose between schemas, a switch in one of them is one for the string.
///
/// ```
/// use tower_harden::{AddressPolicy, JsonSchema, Limits, Validator};
///
/// let document = r#"{
///     "type": "object",
///     "properties": {
///         "hook": {"type": "string", "x-harden": "public-url"},
///         "note": {"type": "string", "maxLength": 400, "x-harden": ["multiline"]}
///     }
/// }"#;
/// let schema = JsonSchema::new(document);
/// let validator = Validator::new(schema, AddressPolicy::deny_internal(), Limits::default())?;
/// assert!(validator.check(br#"{"hook": "https://example.com/", "note": "a\nb"}"#).is_ok());
/// assert!(validator.check(br#"{"hook": "urn:a"}"#).is_err());
/// # Ok::<(), tower_harden::ConfigError>(())
/// ```
///
/// # Rules of the whole
///
/// A rule that needs all of a value, such as `oneOf`, is judged when the value is complete, and what
/// breaks it is told as [`Code::Schema`](crate::Code::Schema) at that value. Two shapes of `anyOf` and
/// `oneOf` need less: one schema beside `{"type": "null"}`, and a list of constants. Which parts of documents
/// those are, the `Debug` of a [`Policy`](crate::Policy) or [`Validator`](crate::Validator) shows:
///
/// ```
/// use tower_harden::{AddressPolicy, JsonSchema, Limits, Validator};
///
/// let document = r#"{
///     "type": "object",
///     "properties": {"id": {"oneOf": [{"type": "string"}, {"type": "integer"}]}}
/// }"#;
/// let schema = JsonSchema::new(document);
/// let validator = Validator::new(schema, AddressPolicy::deny_internal(), Limits::default())?;
/// assert_eq!(
///     format!("{validator:?}"),
///     r#"Validator { delegated: ["schema: body #: document #/properties/id: oneOf"], .. }"#
/// );
/// # Ok::<(), tower_harden::ConfigError>(())
/// ```
///
/// References lead to the document itself and to [`resource`](Self::resource)s. Nothing is fetched.
#[derive(Clone, Debug)]
#[must_use]
#[expect(
    clippy::struct_excessive_bools,
    reason = "switches that do not depend on each other"
)]
pub struct JsonSchema {
    document: Given,
    resources: BTreeMap<String, String>,
    /// The schemas that documents share, by their names.
    definitions: Option<Arc<Map<String, Value>>>,
    open: bool,
    annotations: bool,
    controls: bool,
    unknown_keywords: bool,
}

impl JsonSchema {
    /// A schema of this document. It is read when the policy is built.
    pub fn new(document: impl Into<String>) -> Self {
        Self::of(Given::Text(document.into()))
    }

    fn of(document: Given) -> Self {
        Self {
            document,
            resources: BTreeMap::new(),
            definitions: None,
            open: false,
            annotations: false,
            controls: false,
            unknown_keywords: false,
        }
    }

    /// A document that others refer to by `uri`, which is absolute. A relative `$ref` needs an `$id` in its
    /// document, which it is relative to.
    pub fn resource(mut self, uri: impl Into<String>, document: impl Into<String>) -> Self {
        self.resources.insert(uri.into(), document.into());
        self
    }

    /// Schemas that the documents of one policy share. A reference to one of them is written as
    /// `#/schemas/Name`, or into one as `#/schemas/Name/properties/member`, and they refer to each other
    /// in the same way. Of those that a document reaches it is as if it had them itself; the others cost
    /// it nothing.
    pub(crate) fn with_definitions(mut self, definitions: &Arc<Map<String, Value>>) -> Self {
        self.definitions = Some(definitions.clone());
        self
    }

    /// Accepts members that the document does not forbid, as the draft says.
    pub fn open_objects(mut self) -> Self {
        self.open = true;
        self
    }

    /// Does not assert `format`, as the draft says. The formats of `x-harden` are asserted all the same.
    pub fn formats_as_annotations(mut self) -> Self {
        self.annotations = true;
        self
    }

    /// Ignores keywords that draft 2020-12 does not know, as the draft says (Core §6.5).
    ///
    /// Without it they are mistakes: `maxLenght` would hold nothing. Those that begin with `x-` are
    /// never looked at.
    pub fn unknown_keywords_as_annotations(mut self) -> Self {
        self.unknown_keywords = true;
        self
    }

    /// Lets every control character pass in strings and names; see
    /// [`StringField::allow_controls`](crate::StringField::allow_controls).
    pub fn allow_controls(mut self) -> Self {
        self.controls = true;
        self
    }
}

/// The schema of a document that is in memory already, such as one that a program wrote. Its members have
/// different names and its numbers are read, so what [`new`](JsonSchema::new) finds of the kind it cannot have.
///
/// ```
/// use serde_json::json;
/// use tower_harden::{AddressPolicy, JsonSchema, Limits, Validator};
///
/// let schema = JsonSchema::from(json!({"type": "string", "maxLength": 4}));
/// let validator = Validator::new(schema, AddressPolicy::deny_internal(), Limits::default())?;
/// assert!(validator.check(br#""abcd""#).is_ok());
/// assert!(validator.check(br#""abcde""#).is_err());
/// # Ok::<(), tower_harden::ConfigError>(())
/// ```
impl From<Value> for JsonSchema {
    fn from(document: Value) -> Self {
        Self::of(Given::Value(Arc::new(document)))
    }
}

impl From<JsonSchema> for Schema {
    fn from(document: JsonSchema) -> Self {
        let mut declaration = Declaration::of(Types::ANY);
        declaration.source = Some(Arc::new(document));
        Self(declaration)
    }
}

/// A scalar, or a list of scalars, that a document describes: [`ConfigError`](crate::ConfigError) tells
/// of a parameter that is declared by any other. Its `null` is left aside: a parameter is never null.
impl From<JsonSchema> for Field {
    fn from(document: JsonSchema) -> Self {
        Self(Schema::from(document).0)
    }
}

/// A place, and what is wrong there.
type Mistake = (String, String);
