//! The events of the reader, each taken for what stands at its place of a request.

use super::{
    call::ScalarOf,
    request::{Judged, Listener, Next, Open, Request},
    value::{Place, Tag},
};
use crate::{
    dynamodb::{
        AccessDeniedKind,
        members::{Node, ValueOf},
    },
    json::{Number, Sink, Stop},
    text::Text,
};

impl<L: Listener> Sink for Request<L> {
    fn begin_object(&mut self) -> Judged {
        match self.next {
            Next::Member(id) => match *self.members.node(id) {
                Node::Structure { .. } => self.begin_structure(id),
                Node::Tables(values) => self.begin_map(Open::Tables(values)),
                Node::Map(values) => self.begin_map(Open::Map(values)),
                Node::Names => self.begin_map(Open::Names),
                Node::Values => self.begin_map(Open::Values),
                Node::Attributes(role) => self.begin_attributes(role),
                Node::Value(of) => {
                    let of = (of == ValueOf::Parameters).then_some(ScalarOf::Parameter);
                    if of.is_some() {
                        self.call.parameters.push(None);
                    }
                    self.open.push(Open::Value(Place::of(of), false));
                }
                Node::Legacy(name) => {
                    self.call.legacy.push((name, None));
                    self.begin_map(Open::LegacyMap(name));
                }
                Node::List(_) | Node::Scalar(_) => return self.deny(AccessDeniedKind::Member),
            },
            Next::Value(place) => {
                self.element(place);
                self.open.push(Open::Value(place, false));
            }
            Next::Payload(Tag::Map, place) => self.begin_nested(place),
            Next::Skipped => self.begin_map(Open::SkippedMap),
            _ => return self.deny(AccessDeniedKind::Member),
        }
        Ok(())
    }

    fn name(&mut self, name: Text<'_>) -> Judged {
        let Some(open) = self.open.last().copied() else {
            return Err(Stop);
        };
        self.next = self.name_in(open, name)?;
        Ok(())
    }

    fn end_object(&mut self) -> Judged {
        match self.open.pop() {
            Some(Open::Structure { is_call: true, .. }) => {
                self.call.complete();
                let result = self.listener.end(&self.call);
                self.judged(result)?;
            }
            Some(Open::Structure { .. }) => {}
            Some(Open::Value(_, true)) => {}
            Some(Open::Value(_, false)) => return self.deny(AccessDeniedKind::Unreadable),
            _ => self.names.end(),
        }
        self.after();
        Ok(())
    }

    fn begin_array(&mut self) -> Judged {
        let open = match self.next {
            Next::Member(id) => match *self.members.node(id) {
                Node::List(item) => Open::List(item),
                Node::Legacy(name) => {
                    self.call.legacy.push((name, None));
                    Open::LegacyList(name)
                }
                _ => return self.deny(AccessDeniedKind::Member),
            },
            Next::Payload(Tag::Set, _) => Open::Set,
            Next::Payload(Tag::List, place) => self.nested_list(place),
            Next::Skipped => Open::SkippedList,
            _ => return self.deny(AccessDeniedKind::Member),
        };
        self.open.push(open);
        self.after();
        Ok(())
    }

    fn end_array(&mut self) -> Judged {
        self.open.pop();
        self.after();
        Ok(())
    }

    fn string(&mut self, text: Text<'_>) -> Judged {
        self.text(text)?;
        self.after();
        Ok(())
    }

    fn number(&mut self, number: Number<'_>) -> Judged {
        self.other(Some(number), None)?;
        self.after();
        Ok(())
    }

    fn boolean(&mut self, value: bool) -> Judged {
        self.other(None, Some(value))?;
        self.after();
        Ok(())
    }

    fn null(&mut self) -> Judged {
        self.other(None, None)?;
        self.after();
        Ok(())
    }
}
