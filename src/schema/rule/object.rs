use std::sync::Arc;

use crate::{
    Code,
    json::WrittenName,
    schema::{NodeId, declaration::ObjectKeywords, rule::Others},
    text::Dictionary,
};

/// What an object has to be.
#[derive(Debug)]
pub(in crate::schema) struct ObjectRule {
    members: Vec<Member>,
    names: Dictionary,
    /// The required members, a bit each, 64 to a word.
    required: Vec<u64>,
    /// What members are that are not declared. Without it they are refused.
    pub(in crate::schema) others: Option<Others>,
    pub(in crate::schema) dependents: Vec<Dependent>,
    pub(in crate::schema) min_members: u32,
    pub(in crate::schema) max_members: u32,
}

/// A member that is required where another one stands.
#[derive(Clone, Copy, Debug)]
pub(in crate::schema) struct Dependent {
    pub(in crate::schema) of: usize,
    pub(in crate::schema) member: usize,
}

/// A declared member.
#[derive(Debug)]
pub(in crate::schema) struct Member {
    pub(in crate::schema) name: Arc<str>,
    pub(in crate::schema) schema: NodeId,
    pub(in crate::schema) required: bool,
    pub(in crate::schema) written: WrittenName,
}

impl Member {
    pub(in crate::schema) fn new(name: &str, schema: NodeId, required: bool) -> Self {
        Self {
            name: name.into(),
            schema,
            required,
            written: WrittenName::new(name),
        }
    }
}

impl ObjectRule {
    /// An object of members with different names.
    pub(in crate::schema) fn new(members: Vec<Member>, others: Option<Others>) -> Self {
        let names = Dictionary::new(members.iter().map(|member| &*member.name));
        let required = members
            .chunks(64)
            .map(|word| {
                (0..).zip(word).fold(0, |bits, (place, member)| {
                    bits | (u64::from(member.required) << place)
                })
            })
            .collect();
        Self {
            members,
            names,
            required,
            others,
            dependents: Vec::new(),
            min_members: 0,
            max_members: u32::MAX,
        }
    }

    /// Sets how many members there are, declared or not, and says what is wrong with it.
    pub(in crate::schema) fn bounded(
        mut self,
        keywords: &ObjectKeywords,
        problem: &mut dyn FnMut(String),
    ) -> Self {
        self.min_members = keywords.min_members.unwrap_or(0);
        self.max_members = keywords.max_members.unwrap_or(u32::MAX);
        if self.min_members > self.max_members {
            problem("min_members is larger than max_members: no object fits".into());
        }
        self
    }

    /// What is wrong with the number of members.
    #[inline]
    pub(in crate::schema) fn check_count(&self, count: u32) -> Option<Code> {
        if count < self.min_members {
            return Some(Code::MinMembers);
        }
        (count > self.max_members).then_some(Code::MaxMembers)
    }

    pub(in crate::schema) fn required(&self) -> &[u64] {
        &self.required
    }

    pub(in crate::schema) fn members(&self) -> &[Member] {
        &self.members
    }

    /// The place of the declared member of that name. `guess` is where it is if the client keeps to
    /// the declared order: most do, and then nothing is searched.
    #[inline]
    pub(in crate::schema) fn find(&self, name: &[u8], guess: usize) -> Option<usize> {
        self.names.find(name, guess)
    }
}
