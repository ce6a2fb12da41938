//! What may stand in the requests of each operation, read from a table that is generated from the
//! SDK.

use std::{collections::HashMap, sync::LazyLock};

use super::Operation;

/// One line for each member of each operation; see its head.
const TABLE: &str = include_str!("operations.txt");

/// The members of the requests of all operations, as trees.
#[derive(Debug)]
pub(super) struct Members {
    nodes: Vec<Node>,
    roots: HashMap<Operation, MemberId>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct MemberId(usize);

/// What stands at one place of a request.
#[derive(Debug)]
pub(super) enum Node {
    /// A structure with members of these names.
    Structure(Vec<(&'static str, MemberId)>),
    /// A map with keys of the caller; `of_tables` where these are names of tables.
    Map {
        of_tables: bool,
        values: MemberId,
    },
    List(MemberId),
    /// A string, number or boolean.
    Scalar(Class),
    /// Data of the caller, which has no members that the SDK knows.
    Data,
}

/// What a scalar is to the guard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    /// The name of a table, or its ARN.
    Table,
    Index,
    /// The ARN of a resource, PartiQL text, a resource policy: something that the guard cannot read.
    Unjudged,
    Plain,
}

/// What an operation is on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Subject {
    /// A table, by its name.
    Table,
    /// Something that is named by an ARN or in a PartiQL statement only.
    Unjudged,
    /// No table.
    Account,
}

impl Members {
    pub(super) fn get() -> &'static Self {
        static MEMBERS: LazyLock<Members> = LazyLock::new(|| Members::parse(TABLE));
        &MEMBERS
    }

    pub(super) fn node(&self, id: MemberId) -> &Node {
        &self.nodes[id.0]
    }

    pub(super) fn root(&self, operation: Operation) -> MemberId {
        // A test holds that every operation has a root.
        self.roots[&operation]
    }

    /// How the requests of an operation name what they are on.
    pub(super) fn subject(&self, operation: Operation) -> Subject {
        let root = self.root(operation);
        if self.has(root, Class::Table) {
            Subject::Table
        } else if self.has(root, Class::Unjudged) {
            Subject::Unjudged
        } else {
            Subject::Account
        }
    }

    fn has(&self, id: MemberId, class: Class) -> bool {
        match self.node(id) {
            Node::Scalar(scalar) => *scalar == class,
            Node::Structure(members) => members.iter().any(|(_, member)| self.has(*member, class)),
            Node::Map { of_tables, values } => {
                (*of_tables && class == Class::Table) || self.has(*values, class)
            }
            Node::List(item) => self.has(*item, class),
            Node::Data => false,
        }
    }

    fn parse(table: &'static str) -> Self {
        let mut members = Self {
            nodes: Vec::new(),
            roots: HashMap::new(),
        };
        let mut root = MemberId(0);
        for line in table
            .lines()
            .filter(|line| !line.is_empty() && !line.starts_with('#'))
        {
            if let Some((path, class)) = line
                .strip_prefix("  ")
                .and_then(|member| member.split_once(": "))
            {
                members.add(root, path, class);
            } else {
                root = members.push(Node::Structure(Vec::new()));
                let operation = Operation::parse(line).expect("a line names an operation");
                members.roots.insert(operation, root);
            }
        }
        members
    }

    /// Adds the member at `path`, whose parents stand on the lines before.
    fn add(&mut self, root: MemberId, path: &'static str, class: &str) {
        let mut at = root;
        let mut rest = path;
        while let Some((name, deeper)) = rest.split_once('.') {
            let name = name.trim_end_matches("{}").trim_end_matches("[]");
            at = self.element(
                self.member(at, plain(name))
                    .expect("a parent stands before its members"),
            );
            rest = deeper;
        }
        let name = plain(rest);
        let node = self.nest(&rest[name.len()..], class);
        self.structure(at).push((name, node));
    }

    /// The nodes of a member with these suffixes, outermost first: `{}` is a map, `[]` a list.
    fn nest(&mut self, suffixes: &str, class: &str) -> MemberId {
        if let Some(inner) = suffixes.strip_prefix("{}") {
            let values = self.nest(inner, if class == "tables" { "plain" } else { class });
            return self.push(Node::Map {
                of_tables: class == "tables",
                values,
            });
        }
        if let Some(inner) = suffixes.strip_prefix("[]") {
            let item = self.nest(inner, class);
            return self.push(Node::List(item));
        }
        self.push(match class {
            "table" => Node::Scalar(Class::Table),
            "index" => Node::Scalar(Class::Index),
            "arn" | "statement" | "policy" => Node::Scalar(Class::Unjudged),
            "key" | "keys" | "item" | "values" | "cursor" | "parameters" | "legacy" => Node::Data,
            "structure"
            | "tables"
            | "condition"
            | "consistent_read"
            | "filter"
            | "key_condition"
            | "limit"
            | "names"
            | "plain"
            | "projection"
            | "return_capacity"
            | "return_metrics"
            | "return_values"
            | "return_values_on_failure"
            | "scan_forward"
            | "search_condition"
            | "segment"
            | "select"
            | "token"
            | "total_segments"
            | "update" => Node::Scalar(Class::Plain),
            _ => unreachable!("{class} is no class"),
        })
    }

    /// The structure that a node is, or is a map or list of.
    fn element(&self, id: MemberId) -> MemberId {
        match self.node(id) {
            Node::Map { values, .. } => self.element(*values),
            Node::List(item) => self.element(*item),
            _ => id,
        }
    }

    pub(super) fn member(&self, id: MemberId, name: &str) -> Option<MemberId> {
        match self.node(id) {
            Node::Structure(members) => members
                .iter()
                .find(|(known, _)| *known == name)
                .map(|(_, id)| *id),
            _ => None,
        }
    }

    fn structure(&mut self, id: MemberId) -> &mut Vec<(&'static str, MemberId)> {
        let node = &mut self.nodes[id.0];
        if !matches!(node, Node::Structure(_)) {
            // The first member shows that it is one.
            *node = Node::Structure(Vec::new());
        }
        match node {
            Node::Structure(members) => members,
            _ => unreachable!("it was made a structure"),
        }
    }

    fn push(&mut self, node: Node) -> MemberId {
        self.nodes.push(node);
        MemberId(self.nodes.len() - 1)
    }
}

/// The name of a member without the suffixes of its containers.
fn plain(member: &str) -> &str {
    member.split(['{', '[']).next().unwrap_or(member)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_operation_has_members() {
        for operation in Operation::ALL {
            assert_eq!(Operation::parse(operation.as_str()), Some(*operation));
            let Node::Structure(_) = Members::get().node(Members::get().root(*operation)) else {
                panic!("{operation} has no structure");
            };
        }
    }

    #[test]
    fn tables_are_found_where_they_are() {
        let subject = |operation| Members::get().subject(operation);
        assert_eq!(subject(Operation::GetItem), Subject::Table);
        assert_eq!(subject(Operation::BatchWriteItem), Subject::Table);
        assert_eq!(subject(Operation::TransactWriteItems), Subject::Table);
        assert_eq!(subject(Operation::ExecuteStatement), Subject::Unjudged);
        assert_eq!(subject(Operation::TagResource), Subject::Unjudged);
        assert_eq!(subject(Operation::ListTables), Subject::Account);
        assert_eq!(subject(Operation::DescribeLimits), Subject::Account);
    }
}
