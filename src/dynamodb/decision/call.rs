//! What one call of a request holds, as far as a rule is about it.

use smallvec::SmallVec;

use crate::dynamodb::{
    expression::{self, Path, Step},
    members::{Action, Role},
    policy::KeyKind,
};

/// What most calls keep is no more.
const FEW_BYTES: usize = 512;

/// A piece of the text that a call keeps.
#[derive(Clone, Copy, Debug)]
pub(in crate::dynamodb) struct Piece {
    start: u32,
    end: u32,
}

/// A value that a key may have.
#[derive(Clone, Copy, Debug)]
pub(in crate::dynamodb) struct Scalar {
    pub(in crate::dynamodb) kind: KeyKind,
    text: Piece,
}

/// One call: a request by itself, or what a batch, a transaction or a list of statements encloses.
///
/// Texts are kept one behind the other in one buffer, which serves call after call: as bytes while they
/// come, and as text once the call is complete.
#[derive(Debug, Default)]
pub(in crate::dynamodb) struct Call {
    pub(in crate::dynamodb) action: Option<Action>,
    bytes: Vec<u8>,
    text: String,
    pub(in crate::dynamodb) indexes: SmallVec<[Piece; 1]>,
    pub(in crate::dynamodb) statement: Option<Piece>,
    pub(in crate::dynamodb) expressions: SmallVec<[(expression::Kind, Piece); 4]>,
    names: SmallVec<[(Piece, Piece); 8]>,
    values: SmallVec<[(Piece, Option<Scalar>); 8]>,
    pub(in crate::dynamodb) parameters: SmallVec<[Option<Scalar>; 4]>,
    /// The attributes of keys, cursors and items, one group behind the other.
    attributes: SmallVec<[Attribute; 16]>,
    groups: SmallVec<[Group; 2]>,
    pub(in crate::dynamodb) legacy: SmallVec<[(&'static str, Option<Piece>); 1]>,
    /// What is no count is more than any.
    pub(in crate::dynamodb) limit: Option<u32>,
    pub(in crate::dynamodb) segments: Option<u32>,
    pub(in crate::dynamodb) consistent_read: bool,
    pub(in crate::dynamodb) select: Option<Piece>,
    pub(in crate::dynamodb) return_values: Option<Piece>,
    pub(in crate::dynamodb) return_on_failure: Option<Piece>,
}

#[derive(Clone, Copy, Debug)]
struct Attribute {
    /// How many maps and lists it stands in.
    depth: u32,
    /// `None` for an element of a list.
    name: Option<Piece>,
    /// Whether attributes stand in it.
    nested: bool,
    /// Of an attribute at the top, where a key may be it.
    scalar: Option<Scalar>,
}

#[derive(Clone, Copy, Debug)]
struct Group {
    role: Role,
    start: usize,
}

impl Call {
    /// Begins the next call in the same buffers.
    pub(in crate::dynamodb) fn begin(&mut self, action: Action) {
        self.action = Some(action);
        if self.bytes.capacity() == 0 {
            self.bytes = std::mem::take(&mut self.text).into_bytes();
        }
        self.bytes.clear();
        self.bytes.reserve(FEW_BYTES);
        self.indexes.clear();
        self.statement = None;
        self.expressions.clear();
        self.names.clear();
        self.values.clear();
        self.parameters.clear();
        self.attributes.clear();
        self.groups.clear();
        self.legacy.clear();
        self.limit = None;
        self.segments = None;
        self.consistent_read = false;
        self.select = None;
        self.return_values = None;
        self.return_on_failure = None;
    }

    /// Nothing of the call comes any more.
    pub(in crate::dynamodb) fn complete(&mut self) {
        // The reader has checked each piece of it.
        self.text = String::from_utf8(std::mem::take(&mut self.bytes)).unwrap_or_default();
    }

    pub(in crate::dynamodb) fn keep(&mut self, text: &[u8]) -> Piece {
        let start = self.bytes.len();
        self.bytes.extend_from_slice(text);
        // A request of 4 GB is none: what lies beyond is an empty text, which fits nothing.
        let place = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        Piece {
            start: place(start),
            end: place(self.bytes.len()),
        }
    }

    /// A text of a call that is complete.
    pub(in crate::dynamodb) fn text(&self, piece: Piece) -> &str {
        self.text
            .get(piece.start as usize..piece.end as usize)
            .unwrap_or_default()
    }

    pub(in crate::dynamodb) fn scalar_text(&self, scalar: Scalar) -> &str {
        self.text(scalar.text)
    }

    pub(in crate::dynamodb) fn scalar(&mut self, kind: KeyKind, text: &[u8]) -> Scalar {
        Scalar {
            kind,
            text: self.keep(text),
        }
    }

    pub(in crate::dynamodb) fn add_name(&mut self, name: Piece, attribute: &[u8]) {
        let attribute = self.keep(attribute);
        self.names.push((name, attribute));
    }

    /// A value that stands in expressions; what it is comes behind its name.
    pub(in crate::dynamodb) fn add_value(&mut self, name: &[u8]) {
        let name = self.keep(name);
        self.values.push((name, None));
    }

    pub(in crate::dynamodb) fn begin_group(&mut self, role: Role) {
        self.groups.push(Group {
            role,
            start: self.attributes.len(),
        });
    }

    /// An attribute, or an element of a list.
    pub(in crate::dynamodb) fn add_attribute(&mut self, depth: u32, name: Option<&[u8]>) {
        let name = name.map(|name| self.keep(name));
        self.attributes.push(Attribute {
            depth,
            name,
            nested: false,
            scalar: None,
        });
    }

    /// The attribute that came last holds others.
    pub(in crate::dynamodb) fn nest_last(&mut self) {
        if let Some(last) = self.attributes.last_mut() {
            last.nested = true;
        }
    }

    /// The value of the attribute, expression value or parameter that came last.
    pub(in crate::dynamodb) fn set_last(&mut self, of: ScalarOf, scalar: Scalar) {
        match of {
            ScalarOf::Attribute => {
                if let Some(last) = self.attributes.last_mut() {
                    last.scalar = Some(scalar);
                }
            }
            ScalarOf::Value => {
                if let Some((_, last)) = self.values.last_mut() {
                    *last = Some(scalar);
                }
            }
            ScalarOf::Parameter => {
                if let Some(last) = self.parameters.last_mut() {
                    *last = Some(scalar);
                }
            }
        }
    }

    pub(in crate::dynamodb) fn names(&self) -> expression::Names<'_> {
        let names = self.names.iter();
        expression::Names::of(
            names.map(|(name, attribute)| (self.text(*name), self.text(*attribute))),
        )
    }

    pub(in crate::dynamodb) fn count_names(&self) -> usize {
        self.names.len()
    }

    pub(in crate::dynamodb) fn count_values(&self) -> usize {
        self.values.len()
    }

    pub(in crate::dynamodb) fn value(&self, name: &str) -> Option<Scalar> {
        let mut values = self.values.iter();
        values
            .find(|(known, _)| self.text(*known) == name)
            .and_then(|(_, scalar)| *scalar)
    }

    /// Each key, cursor or item, with the attributes at its top.
    pub(in crate::dynamodb) fn groups(&self) -> impl Iterator<Item = (Role, GroupOf<'_>)> {
        self.groups.iter().enumerate().map(|(place, group)| {
            let next = self.groups.get(place + 1);
            let end = next.map_or(self.attributes.len(), |next| next.start);
            let attributes = &self.attributes[group.start..end];
            (
                group.role,
                GroupOf {
                    call: self,
                    attributes,
                },
            )
        })
    }
}

/// What a scalar is the value of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::dynamodb) enum ScalarOf {
    Attribute,
    Value,
    Parameter,
}

