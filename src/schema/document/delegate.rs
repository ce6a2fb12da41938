use std::{collections::HashMap, error::Error, fmt::Write, sync::Arc};

use jsonschema::{Draft, PatternOptions, Retrieve, Uri, Validator};
use serde_json::{Value, json};

use crate::schema::whole::WholeRule;

/// A document and those that it may refer to.
#[derive(Debug)]
pub(super) struct Documents {
    pub(super) root: Arc<Value>,
    resources: Arc<HashMap<String, Value>>,
    annotations: bool,
}

/// Where the document stands among its resources.
const ROOT: &str = "tower-harden:document";

/// The draft of documents that name none, and of those that are read natively.
pub(super) const DRAFT: &str = "https://json-schema.org/draft/2020-12/schema";

impl Documents {
    pub(super) fn new(
        root: Value,
        mut resources: HashMap<String, Value>,
        annotations: bool,
    ) -> Self {
        resources.insert(ROOT.into(), root.clone());
        Self {
            root: Arc::new(root),
            resources: Arc::new(resources),
            annotations,
        }
    }

    /// The rule of the whole document.
    ///
    /// # Errors
    ///
    /// The first mistake in it, with its place.
    pub(super) fn root(&self) -> Result<Delegate, String> {
        if self.is_of_the_draft() {
            self.build(&self.root)
        } else {
            Err("document #/$schema: is not that of draft 2020-12".into())
        }
    }

    /// Whether the document, or the metaschema that it names among the resources, is of the draft.
    /// In others the keywords that close objects mean nothing.
    fn is_of_the_draft(&self) -> bool {
        let named = |schema: &Value| Some(schema.get("$schema")?.as_str()?.to_owned());
        named(&self.root).is_none_or(|dialect| {
            let metaschema = self.resources.get(&dialect).and_then(named);
            dialect == DRAFT || metaschema.is_some_and(|dialect| dialect == DRAFT)
        })
    }

    /// The rule of a part of the document, perhaps with its objects closed.
    pub(super) fn part(&self, pointer: &str, closed: bool) -> Result<Delegate, String> {
        let reference = format!("{ROOT}#{}", fragment(pointer));
        let mut part = json!({"$schema": DRAFT, "$ref": reference});
        if closed {
            part["unevaluatedProperties"] = Value::Bool(false);
        }
        self.build(&part)
    }

    fn build(&self, schema: &Value) -> Result<Delegate, String> {
        let mut options = jsonschema::options()
            .with_retriever(Given(self.resources.clone()))
            .with_pattern_options(PatternOptions::regex())
            .should_validate_formats(!self.annotations)
            .should_ignore_unknown_formats(self.annotations);
        if schema.get("$schema").is_none() {
            options = options.with_draft(Draft::Draft202012);
        }
        match options.build(schema) {
            Ok(validator) => Ok(Delegate { validator }),
            Err(error) => Err(format!("document #{}: {error}", error.instance_path())),
        }
    }
}

/// A JSON Pointer as the fragment of a URI (RFC 6901 §6).
fn fragment(pointer: &str) -> String {
    let mut fragment = String::with_capacity(pointer.len());
    for byte in pointer.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            fragment.push(char::from(byte));
        } else {
            let _ = write!(fragment, "%{byte:02X}");
        }
    }
    fragment
}

/// Answers with the documents that were given, and with nothing else.
#[derive(Debug)]
struct Given(Arc<HashMap<String, Value>>);

impl Retrieve for Given {
    fn retrieve(&self, uri: &Uri<String>) -> Result<Value, Box<dyn Error + Send + Sync>> {
        match self.0.get(uri.as_str()) {
            Some(document) => Ok(document.clone()),
            None => Err("the document is not among the resources".into()),
        }
    }
}

/// A rule that the crate `jsonschema` judges.
#[derive(Debug)]
pub(super) struct Delegate {
    validator: Validator,
}

impl WholeRule for Delegate {
    fn accepts(&self, json: &[u8]) -> bool {
        serde_json::from_slice(json).is_ok_and(|value: Value| self.validator.is_valid(&value))
    }
}
