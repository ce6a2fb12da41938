//! Statements of a declaration, read and held to the rules of their table.

use std::collections::HashMap;

use super::{Attributes, PartitionKey, TableRules};
use crate::{
    dynamodb::{
        expression::{Path, Step},
        partiql::{self, Kind, Statement},
    },
    error::Problems,
};

/// What a call of a declared statement is held to.
#[derive(Clone, Debug)]
pub(in crate::dynamodb) struct DeclaredStatement {
    pub(in crate::dynamodb) kind: Kind,
    pub(in crate::dynamodb) index: Option<Box<str>>,
    /// The parameters that are partition keys of the principal.
    pub(in crate::dynamodb) bound: Vec<(usize, PartitionKey)>,
    pub(in crate::dynamodb) parameters: usize,
}

impl TableRules {
    pub(super) fn compile_statements(
        &self,
        table: &str,
        place: &str,
        problems: &mut Problems,
    ) -> HashMap<Box<str>, DeclaredStatement> {
        let mut compiled = HashMap::new();
        for text in &self.statements {
            let place = format!("{place}: statement {text:?}");
            match partiql::read(text) {
                Err(partiql::Unreadable) => problems.add(
                    place,
                    "cannot be read: one SELECT, INSERT, UPDATE or DELETE on one table",
                ),
                Ok(statement) => {
                    let declared = self.compile_statement(table, &statement, &place, problems);
                    if compiled.insert(text.clone(), declared).is_some() {
                        problems.add(place, "is declared twice");
                    }
                }
            }
        }
        compiled
    }

    fn compile_statement(
        &self,
        table: &str,
        statement: &Statement<'_>,
        place: &str,
        problems: &mut Problems,
    ) -> DeclaredStatement {
        if statement.table != table {
            problems.add(place, "is on another table");
        }
        if statement
            .index
            .is_some_and(|index| self.find_index(index).is_none())
        {
            problems.add(place, "is on an index that is not declared");
        }
        if statement.everything && !self.read.is_all() {
            problems.add(
                place,
                "answers with whole items, and not every attribute may be read",
            );
        }
        let is_bound = |path: &Path<'_>| self.bound_keys().any(|key| is_attribute(path, key));
        let is_key_asked = |path: &Path<'_>| {
            let mut keys = [None, statement.index]
                .map(|index| self.key_of(index))
                .into_iter()
                .flatten();
            keys.any(|key| is_attribute(path, key))
        };
        for path in &statement.reads {
            if !is_key_asked(path) && !self.read.cover(path) {
                unlisted(path, "read", &self.read, place, problems);
            }
        }
        for path in &statement.writes {
            match (is_bound(path), statement.kind) {
                (true, Kind::Insert) => {}
                (true, _) => problems.add(place, "writes a partition key that is bound"),
                (false, _) if !self.write.cover(path) => {
                    unlisted(path, "written", &self.write, place, problems);
                }
                (false, _) => {}
            }
        }
        DeclaredStatement {
            kind: statement.kind,
            index: statement.index.map(Into::into),
            bound: self.bound_parameters(statement, place, problems),
            parameters: statement.parameters,
        }
    }

    /// The parameters that have to be keys of the principal.
    fn bound_parameters(
        &self,
        statement: &Statement<'_>,
        place: &str,
        problems: &mut Problems,
    ) -> Vec<(usize, PartitionKey)> {
        let parameter = |key: &PartitionKey| {
            let mut equal = statement.equal.iter();
            let found = equal.find(|(path, value)| value.is_some() && is_attribute(path, key));
            found.and_then(|(_, value)| *value)
        };
        let mut bound = Vec::new();
        if let Some(key) = self.key_of(statement.index) {
            match parameter(key) {
                Some(place) => bound.push((place, key.clone())),
                None => problems.add(
                    place,
                    format!("does not ask for {} = ?, which is bound", key.name()),
                ),
            }
        }
        if statement.kind == Kind::Insert {
            for key in self.bound_keys() {
                let written = statement.writes.iter().any(|path| is_attribute(path, key));
                match parameter(key) {
                    Some(place) if !bound.iter().any(|(known, _)| *known == place) => {
                        bound.push((place, key.clone()));
                    }
                    None if written => problems.add(
                        place,
                        format!(
                            "does not take {} from a parameter, which is bound",
                            key.name()
                        ),
                    ),
                    _ => {}
                }
            }
        }
        bound
    }
}

fn is_attribute(path: &Path<'_>, key: &PartitionKey) -> bool {
    matches!(path[..], [Step::Name(name)] if name == key.name())
}

fn unlisted(
    path: &Path<'_>,
    done: &str,
    declared: &Attributes,
    place: &str,
    problems: &mut Problems,
) {
    let Some(Step::Name(name)) = path.first() else {
        return;
    };
    let problem = match declared {
        Attributes::Unsaid => format!("needs {name:?} to be {done}, and nothing is"),
        _ => format!("needs {name:?} to be {done}, which is not declared"),
    };
    problems.add(place, problem);
}
