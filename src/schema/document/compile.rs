//! Compiling a document as far as its rules can be held while a value is read.

use std::{
    collections::{BTreeSet, HashMap, VecDeque},
    sync::Arc,
};

use serde_json::Value;

use super::{
    JsonSchema,
    check::Found,
    conjunction::Conjunction,
    delegate::{self, Delegate},
    documents::{Documents, Subschema},
    flat::Flat,
    keywords,
    patterns::Patterns,
    tree::{OneOf, Tree},
};
use crate::schema::{
    NodeId, Place, ProgramBuilder,
    declaration::{Controls, StringKeywords, Types},
    program::Node,
    rule::{NumberRule, StringRule},
    whole::{Whole, WholeRule},
};

/// How much work a document may be: the schemas, members and items that it compiles to, and what each
/// of them is made of. Rules that combine in many ways make many schemas of few.
const MOST: usize = 200_000;

/// The work of one schema.
const SCHEMA: usize = 5;

/// The keyword for which a value is judged as a whole.
pub(super) type Reason = &'static str;

/// Compiles conjunctions to nodes, one after the other, so that a chain of schemas may be long.
pub(super) struct Compiler<'a, 'd> {
    pub(super) documents: &'a Documents<'d>,
    options: &'a JsonSchema,
    /// Where the document was declared.
    place: &'a Place<'a>,
    program: &'a mut ProgramBuilder,
    pub(super) patterns: &'a mut Patterns,
    /// Any value, with the control characters that the document may have.
    pub(super) any: NodeId,
    /// No value.
    pub(super) never: NodeId,
    /// The nodes of the conjunctions that were asked for.
    nodes: HashMap<Vec<usize>, NodeId>,
    left: VecDeque<(NodeId, Conjunction<'d>)>,
    found: &'a Found,
    /// What the parts say that the crate `jsonschema` judges.
    parts: Vec<Vec<Subschema<'d>>>,
    waiting: Vec<Waiting<'d>>,
    /// How much work it was.
    pub(super) work: usize,
}

/// A node that needs one of the parts.
struct Waiting<'d> {
    node: NodeId,
    part: usize,
    /// The values of which those are taken that the part accepts. Without them the part is the rule.
    values: Option<Vec<&'d Value>>,
}

impl<'a, 'd> Compiler<'a, 'd> {
    pub(super) fn new(
        documents: &'a Documents<'d>,
        options: &'a JsonSchema,
        place: &'a Place<'a>,
        found: &'a Found,
        program: &'a mut ProgramBuilder,
        patterns: &'a mut Patterns,
    ) -> Self {
        let placeholder = || Node::any(StringRule::default(), NodeId::ANY, NodeId::ANY);
        let (any, never) = (program.push(placeholder()), program.push(placeholder()));
        let compiler = Self {
            documents,
            options,
            place,
            program,
            patterns,
            any,
            never,
            nodes: HashMap::new(),
            left: VecDeque::new(),
            found,
            parts: Vec::new(),
            waiting: Vec::new(),
            work: 0,
        };
        let node = compiler.node_of(Types::ANY);
        compiler.program.replace(any, node);
        let node = compiler.node_of(Types::NONE);
        compiler.program.replace(never, node);
        compiler
    }

    /// Compiles the document.
    ///
    /// # Errors
    ///
    /// Where it is too large, or `jsonschema` finds a mistake in it.
    pub(super) fn compile(mut self, root: Subschema<'d>) -> Result<NodeId, String> {
        let root = self.node(vec![root]);
        while let Some((node, conjunction)) = self.left.pop_front() {
            if let Some(compiled) = self.conjunction(node, &conjunction) {
                self.program.replace(node, compiled);
            }
        }
        if self.is_exhausted() {
            return Err("says too much in too many ways at once".into());
        }
        if self.parts.is_empty() {
            return Ok(root);
        }
        let flat = Flat::new(self.documents, &self.found.targets, &self.found.times);
        let parts = delegate::parts(&flat.write(&self.parts)?, self.options.annotations)?;
        for waiting in std::mem::take(&mut self.waiting) {
            let node = self.late(parts.rule(waiting.part), waiting.values);
            self.program.replace(waiting.node, node);
        }
        Ok(root)
    }

    /// Hands the document to `jsonschema` as a whole.
    ///
    /// # Errors
    ///
    /// The first mistake that it finds.
    pub(super) fn compile_whole(
        mut self,
        root: &Subschema<'d>,
        reason: Reason,
    ) -> Result<NodeId, String> {
        let rule = delegate::whole(self.documents, root.value, self.options.annotations)?;
        self.delegate(&self.documents.place(root.key()), reason);
        let node = self.node_of_whole(rule, Types::NONE);
        Ok(self.program.push(node))
    }

    /// Shows that these schemas are judged as a whole.
    fn delegate(&mut self, places: &str, reason: Reason) {
        let place = self.place;
        self.program
            .delegate(format!("{place}: {places}: {reason}"));
    }

    /// Adds a node that nobody else asks for.
    pub(super) fn push(&mut self, node: Node) -> NodeId {
        self.work += SCHEMA;
        self.program.push(node)
    }

    /// The node of what these schemas say together.
    pub(super) fn node(&mut self, schemas: Vec<Subschema<'d>>) -> NodeId {
        let conjunction = Conjunction::of(self.documents, schemas);
        self.node_of_conjunction(conjunction)
    }

