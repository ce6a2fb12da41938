//! Listening to the calls of a request.

use super::{Recording, Seen, add};
use crate::{
    TableName,
    dynamodb::{
        AccessDeniedKind, Operation,
        decision::{Call, Listener},
        expression::{self, Halt, Kind, Path, Step, Visitor},
        members::{Action, Role},
        partiql,
        policy::{NamedFile, PathFile},
    },
};

/// Writes down what it hears, and has nothing against it.
pub(super) struct Listening<'r> {
    operation: Operation,
    recording: &'r mut Recording,
    table: Option<String>,
}

impl<'r> Listening<'r> {
    pub(super) fn new(operation: Operation, recording: &'r mut Recording) -> Self {
        Self {
            operation,
            recording,
            table: None,
        }
    }
}

impl Listener for Listening<'_> {
    fn begin(&mut self, in_batch: bool) {
        if !in_batch {
            self.table = None;
        }
    }

    fn table(&mut self, name: &str) -> Result<(), AccessDeniedKind> {
        self.table = Some(name.to_owned());
        Ok(())
    }

    // For the names of keys.
    fn wants_value(&self, _: &[u8]) -> bool {
        true
    }

    fn wants_paths(&self) -> bool {
        true
    }

    fn end(&mut self, call: &Call) -> Result<(), AccessDeniedKind> {
        if let Some(text) = call.statement {
            self.statement(call, call.text(text));
            return Ok(());
        }
        let Some(table) = &self.table else {
            add(&mut self.recording.account, self.operation);
            return Ok(());
        };
        if let Some(seen) = self.recording.table(table) {
            seen.operations.insert(self.operation);
            seen.call(call, self.operation);
        }
        Ok(())
    }

    fn declared(&self) -> Option<&TableName> {
        None
    }
}

impl Listening<'_> {
    fn statement(&mut self, call: &Call, text: &str) {
        // One that cannot be read cannot be declared either: the declaration tells of it.
        let table = partiql::read(text).map_or("", |statement| statement.table);
        let Some(seen) = self.recording.table(table) else {
            return;
        };
        seen.operations.insert(self.operation);
        seen.switches(call);
        if let Ok(statement) = partiql::read(text) {
            statement.reads.iter().for_each(|path| seen.reads(path));
            statement.writes.iter().for_each(|path| seen.writes(path));
            seen.read_all |= statement.everything;
            if let Some(index) = statement.index {
                add(&mut seen.indexes, index.to_owned());
            }
            let pages = statement.kind == partiql::Kind::Select
                && self.operation == Operation::ExecuteStatement;
            seen.unlimited |= pages && call.limit.is_none();
        }
        add(&mut seen.statements, text.to_owned());
    }
}

impl Seen {
    fn call(&mut self, call: &Call, operation: Operation) {
        let item = match call.action {
            Some(Action::Get) => Some(Operation::GetItem),
            Some(Action::Put) => Some(Operation::PutItem),
            Some(Action::Update) => Some(Operation::UpdateItem),
            Some(Action::Delete) => Some(Operation::DeleteItem),
            Some(Action::Check) => {
                self.condition_checks = true;
                None
            }
            _ => None,
        };
        let in_transaction = matches!(
            operation,
            Operation::TransactGetItems | Operation::TransactWriteItems
        );
        if let Some(item) = item {
            if in_transaction {
                self.in_transaction.insert(item);
            } else {
                self.alone.insert(item);
            }
        }
        for index in &call.indexes {
            add(&mut self.indexes, call.text(*index).to_owned());
        }
        self.data(call);
        self.expressions(call);
        self.switches(call);
    }

    fn data(&mut self, call: &Call) {
        for (role, group) in call.groups() {
            let visited = group.paths(|path, nested| {
                match (role, &path[..]) {
                    (Role::Key, [Step::Name(name)]) => add(&mut self.keys, (*name).to_owned()),
                    (Role::Item, _) if !nested => self.writes(path),
                    _ => {}
                }
                Ok::<_, std::convert::Infallible>(true)
            });
            let Ok(()) = visited;
        }
        for (member, attribute) in &call.legacy {
            add(&mut self.legacy, (*member).to_owned());
            if let Some(attribute) = attribute {
                let mut path = Path::new();
                path.push(Step::Name(call.text(*attribute)));
                if *member == "AttributeUpdates" {
                    self.writes(&path);
                } else {
                    self.reads(&path);
                }
            }
        }
    }

