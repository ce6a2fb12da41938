//! Holding a call to the rules of its table.

use super::{
    call::Call,
    request::Listener,
    rules::{Rules, Verdict, require},
};
use crate::{
    TableName,
    dynamodb::{
        AccessDeniedKind, Operation, Principal, TablePolicy, members::Action, partiql,
        policy::Table,
    },
};

/// The judge of the calls of one request.
pub(super) struct Judge<'p> {
    policy: &'p TablePolicy,
    principal: Option<&'p Principal>,
    operation: Operation,
    table: Option<(&'p TableName, &'p Table)>,
    /// A call that names several tables is on each of them.
    on_table: bool,
}

impl<'p> Judge<'p> {
    pub(super) fn new(
        policy: &'p TablePolicy,
        principal: Option<&'p Principal>,
        operation: Operation,
    ) -> Self {
        Self {
            policy,
            principal,
            operation,
            table: None,
            on_table: false,
        }
    }
}

impl Listener for Judge<'_> {
    fn begin(&mut self, in_batch: bool) {
        if !in_batch {
            self.table = None;
        }
        self.on_table = in_batch;
    }

    fn table(&mut self, name: &str) -> Verdict {
        self.table = self.policy.find(name);
        let (_, table) = self.table.ok_or(AccessDeniedKind::Table)?;
        self.on_table = true;
        require(
            table.rules.allows(self.operation),
            AccessDeniedKind::Operation,
        )
    }

    fn wants_value(&self, attribute: &[u8]) -> bool {
        self.table.is_none_or(|(_, table)| {
            let mut keys = table.rules.bound_keys();
            keys.any(|key| key.name().as_bytes() == attribute)
        })
    }

    fn wants_paths(&self) -> bool {
        self.table
            .is_none_or(|(_, table)| !table.rules.write.is_all())
    }

    fn end(&mut self, call: &Call) -> Verdict {
        let Some(action) = call.action else {
            return Err(AccessDeniedKind::Operation);
        };
        if action == Action::Statement {
            return self.statement(call);
        }
        let Some((_, table)) = self.table.filter(|_| self.on_table) else {
            let allowed = action == Action::Other && self.policy.allows_on_account(self.operation);
            return require(allowed, AccessDeniedKind::Operation);
        };
        let rules = Rules::of(table, self.principal, call);
        rules.enclosed(action, self.operation)?;
        rules.indexes()?;
        if action == Action::Other {
            return Ok(());
        }
        rules.legacy(action)?;
        rules.switches(action)?;
        rules.data(action)?;
        rules.expressions(action)
    }

    fn declared(&self) -> Option<&TableName> {
        self.table.map(|(name, _)| name)
    }
}

impl Judge<'_> {
    fn statement(&mut self, call: &Call) -> Verdict {
        let text = call.statement.ok_or(AccessDeniedKind::Operation)?;
        let found = self.policy.find_statement(call.text(text));
        let (name, table, statement) = found.ok_or(AccessDeniedKind::Statement)?;
        self.table = Some((name, table));
        let rules = Rules::of(table, self.principal, call);
        require(
            table.rules.allows(self.operation),
            AccessDeniedKind::Operation,
        )?;
        require(
            call.parameters.len() == statement.parameters,
            AccessDeniedKind::Statement,
        )?;
        for (place, key) in &statement.bound {
            let value = call.parameters.get(*place).copied().flatten();
            let value = value.map(|scalar| (scalar.kind, call.scalar_text(scalar)));
            rules.key_is(key, value)?;
        }
        rules.consistent_read()?;
        rules.return_on_failure()?;
        let pages = self.operation == Operation::ExecuteStatement
            && statement.kind == partiql::Kind::Select;
        if pages {
            rules.limit()?;
        }
        Ok(())
    }
}