    pub(super) fn node_of_conjunction(&mut self, conjunction: Conjunction<'d>) -> NodeId {
        self.work += conjunction.schemas.len();
        if conjunction.never || self.is_exhausted() {
            return self.never;
        }
        if conjunction.schemas.is_empty() {
            return self.any;
        }
        let key = conjunction.key();
        if let Some(node) = self.nodes.get(&key) {
            return *node;
        }
        let placeholder = self.node_of(Types::ANY);
        let node = self.program.push(placeholder);
        self.work += SCHEMA;
        self.nodes.insert(key, node);
        self.left.push_back((node, conjunction));
        node
    }

    /// Whether the document has taken all the work that it may be.
    pub(super) fn is_exhausted(&self) -> bool {
        self.work > MOST
    }

    /// Schemas that stand in another one.
    pub(super) fn inside(
        &self,
        outer: &Subschema<'d>,
        values: impl IntoIterator<Item = &'d Value>,
    ) -> Vec<Subschema<'d>> {
        // The check has found that they can be told by their URIs.
        let inside = |value| self.documents.inside(outer, value).ok();
        values.into_iter().filter_map(inside).collect()
    }

    /// Compiles a conjunction, unless its node has to wait.
    fn conjunction(&mut self, id: NodeId, conjunction: &Conjunction<'d>) -> Option<Node> {
        if let Some((values, complete)) = conjunction.values() {
            if complete {
                return Some(self.one_of(&values.into_iter().map(Tree::of).collect()));
            }
            self.wait(id, conjunction, Some(values));
            return None;
        }
        match self.native(conjunction) {
            Ok(node) => Some(node),
            Err(reason) => {
                let places = conjunction.entries.iter();
                let places = places.map(|entry| self.documents.place(entry.key()));
                let places = places.collect::<Vec<_>>().join(" and ");
                self.delegate(&places, reason);
                self.wait(id, conjunction, None);
                None
            }
        }
    }

    /// The node of a conjunction whose rules can all be held while a value is read.
    fn native(&mut self, conjunction: &Conjunction<'d>) -> Result<Node, Reason> {
        self.whole_rule(conjunction).map_or(Ok(()), Err)?;
        let strings = self.strings(conjunction)?;
        Ok(Node {
            types: conjunction.types(),
            string: strings.rule(),
            number: NumberRule::new(&conjunction.number(), &mut |_| ()),
            array: self.array(conjunction),
            object: self.object(conjunction)?,
            whole: None,
        })
    }

    /// Why a conjunction has to be judged as a whole, if it does.
    pub(super) fn whole_rule(&self, conjunction: &Conjunction<'d>) -> Option<Reason> {
        conjunction.schemas.iter().find_map(|schema| {
            if !self.documents.hold(schema) {
                // A metaschema of the draft, the rules of which are dynamic references.
                return Some("$ref");
            }
            keywords::whole_rule(schema.keywords()?)
        })
    }

    fn wait(
        &mut self,
        node: NodeId,
        conjunction: &Conjunction<'d>,
        values: Option<Vec<&'d Value>>,
    ) {
        let part = self.parts.len();
        self.parts.push(conjunction.entries.clone());
        self.waiting.push(Waiting { node, part, values });
    }

    fn late(&self, rule: Delegate, values: Option<Vec<&'d Value>>) -> Node {
        match values {
            Some(values) => {
                let accepted = values
                    .into_iter()
                    .filter(|value| rule.accepts((*value).clone()));
                self.one_of(&accepted.map(Tree::of).collect())
            }
            None => self.node_of_whole(rule, Types::NONE),
        }
    }

    /// One of these values.
    pub(super) fn one_of(&self, values: &BTreeSet<Tree>) -> Node {
        let strings = values
            .iter()
            .filter_map(Tree::as_str)
            .map(ToOwned::to_owned);
        let strings = StringKeywords {
            values: Some(strings.collect()),
            ..self.string_keywords()
        };
        let numbers = values.iter().filter_map(Tree::as_number).cloned().collect();
        let scalars = values.iter().filter(|value| !value.is_container());
        let scalars = scalars.fold(Types::NONE, |types, value| types | value.types());
        let node = match OneOf::containers_of(values) {
            Some(containers) => self.node_of_whole(containers, scalars),
            None => self.node_of(scalars),
        };
        Node {
            // A set without strings takes none, and has nothing to say of them.
            string: StringRule::new(&strings, &mut |_| ()),
            number: NumberRule::one_of(numbers),
            ..node
        }
    }

    /// Values of these types, and others by this rule.
    fn node_of_whole(&self, rule: impl WholeRule + 'static, types: Types) -> Node {
        Node {
            whole: Some(Whole::new(Arc::new(rule), self.any)),
            ..self.node_of(types)
        }
    }

    /// Any value of these types.
    fn node_of(&self, types: Types) -> Node {
        let string = StringRule::new(&self.string_keywords(), &mut |_| ());
        Node {
            types,
            ..Node::any(string, self.any, self.any)
        }
    }

    pub(super) fn asserts_formats(&self) -> bool {
        !self.options.annotations
    }

    /// What holds for every string of the document.
    pub(super) fn string_keywords(&self) -> StringKeywords {
        StringKeywords {
            controls: if self.options.controls {
                Controls::All
            } else {
                Controls::None
            },
            ..StringKeywords::default()
        }
    }
}
