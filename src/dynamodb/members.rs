//! What may stand in the requests of each operation, read from a table that is generated from the
//! SDK.

use std::{collections::HashMap, sync::LazyLock};

use super::{Operation, expression::Kind};

/// One line for each member of each operation; see its head.
const TABLE: &str = include_str!("operations.txt");

/// The legacy members of requests.
pub(super) const LEGACY: &[&str] = &[
    "AttributeUpdates",
    "AttributesToGet",
    "ConditionalOperator",
    "Expected",
    "KeyConditions",
    "QueryFilter",
    "ScanFilter",
];

/// The members of the requests of all operations, as trees.
#[derive(Debug)]
pub(super) struct Members {
    nodes: Vec<Node>,
    roots: HashMap<Operation, MemberId>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct MemberId(u16);

/// What stands at one place of a request.
#[derive(Debug)]
pub(super) enum Node {
    /// A structure with members of these names; and what it asks for, where it is a call.
    Structure {
        members: Vec<(&'static str, MemberId)>,
        action: Option<Action>,
    },
    /// A map with names of tables.
    Tables(MemberId),
    /// A map with other names of the caller.
    Map(MemberId),
    List(MemberId),
    /// A string, number or boolean.
    Scalar(Class),
    /// A map of attributes.
    Attributes(Role),
    /// The names that stand for attributes in expressions.
    Names,
    /// The values that stand in expressions.
    Values,
    /// One value of an attribute.
    Value(ValueOf),
    /// A legacy member of this name, whatever is in it.
    Legacy(&'static str),
}

/// What one call asks for: an operation on items, wherever it is enclosed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Action {
    Get,
    Put,
    Update,
    Delete,
    Check,
    Query,
    Scan,
    Search,
    Statement,
    /// Something with a table, or with none, and not with its items.
    Other,
}

/// What a map of attributes is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    Key,
    Cursor,
    Item,
}

/// What a value is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ValueOf {
    Parameters,
    SearchVector,
}

/// What a scalar is to the guard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    /// The name of a table, or its ARN.
    Table,
    Index,
    Statement,
    Expression(Kind),
    ConsistentRead,
    Limit,
    ReturnValues,
    ReturnOnFailure,
    Segments,
    Select,
    /// The ARN of a resource, a resource policy: something that the guard cannot read.
    Unjudged,
    Plain,
}

/// What an operation is on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Subject {
    /// A table, by its name or in a statement.
    Table,
    /// Something that is named by an ARN only.
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
        &self.nodes[usize::from(id.0)]
    }

    pub(super) fn root(&self, operation: Operation) -> MemberId {
        // A test holds that every operation has a root.
        self.roots[&operation]
    }

    /// How the requests of an operation name what they are on.
    pub(super) fn subject(&self, operation: Operation) -> Subject {
        let root = self.root(operation);
        if self.has(root, Class::Table) || self.has(root, Class::Statement) {
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
            Node::Structure { members, .. } => {
                members.iter().any(|(_, member)| self.has(*member, class))
            }
            Node::Tables(values) => class == Class::Table || self.has(*values, class),
            Node::Map(inner) | Node::List(inner) => self.has(*inner, class),
            Node::Attributes(_) | Node::Names | Node::Values | Node::Value(_) | Node::Legacy(_) => {
                false
            }
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
                let operation = Operation::parse(line).expect("a line names an operation");
                root = members.push(Node::Structure {
                    members: Vec::new(),
                    action: of_root(operation),
                });
                members.roots.insert(operation, root);
            }
        }
        members
    }

    /// Adds the member at `path`, whose parents stand on the lines before.
    fn add(&mut self, root: MemberId, path: &'static str, class: &str) {
        // `Update` is a member of other structures as well.
        let encloses = matches!(self.node(root), Node::Structure { action: None, .. });
        let mut at = root;
        let mut rest = path;
        while let Some((name, deeper)) = rest.split_once('.') {
            let (_, parent) = self
                .member(at, plain(name).as_bytes())
                .expect("a parent stands before its members");
            at = self.element(parent);
            self.make_structure(at, action(name).filter(|_| encloses));
            rest = deeper;
        }
        let name = plain(rest);
        let node = self.nest(name, &rest[name.len()..], class);
        if let Node::Structure { members, .. } = &mut self.nodes[usize::from(at.0)] {
            members.push((name, node));
        }
    }

    /// The nodes of a member with these suffixes, outermost first: `{}` is a map, `[]` a list.
    fn nest(&mut self, name: &'static str, suffixes: &str, class: &str) -> MemberId {
        let inner = |map| suffixes.strip_prefix(if map { "{}" } else { "[]" });
        let node = match (class, suffixes) {
            ("legacy", _) => Node::Legacy(name),
            ("key" | "keys", "{}") => Node::Attributes(Role::Key),
            ("cursor", "{}") => Node::Attributes(Role::Cursor),
            ("item", "{}") => Node::Attributes(Role::Item),
            ("names", "{}") => Node::Names,
            ("values", "{}") => Node::Values,
            ("parameters", "") => Node::Value(ValueOf::Parameters),
            ("values", "") => Node::Value(ValueOf::SearchVector),
            (_, "") => Node::Scalar(scalar(class)),
            _ => {
                if let Some(rest) = inner(false) {
                    return self.list(name, rest, class);
                }
                let rest = inner(true).expect("a suffix is {} or []");
                let values = self.nest(name, rest, "plain");
                if class == "tables" {
                    Node::Tables(values)
                } else {
                    Node::Map(values)
                }
            }
        };
        self.push(node)
    }

    fn list(&mut self, name: &'static str, rest: &str, class: &str) -> MemberId {
        let item = self.nest(name, rest, class);
        self.push(Node::List(item))
    }

    /// The structure that a node is, or is a map or list of.
    fn element(&self, id: MemberId) -> MemberId {
        match self.node(id) {
            Node::Tables(inner) | Node::Map(inner) | Node::List(inner) => self.element(*inner),
            _ => id,
        }
    }

    /// The member of this name, and its place among the others.
    pub(super) fn member(&self, id: MemberId, name: &[u8]) -> Option<(usize, MemberId)> {
        match self.node(id) {
            Node::Structure { members, .. } => {
                let place = members
                    .iter()
                    .position(|(known, _)| known.as_bytes() == name)?;
                Some((place, members[place].1))
            }
            _ => None,
        }
    }

    /// The first member shows that a node is a structure.
    fn make_structure(&mut self, id: MemberId, action: Option<Action>) {
        let node = &mut self.nodes[usize::from(id.0)];
        if !matches!(node, Node::Structure { .. }) {
            *node = Node::Structure {
                members: Vec::new(),
                action,
            };
        }
    }

    fn push(&mut self, node: Node) -> MemberId {
        self.nodes.push(node);
        MemberId(u16::try_from(self.nodes.len() - 1).expect("the SDK has fewer members"))
    }
}

