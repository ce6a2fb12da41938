//! Schemas that hold for one value together.

use std::cmp::Ordering;

use serde_json::{Map, Value};

use super::{
    addresses::Keys,
    choices::{self, Choice, schema_beside_null},
    documents::{Documents, Subschema},
    keywords, numbers,
    vocabulary::{Keyword, list, list_of},
};
use crate::schema::declaration::{NumberKeywords, ObjectKeywords, Types};

/// What one value has to be: all that these schemas say, and those that they refer to or hold in
/// `allOf`.
#[derive(Clone, Debug)]
pub(super) struct Conjunction<'d> {
    /// The schemas as they were asked for, but for `true` and `false`, which have no names.
    pub(super) entries: Vec<Subschema<'d>>,
    /// All of them, one by one. Those that say nothing of a value are left out.
    pub(super) schemas: Vec<Subschema<'d>>,
    /// One of them is `false`.
    pub(super) never: bool,
    pub(super) null: Null,
}

/// Whether `null` fits, which need not keep what `anyOf` and `oneOf` offer beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Null {
    /// Nothing is offered beside it, and the schemas say it.
    IsAsOthers,
    Fits,
    IsRefused,
    /// That is for the crate `jsonschema` to say.
    IsUnknown,
}

impl<'d> Conjunction<'d> {
    pub(super) fn of(documents: &Documents<'d>, entries: Vec<Subschema<'d>>) -> Self {
        let mut schemas = Vec::new();
        let mut never = false;
        let mut is_beside = false;
        let mut seen = Keys::default();
        let mut left: Vec<Subschema<'d>> = entries.iter().rev().cloned().collect();
        while let Some(schema) = left.pop() {
            never |= *schema.value == Value::Bool(false);
            let Some(keywords) = schema.keywords() else {
                continue;
            };
            if !seen.insert(schema.key()) {
                continue;
            }
            if !documents.hold(&schema) {
                schemas.push(schema);
                continue;
            }
            // The check has found that they lead somewhere, and not round in a circle.
            let parts = list(keywords, "allOf").iter();
            let parts = parts.filter_map(|part| documents.inside(&schema, part).ok());
            left.extend(parts.collect::<Vec<_>>().into_iter().rev());
            left.extend(documents.target(&schema));
            // Of any value but `null`, what is offered beside it holds.
            let beside = choices::KEYWORDS.into_iter();
            let beside = beside.filter_map(|name| schema_beside_null(keywords, name));
            let beside: Vec<_> = beside
                .filter_map(|other| documents.inside(&schema, other).ok())
                .collect();
            is_beside |= !beside.is_empty();
            left.extend(beside);
            if keywords.keys().any(|name| is_rule(name)) {
                schemas.push(schema);
            }
        }
        let null = if is_beside {
            let takes = entries.iter().map(|entry| documents.take_null(entry));
            let takes: Vec<Option<bool>> = takes.collect();
            match choices::all(&takes) {
                Some(true) => Null::Fits,
                Some(false) => Null::IsRefused,
                None => Null::IsUnknown,
            }
        } else {
            Null::IsAsOthers
        };
        let named = entries
            .into_iter()
            .filter(|entry| entry.keywords().is_some());
        Self {
            entries: named.collect(),
            schemas,
            never,
            null,
        }
    }

    /// What is the same for conjunctions that say the same.
    pub(super) fn key(&self) -> Vec<usize> {
        let mut key: Vec<usize> = self.schemas.iter().map(Subschema::key).collect();
        key.sort_unstable();
        if self.null != Null::IsAsOthers {
            // What is said of `null` is not in the schemas.
            let mut entries: Vec<usize> = self.entries.iter().map(Subschema::key).collect();
            entries.sort_unstable();
            key.push(usize::MAX);
            key.extend(entries);
        }
        key
    }

    /// The schemas, each with its keywords.
    pub(super) fn pairs(&self) -> impl Iterator<Item = (&Subschema<'d>, &'d Map<String, Value>)> {
        let pair = |schema| Some((schema, Subschema::keywords(schema)?));
        self.schemas.iter().filter_map(pair)
    }

