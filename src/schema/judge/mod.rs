//! Running a program over a JSON document while it is read.

mod events;
mod frames;

use self::frames::Frames;
use super::{
    NodeId, Program,
    declaration::Types,
    program::Node,
    rule::{ObjectRule, Others, StringRule},
};
use crate::{
    AddressPolicy, Code, Limits, Location, json::Names, json::Stop, location::Pointer, text::Text,
    violations::Violations,
};

/// Member names that serde_json takes for its own: under `raw_value` and `arbitrary_precision` a
/// handler would read something else than what stands in the document.
pub(in crate::schema) const RESERVED: &str = "$serde_json::private::";

/// Listens to a [`Reader`](crate::json::Reader) and judges what it hears.
#[derive(Debug)]
pub(crate) struct Judge<'a> {
    /// The document as far as it has arrived.
    bytes: &'a [u8],
    program: &'a Program,
    addresses: &'a AddressPolicy,
    limits: &'a Limits,
    violations: &'a mut Violations,
    state: &'a mut JudgeState,
    /// The rule of the innermost open object.
    object: &'a ObjectRule,
}

/// What a judge remembers from one piece of a document to the next.
#[derive(Debug)]
pub(crate) struct JudgeState {
    /// The schema of the value that comes next.
    next: NodeId,
    frames: Frames,
    /// The undeclared names of open objects.
    names: Names,
    /// Where the value begins that is read.
    at: usize,
    whole: Option<Whole>,
}

/// A value that is read, and judged as a whole once it is complete.
#[derive(Clone, Copy, Debug)]
struct Whole {
    schema: NodeId,
    start: usize,
    depth: usize,
}

impl JudgeState {
    pub(crate) fn new(root: NodeId) -> Self {
        Self {
            next: root,
            frames: Frames::default(),
            names: Names::default(),
            at: 0,
            whole: None,
        }
    }
}

impl<'a> Judge<'a> {
    /// Goes on in a document; `bytes` is what has arrived of it.
    pub(crate) fn new(
        bytes: &'a [u8],
        program: &'a Program,
        addresses: &'a AddressPolicy,
        limits: &'a Limits,
        violations: &'a mut Violations,
        state: &'a mut JudgeState,
    ) -> Self {
        Self {
            object: &program.node(state.frames.top.node).object,
            bytes,
            program,
            addresses,
            limits,
            violations,
            state,
        }
    }

    /// The schema of the value that begins, and that of any value where it has the wrong type: what
    /// is wrong already is read on, because the rules without schema hold for it too.
    #[inline(always)]
    fn enter(&mut self, types: Types) -> Result<(NodeId, &'a Node), Stop> {
        if self.state.frames.top.is_array {
            self.next_item()?;
        }
        let id = self.state.next;
        let node = self.program.node(id);
        if node.types.meet(types) {
            return Ok((id, node));
        }
        self.enter_otherwise(id, types)
    }

    /// A value begins that has the wrong type, or that is judged as a whole.
    #[cold]
    fn enter_otherwise(&mut self, id: NodeId, types: Types) -> Result<(NodeId, &'a Node), Stop> {
        let node = self.program.node(id);
        let mut parts = NodeId::ANY;
        if let Some(whole) = &node.whole {
            parts = whole.parts;
            self.state.whole = Some(Whole {
                schema: id,
                start: self.state.at,
                depth: self.state.frames.depth(),
            });
        } else if types.meet(Types::BOOLEAN) && node.types.meet(Types::BOOLEAN) {
            // The other one of `true` and `false`.
            self.violate(Code::Enum)?;
        } else {
            self.violate(Code::Type)?;
        }
        Ok((parts, self.program.node(parts)))
    }
}

