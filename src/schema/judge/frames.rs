use smallvec::SmallVec;

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
    seen: u64,
    /// Where the bits of the other declared members begin.
    more: u32,
}

/// A member that is not declared.
pub(super) const UNDECLARED: u32 = u32::MAX;

impl Frame {
    pub(super) const fn new(node: NodeId, is_array: bool) -> Self {
        Self {
            node,
            is_array,
            at: UNDECLARED,
            count: 0,
            seen: 0,
            more: 0,
        }
    }

    /// The place of the declared member that comes next, if the client keeps to the declared order.
    #[inline(always)]
    pub(super) const fn next_member(&self) -> usize {
        // The first is the one behind `UNDECLARED`.
        self.at.wrapping_add(1) as usize
    }

    /// The declared member at `place` is read.
    #[inline(always)]
    #[expect(
        clippy::cast_possible_truncation,
        reason = "a program has less than 2^32 members"
    )]
    pub(super) const fn read(&mut self, place: usize) {
        self.at = place as u32;
    }
}

/// The open containers. The innermost one is at hand; around the document stands one that is never
/// looked into.
#[derive(Debug)]
pub(super) struct Frames {
    pub(super) top: Frame,
    outer: SmallVec<[Frame; 6]>,
    /// Bits of the members behind the 64th.
    more: Vec<u64>,
}

impl Default for Frames {
    fn default() -> Self {
        Self {
            top: Frame::new(NodeId::ANY, false),
            outer: SmallVec::new(),
            more: Vec::new(),
        }
    }
}

impl Frames {
    /// Opens a container that declares this many members.
    #[inline]
    pub(super) fn push(&mut self, mut frame: Frame, members: usize) {
        frame.more = u32::try_from(self.more.len()).expect("depth and members are bounded");
        if members > 64 {
            self.more.resize(self.more.len() + (members - 1) / 64, 0);
        }
        self.outer.push(std::mem::replace(&mut self.top, frame));
    }

    #[inline]
    pub(super) fn pop(&mut self) {
        if let Some(outer) = self.outer.pop() {
            self.more.truncate(self.top.more as usize);
            self.top = outer;
        }
    }

    pub(super) fn depth(&self) -> usize {
        self.outer.len()
    }

    /// The outermost `depth` containers, outermost first.
    pub(super) fn outermost(&self, depth: usize) -> impl Iterator<Item = &Frame> {
        // The first of them is the one around the document.
        self.outer.iter().chain([&self.top]).skip(1).take(depth)
    }

    /// A declared member begins. Says whether it is new.
    #[inline(always)]
    pub(super) fn see(&mut self, place: usize) -> bool {
        self.top.read(place);
        let bits = if place < 64 {
            &mut self.top.seen
        } else {
            &mut self.more[self.top.more as usize + place / 64 - 1]
        };
        let bit = 1 << (place % 64);
        let new = *bits & bit == 0;
        *bits |= bit;
        new
    }

    /// Whether a declared member was read.
    pub(super) fn saw(&self, place: usize) -> bool {
        let bits = if place < 64 {
            self.top.seen
        } else {
            self.more[self.top.more as usize + place / 64 - 1]
        };
        bits >> (place % 64) & 1 == 1
    }

    /// Whether all of these members were marked, 64 to a word.
    #[inline]
    pub(super) fn saw_all(&self, required: &[u64]) -> bool {
        match required {
            [] => true,
            [first, more @ ..] => {
                self.top.seen & first == *first
                    && self.more[self.top.more as usize..]
                        .iter()
                        .zip(more)
                        .all(|(seen, bits)| seen & bits == *bits)
            }
        }
    }
}
