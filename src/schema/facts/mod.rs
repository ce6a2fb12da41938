//! What compiled schemas say, rule by rule, however they were declared.

mod numbers;
mod strings;

use std::{
    collections::BTreeSet,
    fmt::{self, Write},
    sync::Arc,
};

use super::{
    NodeId, Program,
    declaration::Types,
    program::Node,
    rule::{Exact, Others},
};
use crate::{fact::Fact, location::Pointer};

/// A part of a value, and the schema of it.
#[derive(Clone, Debug)]
pub(crate) struct Part {
    pub(crate) step: Step,
    pub(crate) schema: NodeId,
    /// The value has this part.
    pub(crate) required: bool,
    /// The members beside which this one is required.
    pub(crate) required_with: Vec<Arc<str>>,
}

/// The way from a value to a part of it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Step {
    /// One of the first items of an array.
    Item(usize),
    /// The other items.
    Items,
    Member(Arc<str>),
    /// Members that are not declared by name, whose names match all of these patterns and no other one.
    Others(Vec<String>),
    /// The names of members that are not declared.
    Names,
    /// What holds while a value is read that is judged as a whole.
    Outline,
}

impl Step {
    /// Writes the step behind a JSON Pointer in a URI fragment. What is no name has characters that a
    /// fragment does not have.
    pub(crate) fn write(&self, place: &mut String) {
        // Writing to a string does not fail.
        let _ = self.write_to(place);
    }

    pub(super) fn write_to(&self, place: &mut dyn Write) -> fmt::Result {
        match self {
            Self::Item(item) => write!(place, "[{item}]"),
            Self::Items => place.write_str("[]"),
            Self::Member(name) => {
                let mut pointer = Pointer::default();
                pointer.push_member(name.clone());
                place.write_str(&pointer.to_string()[1..])
            }
            Self::Others(patterns) if patterns.is_empty() => place.write_str("{}"),
            Self::Others(patterns) => write!(place, "{{{patterns:?}}}"),
            Self::Names => place.write_str("{names}"),
            Self::Outline => place.write_str("{outline}"),
        }
    }
}