impl Judge<'_> {
    /// A value ends inside of one that is judged as a whole, or with it.
    #[cold]
    fn end_whole(&mut self, whole: Whole, end: usize) -> Result<(), Stop> {
        if self.state.frames.depth() > whole.depth {
            return Ok(());
        }
        self.state.whole = None;
        let rule = &self.program.node(whole.schema).whole;
        let value = &self.bytes[whole.start..end];
        match rule
            .as_ref()
            .map_or(Some(Code::Schema), |rule| rule.check(value))
        {
            Some(code) => self.violate(code),
            None => Ok(()),
        }
    }

    #[inline]
    fn next_item(&mut self) -> Result<(), Stop> {
        let top = &mut self.state.frames.top;
        let rule = &self.program.node(top.node).array;
        top.at = top.count;
        top.count = top.count.saturating_add(1);
        self.state.next = rule.item(top.at);
        let count = top.count;
        if count > self.limits.items {
            self.pass_limit(Code::TooManyItems)?;
        }
        // Once for each array, at the first item too many.
        if count > rule.max_items && count - 1 == rule.max_items {
            return self.violate_here(Code::MaxItems);
        }
        Ok(())
    }

    /// A member that is not declared.
    #[cold]
    fn undeclared(&mut self, name: Text<'_>, others: Option<&Others>) -> Result<(), Stop> {
        let schema = others.and_then(|others| others.schema(name.bytes));
        self.state.next = schema.unwrap_or(NodeId::ANY);
        if name.bytes.starts_with(RESERVED.as_bytes()) {
            return self.violate_here(Code::ReservedMember);
        }
        let mut names = others.map_or(NodeId::ANY, |others| others.names);
        if others.is_none() || schema.is_none() {
            self.violate_here(Code::UnknownMember)?;
            if !self.violations.hides(Code::UnknownMember) {
                return Ok(());
            }
            names = NodeId::ANY;
        }
        if !self.state.names.insert(name.bytes) {
            return self.violate_here(Code::DuplicateMember);
        }
        // The names of an open object reach its handler as values do.
        let names = self.program.node(names);
        if !names.types.meet(Types::STRING) {
            return self.violate_here(Code::Type);
        }
        let outer = self.state.frames.depth().saturating_sub(1);
        match names.string.check(name, self.addresses) {
            Some(code) => self.violate_by_text(code, &names.string, name, outer),
            None => Ok(()),
        }
    }

    /// Whether the names of the innermost object are kept that it does not declare: it may have them, or
    /// nobody refuses it for them.
    #[inline(always)]
    fn keeps_names(&self) -> bool {
        self.object.others.is_some() || self.violations.hides(Code::UnknownMember)
    }

    /// A violation by a text in `depth` containers.
    #[cold]
    fn violate_by_text(
        &mut self,
        code: Code,
        rule: &StringRule,
        text: Text<'_>,
        depth: usize,
    ) -> Result<(), Stop> {
        let location = Location::Body(self.pointer(depth));
        let addresses = self.addresses;
        self.violations.add_first(&location, code, |wanted| {
            rule.check_behind(text, addresses, wanted)
        });
        self.go_on()
    }

    /// A violation by the value that is read.
    #[cold]
    fn violate(&mut self, code: Code) -> Result<(), Stop> {
        let pointer = self.pointer(self.state.frames.depth());
        self.add(pointer, code)
    }

    /// A violation by the innermost open container itself.
    #[cold]
    fn violate_here(&mut self, code: Code) -> Result<(), Stop> {
        let pointer = self.pointer(self.state.frames.depth().saturating_sub(1));
        self.add(pointer, code)
    }

    /// A limit is passed: nothing behind it is looked at, unless that may refuse what this does not.
    #[cold]
    fn pass_limit(&mut self, code: Code) -> Result<(), Stop> {
        self.violate_here(code)?;
        if self.violations.hides(code) {
            Ok(())
        } else {
            Err(Stop)
        }
    }

    fn add(&mut self, pointer: Pointer, code: Code) -> Result<(), Stop> {
        self.violations.add(Location::Body(pointer), code);
        self.go_on()
    }

    fn go_on(&self) -> Result<(), Stop> {
        if self.violations.is_full() {
            Err(Stop)
        } else {
            Ok(())
        }
    }

    /// The way through the outermost `depth` containers, as far as it has declared names.
    fn pointer(&self, depth: usize) -> Pointer {
        let mut pointer = Pointer::default();
        for frame in self.state.frames.outermost(depth) {
            if frame.is_array {
                pointer.push_item(frame.at);
                continue;
            }
            match self
                .program
                .node(frame.node)
                .object
                .members()
                .get(frame.at as usize)
            {
                Some(member) => pointer.push_member(member.name.clone()),
                None => break,
            }
        }
        pointer
    }
}
