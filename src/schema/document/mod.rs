//! Schemas from JSON Schema documents (2020-12).
//!
//! A document compiles to the same program as the schemas that are declared in code, as far as its
//! rules can be held while a value is read: types, enumerations of strings, ranges, lengths,
//! patterns, formats, items, properties, and references to them, also recursive ones. A subtree with
//! another rule (`oneOf`, `uniqueItems`, `unevaluatedProperties`, ...) is judged as a whole once it is
//! complete, by the crate `jsonschema`.

mod close;
mod delegate;
mod keywords;
mod native;

use std::{collections::HashMap, sync::Arc};

use serde_json::Value;

use self::{delegate::Documents, native::Native};
use super::{
    Declaration, Judge, JudgeState, NodeId, Place, ProgramBuilder, Schema,
    declaration::{Source, Types},
};
use crate::{
    AddressPolicy, Code, Limits,
    error::Problems,
    json::{Bounds, Reader},
    violations::Violations,
};

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
/// It is stricter than the draft in what hardens:
///
/// * An object of declared `properties` is closed, unless the document opens it by
///   `additionalProperties` or `unevaluatedProperties`, or [`open_objects`](Self::open_objects) opens
///   all of them.
/// * `format` is asserted, and `uri`, `hostname` and `ipv4` are contexts of addresses, where a subtree
///   is judged while it is read; [`formats_as_annotations`](Self::formats_as_annotations) is what the
///   draft says.
/// * Strings hold no control characters, and no string names an internal address.
///
/// References lead to the document itself and to [`resource`](Self::resource)s. Nothing is fetched.
#[derive(Clone, Debug)]
#[must_use]
pub struct JsonSchema {
    text: String,
    resources: HashMap<String, String>,
    open: bool,
    annotations: bool,
    controls: bool,
}

impl JsonSchema {
    /// A schema of this document. It is read when the policy is built.
    pub fn new(document: impl Into<String>) -> Self {
        Self {
            text: document.into(),
            resources: HashMap::new(),
            open: false,
            annotations: false,
            controls: false,
        }
    }

    /// A document that others refer to by `uri`.
    pub fn resource(mut self, uri: impl Into<String>, document: impl Into<String>) -> Self {
        self.resources.insert(uri.into(), document.into());
        self
    }

    /// Accepts members that the document does not forbid, as the draft says.
    pub fn open_objects(mut self) -> Self {
        self.open = true;
        self
    }

    /// Does not assert `format`, as the draft says.
    pub fn formats_as_annotations(mut self) -> Self {
        self.annotations = true;
        self
    }

    /// Lets every control character pass in strings and names; see
    /// [`StringField::allow_controls`](crate::StringField::allow_controls).
    pub fn allow_controls(mut self) -> Self {
        self.controls = true;
        self
    }
}

impl From<JsonSchema> for Schema {
    fn from(document: JsonSchema) -> Self {
        let mut declaration = Declaration::of(Types::ANY);
        declaration.source = Some(Arc::new(document));
        Self(declaration)
    }
}

/// Whether an object of a document has two members of one name, of which `serde_json` takes the last.
fn repeats_a_member(text: &str) -> bool {
    let limits = Limits::default()
        .max_depth(Bounds::DEEPEST)
        .max_members(u32::MAX)
        .max_items(u32::MAX);
    let mut reader = Reader::new(Bounds {
        depth: Bounds::DEEPEST,
        string: usize::MAX,
        number: usize::MAX,
    });
    let mut violations = Violations::new(usize::MAX);
    let (program, addresses) = (
        ProgramBuilder::new().build(),
        AddressPolicy::deny_internal(),
    );
    let mut state = JudgeState::new(NodeId::ANY);
    let mut judge = Judge::new(
        text.as_bytes(),
        &program,
        &addresses,
        &limits,
        &mut violations,
        &mut state,
    );
    // What is not well-formed was told of already.
    let _ = reader.read(text.as_bytes(), true, &mut judge);
    let found = violations.take();
    found
        .iter()
        .any(|violation| violation.code() == Code::DuplicateMember)
}

impl Source for JsonSchema {
    fn compile(
        &self,
        program: &mut ProgramBuilder,
        place: &Place<'_>,
        problems: &mut Problems,
    ) -> NodeId {
        let mut read = |name: &str, text: &str| {
            let mut value: Value = serde_json::from_str(text)
                .map_err(|error| problems.add(format!("{place}: {name}"), error.to_string()))
                .ok()?;
            if repeats_a_member(text) {
                let problem = "an object has two members of one name";
                problems.add(format!("{place}: {name}"), problem);
            }
            if !self.open {
                close::close(&mut value);
            }
            Some(value)
        };
        let root = read("the document", &self.text);
        let resources: Option<HashMap<String, Value>> = self
            .resources
            .iter()
            .map(|(uri, text)| Some((uri.clone(), read(uri, text)?)))
            .collect();
        let (Some(root), Some(resources)) = (root, resources) else {
            return NodeId::ANY;
        };
        let documents = Documents::new(root, resources, self.annotations);
        // It finds every mistake, also in what is compiled natively.
        match documents.root() {
            Ok(whole) => Native::new(self, &documents, program, place, problems).compile(whole),
            Err(problem) => {
                problems.add(place.to_string(), problem);
                NodeId::ANY
            }
        }
    }
}
