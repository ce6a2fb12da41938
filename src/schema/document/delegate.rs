//! What the crate `jsonschema` is asked.

use std::{collections::BTreeSet, sync::Arc};

use jsonschema::{
    Draft, PatternOptions, ValidationError, ValidationOptions, Validator, draft202012,
    error::ValidationErrorKind,
};
use serde_json::{Map, Value};

use super::{Mistake, documents::Documents, fingerprints, harden, keywords, translated};
use crate::{
    Code,
    schema::{pattern, whole::WholeRule},
};

/// What `type` is.
const TYPES: &str = "has to be one of \"null\", \"boolean\", \"object\", \"array\", \"number\", \"string\", \
                     \"integer\", or a list of them without repetitions";

/// What the metaschema of the draft finds wrong with a schema, each with its place in the schema.
pub(super) fn malformed(schema: &Value) -> BTreeSet<Mistake> {
    let told = |error: ValidationError<'_>| {
        let place = error.instance_path().to_string();
        let told = match error.kind() {
            // The one choice of the metaschema is that of `type`.
            ValidationErrorKind::AnyOf { .. } => TYPES.to_owned(),
            _ => error.masked().to_string(),
        };
        (place, told)
    };
    let metaschema = draft202012::meta::validator();
    if metaschema.is_valid(schema) {
        return BTreeSet::new();
    }
    // Each vocabulary of the metaschema tells of what it finds.
    metaschema.iter_errors(schema).map(told).collect()
}

/// How the crate judges: patterns in linear time, and formats as they are judged where it is not asked.
fn options<'d>(annotations: bool) -> ValidationOptions<'d> {
    let options = jsonschema::options()
        .with_pattern_options(PatternOptions::regex().size_limit(pattern::SIZE))
        .should_validate_formats(!annotations)
        .should_ignore_unknown_formats(annotations);
    let native = keywords::NATIVE_FORMATS.iter();
    let native = native.map(|(name, format)| ((*name).to_owned(), *format));
    let hardened = harden::all_formats().map(|(name, format)| (translated::name(name), format));
    let options = native
        .chain(hardened)
        .fold(options, |options, (name, format)| {
            options.with_format(name, move |text: &str| keywords::is_of(format, text))
        });
    let purposes = keywords::PURPOSES.iter();
    purposes.fold(options, |options, name| {
        options.with_format(*name, |_: &str| true)
    })
}

/// The rule of the document as a whole, read from its beginning.
///
/// # Errors
///
/// The first mistake in it, with its place.
pub(super) fn whole(
    documents: &Documents<'_>,
    document: &Value,
    annotations: bool,
) -> Result<Delegate, String> {
    let mut options = options(annotations);
    if let Some(registry) = documents.registry {
        options = options.with_registry(registry);
    }
    if document.get("$schema").is_none() {
        options = options.with_draft(Draft::Draft202012);
    }
    Ok(Delegate {
        validator: build(&options, document)?,
        part: None,
        fingerprint: fingerprints::of_documents(documents.values(), annotations),
    })
}

fn build(options: &ValidationOptions<'_>, schema: &Value) -> Result<Arc<Validator>, String> {
    match options.build(schema) {
        Ok(validator) => Ok(Arc::new(validator)),
        Err(error) => Err(format!("document #{}: {error}", error.instance_path())),
    }
}

/// Compiles a document of parts that are its members: a value is judged by one of them as that member.
///
/// # Errors
///
/// The first mistake in it.
pub(super) fn parts(document: &Value) -> Result<Parts<'_>, String> {
    Ok(Parts {
        // Of the formats in it, all are asserted.
        validator: build(&options(false), document)?,
        fingerprints: fingerprints::Parts::of(document),
    })
}

/// Parts of documents, which share what they refer to.
pub(super) struct Parts<'d> {
    validator: Arc<Validator>,
    fingerprints: fingerprints::Parts<'d>,
}

impl Parts<'_> {
    /// The rule of the part at this place.
    pub(super) fn rule(&mut self, place: usize) -> Delegate {
        let name = place.to_string();
        Delegate {
            validator: self.validator.clone(),
            fingerprint: self.fingerprints.fingerprint(&name),
            part: Some(name),
        }
    }
}

/// A rule that the crate `jsonschema` judges.
#[derive(Debug)]
pub(super) struct Delegate {
    validator: Arc<Validator>,
    part: Option<String>,
    fingerprint: u64,
}

impl Delegate {
    pub(super) fn accepts(&self, value: Value) -> bool {
        let value = match &self.part {
            Some(name) => Value::Object(Map::from_iter([(name.clone(), value)])),
            None => value,
        };
        self.validator.is_valid(&value)
    }
}

impl WholeRule for Delegate {
    fn check(&self, json: &[u8]) -> Option<Code> {
        let accepts = serde_json::from_slice(json).is_ok_and(|value| self.accepts(value));
        (!accepts).then_some(Code::Schema)
    }

    fn fingerprint(&self) -> u64 {
        self.fingerprint
    }
}
