use crate::schema::NodeId;

/// An open array or object.
#[derive(Clone, Copy, Debug)]
pub(super) struct Frame {
    pub(super) node: NodeId,
    pub(super) is_array: bool,
    /// The item, or the place of the declared member, that is read.
    pub(super) at: u32,
    /// Items or members begun.
    pub(super) count: u32,
    /// The first 64 declared members, one bit each.
    pub(super) seen: u64,
    /// Where the bits of the other declared members begin.
    wide: u32,
}

/// A member that is not declared.
pub(super) const UNDECLARED: u32 = u32::MAX;

impl Frame {
    pub(super) const fn new(node: NodeId, is_array: bool) -> Self {
        Self { node, is_array, at: UNDECLARED, count: 0, seen: 0, wide: 0 }
    }
}

/// The open containers, the innermost one at hand.
#[derive(Debug)]
pub(super) struct Frames {
    top: Frame,
    outer: Vec<Frame>,
    wide: Vec<u64>,
}

impl Default for Frames {
    fn default() -> Self {
        Self { top: Frame::new(NodeId::ANY, false), outer: Vec::new(), wide: Vec::new() }
    }
}