    fn expressions(&mut self, call: &Call) {
        let names = call.names();
        let mut projected = false;
        for (kind, text) in &call.expressions {
            let text = call.text(*text);
            projected |= *kind == Kind::Projection;
            // What cannot be read would be denied: nothing is declared for it.
            let _ = expression::read(*kind, text, &names, self);
            if let Ok(shape) = expression::shape(text, &names) {
                add(&mut self.expressions, written_shape(&shape));
            }
        }
        let reads = matches!(
            call.action,
            Some(Action::Get | Action::Query | Action::Scan | Action::Search)
        );
        let counts = call
            .select
            .is_some_and(|select| call.text(select) == "COUNT");
        let pages = reads && call.action != Some(Action::Get);
        self.unlimited |= pages && call.limit.is_none();
        let narrow = projected
            || counts
            || call
                .legacy
                .iter()
                .any(|(name, _)| *name == "AttributesToGet");
        self.counts |= counts;
        self.read_all |= reads && !narrow;
    }

    fn switches(&mut self, call: &Call) {
        self.consistent_reads |= call.consistent_read;
        self.limit = self.limit.max(call.limit);
        self.segments = self.segments.max(call.segments);
        if let Some(values) = call.return_values.map(|values| call.text(values)) {
            if values != "NONE" {
                add(&mut self.return_values, values.to_owned());
            }
            self.read_all |= values.starts_with("ALL_");
        }
        if call
            .return_on_failure
            .is_some_and(|values| call.text(values) != "NONE")
        {
            self.return_on_failure = true;
            self.read_all = true;
        }
    }

    fn reads(&mut self, path: &Path<'_>) {
        add(&mut self.reads, written(path));
    }

    fn writes(&mut self, path: &Path<'_>) {
        add(&mut self.writes, written(path));
    }
}

impl<'a> Visitor<'a> for Seen {
    fn reads(&mut self, path: &Path<'a>) -> Result<(), Halt> {
        Seen::reads(self, path);
        Ok(())
    }

    fn writes(&mut self, path: &Path<'a>) -> Result<(), Halt> {
        Seen::writes(self, path);
        Ok(())
    }

    fn compares(&mut self, path: &Path<'a>, _: Option<&'a str>) -> Result<(), Halt> {
        Seen::reads(self, path);
        Ok(())
    }
}

/// A path as a declaration has it; only as far as its names have no signs of paths in them.
fn written(path: &Path<'_>) -> PathFile {
    let has_signs = |name: &str| name.is_empty() || name.contains(['.', '[', ']']);
    if let Some(Step::Name(name)) = path.first()
        && has_signs(name)
    {
        return PathFile::Named(NamedFile {
            name: (*name).to_owned(),
        });
    }
    let mut text = String::new();
    for step in path {
        match step {
            Step::Name(name) if has_signs(name) => break,
            Step::Name(name) if text.is_empty() => text.push_str(name),
            Step::Name(name) => {
                text.push('.');
                text.push_str(name);
            }
            Step::Element => text.push_str("[]"),
        }
    }
    PathFile::Path(text)
}

/// A shape with a name for each of its values, and spaces where people write them.
fn written_shape(shape: &str) -> String {
    let mut text = String::new();
    for word in shape.split(' ') {
        let is_function = text
            .rsplit([' ', '('])
            .next()
            .is_some_and(|last| last.contains('_') || matches!(last, "size" | "contains"));
        let joined = matches!(word, ")" | "," | "." | "[" | "]")
            || text.ends_with(['(', '.', '['])
            || (word == "(" && is_function);
        if !text.is_empty() && !joined {
            text.push(' ');
        }
        text.push_str(if word == ":" { ":v" } else { word });
    }
    text
}
