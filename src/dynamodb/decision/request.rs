//! Reading a request into its calls.

use smallvec::SmallVec;

use super::{
    call::{Call, ScalarOf},
    value::{Place, Tag},
};
use crate::{
    TableName,
    dynamodb::{
        AccessDenied, AccessDeniedKind, Operation,
        members::{Action, Class, MemberId, Members, Node, Role, Subject},
    },
    json::{Names, Number, Stop},
    text::Text,
};

/// What judges the calls of a request, one after the other.
pub(in crate::dynamodb) trait Listener {
    /// A call begins; those of a batch are on the table that was named before.
    fn begin(&mut self, in_batch: bool);
    /// The table of the call is named.
    fn table(&mut self, name: &str) -> Result<(), AccessDeniedKind>;
    /// Whether the values of this attribute are to be kept. As long as no table was named, each is.
    fn wants_value(&self, attribute: &[u8]) -> bool;
    /// Whether the paths of items are to be kept, and not only the attributes whose values are.
    fn wants_paths(&self) -> bool;
    /// The call is complete.
    fn end(&mut self, call: &Call) -> Result<(), AccessDeniedKind>;
    /// The table of the call, where it is a declared one.
    fn declared(&self) -> Option<&TableName>;
}

/// A request while it is read.
pub(in crate::dynamodb) struct Request<L> {
    operation: Operation,
    pub(super) members: &'static Members,
    pub(super) listener: L,
    pub(super) call: Call,
    /// Where the value that comes next stands.
    pub(super) next: Next,
    pub(super) open: SmallVec<[Open; 16]>,
    /// The names of the open maps of the caller, each of which stands once.
    pub(super) names: Names,
    calls: usize,
    denied: Option<AccessDenied>,
}

