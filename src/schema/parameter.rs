//! Text parameters: which schemas fit them, and how they are judged.

use super::{
    Declaration, NodeId, Place, Program, ProgramBuilder, declaration::Types, program::Node,
};
use crate::{
    AddressPolicy, Code, Limits, error::Problems, json::Number, text::Text, violations::Wanted,
};

impl ProgramBuilder {
    /// Compiles a declaration of a text parameter: one scalar type, or a list of one.
    ///
    /// The `null` of a document is left aside: types that are optional have it, and a parameter is never
    /// null.
    pub(crate) fn add_parameter(
        &mut self,
        declaration: &Declaration,
        place: &Place<'_>,
        problems: &mut Problems,
    ) -> NodeId {
        let earlier = problems.len();
        let id = self.add(declaration, place, problems);
        let written = declaration.source.is_some();
        let types = |node: &Node| match node.whole {
            // Several types, for all that is known.
            Some(_) => Types::ANY,
            None if written => node.types.without(Types::NULL),
            None => node.types,
        };
        let node = self.node(id);
        let fits = if types(node) == Types::ARRAY {
            let items = self.node(node.array.items);
            node.array.prefix.is_empty() && types(items).is_one_scalar()
        } else {
            types(node).is_one_scalar()
        };
        if fits && written {
            self.as_text(id);
        }
        if !fits && problems.len() == earlier {
            problems.add(
                place.to_string(),
                "has a type that only JSON has: null, an object, several types, or a list of lists",
            );
        }
        id
    }

    /// Leaves a node of a document, which nothing else asks for, the types that a text has: so it says what
    /// a field of code says that has the same verdicts.
    fn as_text(&mut self, id: NodeId) {
        let node = self.node_mut(id);
        node.types = node.types.of_text();
        let items = node.array.items;
        if node.types == Types::ARRAY {
            let items = self.node_mut(items);
            items.types = items.types.of_text();
        }
    }

    /// Whether a parameter may be repeated. What could not be compiled is any value, and no list.
    pub(crate) fn is_list(&self, id: NodeId) -> bool {
        self.node(id).types.without(Types::NULL) == Types::ARRAY
    }

    /// The least number of parameters that a field is written in.
    pub(crate) fn least_parameters(&self, id: NodeId) -> usize {
        if self.is_list(id) {
            self.node(id).array.min_items as usize
        } else {
            1
        }
    }
}

/// Judges a text parameter: a value of a path or query, which has no types of its own.
///
/// Numbers and booleans are read in one spelling only. `+7`, `007`, `1e2` for an integer, `NaN` and
/// `TRUE` are what one `FromStr` accepts and the other does not.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Parameter<'a> {
    pub(crate) program: &'a Program,
    pub(crate) addresses: &'a AddressPolicy,
    pub(crate) limits: &'a Limits,
}

impl Parameter<'_> {
    /// The first thing that is wrong with one value of a parameter.
    #[inline]
    pub(crate) fn check(&self, schema: NodeId, text: Text<'_>) -> Option<Code> {
        let node = self.program.node(self.item(schema));
        if node.types.meet(Types::STRING) {
            return node.string.check(text, self.addresses);
        }
        if node.types.meet(Types::BOOLEAN) {
            return match text.bytes {
                b"true" | b"false" => {
                    let types = if text.bytes == b"true" {
                        Types::TRUE
                    } else {
                        Types::FALSE
                    };
                    (!node.types.meet(types)).then_some(Code::Enum)
                }
                _ => Some(Code::Type),
            };
        }
        match Number::parse(text.bytes, self.limits.number) {
            Some(number) if number.is_integer() || node.types.meet(Types::NUMBER) => {
                node.number.check(number)
            }
            _ => Some(Code::Type),
        }
    }

    /// The first thing that is wrong with one value of a parameter and is wanted, whatever else is wrong
    /// before it.
    #[cold]
    pub(crate) fn check_behind(
        &self,
        schema: NodeId,
        text: Text<'_>,
        wanted: Wanted<'_>,
    ) -> Option<Code> {
        let node = self.program.node(self.item(schema));
        if node.types.meet(Types::STRING) {
            return node.string.check_behind(text, self.addresses, wanted);
        }
        let found = self.check(schema, text)?;
        if wanted(found) {
            Some(found)
        } else {
            self.check_text_behind(text, wanted)
        }
    }

    /// What is wrong with text that no field declares, and is wanted.
    #[cold]
    pub(crate) fn check_text_behind(&self, text: Text<'_>, wanted: Wanted<'_>) -> Option<Code> {
        let any = &self.program.node(NodeId::ANY).string;
        any.check_behind(text, self.addresses, wanted)
    }

    /// What is wrong with text that no field declares, but that reaches a handler.
    pub(crate) fn check_text(&self, text: Text<'_>) -> Option<Code> {
        self.program
            .node(NodeId::ANY)
            .string
            .check(text, self.addresses)
    }

    /// Whether the parameter may be repeated.
    pub(crate) fn is_list(&self, schema: NodeId) -> bool {
        self.program.node(schema).types.meet(Types::ARRAY)
    }

    /// What is wrong with the number of values of a list.
    pub(crate) fn check_count(&self, schema: NodeId, count: u32) -> Option<Code> {
        let rule = &self.program.node(schema).array;
        if count < rule.min_items {
            return Some(Code::MinItems);
        }
        (count > rule.max_items).then_some(Code::MaxItems)
    }

    fn item(&self, schema: NodeId) -> NodeId {
        if self.is_list(schema) {
            self.program.node(schema).array.items
        } else {
            schema
        }
    }
}
