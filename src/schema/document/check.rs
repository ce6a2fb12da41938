//! Finding every mistake in a document before it is compiled.

use std::collections::{BTreeSet, HashMap, HashSet};

use serde_json::{Map, Value};

use super::{
    JsonSchema, Mistake,
    addresses::Keys,
    definitions,
    delegate::malformed,
    documents::{DRAFT, Documents, Subschema},
    fan_out::{FanOut, Times},
    harden,
    keywords::{self, array, object, string, types, values},
    members::dependent,
    numbers::{Range, number},
    origins::{escape, key},
    patterns::Patterns,
    tree::Tree,
    vocabulary::{Keyword, Part, list, map, subschemas},
};
use crate::schema::{
    NodeId,
    declaration::Types,
    judge::RESERVED,
    rule::{ArrayRule, NumberRule, ObjectRule, StringRule},
};

/// The mistakes that are told of one document at the most.
const MOST: usize = 1_000;

const DIALECT: &str = "$schema";

const NO_SCHEMA: &str = "is no schema: a schema is an object, true or false";

fn is_schema(value: &Value) -> bool {
    value.is_object() || value.is_boolean()
}

/// Looks at every schema of a document, and at those of its resources that it refers to.
pub(super) struct Check<'c, 'd> {
    documents: &'c Documents<'d>,
    options: &'c JsonSchema,
    patterns: &'c mut Patterns,
    problems: Vec<Mistake>,
    seen: Keys,
    /// What is referred to, and may stand where no keyword of the draft holds it.
    targets: Vec<Subschema<'d>>,
    fan_out: FanOut<'d>,
    anchors: HashSet<(String, &'d str)>,
    /// What the crate `jsonschema` knows only in other words: schemas with their keywords.
    by_parts: Vec<(usize, &'static str)>,
    /// Schemas that need not hold where they stand, in `not` and `contains`.
    denied: Vec<usize>,
    /// Set where a metaschema of the draft is referred to.
    metaschema: Option<&'static str>,
    /// The documents and schemas whose dialect was looked at.
    dialects: Keys,
    found: Found<'d>,
}

/// What a check finds beside mistakes.
#[derive(Debug, Default)]
pub(super) struct Found<'d> {
    /// The keyword that makes the meaning of a schema depend on the way that led to it, if there is
    /// one. Then no part of the document can be read for itself.
    pub(super) dynamic: Option<&'static str>,
    /// The schemas that are referred to.
    pub(super) targets: Keys,
    pub(super) times: Times,
    /// The schemas of each `$dynamicAnchor`.
    pub(super) anchors: HashMap<&'d str, Vec<Subschema<'d>>>,
    /// Strings of some schema are encoded, or hardened by more than holds for all of them.
    pub(super) looked_into: bool,
}

impl<'c, 'd> Check<'c, 'd> {
    pub(super) fn new(
        documents: &'c Documents<'d>,
        options: &'c JsonSchema,
        patterns: &'c mut Patterns,
    ) -> Self {
        Self {
            documents,
            options,
            patterns,
            problems: Vec::new(),
            seen: Keys::default(),
            targets: Vec::new(),
            fan_out: FanOut::default(),
            anchors: HashSet::new(),
            by_parts: Vec::new(),
            denied: Vec::new(),
            metaschema: None,
            dialects: Keys::default(),
            found: Found::default(),
        }
    }

