//! Mistakes in the rules of a table.

use super::{AttributePath, Attributes, KeyKind, Partition, PartitionKey, TableRules, UNJUDGED};
use crate::{
    TableName,
    dynamodb::{
        Operation,
        expression::{self, Halt, Kind, Path, Step, Visitor},
        members::{LEGACY, Members, Subject},
    },
    error::Problems,
};

const NO_INDEX: &str =
    "is not an index name: 3 to 255 characters of a-z, A-Z, 0-9, '_', '-' and '.'";

/// Tells of every mistake.
pub(super) fn check(rules: &TableRules, place: &str, problems: &mut Problems) {
    let mut checker = Checker {
        rules,
        place,
        problems,
    };
    checker.operations();
    checker.enclosed();
    checker.unsaid();
    checker.indexes();
    checker.keys();
    checker.attributes();
    checker.expressions();
    checker.answers();
    checker.others();
}

struct Checker<'a> {
    rules: &'a TableRules,
    place: &'a str,
    problems: &'a mut Problems,
}

impl Checker<'_> {
    fn tell(&mut self, what: &str, problem: impl Into<String>) {
        let place = if what.is_empty() {
            self.place.to_owned()
        } else {
            format!("{}: {what}", self.place)
        };
        self.problems.add(place, problem);
    }

    /// Whether an operation is declared, by itself or in a transaction.
    fn has(&self, operation: Operation) -> bool {
        self.rules.encloses(operation, true)
    }

    fn operations(&mut self) {
        for operation in &self.rules.operations {
            let problem = match Members::get().subject(*operation) {
                Subject::Table => continue,
                Subject::Account => "is on no table: declare it with account(..)",
                Subject::Unjudged => UNJUDGED,
            };
            self.tell(&format!("operation {operation}"), problem);
        }
        for operation in &self.rules.in_transaction {
            let enclosing = match operation {
                Operation::GetItem => Operation::TransactGetItems,
                Operation::PutItem | Operation::UpdateItem | Operation::DeleteItem => {
                    Operation::TransactWriteItems
                }
                _ => {
                    self.tell(&format!("operation {operation}"), "is in no transaction");
                    continue;
                }
            };
            if !self.rules.allows(enclosing) {
                let problem = format!("is only in a transaction, and {enclosing} is not declared");
                self.tell(&format!("operation {operation}"), problem);
            }
        }
    }

    /// What batches and transactions are made of.
    fn enclosed(&mut self) {
        let parts: [(Operation, &[Operation], bool); 4] = [
            (Operation::BatchGetItem, &[Operation::GetItem], false),
            (
                Operation::BatchWriteItem,
                &[Operation::PutItem, Operation::DeleteItem],
                false,
            ),
            (Operation::TransactGetItems, &[Operation::GetItem], true),
            (
                Operation::TransactWriteItems,
                &[
                    Operation::PutItem,
                    Operation::UpdateItem,
                    Operation::DeleteItem,
                ],
                true,
            ),
        ];
        for (operation, parts, transaction) in parts {
            let checks = operation == Operation::TransactWriteItems && self.rules.condition_checks;
            let has_part = parts
                .iter()
                .any(|part| self.rules.encloses(*part, transaction));
            if self.rules.allows(operation) && !has_part && !checks {
                let names: Vec<_> = parts.iter().map(|part| part.as_str()).collect();
                let problem = format!("encloses {}: declare it as well", names.join(" or "));
                self.tell(&format!("operation {operation}"), problem);
            }
        }
    }

    fn unsaid(&mut self) {
        let rules = self.rules;
        for what in &rules.said_twice {
            self.tell(what, "is said in two ways");
        }
        let statements = !rules.statements.is_empty();
        let reads = Operation::READING
            .iter()
            .any(|operation| self.has(*operation));
        let writes = self.has(Operation::PutItem) || self.has(Operation::UpdateItem);
        let on_items = reads || writes || statements || self.has(Operation::DeleteItem);
        if on_items && rules.partition == Partition::Unsaid {
            self.tell(
                "",
                "does not say whose items it has: partition_key(..) binds them to the principal, \
                 any_partition() does not",
            );
        }
        if reads && rules.read == Attributes::Unsaid {
            self.tell("", "does not say what is read: read([..]) or read_all()");
        }
        if writes && rules.write == Attributes::Unsaid {
            self.tell(
                "",
                "does not say what is written: write([..]) or write_all()",
            );
        }
        let executes = Operation::EXECUTING
            .iter()
            .any(|operation| rules.allows(*operation));
        if executes && !statements {
            self.tell("", "declares no statement(..) to execute");
        }
        if statements && !executes {
            self.tell(
                "",
                "declares statements and no operation that executes them, such as ExecuteStatement",
            );
        }
    }

    fn indexes(&mut self) {
        for (place, index) in self.rules.indexes.iter().enumerate() {
            let named = |other: &super::table::Index| other.name == index.name;
            let problem = if !TableName::is_valid(index.name.as_bytes()) {
                NO_INDEX
            } else if self.rules.indexes[..place].iter().any(named) {
                "is declared twice"
            } else {
                continue;
            };
            self.tell(&format!("index {:?}", index.name), problem);
        }
    }

    fn keys(&mut self) {
        for key in self.rules.bound_keys() {
            let PartitionKey {
                name,
                kind,
                prefix,
                separator,
            } = key;
            let what = format!("partition key {name:?}");
            if name.is_empty() {
                self.tell(&what, "has no name");
            }
            if *kind == KeyKind::Number && !(prefix.is_empty() && separator.is_none()) {
                self.tell(&what, "is a number, which has no text before or behind it");
            }
            if separator.as_deref() == Some("") {
                self.tell(&what, "is followed by nothing: every principal would fit");
            }
        }
        if self.rules.bound_keys().next().is_some() {
            for operation in [Operation::Scan, Operation::SearchVectors] {
                if self.rules.allows(operation) {
                    let problem =
                        "reads over partitions: it cannot be declared beside a bound partition key";
                    self.tell(&format!("operation {operation}"), problem);
                }
            }
        }
    }

    fn attributes(&mut self) {
        let rules = self.rules;
        let paths = rules.read.paths().iter().chain(rules.write.paths());
        for path in paths.filter(|path| !AttributePath::is_whole(path)) {
            self.tell(
                &format!("attribute {:?}", path.to_string()),
                "is not a path such as sku, address.city or lines[].price",
            );
        }
    }

    /// Each is one of some kind, and does what the table lets it do.
    fn expressions(&mut self) {
        const KINDS: [Kind; 4] = [
            Kind::KeyCondition,
            Kind::Condition,
            Kind::Projection,
            Kind::Update,
        ];
        for expression in &self.rules.expressions {
            let mut uses = Uses {
                rules: self.rules,
                foreign: None,
            };
            let readable = KINDS.iter().any(|kind| {
                uses.foreign = None;
                expression::read_declared(*kind, expression, &mut uses).is_ok()
            });
            let problem = match uses.foreign {
                _ if !readable => {
                    "cannot be read: names of attributes stand as they are, in backticks \
                                   where one is no word, and values as :value"
                        .to_owned()
                }
                Some((name, done)) => format!("has {name:?} {done}, which is not declared"),
                None => continue,
            };
            self.tell(&format!("expression {expression:?}"), problem);
        }
    }

    fn answers(&mut self) {
        if self.rules.read.is_all() {
            return;
        }
        for values in &self.rules.return_values {
            if values.is_whole() {
                let problem = "answers with whole items: it needs read_all()";
                self.tell(&format!("return value {values}"), problem);
            }
        }
        if self.rules.return_on_failure {
            self.tell(
                "return values on condition check failure",
                "answer with whole items: they need read_all()",
            );
        }
    }

    fn others(&mut self) {
        for (name, bound) in [
            ("max_limit", self.rules.max_limit),
            ("max_segments", self.rules.max_segments),
        ] {
            if bound == Some(0) {
                self.tell(name, "is 0, which no request has");
            }
        }
        for member in &self.rules.legacy {
            if !LEGACY.contains(&&**member) {
                let problem = format!("is no legacy member: {}", LEGACY.join(", "));
                self.tell(&format!("legacy {member:?}"), problem);
            }
        }
    }
}

/// What a declared expression does that the rules do not let it do.
struct Uses<'a, 'r> {
    rules: &'r TableRules,
    foreign: Option<(&'a str, &'static str)>,
}

impl<'a> Uses<'a, '_> {
    fn uses(&mut self, path: &Path<'a>, declared: &Attributes, done: &'static str) {
        if let Some(Step::Name(name)) = path.first()
            && !self.rules.bound_keys().any(|key| key.name() == *name)
            && !declared.cover(path)
        {
            self.foreign = Some((name, done));
        }
    }
}

impl<'a> Visitor<'a> for Uses<'a, '_> {
    fn reads(&mut self, path: &Path<'a>) -> Result<(), Halt> {
        let rules = self.rules;
        self.uses(path, &rules.read, "read");
        Ok(())
    }

    fn writes(&mut self, path: &Path<'a>) -> Result<(), Halt> {
        let rules = self.rules;
        self.uses(path, &rules.write, "written");
        Ok(())
    }

    fn compares(&mut self, path: &Path<'a>, _: Option<&'a str>) -> Result<(), Halt> {
        self.reads(path)
    }
}
