use std::collections::BTreeSet;

use super::{
    compile::{Compiler, Reason},
    conjunction::Conjunction,
    strings::Strings,
    tree::Tree,
};
use crate::schema::{NodeId, declaration::Types};

/// What `propertyNames` says.
pub(super) enum Names {
    /// There are no names.
    Never,
    /// One of these.
    OneOf(NodeId, BTreeSet<Tree>),
    Like(NodeId, Strings),
}

impl<'d> Compiler<'_, 'd> {
    /// What a conjunction says of the names of members, as far as names can be judged while they are
    /// read: they are no values, which could be captured.
    pub(super) fn names(&mut self, conjunction: &Conjunction<'d>) -> Result<Names, Reason> {
        let mut schemas = Vec::new();
        for (schema, keywords) in conjunction.pairs() {
            schemas.extend(self.inside(schema, keywords.get("propertyNames")));
        }
        let names = Conjunction::of(self.documents, schemas);
        if names.never || !names.types().meet(Types::STRING) {
            return Ok(Names::Never);
        }
        // Of a name, only the keywords of strings say something.
        let strings = match self.whole_rule(&names) {
            None => self.strings(&names).map_err(|_| "propertyNames")?,
            Some(_) => return Err("propertyNames"),
        };
        let Some((values, _)) = names.values() else {
            return Ok(Names::Like(self.node_of_conjunction(names), strings));
        };
        let values = values.into_iter().map(Tree::of);
        let values = values.filter(|value| value.as_str().is_some_and(|it| strings.accept(it)));
        let values: BTreeSet<Tree> = values.collect();
        if values.is_empty() {
            return Ok(Names::Never);
        }
        let node = self.one_of(&values);
        Ok(Names::OneOf(self.push(node), values))
    }
}

impl Names {
    pub(super) fn is_never(&self) -> bool {
        matches!(self, Self::Never)
    }

    /// The schema of names. Where there are none, it says nothing.
    pub(super) fn node(&self) -> NodeId {
        match self {
            Self::Never => NodeId::ANY,
            Self::OneOf(node, _) | Self::Like(node, _) => *node,
        }
    }

    /// Whether a member may have that name.
    pub(super) fn accept(&self, name: &str) -> bool {
        match self {
            Self::Never => false,
            Self::OneOf(_, values) => values.contains(&Tree::String(name.into())),
            Self::Like(_, strings) => strings.accept(name),
        }
    }
}