    /// Checks the document.
    ///
    /// # Errors
    ///
    /// What is wrong with it.
    pub(super) fn run(mut self, root: Subschema<'d>) -> Result<Found<'d>, Vec<Mistake>> {
        if !is_schema(root.value) {
            self.problems
                .push(("document #".to_owned(), NO_SCHEMA.into()));
        }
        self.targets.push(root);
        while let Some(target) = self.targets.pop() {
            if self.seen.contains(&target.key()) {
                continue;
            }
            if !self.documents.hold(&target) {
                if target.keywords().is_some() {
                    self.metaschema = Some("a reference to a metaschema");
                }
                continue;
            }
            let place = self.documents.place(target.key());
            self.dialect(self.documents.document(&target));
            if self.found.dynamic != Some(DIALECT) {
                let malformed = malformed(target.value).into_iter();
                let malformed =
                    malformed.map(|(pointer, told)| (format!("{place}{pointer}"), told));
                self.problems.extend(malformed);
            }
            self.tree(target);
        }
        for schema in self.fan_out.looks_again() {
            let place = self.documents.place(schema);
            let told = "looks for what the choices behind a reference leave, again in its own parts: \
                        put `unevaluated...` beside the choices, or it could take without end";
            self.problems.push((place, told.into()));
        }
        match self.fan_out.count() {
            Ok(times) => self.found.times = times,
            Err(mistakes) => {
                for (schema, told) in mistakes {
                    let place = self.documents.place(schema);
                    self.problems.push((place, told.into()));
                }
            }
        }
        self.held_nowhere();
        if self.problems.is_empty() {
            Ok(self.found)
        } else {
            self.problems.truncate(MOST);
            Err(self.problems)
        }
    }

    /// Tells of what cannot be held where it stands.
    fn held_nowhere(&mut self) {
        let by_parts = std::mem::take(&mut self.by_parts);
        if by_parts.is_empty() {
            return;
        }
        let denied = self.fan_out.reached_by(&self.denied);
        for (schema, keyword) in by_parts {
            if let Some(reason) = self.found.dynamic.or(self.metaschema) {
                let told = format!(
                    "cannot be held in a document with {reason}, the schemas of which have no meaning \
                     of their own"
                );
                self.tell(schema, keyword, told);
            } else if keyword == harden::KEYWORD && denied.contains(&schema) {
                let told = "stands behind `not` or `contains`, which keep no string from being \
                            something else";
                self.tell(schema, keyword, told);
            }
        }
    }

    /// Looks at which draft a document or schema is of.
    fn dialect(&mut self, of: &'d Value) {
        let Some(dialect) = of.get(DIALECT) else {
            return;
        };
        if !self.dialects.insert(key(of)) {
            return;
        }
        if !self.documents.knows(dialect) {
            self.tell(key(of), DIALECT, "is not that of draft 2020-12");
        } else if dialect != DRAFT {
            // A metaschema among the resources says which keywords there are.
            self.found.dynamic = Some(DIALECT);
        }
    }

    /// Looks at a schema and at those in it.
    fn tree(&mut self, root: Subschema<'d>) {
        let mut left = vec![root];
        while let Some(schema) = left.pop() {
            if self.problems.len() >= MOST {
                return;
            }
            let Some(keywords) = schema.keywords() else {
                continue;
            };
            if !self.seen.insert(schema.key()) {
                continue;
            }
            self.fan_out.is_of(schema.key(), keywords);
            self.found.looked_into |= keywords::is_encoded(keywords);
            self.found.looked_into |= keywords.contains_key(harden::KEYWORD);
            self.dialect(schema.value);
            self.names(&schema, keywords);
            self.references(&schema, keywords);
            self.values(&schema, keywords);
            let denied = ["not", "contains"].into_iter();
            self.denied
                .extend(denied.filter_map(|name| keywords.get(name)).map(key));
            for (keyword, part, value) in subschemas(keywords) {
                match self.documents.inside(&schema, value) {
                    Ok(inner) => {
                        self.apply(schema.key(), keyword, part, inner.key());
                        left.push(inner);
                    }
                    Err(told) => self.tell(schema.key(), "$id", told),
                }
            }
        }
    }

    /// Remembers which schema applies which.
    fn apply(&mut self, schema: usize, keyword: Keyword, part: Part<'d>, inner: usize) {
        match keyword {
            Keyword::InPlace(_) => self.fan_out.applies_in_place(schema, inner),
            Keyword::ToParts(_) => self.fan_out.applies_to_part(schema, part, inner),
            _ => {}
        }
    }

    /// The names of keywords and of members.
    fn names(&mut self, schema: &Subschema<'d>, keywords: &'d Map<String, Value>) {
        for name in keywords.keys() {
            let known = Keyword::of(name).is_some()
                || name.starts_with("x-")
                || (name == definitions::MEMBER && self.options.definitions.is_some());
            if !known && !self.options.unknown_keywords {
                let place = escape(name);
                let meant = Keyword::meant(name).unwrap_or_else(|| {
                    "others begin with `x-`, unless unknown_keywords_as_annotations() lets them be"
                        .into()
                });
                let told = format!("is no keyword of draft 2020-12: {meant}");
                self.tell(schema.key(), &place, told);
            }
        }
        let properties = map(keywords, "properties").map(|(name, _)| ("properties", name));
        let required = list(keywords, "required").iter();
        let required = required.filter_map(|name| Some(("required", name.as_str()?)));
        let dependent = dependent(keywords)
            .flat_map(|(of, member)| [("dependentRequired", of), ("dependentRequired", member)]);
        for (keyword, name) in properties.chain(required).chain(dependent) {
            if name.starts_with(RESERVED) {
                let place = format!("{keyword}/{}", escape(name));
                self.tell(
                    schema.key(),
                    &place,
                    "is a name that serde_json keeps for itself",
                );
            }
        }
    }

    /// What a schema refers to, and by which names it is referred to.
    fn references(&mut self, schema: &Subschema<'d>, keywords: &'d Map<String, Value>) {
        if keywords.contains_key("$dynamicRef") {
            self.found.dynamic.get_or_insert("$dynamicRef");
        }
        for keyword in ["$ref", "$dynamicRef"] {
            let Some(reference) = keywords.get(keyword).and_then(Value::as_str) else {
                continue;
            };
            match self.documents.follow(schema, reference) {
                Ok(_) if self.leads_out_of_shared(schema, reference) => {
                    let told = "shared schemas refer to each other as `#/schemas/Name`";
                    self.tell(schema.key(), keyword, told);
                }
                Ok(target) if !is_schema(target.value) => {
                    let told = format!("leads to what {NO_SCHEMA}");
                    self.tell(schema.key(), keyword, told);
                }
                Ok(target) => {
                    self.fan_out.applies_in_place(schema.key(), target.key());
                    self.found.targets.insert(target.key());
                    self.targets.push(target);
                }
                Err(told) => self.tell(schema.key(), keyword, told),
            }
        }
        for keyword in ["$anchor", "$dynamicAnchor"] {
            let Some(anchor) = keywords.get(keyword).and_then(Value::as_str) else {
                continue;
            };
            if keyword == "$dynamicAnchor" {
                let anchored = self.found.anchors.entry(anchor).or_default();
                anchored.push(schema.clone());
            }
            if !self.anchors.insert((schema.base().to_owned(), anchor)) {
                self.tell(schema.key(), keyword, "names another schema too");
            }
        }
    }

    /// Whether a shared schema refers to the document that shares it, which it does not know.
    fn leads_out_of_shared(&self, schema: &Subschema<'d>, reference: &str) -> bool {
        self.options.definitions.is_some()
            && reference.starts_with('#')
            && !reference.starts_with(definitions::PREFIX)
            && self.documents.is_under(schema, definitions::MEMBER)
    }

    /// The values of the keywords that the metaschema cannot judge.
    fn values(&mut self, schema: &Subschema<'d>, keywords: &'d Map<String, Value>) {
        let mut told = Vec::new();
        let mut tell = |place: String, what: String| told.push((place, what));

        let patterns = map(keywords, "patternProperties");
        let patterns =
            patterns.map(|(text, _)| (format!("patternProperties/{}", escape(text)), text));
        let pattern = keywords.get("pattern").and_then(Value::as_str);
        let pattern = pattern.map(|text| ("pattern".to_owned(), text));
        for (place, text) in patterns.chain(pattern) {
            self.patterns
                .compile(text, &mut |what| tell(place.clone(), what));
        }

        match keywords.get("format").and_then(Value::as_str) {
            Some(name) if !self.options.annotations && !keywords::is_format(name) => {
                let told = "is no format of draft 2020-12 or of OpenAPI's numbers, and formats are \
                            asserted unless formats_as_annotations() is called";
                tell("format".into(), told.into());
            }
            _ => {}
        }
        if let Some(told) = harden::mistake(keywords) {
            tell(harden::KEYWORD.into(), told);
        }

        let format = keywords.get("format").and_then(Value::as_str);
        if !self.options.annotations && format.is_some_and(|name| Range::of(name).is_some()) {
            self.by_parts.push((schema.key(), "format"));
        }
        if keywords.contains_key(harden::KEYWORD) {
            self.by_parts.push((schema.key(), harden::KEYWORD));
            if !types(keywords).meet(Types::STRING) {
                let told = "is about strings, and `type` has none of them";
                tell(harden::KEYWORD.into(), told.into());
            }
        }

        for keyword in ["enum", "const"] {
            let values = values(keywords, keyword).unwrap_or_default();
            let different: BTreeSet<_> = values.iter().map(Tree::of).collect();
            if different.len() < values.len() {
                tell(keyword.into(), "names a value twice".into());
            }
            let types = types(keywords);
            if !different.is_empty() && !different.iter().any(|value| types.meet(value.types())) {
                tell(keyword.into(), "has no value of the declared type".into());
            }
        }

        let mut problem = |what| tell(String::new(), what);
        StringRule::new(&string(keywords), &mut problem);
        NumberRule::new(&number(keywords, !self.options.annotations), &mut problem);
        ArrayRule::new(&array(keywords), NodeId::ANY, &mut problem);
        ObjectRule::new(Vec::new(), None).bounded(&object(keywords), &mut problem);

        for (place, what) in told {
            self.tell(schema.key(), &place, what);
        }
    }

    /// Tells of a mistake at a place in a schema.
    fn tell(&mut self, schema: usize, place: &str, told: impl Into<String>) {
        let mut whole = self.documents.place(schema);
        if !place.is_empty() {
            whole.push('/');
            whole.push_str(place);
        }
        self.problems.push((whole, told.into()));
    }
}