/// What comes next.
#[derive(Clone, Copy, Debug)]
pub(super) enum Next {
    Member(MemberId),
    /// The attribute that a name stands for; the name was kept.
    NameOf(super::call::Piece),
    /// The value of an attribute.
    Value(Place),
    /// What the tag of a value says.
    Payload(Tag, Place),
    /// A member of a set.
    Text,
    /// The names of a legacy list, or what stands in another legacy member.
    Legacy(&'static str),
    Skipped,
    /// The end of a container.
    Nothing,
}

/// An open container.
#[derive(Clone, Copy, Debug)]
pub(super) enum Open {
    Structure {
        id: MemberId,
        /// Which of its members have come.
        seen: u64,
        is_call: bool,
    },
    Tables(MemberId),
    Map(MemberId),
    List(MemberId),
    Names,
    Values,
    /// Attributes, at this depth of an item.
    Attributes(Place),
    /// A value, and whether its tag has come.
    Value(Place, bool),
    Set,
    Elements(Place),
    LegacyMap(&'static str),
    LegacyList(&'static str),
    SkippedMap,
    SkippedList,
}

/// No expression of 4 KB has use for more names.
const MOST_NAMES: usize = 1_024;

/// Nor two of them for more values; DynamoDB refuses those that stand in none.
const MOST_VALUES: usize = 4_096;

pub(super) type Judged = Result<(), Stop>;

impl<L: Listener> Request<L> {
    pub(in crate::dynamodb) fn new(operation: Operation, listener: L) -> Self {
        Self {
            operation,
            members: Members::get(),
            listener,
            call: Call::default(),
            next: Next::Member(Members::get().root(operation)),
            open: SmallVec::new(),
            names: Names::default(),
            calls: 0,
            denied: None,
        }
    }

    /// Why the request is denied, once it was read to its end.
    pub(super) fn conclude(mut self) -> Option<AccessDenied> {
        if self.calls == 0 && self.denied.is_none() {
            let _ = self.deny::<()>(AccessDeniedKind::Operation);
        }
        self.denied
    }

    pub(super) fn denied(self) -> Option<AccessDenied> {
        self.denied
    }

    pub(super) fn deny<T>(&mut self, kind: AccessDeniedKind) -> Result<T, Stop> {
        let denied = AccessDenied::new(kind, Some(self.operation));
        self.denied = Some(match self.listener.declared() {
            Some(table) => denied.on(table),
            None => denied,
        });
        Err(Stop)
    }

    pub(super) fn judged(&mut self, result: Result<(), AccessDeniedKind>) -> Judged {
        result.or_else(|kind| self.deny(kind))
    }

    pub(super) fn begin_structure(&mut self, id: MemberId) {
        let Node::Structure { action, .. } = self.members.node(id) else {
            return;
        };
        if let Some(action) = action {
            let in_batch = matches!(
                self.operation,
                Operation::BatchGetItem | Operation::BatchWriteItem
            );
            self.calls += 1;
            self.call.begin(*action);
            self.listener.begin(in_batch);
        }
        self.open.push(Open::Structure {
            id,
            seen: 0,
            is_call: action.is_some(),
        });
    }

    pub(super) fn begin_attributes(&mut self, role: Role) {
        self.call.begin_group(role);
        let paths = role == Role::Item && self.listener.wants_paths();
        self.begin_map(Open::Attributes(Place {
            of: Some(ScalarOf::Attribute),
            depth: 0,
            paths,
        }));
    }

    pub(super) fn begin_map(&mut self, map: Open) {
        self.open.push(map);
        self.names.begin();
    }

    /// A name of the caller comes: one that has come before makes two requests of one.
    fn once(&mut self, name: Text<'_>) -> Judged {
        if self.names.insert(name.bytes) {
            Ok(())
        } else {
            self.deny(AccessDeniedKind::Unreadable)
        }
    }

    fn structure_name(&mut self, id: MemberId, name: &[u8]) -> Result<MemberId, Stop> {
        let Some((place, member)) = self.members.member(id, name) else {
            return self.deny(AccessDeniedKind::Member);
        };
        let Some(Open::Structure { seen, .. }) = self.open.last_mut() else {
            return Err(Stop);
        };
        let bit = 1_u64 << place;
        if *seen & bit != 0 {
            return self.deny(AccessDeniedKind::Unreadable);
        }
        *seen |= bit;
        Ok(member)
    }

    pub(super) fn text(&mut self, text: Text<'_>) -> Judged {
        match self.next {
            Next::Member(id) => match *self.members.node(id) {
                Node::Scalar(class) => self.scalar_text(class, text),
                Node::Legacy(name) => {
                    self.call.legacy.push((name, None));
                    Ok(())
                }
                _ => self.deny(AccessDeniedKind::Member),
            },
            Next::NameOf(name) => {
                if self.call.count_names() == MOST_NAMES {
                    return self.deny(AccessDeniedKind::Expression);
                }
                self.call.add_name(name, text.bytes);
                Ok(())
            }
            Next::Payload(tag, place) => self.payload_text(tag, place, text),
            Next::Legacy(name) => {
                let attribute = self.call.keep(text.bytes);
                self.call.legacy.push((name, Some(attribute)));
                Ok(())
            }
            Next::Text | Next::Skipped => Ok(()),
            Next::Value(_) | Next::Nothing => self.deny(AccessDeniedKind::Member),
        }
    }

    fn scalar_text(&mut self, class: Class, text: Text<'_>) -> Judged {
        let call = &mut self.call;
        let bytes = text.bytes;
        match class {
            Class::Plain => {}
            Class::Table => {
                let result = self.listener.table(text.as_str());
                return self.judged(result);
            }
            Class::Index => {
                let index = call.keep(bytes);
                call.indexes.push(index);
            }
            Class::Statement => call.statement = Some(call.keep(bytes)),
            Class::Expression(kind) => {
                let text = call.keep(bytes);
                call.expressions.push((kind, text));
            }
            Class::Select => call.select = Some(call.keep(bytes)),
            Class::ReturnValues => call.return_values = Some(call.keep(bytes)),
            Class::ReturnOnFailure => call.return_on_failure = Some(call.keep(bytes)),
            Class::Unjudged if self.members.subject(self.operation) == Subject::Unjudged => {
                // No declaration has it.
                return self.deny(AccessDeniedKind::Operation);
            }
            Class::ConsistentRead | Class::Limit | Class::Segments | Class::Unjudged => {
                return self.deny(AccessDeniedKind::Member);
            }
        }
        Ok(())
    }

    /// A number, a boolean or null.
    pub(super) fn other(&mut self, number: Option<Number<'_>>, boolean: Option<bool>) -> Judged {
        match self.next {
            Next::Member(id) => {
                let Node::Scalar(class) = *self.members.node(id) else {
                    return self.deny(AccessDeniedKind::Member);
                };
                let count = number.map(|number| {
                    let integer = number.to_integer();
                    let count = integer.and_then(|integer| u32::try_from(integer).ok());
                    count.unwrap_or(u32::MAX)
                });
                match (class, count, boolean) {
                    (Class::Plain, ..) => {}
                    (Class::ConsistentRead, _, Some(value)) => self.call.consistent_read = value,
                    (Class::Limit, Some(count), _) => self.call.limit = Some(count),
                    (Class::Segments, Some(count), _) => self.call.segments = Some(count),
                    _ => return self.deny(AccessDeniedKind::Member),
                }
                Ok(())
            }
            Next::Payload(Tag::Boolean, _) if boolean.is_some() => Ok(()),
            Next::Skipped => Ok(()),
            _ => self.deny(AccessDeniedKind::Member),
        }
    }

    /// What comes behind a value: in a list the next item, in a map its name.
    pub(super) fn after(&mut self) {
        self.next = match self.open.last() {
            Some(Open::List(item)) => Next::Member(*item),
            Some(Open::Set) => Next::Text,
            Some(Open::LegacyList(name)) => Next::Legacy(name),
            Some(Open::SkippedList) => Next::Skipped,
            Some(Open::Elements(place)) => Next::Value(*place),
            _ => Next::Nothing,
        };
    }

    pub(super) fn name_in(&mut self, open: Open, name: Text<'_>) -> Result<Next, Stop> {
        let text = name.bytes;
        Ok(match open {
            Open::Structure { id, .. } => Next::Member(self.structure_name(id, text)?),
            Open::Value(place, tagged) => return self.tag(place, tagged, text),
            _ => {
                self.once(name)?;
                match open {
                    Open::Tables(values) => {
                        self.listener.begin(false);
                        let result = self.listener.table(name.as_str());
                        self.judged(result)?;
                        Next::Member(values)
                    }
                    Open::Map(values) => Next::Member(values),
                    Open::Names => Next::NameOf(self.call.keep(text)),
                    Open::Values => {
                        // Elsewhere no key is compared with one.
                        let wanted = self.call.action == Some(Action::Query);
                        let of = wanted.then_some(ScalarOf::Value);
                        if wanted {
                            if self.call.count_values() == MOST_VALUES {
                                return self.deny(AccessDeniedKind::Expression);
                            }
                            self.call.add_value(text);
                        }
                        Next::Value(Place::of(of))
                    }
                    Open::Attributes(place) => self.attribute(place, text),
                    Open::LegacyMap(member) => {
                        let attribute = self.call.keep(text);
                        self.call.legacy.push((member, Some(attribute)));
                        Next::Skipped
                    }
                    _ => Next::Skipped,
                }
            }
        })
    }
}