fn scalar(class: &str) -> Class {
    match class {
        "table" => Class::Table,
        "index" => Class::Index,
        "statement" => Class::Statement,
        "condition" | "filter" | "search_condition" => Class::Expression(Kind::Condition),
        "key_condition" => Class::Expression(Kind::KeyCondition),
        "projection" => Class::Expression(Kind::Projection),
        "update" => Class::Expression(Kind::Update),
        "consistent_read" => Class::ConsistentRead,
        "limit" => Class::Limit,
        "return_values" => Class::ReturnValues,
        "return_values_on_failure" => Class::ReturnOnFailure,
        "total_segments" => Class::Segments,
        "select" => Class::Select,
        "arn" | "policy" => Class::Unjudged,
        "structure" | "tables" | "plain" | "return_capacity" | "return_metrics"
        | "scan_forward" | "segment" | "token" => Class::Plain,
        _ => unreachable!("{class} is no class"),
    }
}

/// What the whole of a request asks for; `None` where that stands in it once for each item.
fn of_root(operation: Operation) -> Option<Action> {
    match operation {
        Operation::BatchExecuteStatement
        | Operation::BatchGetItem
        | Operation::BatchWriteItem
        | Operation::ExecuteTransaction
        | Operation::TransactGetItems
        | Operation::TransactWriteItems => None,
        Operation::GetItem => Some(Action::Get),
        Operation::PutItem => Some(Action::Put),
        Operation::UpdateItem => Some(Action::Update),
        Operation::DeleteItem => Some(Action::Delete),
        Operation::Query => Some(Action::Query),
        Operation::Scan => Some(Action::Scan),
        Operation::SearchVectors => Some(Action::Search),
        Operation::ExecuteStatement => Some(Action::Statement),
        _ => Some(Action::Other),
    }
}

/// What a structure inside of a request asks for.
fn action(member: &str) -> Option<Action> {
    match member {
        "Get" | "RequestItems{}" => Some(Action::Get),
        "Put" | "PutRequest" => Some(Action::Put),
        "Update" => Some(Action::Update),
        "Delete" | "DeleteRequest" => Some(Action::Delete),
        "ConditionCheck" => Some(Action::Check),
        "Statements[]" | "TransactStatements[]" => Some(Action::Statement),
        _ => None,
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
            let Node::Structure { members, .. } =
                Members::get().node(Members::get().root(*operation))
            else {
                panic!("{operation} has no structure");
            };
            // What has come of each is kept in the bits of a word.
            assert!(members.len() <= 64);
        }
    }

    #[test]
    fn tables_are_found_where_they_are() {
        let subject = |operation| Members::get().subject(operation);
        assert_eq!(subject(Operation::GetItem), Subject::Table);
        assert_eq!(subject(Operation::BatchWriteItem), Subject::Table);
        assert_eq!(subject(Operation::TransactWriteItems), Subject::Table);
        assert_eq!(subject(Operation::ExecuteStatement), Subject::Table);
        assert_eq!(subject(Operation::TagResource), Subject::Unjudged);
        assert_eq!(subject(Operation::ListTables), Subject::Account);
        assert_eq!(subject(Operation::DescribeLimits), Subject::Account);
    }

    #[test]
    fn calls_are_found_where_they_are() {
        let members = Members::get();
        for (operation, path, expected) in [
            (Operation::GetItem, &[][..], Some(Action::Get)),
            (
                Operation::BatchGetItem,
                &["RequestItems"],
                Some(Action::Get),
            ),
            (Operation::BatchWriteItem, &["RequestItems"], None),
            (
                Operation::BatchWriteItem,
                &["RequestItems", "PutRequest"],
                Some(Action::Put),
            ),
            (
                Operation::TransactWriteItems,
                &["TransactItems", "ConditionCheck"],
                Some(Action::Check),
            ),
            (
                Operation::ExecuteTransaction,
                &["TransactStatements"],
                Some(Action::Statement),
            ),
            (
                Operation::UpdateTable,
                &["GlobalSecondaryIndexUpdates"],
                None,
            ),
        ] {
            let mut at = members.root(operation);
            for name in path {
                let (_, member) = members.member(at, name.as_bytes()).expect("a member");
                at = members.element(member);
            }
            let Node::Structure { action, .. } = members.node(at) else {
                panic!("{operation} {path:?} is no structure");
            };
            assert_eq!(*action, expected, "{operation} {path:?}");
        }
    }
}
