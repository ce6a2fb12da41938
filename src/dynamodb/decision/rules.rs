//! The rules of a table, each held against one call.

use super::call::{Call, Found, GroupOf};
use crate::dynamodb::{
    AccessDeniedKind, Operation, Principal, TableRules,
    expression::{self, Halt, Kind, Path, Step, Visitor},
    members::{Action, Role},
    policy::{Attributes, KeyKind, PartitionKey, ReturnValues, Table, Whole},
};

pub(super) type Verdict = Result<(), AccessDeniedKind>;

/// The rules of a table, and a call on it.
pub(super) struct Rules<'c> {
    table: &'c TableRules,
    read: &'c Whole,
    write: &'c Whole,
    principal: Option<&'c Principal>,
    call: &'c Call,
}

impl<'c> Rules<'c> {
    pub(super) fn of(table: &'c Table, principal: Option<&'c Principal>, call: &'c Call) -> Self {
        Self {
            table: &table.rules,
            read: &table.read,
            write: &table.write,
            principal,
            call,
        }
    }

    /// What a batch or transaction encloses is declared for itself.
    pub(super) fn enclosed(&self, action: Action, operation: Operation) -> Verdict {
        let item = match action {
            Action::Get => Operation::GetItem,
            Action::Put => Operation::PutItem,
            Action::Update => Operation::UpdateItem,
            Action::Delete => Operation::DeleteItem,
            Action::Check => {
                return require(self.table.condition_checks, AccessDeniedKind::Operation);
            }
            Action::Query | Action::Scan | Action::Search | Action::Statement | Action::Other => {
                return Ok(());
            }
        };
        let transaction = matches!(
            operation,
            Operation::TransactGetItems | Operation::TransactWriteItems
        );
        require(
            self.table.encloses(item, transaction),
            AccessDeniedKind::Operation,
        )
    }

    pub(super) fn indexes(&self) -> Verdict {
        self.call.indexes.iter().try_for_each(|index| {
            let name = self.call.text(*index);
            require(
                self.table.find_index(name).is_some(),
                AccessDeniedKind::Index,
            )
        })
    }

    /// Legacy members that are declared, and the attributes that they name.
    ///
    /// DynamoDB refuses them beside expressions. A store that does not reads one of the two and
    /// passes over the other, which may be the one that was held to the rules.
    pub(super) fn legacy(&self, action: Action) -> Verdict {
        let alone = self.call.legacy.is_empty() || self.call.expressions.is_empty();
        require(alone, AccessDeniedKind::Member)?;
        for (member, attribute) in &self.call.legacy {
            let declared = self.table.legacy.iter().any(|known| **known == **member);
            require(declared, AccessDeniedKind::Member)?;
            let Some(attribute) = attribute else {
                continue;
            };
            let path = [Step::Name(self.call.text(*attribute))];
            if *member == "AttributeUpdates" {
                self.writes(&path, action)?;
            } else {
                self.reads(&path)?;
            }
        }
        Ok(())
    }

    /// Members that are no data and no expressions.
    pub(super) fn switches(&self, action: Action) -> Verdict {
        self.consistent_read()?;
        self.return_on_failure()?;
        if let Some(values) = self.call.return_values {
            let name = self.call.text(values);
            let declared = ReturnValues::parse(name)
                .is_some_and(|values| self.table.return_values.contains(&values));
            require(name == "NONE" || declared, AccessDeniedKind::ReturnValues)?;
        }
        if let Some(segments) = self.call.segments {
            let most = self.table.max_segments;
            let within = most.is_some_and(|most| segments <= most);
            require(within, AccessDeniedKind::Limit)?;
        }
        if let Some(select) = self.call.select {
            let allowed = match self.call.text(select) {
                "SPECIFIC_ATTRIBUTES" => true,
                "COUNT" => self.table.counts,
                "ALL_ATTRIBUTES" | "ALL_PROJECTED_ATTRIBUTES" => self.table.read.is_all(),
                _ => false,
            };
            require(allowed, AccessDeniedKind::Select)?;
        }
        if matches!(action, Action::Query | Action::Scan | Action::Search) {
            self.limit()?;
        }
        Ok(())
    }