    /// The keywords of the schemas, one schema after the other.
    pub(super) fn keywords(&self) -> impl Iterator<Item = &'d Map<String, Value>> {
        self.schemas.iter().filter_map(Subschema::keywords)
    }

    pub(super) fn types(&self) -> Types {
        let types = self.keywords().fold(Types::ANY, |types, keywords| {
            types & keywords::types(keywords)
        });
        match self.null {
            Null::IsAsOthers => types,
            Null::IsRefused => types.without(Types::NULL),
            Null::Fits | Null::IsUnknown => types | Types::NULL,
        }
    }

    /// What is said of numbers; formats are `asserted`, or say nothing.
    pub(super) fn number(&self, asserted: bool) -> NumberKeywords {
        self.keywords()
            .map(|keywords| numbers::number(keywords, asserted))
            .fold(NumberKeywords::default(), |mut all, one| {
                all.minimum = keywords::tighter(all.minimum, one.minimum, Ordering::Greater);
                all.maximum = keywords::tighter(all.maximum, one.maximum, Ordering::Less);
                all.multiples_of.extend(one.multiples_of);
                all
            })
    }

    /// How many members there are.
    pub(super) fn object(&self) -> ObjectKeywords {
        self.keywords()
            .map(keywords::object)
            .fold(ObjectKeywords::default(), |mut all, one| {
                all.min_members = all.min_members.max(one.min_members);
                all.max_members = lower(all.max_members, one.max_members);
                all
            })
    }

    /// How many values are enumerated, each as often as it is.
    pub(super) fn enumerated(&self) -> usize {
        let sets = self.keywords().map(|keywords| {
            let own = keywords::sets(keywords).map(|set| set.len());
            let offered = choices::KEYWORDS.into_iter();
            let offered = offered.flat_map(|name| list(keywords, name));
            let offered = offered.map(|it| list_of(it, "enum").len() + 1);
            own.chain(offered).sum::<usize>()
        });
        sets.sum()
    }

    /// The values that the value is one of, if they are enumerated, and whether that is all there is
    /// to say of it: of each of them, what else the schemas say is known before any value comes.
    pub(super) fn values(&self) -> Option<(Vec<&'d Value>, bool)> {
        let mut sets = Vec::new();
        let mut complete = true;
        for keywords in self.keywords() {
            sets.extend(keywords::sets(keywords));
            for name in keywords.keys().filter(|name| is_rule(name)) {
                match name.as_str() {
                    "type" | "enum" | "const" | "contentEncoding" => {}
                    name => match Choice::of(keywords, name) {
                        Some(Choice::OneOf(values)) => sets.push(values),
                        Some(Choice::OrNull) => {}
                        None => complete = false,
                    },
                }
            }
        }
        let mut values = choices::in_all(sets, self.types())?;
        if matches!(self.null, Null::Fits | Null::IsUnknown) {
            values.push(&Value::Null);
        }
        Some((values, complete))
    }

    /// The part of the conjunction in which `schema` sees what was evaluated (Core §11): the schema
    /// itself and what it applies in place.
    pub(super) fn scope(documents: &Documents<'d>, schema: &Subschema<'d>) -> Vec<Subschema<'d>> {
        Self::of(documents, vec![schema.clone()]).schemas
    }
}

/// The lower of two maxima.
pub(super) fn lower<T: Ord>(a: Option<T>, b: Option<T>) -> Option<T> {
    [a, b].into_iter().flatten().min()
}

/// Whether a keyword says something of a value by itself, and not by leading to other schemas.
pub(super) fn is_rule(name: &str) -> bool {
    match Keyword::of(name) {
        Some(Keyword::InPlace(_) | Keyword::ToParts(_)) => name != "allOf",
        Some(Keyword::Assertion) => name != "$ref",
        // It refuses nothing, and what it says is searched.
        Some(Keyword::Annotation) => name == "contentEncoding",
        _ => false,
    }
}
