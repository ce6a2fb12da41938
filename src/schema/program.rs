use std::fmt;

use super::{
    Declaration,
    declaration::Types,
    rule::{ArrayRule, Member, NumberRule, ObjectRule, Others, StringRule},
    whole::Whole,
};
#[cfg(feature = "json-schema")]
use crate::schema::document::CompiledPatterns;
use crate::{Location, error::Problems, location::Pointer};

/// The schemas of a policy, compiled: nodes that name each other by number.
#[derive(Debug)]
pub(crate) struct Program {
    nodes: Vec<Node>,
    /// The parts of documents that are judged as a whole, and why, for people.
    pub(crate) delegated: Vec<String>,
}

/// A compiled schema in its [`Program`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct NodeId(u32);

impl NodeId {
    /// Any value. It is in every program, and what is wrong already is read on with it.
    pub(crate) const ANY: Self = Self(0);

    pub(super) const fn place(self) -> usize {
        self.0 as usize
    }
}

#[derive(Debug)]
pub(super) struct Node {
    pub(super) types: Types,
    pub(super) string: StringRule,
    pub(super) number: NumberRule,
    pub(super) array: ArrayRule,
    pub(super) object: ObjectRule,
    /// Set where the value is judged as a whole; then it has none of the types.
    pub(super) whole: Option<Whole>,
}

impl Node {
    /// Any value, the parts of which are judged by the nodes of these numbers.
    pub(super) fn any(string: StringRule, parts: NodeId, names: NodeId) -> Self {
        Self {
            types: Types::ANY,
            string,
            number: NumberRule::default(),
            array: ArrayRule {
                prefix: Vec::new(),
                items: parts,
                min_items: 0,
                max_items: u32::MAX,
            },
            object: ObjectRule::new(Vec::new(), Some(Others::of(parts, names))),
            whole: None,
        }
    }
}

impl Program {
    /// How many nodes it has.
    pub(super) fn len(&self) -> usize {
        self.nodes.len()
    }

    #[inline(always)]
    pub(super) fn node(&self, id: NodeId) -> &Node {
        // Every id was handed out by the builder of this program.
        &self.nodes[id.0 as usize]
    }
}

/// Compiles declarations and collects what is wrong with them.
#[derive(Debug)]
pub(crate) struct ProgramBuilder {
    nodes: Vec<Node>,
    /// Of documents, which often have the same ones.
    #[cfg(feature = "json-schema")]
    pub(super) patterns: CompiledPatterns,
    /// How much documents have taken over from the schemas that they share, in bytes.
    #[cfg(feature = "json-schema")]
    pub(super) shared: usize,
    delegated: Vec<String>,
}

/// Where a declaration stands, for the problems found in it.
#[derive(Clone)]
pub(crate) struct Place<'a> {
    pub(crate) route: &'a dyn fmt::Display,
    pub(crate) location: Location,
}

impl ProgramBuilder {
    pub(crate) fn new() -> Self {
        let any = Node::any(StringRule::default(), NodeId::ANY, NodeId::ANY);
        Self {
            nodes: vec![any],
            #[cfg(feature = "json-schema")]
            patterns: CompiledPatterns::new(),
            #[cfg(feature = "json-schema")]
            shared: 0,
            delegated: Vec::new(),
        }
    }

    /// Compiles one declaration.
    pub(crate) fn add(
        &mut self,
        declaration: &Declaration,
        place: &Place<'_>,
        problems: &mut Problems,
    ) -> NodeId {
        if let Some(source) = &declaration.source {
            return source.compile(self, place, problems);
        }
        let items = declaration
            .array
            .items
            .as_ref()
            .map(|items| self.add(items, &place.item(), problems));
        let mut members: Vec<Member> = Vec::new();
        for member in &declaration.object.members {
            let place = place.member(&member.name);
            if members.iter().any(|earlier| *earlier.name == *member.name) {
                problems.add(place.to_string(), "is declared twice");
                continue;
            }
            if member.name.starts_with(super::judge::RESERVED) {
                problems.add(
                    place.to_string(),
                    "is a name that serde_json keeps for itself",
                );
            }
            let schema = self.add(&member.schema, &place, problems);
            members.push(Member::new(&member.name, schema, member.required));
        }

        let others = &declaration.object.others;
        let schema = others.schema.as_deref();
        let schema = schema.map(|schema| self.add(schema, place, problems));
        let names = others.names.as_deref();
        let names = names.map(|names| self.add(names, place, problems));
        if names.is_some() && schema.is_none() {
            problems.add(
                place.to_string(),
                "has additional_names and no additional members",
            );
        }

        let own = self.next_id();
        let same = declaration.object.others.same;
        let names = names.unwrap_or(if same { own } else { NodeId::ANY });
        let others = Others::of(schema.unwrap_or(own), names);
        let open = same || schema.is_some();
        let mut problem = |message| problems.add(place.to_string(), message);
        let node = Node {
            types: declaration.types,
            string: StringRule::new(&declaration.string, &mut problem),
            number: NumberRule::new(&declaration.number, &mut problem),
            array: ArrayRule::new(&declaration.array, items.unwrap_or(own), &mut problem),
            object: ObjectRule::new(members, open.then_some(others))
                .bounded(&declaration.object, &mut problem),
            whole: None,
        };
        self.push(node)
    }

    pub(super) fn node(&self, id: NodeId) -> &Node {
        &self.nodes[id.0 as usize]
    }

    pub(super) fn node_mut(&mut self, id: NodeId) -> &mut Node {
        &mut self.nodes[id.0 as usize]
    }

    pub(super) fn push(&mut self, node: Node) -> NodeId {
        let id = self.next_id();
        self.nodes.push(node);
        id
    }

    /// Remembers a part of a document that is judged as a whole.
    #[cfg(feature = "json-schema")]
    pub(super) fn delegate(&mut self, part: String) {
        self.delegated.push(part);
    }

    /// Puts a node in the place of one that was pushed before, for schemas that name themselves.
    #[cfg(feature = "json-schema")]
    pub(super) fn replace(&mut self, id: NodeId, node: Node) {
        self.nodes[id.0 as usize] = node;
    }

    fn next_id(&self) -> NodeId {
        NodeId(
            u32::try_from(self.nodes.len())
                .expect("a policy of 2^32 schemas does not fit in memory"),
        )
    }

    pub(crate) fn build(self) -> Program {
        Program {
            nodes: self.nodes,
            delegated: self.delegated,
        }
    }
}

impl Place<'_> {
    pub(super) fn member(&self, name: &str) -> Self {
        self.step(|pointer| pointer.push_member(name.into()))
    }

    /// All items have one schema; the place of the first stands for them.
    pub(super) fn item(&self) -> Self {
        self.step(|pointer| pointer.push_item(0))
    }

    fn step(&self, step: impl FnOnce(&mut Pointer)) -> Self {
        let mut place = self.clone();
        if let Location::Body(pointer) = &mut place.location {
            step(pointer);
        }
        place
    }
}

impl fmt::Display for Place<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.route, self.location)
    }
}