    pub(super) fn consistent_read(&self) -> Verdict {
        let allowed = self.table.consistent_reads || !self.call.consistent_read;
        require(allowed, AccessDeniedKind::ConsistentRead)
    }

    pub(super) fn return_on_failure(&self) -> Verdict {
        let asked = self.call.return_on_failure;
        let none = asked.is_none_or(|values| self.call.text(values) == "NONE");
        require(
            none || self.table.return_on_failure,
            AccessDeniedKind::ReturnValues,
        )
    }

    pub(super) fn limit(&self) -> Verdict {
        let Some(most) = self.table.max_limit else {
            return Ok(());
        };
        let within = self.call.limit.is_some_and(|limit| limit <= most);
        require(within, AccessDeniedKind::Limit)
    }

    /// Keys, cursors and items.
    pub(super) fn data(&self, action: Action) -> Verdict {
        let mut has_key = false;
        for (role, group) in self.call.groups() {
            match role {
                Role::Key => {
                    has_key = true;
                    if let Some(key) = self.table.key_of(None) {
                        self.key_in(key, group, true)?;
                    }
                }
                Role::Cursor => {
                    for key in self.keys_of_cursor() {
                        self.key_in(key, group, true)?;
                    }
                }
                Role::Item => {
                    has_key = true;
                    for (place, key) in self.table.bound_keys().enumerate() {
                        let required = place == 0 && self.table.key_of(None).is_some();
                        self.key_in(key, group, required)?;
                    }
                    self.item(group)?;
                }
            }
        }
        let needs_key = matches!(
            action,
            Action::Get | Action::Put | Action::Update | Action::Delete | Action::Check
        );
        let unbound = self.table.key_of(None).is_none();
        require(has_key || unbound || !needs_key, AccessDeniedKind::Key)
    }

