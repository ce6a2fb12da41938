//! Which actions on which resources the declared operations are.
//!
//! Source: *Service Authorization Reference*, "Actions, resources, and condition keys for Amazon
//! DynamoDB".

use std::collections::BTreeSet;

use super::{
    IamScope,
    grant::{Enclosing, Grant, Leading, Limits},
    pattern,
};
use crate::{
    ConfigError,
    dynamodb::{
        AttributePath, Operation, PartitionKey, TablePolicy, TableRules,
        partiql::Kind,
        policy::{Attributes, KeyKind, Table},
    },
    error::Problems,
};

/// What an action does with items.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Access {
    Read,
    Write,
    /// It writes no attribute, and reads in its condition.
    Condition,
}

/// Everything that a declaration needs, in order.
///
/// # Errors
///
/// Where IAM has no words for it.
pub(super) fn grants(policy: &TablePolicy, scope: &IamScope) -> Result<Vec<Grant>, ConfigError> {
    let mut problems = Problems::default();
    scope.check(|name| policy.find(name).is_some(), &mut problems);
    let mut grants = Vec::new();
    for operation in &policy.account {
        grants.push(on_everything(*operation));
    }
    let mut tables: Vec<_> = policy.tables.iter().collect();
    tables.sort_by_key(|(name, _)| *name);
    for (name, table) in tables {
        let mut granting = Granting {
            name: name.as_str(),
            rules: &table.rules,
            scope,
            grants: &mut grants,
            problems: &mut problems,
        };
        granting.items();
        granting.statements(table);
        granting.others();
    }
    problems.into_result()?;
    grants.sort();
    grants.dedup();
    Ok(grants)
}

fn on_everything(operation: Operation) -> Grant {
    Grant {
        action: operation.as_str(),
        resource: "*".to_owned(),
        limits: Limits::default(),
    }
}

struct Granting<'a> {
    name: &'a str,
    rules: &'a TableRules,
    scope: &'a IamScope,
    grants: &'a mut Vec<Grant>,
    problems: &'a mut Problems,
}

