use super::{NodeId, Program, declaration::Types};
use crate::{AddressPolicy, Code, Limits, json::Number, text::Text};

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
            return (!matches!(text.bytes, b"true" | b"false")).then_some(Code::Type);
        }
        match Number::parse(text.bytes, self.limits.number) {
            Some(number) if number.is_integer() || node.types.meet(Types::NUMBER) => {
                node.number.check(number)
            }
            _ => Some(Code::Type),
        }
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
