//! Choices between schemas that are made while a value is read.
//!
//! Which schemas of `anyOf` and `oneOf` hold is known at the end of a value, but for two shapes that
//! programs write: an optional value is one schema or `null`, and an enumeration is a schema for each of
//! its values. The type of a value decides the one, and the value itself the other.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::{
    conjunction::is_rule,
    documents::{Documents, Subschema},
    keywords,
    tree::Tree,
    vocabulary::list,
};
use crate::schema::declaration::Types;

/// The keywords that choose.
pub(super) const KEYWORDS: [&str; 2] = ["anyOf", "oneOf"];

/// A choice that is made while a value is read.
pub(super) enum Choice<'d> {
    /// `null`, or what the schema beside it takes. Where that takes `null` too, `oneOf` refuses it.
    OrNull,
    /// One of these values.
    OneOf(Vec<&'d Value>),
}

impl<'d> Choice<'d> {
    /// The choice that a keyword is, if it is one of them.
    pub(super) fn of(keywords: &'d Map<String, Value>, name: &str) -> Option<Self> {
        if !KEYWORDS.contains(&name) {
            return None;
        }
        let other = schema_beside_null(keywords, name).map(|_| Self::OrNull);
        other.or_else(|| {
            let branches = list(keywords, name).iter();
            let branches: Option<Vec<_>> = branches.map(enumerated).collect();
            let all: Vec<&Value> = branches?.into_iter().flatten().collect();
            let different = || all.iter().map(|it| Tree::of(it)).collect::<BTreeSet<_>>();
            let fits = !all.is_empty() && (name == "anyOf" || different().len() == all.len());
            fits.then_some(Self::OneOf(all))
        })
    }
}

/// The schema that a keyword offers beside `null`.
pub(super) fn schema_beside_null<'d>(
    keywords: &'d Map<String, Value>,
    name: &str,
) -> Option<&'d Value> {
    let [first, second] = list(keywords, name) else {
        return None;
    };
    let other = match (is_null(first), is_null(second)) {
        (false, true) => first,
        (true, false) => second,
        _ => return None,
    };
    other.is_object().then_some(other)
}

/// Whether a schema takes `null`, and nothing else.
fn is_null(schema: &Value) -> bool {
    let values = enumerated(schema).unwrap_or_default();
    !values.is_empty() && values.iter().all(|value| value.is_null())
}

/// The values of a schema that says nothing but which they are.
fn enumerated(schema: &Value) -> Option<Vec<&Value>> {
    let keywords = schema.as_object()?;
    let says = |name: &String| matches!(name.as_str(), "type" | "const" | "enum") || !is_rule(name);
    if !keywords.keys().all(says) {
        return None;
    }
    let types = keywords::types(keywords);
    let sets: Vec<Vec<&Value>> = keywords::sets(keywords).collect();
    match in_all(sets, types) {
        None if types == Types::NULL => Some(vec![&Value::Null]),
        values => values,
    }
}

/// The values of these types that are in all of these sets, if there is one.
pub(super) fn in_all(sets: Vec<Vec<&Value>>, types: Types) -> Option<Vec<&Value>> {
    let mut sets = sets.into_iter();
    let first = sets.next()?;
    let others = sets.map(|set| set.into_iter().map(Tree::of).collect());
    let others: Vec<BTreeSet<Tree>> = others.collect();
    let fits = |value: &&Value| {
        let value = Tree::of(value);
        types.meet(value.types()) && others.iter().all(|others| others.contains(&value))
    };
    Some(first.into_iter().filter(fits).collect())
}

impl<'d> Documents<'d> {
    /// Whether a schema takes `null`. `None`: that is for the crate `jsonschema` to say.
    pub(super) fn take_null(&self, schema: &Subschema<'d>) -> Option<bool> {
        let Some(keywords) = schema.keywords() else {
            return schema.value.as_bool();
        };
        if let Some(known) = self.nulls.borrow().get(&schema.key()) {
            return *known;
        }
        let found = self.find_null(schema, keywords);
        self.nulls.borrow_mut().insert(schema.key(), found);
        found
    }

    fn find_null(&self, schema: &Subschema<'d>, keywords: &'d Map<String, Value>) -> Option<bool> {
        if !self.hold(schema) {
            return None;
        }
        let mut sets = keywords::sets(keywords);
        if !keywords::types(keywords).meet(Types::NULL)
            || !sets.all(|set| set.iter().any(|value| value.is_null()))
        {
            return Some(false);
        }
        let said = |name| -> Vec<Option<bool>> {
            let schemas = list(keywords, name).iter();
            let take = |inner| self.take_null(&self.inside(schema, inner).ok()?);
            schemas.map(take).collect()
        };
        let mut every = said("allOf");
        every.extend(self.target(schema).map(|target| self.take_null(&target)));
        if keywords.contains_key("anyOf") {
            every.push(any(&said("anyOf")));
        }
        if keywords.contains_key("oneOf") {
            every.push(one(&said("oneOf")));
        }
        let others = ["$dynamicRef", "if", "not"];
        if others.iter().any(|name| keywords.contains_key(*name)) {
            every.push(None);
        }
        all(&every)
    }
}

/// Whether all of several hold, some of which are not known.
pub(super) fn all(said: &[Option<bool>]) -> Option<bool> {
    decided_by(false, said)
}

fn any(said: &[Option<bool>]) -> Option<bool> {
    decided_by(true, said)
}

fn decided_by(one: bool, said: &[Option<bool>]) -> Option<bool> {
    if said.contains(&Some(one)) {
        Some(one)
    } else {
        (!said.contains(&None)).then_some(!one)
    }
}

fn one(said: &[Option<bool>]) -> Option<bool> {
    let holding = said.iter().filter(|said| **said == Some(true)).count();
    (!said.contains(&None)).then_some(holding == 1)
}
