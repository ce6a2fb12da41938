//! Whether a serialized request is one that the policy declares: a pure function of the two.

use smallvec::SmallVec;

use super::{
    AccessDenied, AccessDeniedKind, Operation, TablePolicy,
    members::{Class, MemberId, Members, Node},
    policy::TableRules,
};
use crate::{
    TableName,
    json::{Bounds, Halt, Names, Number, Progress, Reader, Sink, Stop},
    text::Text,
};

/// Items may be nested 32 levels deep, and each level is two objects on the wire.
const BOUNDS: Bounds = Bounds {
    depth: Bounds::DEEPEST,
    string: usize::MAX,
    number: 64,
};

/// Decides on a request by the name of its operation and its body.
pub(super) fn decide(
    policy: &TablePolicy,
    operation: &str,
    body: &[u8],
) -> Result<Operation, AccessDenied> {
    let Some(operation) = Operation::parse(operation) else {
        return Err(AccessDenied::new(AccessDeniedKind::Operation, None));
    };
    let mut decision = Decision {
        policy,
        operation,
        members: Members::get(),
        next: Place::Member(Members::get().root(operation)),
        open: SmallVec::new(),
        names: Names::default(),
        table: None,
        indexes: Vec::new(),
        denied: None,
    };
    match Reader::new(BOUNDS).read(body, true, &mut decision) {
        Ok(Progress::Done) => decision.conclude(),
        Ok(Progress::More) | Err(Halt::Syntax(_)) => Err(AccessDenied::new(
            AccessDeniedKind::Unreadable,
            Some(operation),
        )),
        Err(Halt::Stopped) => Err(decision
            .denied
            .unwrap_or_else(|| AccessDenied::new(AccessDeniedKind::Unreadable, Some(operation)))),
    }
}

struct Decision<'a> {
    policy: &'a TablePolicy,
    operation: Operation,
    members: &'static Members,
    /// Where the value that comes next stands.
    next: Place,
    open: SmallVec<[Place; 16]>,
    names: Names,
    table: Option<(&'a TableName, &'a TableRules)>,
    /// Indexes that were named before their table.
    indexes: Vec<Box<str>>,
    denied: Option<AccessDenied>,
}

#[derive(Clone, Copy)]
enum Place {
    Member(MemberId),
    /// Anywhere in data of the caller.
    Data,
}

impl Decision<'_> {
    /// What can only be said of the whole.
    fn conclude(mut self) -> Result<Operation, AccessDenied> {
        let verdict = match self.table {
            None if self.policy.allows_on_account(self.operation) => Ok(()),
            None => self.deny(AccessDeniedKind::Operation),
            Some(_) => std::mem::take(&mut self.indexes)
                .iter()
                .try_for_each(|index| self.index(index)),
        };
        match (verdict, self.denied) {
            (Ok(()), None) => Ok(self.operation),
            (_, Some(denied)) => Err(denied),
            (Err(Stop), None) => unreachable!("a decision that stops has a reason"),
        }
    }

    fn table(&mut self, name: &str) -> Result<(), Stop> {
        let Some((table, rules)) = self.policy.find(name) else {
            self.table = None;
            return self.deny(AccessDeniedKind::Table);
        };
        self.table = Some((table, rules));
        if rules.allows(self.operation) {
            Ok(())
        } else {
            self.deny(AccessDeniedKind::Operation)
        }
    }

    fn index(&mut self, name: &str) -> Result<(), Stop> {
        match self.table {
            None => {
                self.indexes.push(name.into());
                Ok(())
            }
            Some((_, rules)) if rules.has_index(name) => Ok(()),
            Some(_) => self.deny(AccessDeniedKind::Index),
        }
    }

    fn scalar(&mut self, text: Option<Text<'_>>) -> Result<(), Stop> {
        let class = match self.next {
            Place::Data => return Ok(()),
            Place::Member(id) => match self.members.node(id) {
                Node::Data => return Ok(()),
                Node::Scalar(class) => *class,
                _ => return self.deny(AccessDeniedKind::Member),
            },
        };
        match (class, text) {
            (Class::Plain, _) => Ok(()),
            (Class::Table, Some(text)) => self.table(text.as_str()),
            (Class::Index, Some(text)) => self.index(text.as_str()),
            _ => self.deny(AccessDeniedKind::Member),
        }
    }

    fn deny(&mut self, kind: AccessDeniedKind) -> Result<(), Stop> {
        let denied = AccessDenied::new(kind, Some(self.operation));
        self.denied = Some(match self.table {
            Some((table, _)) => denied.on(table),
            None => denied,
        });
        Err(Stop)
    }

    /// A container ends: the next value, if any, stands in the one around it.
    fn close(&mut self) {
        self.open.pop();
        self.next = self.item();
    }

    /// The place of the next item, where the innermost container is a list.
    fn item(&self) -> Place {
        match self.open.last() {
            Some(Place::Member(id)) => match self.members.node(*id) {
                Node::List(item) => Place::Member(*item),
                _ => Place::Data,
            },
            _ => Place::Data,
        }
    }
}

impl Sink for Decision<'_> {
    fn begin_object(&mut self) -> Result<(), Stop> {
        let place = match self.next {
            Place::Data => Place::Data,
            Place::Member(id) => match self.members.node(id) {
                Node::Data => Place::Data,
                Node::Structure(_) | Node::Map { .. } => Place::Member(id),
                Node::List(_) | Node::Scalar(_) => return self.deny(AccessDeniedKind::Member),
            },
        };
        self.open.push(place);
        self.names.begin();
        Ok(())
    }

    fn name(&mut self, name: Text<'_>) -> Result<(), Stop> {
        // Two members of one name are two requests: one for this guard, one for the service.
        if !self.names.insert(name.bytes) {
            return self.deny(AccessDeniedKind::Unreadable);
        }
        self.next = match self.open.last() {
            Some(Place::Member(id)) => match self.members.node(*id) {
                Node::Map { of_tables, values } => {
                    if *of_tables {
                        self.table(name.as_str())?;
                    }
                    Place::Member(*values)
                }
                _ => match self.members.member(*id, name.as_str()) {
                    Some(member) => Place::Member(member),
                    None => return self.deny(AccessDeniedKind::Member),
                },
            },
            _ => Place::Data,
        };
        Ok(())
    }

    fn end_object(&mut self) -> Result<(), Stop> {
        self.names.end();
        self.close();
        Ok(())
    }

    fn begin_array(&mut self) -> Result<(), Stop> {
        let place = match self.next {
            Place::Data => Place::Data,
            Place::Member(id) => match self.members.node(id) {
                Node::Data => Place::Data,
                Node::List(_) => Place::Member(id),
                _ => return self.deny(AccessDeniedKind::Member),
            },
        };
        self.open.push(place);
        self.next = self.item();
        Ok(())
    }

    fn end_array(&mut self) -> Result<(), Stop> {
        self.close();
        Ok(())
    }

    fn string(&mut self, text: Text<'_>) -> Result<(), Stop> {
        self.scalar(Some(text))
    }

    fn number(&mut self, _: Number<'_>) -> Result<(), Stop> {
        self.scalar(None)
    }

    fn boolean(&mut self, _: bool) -> Result<(), Stop> {
        self.scalar(None)
    }

    fn null(&mut self) -> Result<(), Stop> {
        self.scalar(None)
    }
}
