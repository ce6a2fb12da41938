//! Compiling a document as far as its rules can be held while a value is read.

use std::collections::{BTreeSet, VecDeque};

use serde_json::Value;

use super::{
    JsonSchema, Mistake,
    addresses::KeyedByAll,
    check::Found,
    conjunction::{Conjunction, Null},
    delegate::{self, Delegate},
    documents::{Documents, Subschema},
    flat::Flat,
    keywords, numbers,
    origins::whole,
    patterns::Patterns,
    tree::Tree,
};
use crate::schema::{
    NodeId, Place, ProgramBuilder,
    declaration::Types,
    program::Node,
    rule::{NumberRule, StringRule},
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
    pub(super) options: &'a JsonSchema,
    /// Where the document was declared.
    place: &'a Place<'a>,
    program: &'a mut ProgramBuilder,
    pub(super) patterns: &'a mut Patterns,
    /// Any value, with the control characters that the document may have.
    pub(super) any: NodeId,
    /// No value.
    pub(super) never: NodeId,
    /// The nodes of the conjunctions that were asked for.
    nodes: KeyedByAll<NodeId>,
    left: VecDeque<(NodeId, Asked<'d>)>,
    /// The nodes of the outlines that were asked for.
    outlines: KeyedByAll<NodeId>,
    found: &'a Found<'d>,
    /// What the parts say that the crate `jsonschema` judges.
    parts: Vec<Vec<Subschema<'d>>>,
    waiting: Vec<Waiting<'d>>,
    /// How much work it was.
    pub(super) work: usize,
    /// What is wrong with it, and was not known before.
    mistakes: Vec<Mistake>,
}

/// What a node is compiled from.
enum Asked<'d> {
    Conjunction(Conjunction<'d>),
    /// The schemas that may hold for a value.
    Outline(Vec<Subschema<'d>>),
}

/// A node that needs one of the parts.
struct Waiting<'d> {
    node: NodeId,
    part: usize,
    /// What holds while the value is captured.
    outline: NodeId,
    /// The values of which those are taken that the part accepts. Without them the part is the rule.
    values: Option<Vec<&'d Value>>,
}

impl<'a, 'd> Compiler<'a, 'd> {
    pub(super) fn new(
        documents: &'a Documents<'d>,
        options: &'a JsonSchema,
        place: &'a Place<'a>,
        found: &'a Found<'d>,
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
            nodes: KeyedByAll::default(),
            left: VecDeque::new(),
            outlines: KeyedByAll::default(),
            found,
            parts: Vec::new(),
            waiting: Vec::new(),
            work: 0,
            mistakes: Vec::new(),
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
    /// Where it is too large, an object needs a member that it refuses, or `jsonschema` finds a mistake
    /// in it.
    pub(super) fn compile(mut self, root: Subschema<'d>) -> Result<NodeId, Vec<Mistake>> {
        let root = self.node(vec![root]);
        self.compile_all()?;
        if self.parts.is_empty() {
            return Ok(root);
        }
        let asserted = self.asserts_formats();
        let flat = Flat::new(
            self.documents,
            &self.found.targets,
            &self.found.times,
            asserted,
        );
        let parts = flat
            .write(&self.parts)
            .and_then(|document| delegate::parts(&document))
            .map_err(|told| vec![whole(told)])?;
        for waiting in std::mem::take(&mut self.waiting) {
            let node = self.late(parts.rule(waiting.part), waiting.values, waiting.outline);
            self.program.replace(waiting.node, node);
        }
        Ok(root)
    }

    /// Hands the document to `jsonschema` as a whole.
    ///
    /// # Errors
    ///
    /// As [`compile`](Self::compile).
    pub(super) fn compile_whole(
        mut self,
        root: &Subschema<'d>,
        reason: Reason,
    ) -> Result<NodeId, Vec<Mistake>> {
        let rule = delegate::whole(self.documents, root.value, self.options.annotations);
        let rule = rule.map_err(|told| vec![whole(told)])?;
        self.delegate(&self.documents.place(root.key()), reason);
        let outline = self.outline(vec![root.clone()]);
        self.compile_all()?;
        let node = self.node_of_whole(rule, Types::NONE, outline);
        Ok(self.program.push(node))
    }

    /// Compiles what was asked for, and what is asked for by it.
    fn compile_all(&mut self) -> Result<(), Vec<Mistake>> {
        while let Some((node, asked)) = self.left.pop_front() {
            let compiled = match asked {
                Asked::Conjunction(conjunction) => self.conjunction(node, &conjunction),
                Asked::Outline(schemas) => match self.compile_outline(&schemas) {
                    Ok(compiled) => Some(compiled),
                    Err(told) => {
                        self.tell(&schemas, &told);
                        None
                    }
                },
            };
            if let Some(compiled) = compiled {
                self.program.replace(node, compiled);
            }
        }
        if self.is_exhausted() {
            self.mistakes
                .push(whole("says too much in too many ways at once".into()));
        }
        if self.mistakes.is_empty() {
            Ok(())
        } else {
            Err(std::mem::take(&mut self.mistakes))
        }
    }

    /// Says that something is asked of a member that is refused.
    pub(super) fn undeclared(&mut self, conjunction: &Conjunction<'d>, name: &str) {
        let told = format!(
            "speaks of {name:?} in `required` or `dependentRequired`, and declares no such member: \
             objects are closed"
        );
        self.tell(&conjunction.entries, &told);
    }

    fn tell(&mut self, schemas: &[Subschema<'d>], told: &str) {
        self.mistakes.push((self.places(schemas), told.to_owned()));
    }

    /// Where schemas stand, for people.
    fn places(&self, schemas: &[Subschema<'d>]) -> String {
        let places = schemas.iter();
        let places = places.map(|schema| self.documents.place(schema.key()));
        places.collect::<Vec<_>>().join(" and ")
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
        if self.is_exhausted() {
            return self.never;
        }
        match conjunction.null {
            _ if !conjunction.never => {}
            Null::IsAsOthers | Null::IsRefused => return self.never,
            Null::Fits => {
                let null = self.one_of(&BTreeSet::from([Tree::Null]));
                return self.push(null);
            }
            // What makes it so makes it a rule of the whole.
            Null::IsUnknown => {}
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
        self.left.push_back((node, Asked::Conjunction(conjunction)));
        node
    }

    /// The node of the outline of a value for which some of these schemas hold.
    pub(super) fn node_of_outline(&mut self, schemas: Vec<Subschema<'d>>) -> NodeId {
        self.work += schemas.len();
        if self.is_exhausted() {
            return self.never;
        }
        let key: Vec<usize> = schemas.iter().map(Subschema::key).collect();
        if let Some(node) = self.outlines.get(&key) {
            return *node;
        }
        let placeholder = self.node_of(Types::ANY);
        let node = self.push(placeholder);
        self.outlines.insert(key, node);
        self.left.push_back((node, Asked::Outline(schemas)));
        node
    }

    /// The schemas that a `$dynamicRef` may lead to.
    pub(super) fn dynamic_targets(&self, schema: &Subschema<'d>) -> Vec<Subschema<'d>> {
        let reference = schema.value.get("$dynamicRef").and_then(Value::as_str);
        let Some(reference) = reference else {
            return Vec::new();
        };
        let (_, anchor) = reference.split_once('#').unwrap_or((reference, ""));
        let mut targets = self.found.anchors.get(anchor).cloned().unwrap_or_default();
        targets.extend(self.documents.follow(schema, reference).ok());
        targets
    }

    /// Whether objects are open unless they are closed.
    pub(super) fn is_open(&self) -> bool {
        self.options.open
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
        self.work += conjunction.enumerated();
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
                let places = self.places(&conjunction.entries);
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
        let asserted = self.asserts_formats();
        let number = conjunction.number(asserted);
        let formats = conjunction.keywords().filter(|_| asserted);
        Ok(Node {
            types: formats.fold(conjunction.types(), |types, it| types & numbers::types(it)),
            string: strings.rule(),
            number: NumberRule::new(&number, &mut |_| ()),
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
        let outline = self.outline(conjunction.entries.clone());
        self.waiting.push(Waiting {
            node,
            part,
            outline,
            values,
        });
    }

    fn late(&self, rule: Delegate, values: Option<Vec<&'d Value>>, outline: NodeId) -> Node {
        match values {
            Some(values) => {
                let accepted = values
                    .into_iter()
                    .filter(|value| rule.accepts((*value).clone()));
                self.one_of(&accepted.map(Tree::of).collect())
            }
            None => self.node_of_whole(rule, Types::NONE, outline),
        }
    }

    pub(super) fn asserts_formats(&self) -> bool {
        !self.options.annotations
    }

    /// Whether more is said of strings somewhere than holds for all of them: that they are encoded, or
    /// what they are to be hardened by.
    pub(super) fn looks_into_strings(&self) -> bool {
        self.found.looked_into
    }
}
