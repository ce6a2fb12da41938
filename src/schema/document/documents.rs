//! The documents of a schema, and where references between them lead.

use std::{
    borrow::Cow,
    cell::RefCell,
    collections::{BTreeMap, BTreeSet},
    error::Error,
    sync::{Arc, Mutex, PoisonError},
};

use jsonschema::{Draft, ReferencingError, Registry, Retrieve, Uri, uri};
use serde_json::{Map, Value};

use super::{
    Mistake,
    addresses::Keyed,
    origins::{Origins, key, place},
};

/// Where the document stands among its resources.
pub(super) const ROOT: &str = "tower-harden:document";

/// The draft of documents that name none, and the only one that is read.
pub(super) const DRAFT: &str = "https://json-schema.org/draft/2020-12/schema";

/// Documents by their URIs.
pub(super) type Values<'v> = BTreeMap<String, Cow<'v, Value>>;

/// A schema in one of the documents.
#[derive(Clone, Debug)]
pub(super) struct Subschema<'d> {
    pub(super) value: &'d Value,
    /// What its references are relative to.
    base: Arc<Uri<String>>,
}

impl<'d> Subschema<'d> {
    /// What is the same for one schema, however it was reached, and different for others.
    pub(super) fn key(&self) -> usize {
        key(self.value)
    }

    /// What its references are relative to.
    pub(super) fn base(&self) -> &str {
        self.base.as_str()
    }

    /// Its keywords, unless it is `true` or `false`.
    pub(super) fn keywords(&self) -> Option<&'d Map<String, Value>> {
        self.value.as_object()
    }
}

/// The documents and everything that can be referred to in them.
pub(super) struct Documents<'d> {
    /// Without it the document is plain, and references are JSON Pointers into it.
    pub(super) registry: Option<&'d Registry<'d>>,
    values: &'d Values<'d>,
    origins: Origins<'d>,
    missing: BTreeSet<String>,
    /// Where `$ref` leads, by the schema that has it.
    targets: RefCell<Keyed<Subschema<'d>>>,
    /// Whether schemas take `null`, as far as that was asked.
    pub(super) nulls: RefCell<Keyed<Option<bool>>>,
}

