//! Values of attributes: an object with one member, whose name is the type of the value.
//!
//! Source: *Amazon DynamoDB API Reference*, `AttributeValue`.

use super::{
    call::ScalarOf,
    request::{Listener, Next, Open, Request},
};
use crate::{
    dynamodb::{AccessDeniedKind, policy::KeyKind},
    json::Stop,
    text::Text,
};

/// Where a value stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    /// What it is the value of, where a key may be that.
    pub(super) of: Option<ScalarOf>,
    /// How many maps and lists of an item it stands in.
    pub(super) depth: u32,
    /// Whether the attributes in it are kept.
    pub(super) paths: bool,
}

/// What the type of a value says of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tag {
    Scalar(KeyKind),
    /// Of booleans, or null, which is `true`.
    Boolean,
    Set,
    Map,
    List,
}

impl Place {
    /// Of a value in no item.
    pub(super) const fn of(of: Option<ScalarOf>) -> Self {
        Self {
            of,
            depth: 0,
            paths: false,
        }
    }

    const fn inside(self) -> Self {
        Self {
            of: None,
            depth: self.depth + 1,
            paths: self.paths,
        }
    }
}

impl Tag {
    fn parse(name: &[u8]) -> Option<Self> {
        Some(match name {
            b"S" => Self::Scalar(KeyKind::String),
            b"N" => Self::Scalar(KeyKind::Number),
            b"B" => Self::Scalar(KeyKind::Binary),
            b"BOOL" | b"NULL" => Self::Boolean,
            b"SS" | b"NS" | b"BS" => Self::Set,
            b"M" => Self::Map,
            b"L" => Self::List,
            _ => return None,
        })
    }
}

impl<L: Listener> Request<L> {
    /// The name of a value is its type.
    pub(super) fn tag(&mut self, place: Place, tagged: bool, name: &[u8]) -> Result<Next, Stop> {
        if tagged {
            return self.deny(AccessDeniedKind::Unreadable);
        }
        let Some(tag) = Tag::parse(name) else {
            return self.deny(AccessDeniedKind::Member);
        };
        if let Some(Open::Value(_, tagged)) = self.open.last_mut() {
            *tagged = true;
        }
        Ok(Next::Payload(tag, place))
    }

    /// An attribute of this name comes next.
    pub(super) fn attribute(&mut self, place: Place, name: &[u8]) -> Next {
        let has_value = place.of.is_some() && self.listener.wants_value(name);
        if place.paths || has_value {
            self.call.add_attribute(place.depth, Some(name));
        }
        Next::Value(Place {
            of: place.of.filter(|_| has_value),
            ..place
        })
    }

    /// A value begins, which may be an element of a list.
    pub(super) fn element(&mut self, place: Place) {
        if place.paths && matches!(self.open.last(), Some(Open::Elements(_))) {
            self.call.add_attribute(place.depth, None);
        }
    }

    pub(super) fn begin_nested(&mut self, place: Place) {
        if place.paths {
            self.call.nest_last();
        }
        self.begin_map(Open::Attributes(place.inside()));
    }

    pub(super) fn nested_list(&mut self, place: Place) -> Open {
        if place.paths {
            self.call.nest_last();
        }
        Open::Elements(place.inside())
    }

    pub(super) fn payload_text(
        &mut self,
        tag: Tag,
        place: Place,
        text: Text<'_>,
    ) -> Result<(), Stop> {
        let Tag::Scalar(kind) = tag else {
            return self.deny(AccessDeniedKind::Member);
        };
        if let Some(of) = place.of {
            let scalar = self.call.scalar(kind, text.bytes);
            self.call.set_last(of, scalar);
        }
        Ok(())
    }
}