impl Granting<'_> {
    fn arn(&self, index: Option<&str>) -> String {
        let name = self.name;
        match index {
            None => self.scope.arn(&format!("table/{name}")),
            Some(index) => self.scope.arn(&format!("table/{name}/index/{index}")),
        }
    }

    fn grant(&mut self, action: &'static str, index: Option<&str>, limits: Limits) {
        let resource = self.arn(index);
        self.grants.push(Grant {
            action,
            resource,
            limits,
        });
    }

    /// The operations on items, by themselves and in batches and transactions.
    fn items(&mut self) {
        let rules = self.rules;
        for (operation, transaction, access) in [
            (
                Operation::GetItem,
                Operation::TransactGetItems,
                Access::Read,
            ),
            (
                Operation::PutItem,
                Operation::TransactWriteItems,
                Access::Write,
            ),
            (
                Operation::UpdateItem,
                Operation::TransactWriteItems,
                Access::Write,
            ),
            (
                Operation::DeleteItem,
                Operation::TransactWriteItems,
                Access::Condition,
            ),
        ] {
            let inside = rules.allows(transaction) && rules.encloses(operation, true);
            let alone = rules.allows(operation);
            if let Some(enclosing) = Enclosing::of(alone, inside, transaction.as_str()) {
                let mut limits = self.limits(access, None);
                limits.enclosing = enclosing;
                if access != Access::Read {
                    limits.return_values = Some(self.return_values());
                }
                self.grant(operation.as_str(), None, limits);
            }
        }
        if rules.condition_checks && rules.allows(Operation::TransactWriteItems) {
            let limits = self.limits(Access::Condition, None);
            self.grant("ConditionCheckItem", None, limits);
        }
        for (operation, access) in [
            (Operation::BatchGetItem, Access::Read),
            (Operation::BatchWriteItem, Access::Write),
        ] {
            if rules.allows(operation) {
                let limits = self.limits(access, None);
                self.grant(operation.as_str(), None, limits);
            }
        }
        for operation in [Operation::Query, Operation::Scan] {
            if !rules.allows(operation) {
                continue;
            }
            for index in self.and_indexes() {
                let mut limits = self.limits(Access::Read, index);
                if rules.counts {
                    limits
                        .select
                        .iter_mut()
                        .for_each(|select| select.push("COUNT"));
                    // A counting scan names nothing.
                    limits.names_attributes &= operation == Operation::Query;
                }
                self.grant(operation.as_str(), index, limits);
            }
        }
    }

    fn statements(&mut self, table: &Table) {
        let rules = self.rules;
        let inside = rules.allows(Operation::ExecuteTransaction);
        let alone = rules.allows(Operation::ExecuteStatement)
            || rules.allows(Operation::BatchExecuteStatement);
        let Some(enclosing) = Enclosing::of(alone, inside, "ExecuteTransaction") else {
            return;
        };
        for statement in table.statements.values() {
            let index = statement.index.as_deref();
            let (action, access) = match statement.kind {
                Kind::Select => ("PartiQLSelect", Access::Read),
                Kind::Insert => ("PartiQLInsert", Access::Write),
                Kind::Update => ("PartiQLUpdate", Access::Write),
                Kind::Delete => ("PartiQLDelete", Access::Condition),
            };
            let mut limits = self.limits(access, index);
            limits.enclosing = enclosing;
            limits.no_full_table_scan = access == Access::Read && limits.leading.is_some();
            self.grant(action, index, limits);
        }
    }

    /// The operations on the table itself.
    fn others(&mut self) {
        for &operation in &self.rules.operations {
            match operation {
                Operation::GetItem
                | Operation::PutItem
                | Operation::UpdateItem
                | Operation::DeleteItem
                | Operation::BatchGetItem
                | Operation::BatchWriteItem
                | Operation::TransactGetItems
                | Operation::TransactWriteItems
                | Operation::Query
                | Operation::Scan
                | Operation::ExecuteStatement
                | Operation::BatchExecuteStatement
                | Operation::ExecuteTransaction => {}
                Operation::SearchVectors => self.problems.add(
                    format!("table {:?}: operation {operation}", self.name),
                    "is not known to IAM by any name that could be found",
                ),
                Operation::ListBackups | Operation::ListContributorInsights => {
                    self.grants.push(on_everything(operation));
                }
                Operation::DescribeContributorInsights | Operation::UpdateContributorInsights => {
                    for index in self.and_indexes() {
                        self.grant(operation.as_str(), index, Limits::default());
                    }
                }
                _ => {
                    if is_global(operation) {
                        self.grants.push(Grant {
                            action: operation.as_str(),
                            resource: self.scope.global_arn(self.name),
                            limits: Limits::default(),
                        });
                    }
                    let describes = matches!(
                        operation,
                        Operation::DescribeGlobalTable | Operation::DescribeGlobalTableSettings
                    );
                    if !describes {
                        self.grant(operation.as_str(), None, Limits::default());
                    }
                }
            }
        }
    }

    /// The table and its indexes.
    fn and_indexes<'r>(&self) -> Vec<Option<&'r str>>
    where
        Self: 'r,
    {
        let indexes = self.rules.indexes.iter().map(|index| Some(&*index.name));
        std::iter::once(None).chain(indexes).collect()
    }

    fn limits(&mut self, access: Access, index: Option<&str>) -> Limits {
        let leading = match self.rules.key_of(index) {
            Some(key) => self.leading(key),
            None => None,
        };
        let attributes = self.attributes(access, index);
        let reads = access == Access::Read && attributes.is_some();
        Limits {
            leading,
            names_attributes: reads,
            select: reads.then(|| vec!["SPECIFIC_ATTRIBUTES"]),
            attributes,
            ..Limits::default()
        }
    }

    fn leading(&mut self, key: &PartitionKey) -> Option<Leading> {
        let principal = self.scope.principal_text();
        let has_text = !key.prefix.is_empty() || key.separator.is_some();
        if key.kind == KeyKind::Binary && has_text {
            self.problems.add(
                format!("table {:?}: partition key {:?}", self.name, key.name()),
                "is binary and has text before or behind the principal, which IAM compares as base64",
            );
            return None;
        }
        Some(match &key.separator {
            None => Leading {
                text: pattern::literal(&key.prefix) + principal,
                is_pattern: false,
            },
            Some(separator) => Leading {
                text: pattern::literal_in_pattern(&key.prefix)
                    + principal
                    + &pattern::literal_in_pattern(separator)
                    + "*",
                is_pattern: true,
            },
        })
    }

    /// The names that a request may have in it; `None` where it may have any.
    ///
    /// IAM has one list, for what is read and what is written: a condition of a write reads.
    fn attributes(&self, access: Access, index: Option<&str>) -> Option<Vec<String>> {
        let (read, write) = (&self.rules.read, &self.rules.write);
        let lists: &[&Attributes] = match access {
            Access::Read => &[read],
            Access::Write | Access::Condition => &[read, write],
        };
        if read.is_all() || (access == Access::Write && write.is_all()) {
            return None;
        }
        let declared = lists.iter().flat_map(|list| list.paths());
        let names = declared.map(AttributePath::attribute);
        // An item that is written has those of the indexes.
        let asked = [None, index].map(|index| self.rules.key_of(index));
        let all = self.rules.bound_keys().filter(|_| access == Access::Write);
        let bound = asked
            .into_iter()
            .flatten()
            .chain(all)
            .map(PartitionKey::name);
        let told = self.scope.keys_of(self.name).iter().map(String::as_str);
        let names: BTreeSet<&str> = names.chain(bound).chain(told).collect();
        // Of a table of which nothing is known but that items are deleted from it.
        if names.is_empty() {
            return None;
        }
        Some(names.into_iter().map(pattern::literal).collect())
    }

    fn return_values(&self) -> Vec<&'static str> {
        let declared = self
            .rules
            .return_values
            .iter()
            .map(|values| values.as_str());
        let values: BTreeSet<_> = declared.chain(["NONE"]).collect();
        values.into_iter().collect()
    }
}

const fn is_global(operation: Operation) -> bool {
    matches!(
        operation,
        Operation::CreateGlobalTable
            | Operation::DescribeGlobalTable
            | Operation::DescribeGlobalTableSettings
            | Operation::UpdateGlobalTable
            | Operation::UpdateGlobalTableSettings
    )
}
