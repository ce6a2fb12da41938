//! What the judge does at each event.

use super::{
    Judge,
    frames::{Frame, UNDECLARED},
};
use crate::{
    Code,
    json::{Number, Sink, Stop, WrittenName},
    schema::{NodeId, declaration::Types},
    text::Text,
};

impl Sink for Judge<'_> {
    #[inline(always)]
    fn begins(&mut self, at: usize) {
        self.state.at = at;
    }

    #[inline(always)]
    fn ended(&mut self, at: usize) -> Result<(), Stop> {
        match self.state.whole {
            Some(whole) => self.end_whole(whole, at),
            None => Ok(()),
        }
    }

    fn begin_object(&mut self) -> Result<(), Stop> {
        let id = self.enter(Types::OBJECT)?;
        let object = &self.program.node(id).object;
        self.state
            .frames
            .push(Frame::new(id, false), object.members().len());
        if object.others.is_some() {
            self.state.names.begin();
        }
        Ok(())
    }

    #[inline(always)]
    fn expected(&self) -> Option<&WrittenName> {
        let top = &self.state.frames.top;
        let members = self.program.node(top.node).object.members();
        members.get(top.next_member())?.written.as_ref()
    }

    #[inline(always)]
    fn expected_name(&mut self) -> Result<(), Stop> {
        let top = &self.state.frames.top;
        let (node, place) = (top.node, top.next_member());
        self.begin_member()?;
        self.declared(node, place)
    }

    #[inline]
    fn name(&mut self, name: Text<'_>) -> Result<(), Stop> {
        self.begin_member()?;
        let node = self.state.frames.top.node;
        let object = &self.program.node(node).object;
        let Some(place) = object.find(name.bytes, self.state.frames.top.next_member()) else {
            self.state.frames.top.at = UNDECLARED;
            return self.undeclared(name, object.others);
        };
        self.declared(node, place)
    }

    fn end_object(&mut self) -> Result<(), Stop> {
        let object = &self.program.node(self.state.frames.top.node).object;
        if object.others.is_some() {
            self.state.names.end();
        }
        if !self.state.frames.saw_all(object.required()) {
            self.missing()?;
        }
        if !object.dependents.is_empty() {
            self.missing_dependents()?;
        }
        if let Some(code) = object.check_count(self.state.frames.top.count) {
            self.violate_here(code)?;
        }
        self.state.frames.pop();
        Ok(())
    }

    fn begin_array(&mut self) -> Result<(), Stop> {
        let id = self.enter(Types::ARRAY)?;
        self.state.frames.push(Frame::new(id, true), 0);
        Ok(())
    }

    fn end_array(&mut self) -> Result<(), Stop> {
        let top = self.state.frames.top;
        if top.count < self.program.node(top.node).array.min_items {
            self.violate_here(Code::MinItems)?;
        }
        self.state.frames.pop();
        Ok(())
    }

    #[inline]
    fn string(&mut self, text: Text<'_>) -> Result<(), Stop> {
        let id = self.enter(Types::STRING)?;
        match self.program.node(id).string.check(text, self.addresses) {
            Some(code) => self.violate(code),
            None => Ok(()),
        }
    }

    #[inline]
    fn number(&mut self, number: Number<'_>) -> Result<(), Stop> {
        let types = if number.is_integer() {
            Types::INTEGER | Types::WHOLE | Types::NUMBER
        } else if number.is_whole() {
            Types::WHOLE | Types::NUMBER
        } else {
            Types::NUMBER
        };
        let id = self.enter(types)?;
        match self.program.node(id).number.check(number) {
            Some(code) => self.violate(code),
            None => Ok(()),
        }
    }

    #[inline]
    fn boolean(&mut self, _: bool) -> Result<(), Stop> {
        self.enter(Types::BOOLEAN).map(drop)
    }

    #[inline]
    fn null(&mut self) -> Result<(), Stop> {
        self.enter(Types::NULL).map(drop)
    }
}

impl Judge<'_> {
    #[inline(always)]
    fn begin_member(&mut self) -> Result<(), Stop> {
        let top = &mut self.state.frames.top;
        top.count = top.count.saturating_add(1);
        if top.count > self.limits.members {
            return self.pass_limit(Code::TooManyMembers);
        }
        Ok(())
    }

    /// The declared member at `place` of the innermost object begins.
    #[inline(always)]
    fn declared(&mut self, object: NodeId, place: usize) -> Result<(), Stop> {
        self.state.next = self.program.node(object).object.members()[place].schema;
        if self.state.frames.see(place) {
            Ok(())
        } else {
            self.violate(Code::DuplicateMember)
        }
    }

    /// Says of each member that is missing beside another one.
    #[cold]
    fn missing_dependents(&mut self) -> Result<(), Stop> {
        let object = &self.program.node(self.state.frames.top.node).object;
        for dependent in &object.dependents {
            let frames = &mut self.state.frames;
            if frames.saw(dependent.of) && !frames.saw(dependent.member) {
                frames.top.read(dependent.member);
                self.violate(Code::Required)?;
            }
        }
        Ok(())
    }

    /// Says of each required member of the innermost object that it is missing.
    #[cold]
    fn missing(&mut self) -> Result<(), Stop> {
        let object = &self.program.node(self.state.frames.top.node).object;
        for (place, member) in object.members().iter().enumerate() {
            if member.required && !self.state.frames.saw(place) {
                self.state.frames.top.read(place);
                self.violate(Code::Required)?;
            }
        }
        Ok(())
    }
}