impl Program {
    /// What a node says of a value, without what it says of its parts.
    pub(crate) fn facts(&self, id: NodeId, tell: &mut dyn FnMut(&'static str, Fact)) {
        if self.is_any(id) {
            return tell("type", Fact::Only(BTreeSet::from(["any".into()])));
        }
        let node = self.node(id);
        tell("type", Fact::Only(types(node.value_types())));
        if node.types.meet(Types::STRING) {
            strings::tell(&node.string, tell);
        }
        if node.types.meet(Types::NUMERIC) {
            if node.types.meet(Types::WHOLE) && !node.types.meet(Types::FRACTIONS) {
                tell("integers", Fact::Openness(1, "with fractions of zero"));
            }
            numbers::tell(&node.number, !node.types.meet(Types::FRACTIONS), tell);
        }
        if node.types.meet(Types::ARRAY) {
            at_least("min_items", node.array.min_items, tell);
            at_most("max_items", node.array.max_items, tell);
        }
        if node.types.meet(Types::OBJECT) {
            let (level, text) = match &node.object.others {
                None => (0, "closed"),
                Some(Others { rest: None, .. }) => (1, "by pattern"),
                Some(_) => (2, "open"),
            };
            tell("members", Fact::Openness(level, text));
            at_least("min_members", node.object.min_members, tell);
            at_most("max_members", node.object.max_members, tell);
        }
        if let Some(whole) = &node.whole {
            let number = format!("{:016x}", whole.fingerprint());
            tell("whole", Fact::Demand(number));
        }
    }

    /// The value of one rule.
    pub(crate) fn fact(&self, id: NodeId, rule: &str) -> Option<Fact> {
        let mut found = None;
        self.facts(id, &mut |name, fact| {
            if name == rule {
                found = Some(fact);
            }
        });
        found
    }

    /// The schemas of the parts of a value, in one order for all ways to declare them.
    pub(crate) fn parts(&self, id: NodeId) -> Vec<Part> {
        if self.is_any(id) {
            return Vec::new();
        }
        let node = self.node(id);
        let part = |step, schema| Part {
            step,
            schema,
            required: false,
            required_with: Vec::new(),
        };
        let mut parts = Vec::new();
        if node.types.meet(Types::ARRAY) {
            let prefix = node.array.prefix.iter().enumerate();
            parts.extend(prefix.map(|(place, schema)| part(Step::Item(place), *schema)));
            parts.push(part(Step::Items, node.array.items));
        }
        if node.types.meet(Types::OBJECT) {
            let mut members = members(node);
            members.sort_by(|a, b| a.step.cmp(&b.step));
            parts.extend(members);
            if let Some(others) = &node.object.others {
                let mut by_name = others.by_patterns();
                by_name.sort();
                let by_name = by_name.into_iter();
                parts.extend(by_name.map(|(names, schema)| part(Step::Others(names), schema)));
                if !self.is_any(others.names) {
                    parts.push(part(Step::Names, others.names));
                }
            }
        }
        if let Some(whole) = &node.whole {
            parts.push(part(Step::Outline, whole.parts));
        }
        parts
    }

    /// Whether a node takes any value by the rules that do not depend on a schema, and nothing else.
    pub(crate) fn is_any(&self, id: NodeId) -> bool {
        if id == NodeId::ANY {
            return true;
        }
        let node = self.node(id);
        let any = |part: NodeId| part == id || part == NodeId::ANY;
        let (array, object) = (&node.array, &node.object);
        let open = object.others.as_ref().is_some_and(|others| {
            others.rest.is_some_and(any) && others.patterns.is_empty() && any(others.names)
        });
        let bounds = (array.min_items, array.max_items) == (0, u32::MAX)
            && (object.min_members, object.max_members) == (0, u32::MAX);
        node.types.is_any()
            && node.whole.is_none()
            && node.string.is_default()
            && node.number.is_default()
            && array.prefix.is_empty()
            && any(array.items)
            && object.members().is_empty()
            && open
            && bounds
    }

    /// Whether strings pass whose length nothing bounds.
    pub(crate) fn has_endless_strings(&self, id: NodeId) -> bool {
        let node = self.node(id);
        node.types.meet(Types::STRING) && node.string.lengths().1 == usize::MAX
    }

    /// Whether strings pass of which nobody says whether they name a host.
    pub(crate) fn has_free_text(&self, id: NodeId) -> bool {
        let node = self.node(id);
        let rule = &node.string;
        let located = rule.format.is_some_and(super::format::Format::is_located);
        node.types.meet(Types::STRING) && !located && rule.values.is_none()
    }

    /// Whether strings have to match a pattern, and may hold anything around what it matches.
    pub(crate) fn has_loose_pattern(&self, id: NodeId) -> bool {
        let node = self.node(id);
        let loose = |pattern: &super::pattern::Pattern| !pattern.is_anchored();
        node.types.meet(Types::STRING) && node.string.pattern.as_ref().is_some_and(loose)
    }

    /// Whether arrays pass whose number of items nothing bounds.
    pub(crate) fn has_endless_arrays(&self, id: NodeId) -> bool {
        let node = self.node(id);
        node.types.meet(Types::ARRAY) && node.array.max_items == u32::MAX
    }
}

impl Node {
    /// The types of the values that pass: where numbers are enumerated, those of these numbers.
    pub(super) fn value_types(&self) -> Types {
        let whole = |values: &[Exact]| values.iter().all(Exact::is_whole);
        if self.types.meet(Types::NUMBER) && self.number.values().is_some_and(whole) {
            self.types.without(Types::NUMBER) | Types::WHOLE
        } else {
            self.types
        }
    }
}

fn members(node: &Node) -> Vec<Part> {
    let declared = node.object.members();
    let mut parts: Vec<Part> = declared
        .iter()
        .map(|member| Part {
            step: Step::Member(member.name.clone()),
            schema: member.schema,
            required: member.required,
            required_with: Vec::new(),
        })
        .collect();
    for dependent in &node.object.dependents {
        let of = declared[dependent.of].name.clone();
        parts[dependent.member].required_with.push(of);
    }
    for part in &mut parts {
        part.required_with.sort();
        part.required_with.dedup();
    }
    parts
}

impl Others {
    /// The schemas of the members by the patterns that their names match.
    fn by_patterns(&self) -> Vec<(Vec<String>, NodeId)> {
        let rest = self.rest.map(|schema| (Vec::new(), schema));
        let matching = self.matching.iter();
        let matching =
            matching.filter_map(|(matched, schema)| Some((self.texts(*matched), (*schema)?)));
        rest.into_iter().chain(matching).collect()
    }

    /// These of its patterns, as they are written.
    pub(super) fn texts(&self, matched: u64) -> Vec<String> {
        let patterns = self.patterns.iter().enumerate();
        let patterns = patterns.filter(|(place, _)| matched >> place & 1 == 1);
        let texts = patterns.flat_map(|(_, pattern)| pattern.texts());
        let mut texts: Vec<String> = texts.map(ToOwned::to_owned).collect();
        texts.sort();
        texts
    }
}

fn types(types: Types) -> BTreeSet<String> {
    let names = [
        (Types::NULL, "null"),
        (Types::STRING, "string"),
        (Types::ARRAY, "array"),
        (Types::OBJECT, "object"),
    ];
    let mut told: BTreeSet<String> = names
        .into_iter()
        .filter(|(one, _)| types.meet(*one))
        .map(|(_, name)| name.to_owned())
        .collect();
    match (types.meet(Types::TRUE), types.meet(Types::FALSE)) {
        (true, true) => told.insert("boolean".into()),
        (true, false) => told.insert("true".into()),
        (false, true) => told.insert("false".into()),
        (false, false) => false,
    };
    if types.meet(Types::NUMERIC) {
        told.insert("integer".into());
    }
    if types.meet(Types::FRACTIONS) {
        told.insert("number".into());
    }
    told
}

fn at_least(rule: &'static str, least: u32, tell: &mut dyn FnMut(&'static str, Fact)) {
    if least > 0 {
        tell(rule, Fact::at_least(least.into()));
    }
}

fn at_most(rule: &'static str, most: u32, tell: &mut dyn FnMut(&'static str, Fact)) {
    if most < u32::MAX {
        tell(rule, Fact::at_most(most.into()));
    }
}
