use std::sync::Arc;

use crate::{
    Code,
    json::WrittenName,
    schema::{NodeId, declaration::ObjectKeywords, key::Key},
};

/// What an object has to be.
#[derive(Debug)]
pub(in crate::schema) struct ObjectRule {
    members: Vec<Member>,
    index: Index,
    /// The required members, a bit each, 64 to a word.
    required: Vec<u64>,
    /// What members are that are not declared. Without it they are refused.
    pub(in crate::schema) others: Option<Others>,
    pub(in crate::schema) dependents: Vec<Dependent>,
    min_members: u32,
    max_members: u32,
}

/// A member that is required where another one stands.
#[derive(Clone, Copy, Debug)]
pub(in crate::schema) struct Dependent {
    pub(in crate::schema) of: usize,
    pub(in crate::schema) member: usize,
}

/// Members that are not declared by name.
#[derive(Clone, Copy, Debug)]
pub(in crate::schema) struct Others {
    pub(in crate::schema) schema: NodeId,
    /// The schema of their names.
    pub(in crate::schema) names: NodeId,
}

/// A declared member.
#[derive(Debug)]
pub(in crate::schema) struct Member {
    pub(in crate::schema) name: Arc<str>,
    pub(in crate::schema) schema: NodeId,
    pub(in crate::schema) required: bool,
    pub(in crate::schema) written: WrittenName,
    key: Key,
}

impl Member {
    pub(in crate::schema) fn new(name: &str, schema: NodeId, required: bool) -> Self {
        Self {
            name: name.into(),
            schema,
            required,
            written: WrittenName::new(name),
            key: Key::of(name.as_bytes()),
        }
    }
}

impl ObjectRule {
    /// An object of members with different names.
    pub(in crate::schema) fn new(members: Vec<Member>, others: Option<Others>) -> Self {
        let index = Index::of(&members);
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
            index,
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
        let key = Key::of(name);
        let is = |place: usize| {
            self.members.get(place).is_some_and(|member| {
                member.key == key && (key.is_exact() || member.name.as_bytes() == name)
            })
        };
        if is(guess) {
            return Some(guess);
        }
        self.index.candidates(key).find(|place| is(*place))
    }
}

/// Where each name may be: a hash table that is filled once, at most half full.
#[derive(Debug)]
struct Index {
    /// Members in the order of their buckets.
    places: Vec<u32>,
    /// For each bucket, where it begins in `places`; one more than there are buckets.
    starts: Vec<u32>,
    shift: u32,
}

impl Index {
    fn of(members: &[Member]) -> Self {
        let buckets = (members.len() * 2).next_power_of_two().max(2);
        let shift = 64 - buckets.trailing_zeros();
        let mut chains = vec![Vec::new(); buckets];
        for (place, member) in (0..).zip(members) {
            chains[bucket(member.key, shift)].push(place);
        }
        let mut places = Vec::with_capacity(members.len());
        let mut starts = vec![0];
        for chain in chains {
            places.extend(chain);
            starts.push(
                u32::try_from(places.len()).expect("four billion names do not fit in memory"),
            );
        }
        Self {
            places,
            starts,
            shift,
        }
    }

    fn candidates(&self, key: Key) -> impl Iterator<Item = usize> + '_ {
        let bucket = bucket(key, self.shift);
        let bound = |bucket: usize| self.starts.get(bucket).map_or(0, |start| *start as usize);
        let places = self
            .places
            .get(bound(bucket)..bound(bucket + 1))
            .unwrap_or_default();
        places.iter().map(|place| *place as usize)
    }
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "the shift leaves fewer bits than a usize has"
)]
const fn bucket(key: Key, shift: u32) -> usize {
    (key.hash() >> shift) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_every_length_are_found_and_no_others() {
        let name = |length: usize, last: char| "x".repeat(length) + &last.to_string();
        let members: Vec<_> = (0..40)
            .map(|length| Member::new(&name(length, 'a'), NodeId::ANY, false))
            .collect();
        let rule = ObjectRule::new(members, None);
        for length in 0..40 {
            let known = name(length, 'a');
            assert_eq!(rule.find(known.as_bytes(), 0), Some(length));
            assert_eq!(rule.find(known.as_bytes(), length), Some(length));
            assert_eq!(rule.find(name(length, 'b').as_bytes(), length), None);
        }
        assert_eq!(rule.find(b"", 0), None);
        let mut middle = name(30, 'a').into_bytes();
        middle[15] = b'y';
        assert_eq!(
            rule.find(&middle, 30),
            None,
            "long names are compared whole"
        );
    }
}
