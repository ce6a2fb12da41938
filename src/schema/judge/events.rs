//! What the judge does at each event.

use super::{
    Judge,
    frames::{Frame, UNDECLARED},
};
use crate::{
    Code,
    json::{Number, Sink, Stop},
    schema::declaration::Types,
    text::Text,
};

impl Sink for Judge<'_> {
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

    #[inline]
    fn name(&mut self, name: Text<'_>) -> Result<(), Stop> {
        let top = &mut self.state.frames.top;
        top.count = top.count.saturating_add(1);
        if top.count > self.limits.members {
            return self.pass_limit(Code::TooManyMembers);
        }
        let object = &self.program.node(top.node).object;
        // The first member is the one behind `UNDECLARED`.
        let Some(place) = object.find(name.bytes, top.at.wrapping_add(1)) else {
            top.at = UNDECLARED;
            return self.undeclared(name, object.others);
        };
        top.at = place;
        self.state.next = object.members()[place as usize].schema;
        if self.state.frames.see(place) {
            Ok(())
        } else {
            self.violate(Code::DuplicateMember)
        }
    }

    fn end_object(&mut self) -> Result<(), Stop> {
        let object = &self.program.node(self.state.frames.top.node).object;
        if object.others.is_some() {
            self.state.names.end();
        }
        if !self.state.frames.saw_all(object.required()) {
            self.missing()?;
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
            Types::INTEGER | Types::NUMBER
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
    /// Says of each required member of the innermost object that it is missing.
    #[cold]
    fn missing(&mut self) -> Result<(), Stop> {
        let object = &self.program.node(self.state.frames.top.node).object;
        for (place, member) in (0..).zip(object.members()) {
            if member.required && !self.state.frames.saw(place) {
                self.state.frames.top.at = place;
                self.violate(Code::Required)?;
            }
        }
        Ok(())
    }
}