impl<'d> Documents<'d> {
    /// Looks at what can be referred to. The document itself is the one of the URI [`ROOT`].
    ///
    /// # Errors
    ///
    /// What is no URI.
    pub(super) fn register(
        values: &'d Values<'d>,
        origins: &Origins<'d>,
        missing: &Missing,
    ) -> Result<Registry<'d>, Vec<Mistake>> {
        let mut registry = Registry::new()
            .draft(Draft::Draft202012)
            .retriever(missing.clone());
        for (name, value) in values {
            let told = |error: ReferencingError| vec![(place(name, &[]), error.to_string())];
            registry = registry.add(name, value.as_ref()).map_err(told)?;
        }
        registry.prepare().map_err(|error| {
            let mut told = Self::no_references(origins);
            if told.is_empty() {
                told.push((place(ROOT, &[]), error.to_string()));
            }
            told
        })
    }

    /// What stands where a URI should, and is none.
    fn no_references(origins: &Origins<'d>) -> Vec<Mistake> {
        let base = uri::from_str("https://example.com/").ok();
        let objects = origins.objects().flat_map(|(key, object)| {
            let uri = move |name| Some((key, name, object.get(name)?.as_str()?));
            ["$dynamicRef", "$id", "$ref", "$schema"]
                .into_iter()
                .filter_map(uri)
        });
        let mut told: Vec<_> = objects
            .filter_map(|(key, name, reference)| {
                let reference = uri::resolve_against(&base.as_ref()?.borrow(), reference);
                let place = format!("{}/{name}", origins.place(key));
                Some((place, reference.err()?.to_string()))
            })
            .collect();
        told.sort();
        told
    }

    pub(super) fn new(
        values: &'d Values<'d>,
        origins: Origins<'d>,
        registry: Option<&'d Registry<'d>>,
        missing: Missing,
    ) -> Self {
        Self {
            registry,
            values,
            origins,
            missing: missing.take(),
            targets: RefCell::default(),
            nulls: RefCell::default(),
        }
    }

    /// The document itself.
    pub(super) fn root(&self) -> Result<Subschema<'d>, String> {
        self.follow_from(ROOT, "")
    }

    /// Where a reference leads.
    ///
    /// # Errors
    ///
    /// Where it leads nowhere.
    pub(super) fn follow(
        &self,
        from: &Subschema<'d>,
        reference: &str,
    ) -> Result<Subschema<'d>, String> {
        self.follow_from(from.base.as_str(), reference)
    }

    fn follow_from(&self, base: &str, reference: &str) -> Result<Subschema<'d>, String> {
        let base = uri::from_str(base).map_err(|error| error.to_string())?;
        let Some(registry) = self.registry else {
            let value = self.values.get(ROOT);
            let value = value.and_then(|document| plain_target(document, reference));
            let base = Arc::new(base);
            return value
                .map(|value| Subschema { value, base })
                .ok_or_else(|| "leads nowhere".to_owned());
        };
        let (document, _) = reference.split_once('#').unwrap_or((reference, ""));
        let document = registry.resolve_uri(&base.borrow(), document);
        let document = document.map_err(|error| error.to_string())?;
        if self.missing.contains(document.as_str()) {
            return Err(format!(
                "{document} is not among the resources: add it by resource(..)"
            ));
        }
        let found = registry.resolver(base).lookup(reference);
        let found = found.map_err(|error| error.to_string())?;
        Ok(Subschema {
            value: found.contents(),
            base: found.resolver().base_uri(),
        })
    }

    /// Where the `$ref` of a schema leads, if it has one that leads somewhere.
    pub(super) fn target(&self, schema: &Subschema<'d>) -> Option<Subschema<'d>> {
        let reference = schema.value.get("$ref")?.as_str()?;
        if let Some(target) = self.targets.borrow().get(&schema.key()) {
            return Some(target.clone());
        }
        let target = self.follow(schema, reference).ok()?;
        self.targets
            .borrow_mut()
            .insert(schema.key(), target.clone());
        Some(target)
    }

    /// A schema that stands in another one.
    ///
    /// # Errors
    ///
    /// Where its `$id` is no URI.
    pub(super) fn inside(
        &self,
        outer: &Subschema<'d>,
        value: &'d Value,
    ) -> Result<Subschema<'d>, String> {
        let base = if let (Some(registry), Some(_)) = (self.registry, value.get("$id")) {
            let resolver = registry.resolver((*outer.base).clone());
            resolver
                .in_subresource(Draft::Draft202012.create_resource_ref(value))
                .map_err(|error| error.to_string())?
                .base_uri()
        } else {
            outer.base.clone()
        };
        Ok(Subschema { value, base })
    }

    /// Whether the schema stands in one of the documents, and not in a metaschema of the draft.
    pub(super) fn hold(&self, schema: &Subschema<'d>) -> bool {
        self.origins.contain(schema.key())
    }

    /// Whether a schema stands in that member of the document itself.
    pub(super) fn is_under(&self, schema: &Subschema<'d>, member: &str) -> bool {
        self.origins.is_under(schema.key(), member)
    }

    /// The document that a schema stands in.
    pub(super) fn document(&self, schema: &Subschema<'d>) -> &'d Value {
        let document = self.origins.document(schema.key());
        let document = document.and_then(|uri| self.values.get(uri));
        document.map_or(schema.value, Cow::as_ref)
    }

    /// Whether a dialect is the draft itself, or one that a metaschema of the draft describes among
    /// the resources. In those of other drafts the keywords that close objects mean nothing.
    pub(super) fn knows(&self, dialect: &Value) -> bool {
        let metaschema = dialect.as_str().and_then(|uri| self.values.get(uri));
        dialect == DRAFT || metaschema.is_some_and(|schema| schema["$schema"] == DRAFT)
    }

    /// Where a schema stands, for people.
    pub(super) fn place(&self, key: usize) -> String {
        self.origins.place(key)
    }

    /// A reference by its absolute URI.
    pub(super) fn absolute(&self, from: &Subschema<'d>, reference: &str) -> String {
        let (document, fragment) = reference.split_once('#').unwrap_or((reference, ""));
        let document = self
            .registry
            .map(|it| it.resolve_uri(&from.base.borrow(), document));
        // The check has found where it leads.
        match document {
            Some(Ok(uri)) => format!("{uri}#{fragment}"),
            _ => reference.to_owned(),
        }
    }
}

/// Where a reference leads by a JSON Pointer, if it is one that needs no decoding.
pub(super) fn plain_target<'v>(document: &'v Value, reference: &str) -> Option<&'v Value> {
    let pointer = match reference.strip_prefix('#') {
        Some(fragment) => fragment,
        None if reference.is_empty() => reference,
        None => return None,
    };
    // Of what may stand in a fragment (RFC 3986 §3.5), all but percent-escapes.
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=:@/?".contains(&byte);
    pointer
        .bytes()
        .all(plain)
        .then(|| document.pointer(pointer))
        .flatten()
}

/// A part of a fragment without its percent-escapes (RFC 3986 §2.1).
pub(super) fn decoded(fragment: &str) -> Option<Cow<'_, str>> {
    if !fragment.contains('%') {
        return Some(Cow::Borrowed(fragment));
    }
    let uri = uri::from_str(&format!("{ROOT}#{fragment}")).ok()?;
    let decoded = uri.fragment()?.decode().to_string().ok()?;
    Some(Cow::Owned(decoded.into_owned()))
}

/// The documents that were referred to and not given. Nothing is fetched.
#[derive(Clone, Debug, Default)]
pub(super) struct Missing(Arc<Mutex<BTreeSet<String>>>);

impl Missing {
    fn take(self) -> BTreeSet<String> {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Retrieve for Missing {
    fn retrieve(&self, uri: &Uri<String>) -> Result<Value, Box<dyn Error + Send + Sync>> {
        let mut missing = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        missing.insert(uri.as_str().to_owned());
        // So that every reference that leads nowhere is told, and not only the first.
        Ok(Value::Bool(true))
    }
}