/// What an attribute is.
#[derive(Clone, Copy, Debug)]
pub(in crate::dynamodb) enum Found<'c> {
    /// It is not there.
    Nothing,
    /// `None` for a value that no key has.
    Value(Option<(KeyKind, &'c str)>),
}

/// The attributes of one key, cursor or item.
#[derive(Clone, Copy)]
pub(in crate::dynamodb) struct GroupOf<'c> {
    call: &'c Call,
    attributes: &'c [Attribute],
}

impl<'c> GroupOf<'c> {
    /// An attribute at the top.
    pub(in crate::dynamodb) fn find(&self, name: &str) -> Found<'c> {
        let is_named = |attribute: &&Attribute| {
            attribute.depth == 0
                && attribute
                    .name
                    .is_some_and(|piece| self.call.text(piece) == name)
        };
        match self.attributes.iter().find(is_named) {
            None => Found::Nothing,
            Some(attribute) => Found::Value(
                attribute
                    .scalar
                    .map(|scalar| (scalar.kind, self.call.scalar_text(scalar))),
            ),
        }
    }

    /// Tells each path of the item to `visit`, which answers whether those below it are of interest.
    pub(in crate::dynamodb) fn paths<E>(
        &self,
        mut visit: impl FnMut(&Path<'c>, bool) -> Result<bool, E>,
    ) -> Result<(), E> {
        let mut path = Path::new();
        let mut skipped = u32::MAX;
        for attribute in self.attributes {
            if attribute.depth > skipped {
                continue;
            }
            path.truncate(attribute.depth as usize);
            path.push(match attribute.name {
                Some(name) => Step::Name(self.call.text(name)),
                None => Step::Element,
            });
            skipped = if visit(&path, attribute.nested)? {
                u32::MAX
            } else {
                attribute.depth
            };
        }
        Ok(())
    }
}
