//! Nodes that say little: what a value is one of, and what types it has.

use std::{collections::BTreeSet, sync::Arc};

use super::{
    compile::Compiler,
    tree::{OneOf, Tree},
};
use crate::schema::{
    NodeId,
    declaration::{Controls, StringKeywords, Types},
    program::Node,
    rule::{NumberRule, StringRule},
    whole::{Whole, WholeRule},
};

impl Compiler<'_, '_> {
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
            Some(containers) => self.node_of_whole(containers, scalars, self.any),
            None => self.node_of(scalars),
        };
        Node {
            // A set without strings takes none, and has nothing to say of them.
            string: StringRule::new(&strings, &mut |_| ()),
            number: NumberRule::one_of(numbers),
            ..node
        }
    }

    /// Values of these types, and others by this rule, with an outline that holds meanwhile.
    pub(super) fn node_of_whole(
        &self,
        rule: impl WholeRule + 'static,
        types: Types,
        outline: NodeId,
    ) -> Node {
        Node {
            whole: Some(Whole::new(Arc::new(rule), outline)),
            ..self.node_of(types)
        }
    }

    /// Any value of these types.
    pub(super) fn node_of(&self, types: Types) -> Node {
        let string = StringRule::new(&self.string_keywords(), &mut |_| ());
        Node {
            types,
            ..Node::any(string, self.any, self.any)
        }
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
