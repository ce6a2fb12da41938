//! What the judge does at each event.

use super::{
    Judge,
    frames::{Frame, UNDECLARED},
};
use crate::{
    Code,
    json::{Number, Sink, Stop, WrittenName},
    schema::declaration::Types,
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
        let (id, node) = self.enter(Types::OBJECT)?;
        self.object = &node.object;
        let members = self.object.members().len();
        self.state.frames.push(Frame::new(id, false), members);
        if self.keeps_names() {
            self.state.names.begin();
        }
        Ok(())
    }

    #[inline(always)]
    fn expected(&mut self, window: &[u8; WrittenName::WINDOW]) -> Option<usize> {
        let frames = &mut self.state.frames;
        let place = frames.top.next_member();
        let member = self.object.members().get(place)?;
        let taken = member.written.find(window)?;
        // What is wrong with it is told where every name goes.
        if frames.top.count >= self.limits.members || !frames.see(place) {
            return None;
        }
        frames.top.count += 1;
        self.state.next = member.schema;
        Some(taken)
    }

    #[inline]
    fn name(&mut self, name: Text<'_>) -> Result<(), Stop> {
        let top = &mut self.state.frames.top;
        top.count = top.count.saturating_add(1);
        if top.count > self.limits.members {
            self.pass_limit(Code::TooManyMembers)?;
        }
        let top = &mut self.state.frames.top;
        let Some(place) = self.object.find(name.bytes, top.next_member()) else {
            top.at = UNDECLARED;
            return self.undeclared(name, self.object.others.as_ref());
        };
        self.state.next = self.object.members()[place].schema;
        if self.state.frames.see(place) {
            Ok(())
        } else {
            self.violate(Code::DuplicateMember)
        }
    }

    fn end_object(&mut self) -> Result<(), Stop> {
        let object = self.object;
        if self.keeps_names() {
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
        self.leave();
        Ok(())
    }

    fn begin_array(&mut self) -> Result<(), Stop> {
        let (id, _) = self.enter(Types::ARRAY)?;
        self.state.frames.push(Frame::new(id, true), 0);
        Ok(())
    }

    fn end_array(&mut self) -> Result<(), Stop> {
        let top = self.state.frames.top;
        if top.count < self.program.node(top.node).array.min_items {
            self.violate_here(Code::MinItems)?;
        }
        self.leave();
        Ok(())
    }

    #[inline]
    fn string(&mut self, text: Text<'_>) -> Result<(), Stop> {
        let (_, node) = self.enter(Types::STRING)?;
        match node.string.check(text, self.addresses) {
            Some(code) => self.violate_by_text(code, &node.string, text, self.state.frames.depth()),
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
        let (_, node) = self.enter(types)?;
        match node.number.check(number) {
            Some(code) => self.violate(code),
            None => Ok(()),
        }
    }

    #[inline]
    fn boolean(&mut self, value: bool) -> Result<(), Stop> {
        let types = if value { Types::TRUE } else { Types::FALSE };
        self.enter(types).map(drop)
    }

    #[inline]
    fn null(&mut self) -> Result<(), Stop> {
        self.enter(Types::NULL).map(drop)
    }
}

impl Judge<'_> {
    /// The innermost container is closed.
    #[inline(always)]
    fn leave(&mut self) {
        self.state.frames.pop();
        self.object = &self.program.node(self.state.frames.top.node).object;
    }

    /// Says of each member that is missing beside another one.
    #[cold]
    fn missing_dependents(&mut self) -> Result<(), Stop> {
        for dependent in &self.object.dependents {
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
        for (place, member) in self.object.members().iter().enumerate() {
            if member.required && !self.state.frames.saw(place) {
                self.state.frames.top.read(place);
                self.violate(Code::Required)?;
            }
        }
        Ok(())
    }
}
