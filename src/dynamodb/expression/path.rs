//! Where an attribute of an item stands.

use smallvec::SmallVec;

/// One step into an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(in crate::dynamodb) enum Step<'a> {
    /// An attribute of the item, or a member of a map.
    Name(&'a str),
    /// An element of a list, whichever it is.
    Element,
}

/// The steps to an attribute, the first of which is the name of one of the item.
pub(in crate::dynamodb) type Path<'a> = SmallVec<[Step<'a>; 4]>;