    /// The keys that a cursor has: those of the table, and those of the index that is read.
    fn keys_of_cursor(&self) -> impl Iterator<Item = &'c PartitionKey> {
        let of_table = self.table.key_of(None);
        let of_index = self.key_of_index().filter(|key| Some(*key) != of_table);
        of_table.into_iter().chain(of_index)
    }

    fn key_of_index(&self) -> Option<&'c PartitionKey> {
        let index = self
            .call
            .indexes
            .first()
            .map(|index| self.call.text(*index));
        self.table.key_of(index)
    }

    fn key_in(&self, key: &PartitionKey, group: GroupOf<'_>, required: bool) -> Verdict {
        match group.find(key.name()) {
            Found::Value(value) => self.key_is(key, value),
            Found::Nothing => require(!required, AccessDeniedKind::Key),
        }
    }

    pub(super) fn key_is(&self, key: &PartitionKey, value: Option<(KeyKind, &str)>) -> Verdict {
        let (kind, text) = value.ok_or(AccessDeniedKind::Key)?;
        key.check(kind, text, self.principal)
    }

    fn item(&self, group: GroupOf<'_>) -> Verdict {
        if self.table.write.is_all() {
            return Ok(());
        }
        group.paths(|path, nested| {
            if self.is_bound(path) || self.write.cover(path, &self.table.write) {
                return Ok(false);
            }
            // Only some of what is in it may be written.
            let further = nested && self.table.write.are_below(path);
            require(further, AccessDeniedKind::Attribute).map(|()| true)
        })
    }

    pub(super) fn expressions(&self, action: Action) -> Verdict {
        let names = self.call.names();
        let mut visitor = Access {
            rules: self,
            action,
            key: match action {
                Action::Query => self.key_of_index(),
                _ => None,
            },
            key_found: false,
        };
        let mut projected = false;
        for (kind, text) in &self.call.expressions {
            let text = self.call.text(*text);
            projected |= *kind == Kind::Projection;
            expression::read(*kind, text, &names, &mut visitor).map_err(|Halt(kind)| kind)?;
            if let Some(shapes) = &self.table.shapes {
                let shape = expression::shape(text, &names);
                let shape = shape.map_err(|_| AccessDeniedKind::Expression)?;
                require(shapes.contains(&shape), AccessDeniedKind::Expression)?;
            }
        }
        require(
            visitor.key.is_none() || visitor.key_found,
            AccessDeniedKind::Key,
        )?;
        self.answers(action, projected)
    }

    /// A reading answers with what its projection names, or with all.
    fn answers(&self, action: Action, projected: bool) -> Verdict {
        let reads = matches!(
            action,
            Action::Get | Action::Query | Action::Scan | Action::Search
        );
        let legacy = || {
            let mut legacy = self.call.legacy.iter();
            legacy.any(|(member, attribute)| *member == "AttributesToGet" && attribute.is_some())
        };
        let counts = || {
            let select = self.call.select;
            select.is_some_and(|select| self.call.text(select) == "COUNT")
        };
        let narrow = !reads || projected || self.table.read.is_all() || legacy() || counts();
        require(narrow, AccessDeniedKind::Attribute)
    }

    fn is_bound(&self, path: &[Step<'_>]) -> bool {
        let [Step::Name(name), ..] = path else {
            return false;
        };
        self.table.bound_keys().any(|key| key.name() == *name)
    }

    /// Whether it is the key of what is asked, which is known to be the principal's. That of an index is
    /// not where something else is asked.
    fn is_key_asked(&self, path: &[Step<'_>]) -> bool {
        let [Step::Name(name), ..] = path else {
            return false;
        };
        let mut keys = self
            .table
            .key_of(None)
            .into_iter()
            .chain(self.key_of_index());
        keys.any(|key| key.name() == *name)
    }

    fn reads(&self, path: &[Step<'_>]) -> Verdict {
        let allowed = self.read.cover(path, &self.table.read) || self.is_key_asked(path);
        require(allowed, AccessDeniedKind::Attribute)
    }

    fn writes(&self, path: &[Step<'_>], action: Action) -> Verdict {
        if action == Action::Update && self.is_bound(path) {
            return Err(AccessDeniedKind::Key);
        }
        require(
            self.write.cover(path, &self.table.write),
            AccessDeniedKind::Attribute,
        )?;
        // What is updated may be answered.
        let answered = self
            .call
            .return_values
            .is_some_and(|values| self.call.text(values) != "NONE");
        if answered && !matches!(self.table.read, Attributes::All) {
            self.reads(path)?;
        }
        Ok(())
    }
}

/// What the expressions of a call do.
struct Access<'r, 'c> {
    rules: &'r Rules<'c>,
    action: Action,
    /// The key that has to be the principal's.
    key: Option<&'c PartitionKey>,
    key_found: bool,
}

impl<'a> Visitor<'a> for Access<'_, '_> {
    fn reads(&mut self, path: &Path<'a>) -> Result<(), Halt> {
        self.rules.reads(path).map_err(Halt)
    }

    fn writes(&mut self, path: &Path<'a>) -> Result<(), Halt> {
        self.rules.writes(path, self.action).map_err(Halt)
    }

    fn compares(&mut self, path: &Path<'a>, equal: Option<&'a str>) -> Result<(), Halt> {
        let key = self
            .key
            .filter(|key| matches!(path[..], [Step::Name(name)] if name == key.name()));
        let Some(key) = key else {
            return self.reads(path);
        };
        let call = self.rules.call;
        let value = equal.and_then(|name| call.value(name));
        let value = value.map(|scalar| (scalar.kind, call.scalar_text(scalar)));
        self.rules.key_is(key, value).map_err(Halt)?;
        self.key_found = true;
        Ok(())
    }
}

pub(super) fn require(holds: bool, kind: AccessDeniedKind) -> Verdict {
    if holds { Ok(()) } else { Err(kind) }
}
