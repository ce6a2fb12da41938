use std::collections::BTreeSet;

use super::{Narrowing, Pair, Step, member};
use crate::{
    schema::{
        NodeId, Program,
        declaration::Types,
        judge::RESERVED,
        rule::{Member, ObjectRule, Others},
    },
    text::Text,
};

impl Narrowing<'_> {
    pub(super) fn objects(&mut self, pair: Pair) {
        let base = &self.base.node(pair.base).object;
        let own = &self.own.node(pair.own).object;
        self.counts(pair, base, own);
        self.required(pair, base, own);
        for one in own.members() {
            match self.base_schema(base, &one.name) {
                Some(schema) => self.part(pair, member(&one.name), schema, one.schema),
                None if is_never(self.own, one.schema) => {}
                None => {
                    let step = Some(&member(&one.name));
                    let own = self.own.fact(one.schema, "type").map(|it| it.to_string());
                    self.tell_of(pair.way, step, "type", None, own);
                }
            }
        }
        if let Some(others) = &own.others {
            self.others(pair, base, own, others);
        }
    }

    /// How many members there are, of those that may be and have to be there.
    fn counts(&mut self, pair: Pair, base: &ObjectRule, own: &ObjectRule) {
        let count = |members: usize| u32::try_from(members).unwrap_or(u32::MAX);
        let required = own.members().iter().filter(|member| member.required);
        if own.min_members.max(count(required.count())) < base.min_members {
            self.tell(pair, "min_members");
        }
        let most = match own.others {
            None => count(own.members().len()),
            Some(_) => u32::MAX,
        };
        if own.max_members.min(most) > base.max_members {
            self.tell(pair, "max_members");
        }
    }

    fn required(&mut self, pair: Pair, base: &ObjectRule, own: &ObjectRule) {
        let required = |name: &str| find(own, name).is_some_and(|member| member.required);
        for one in base.members() {
            if one.required && !required(&one.name) {
                let step = Some(&member(&one.name));
                self.tell_of(pair.way, step, "required", Some("yes".into()), None);
            }
        }
        let together: BTreeSet<(&str, &str)> = pairs(own).collect();
        for (of, name) in pairs(base) {
            let absent = match find(own, of) {
                Some(member) => is_never(self.own, member.schema),
                None => own.others.is_none(),
            };
            if !absent && !required(name) && !together.contains(&(of, name)) {
                let step = Some(&Step::Member(name.into()));
                self.tell_of(pair.way, step, "required_with", Some(of.into()), None);
            }
        }
    }

    /// Members that the own schema does not declare by name.
    fn others(&mut self, pair: Pair, base: &ObjectRule, own: &ObjectRule, others: &Others) {
        // Those that the base declares have its schema.
        for one in base.members() {
            if find(own, &one.name).is_some() {
                continue;
            }
            if let Some(schema) = others.schema(one.name.as_bytes()) {
                self.part(pair, member(&one.name), one.schema, schema);
            }
        }
        let Some(base) = &base.others else {
            return self.tell(pair, "members");
        };
        self.names(pair, base.names, others.names);
        let own_patterns: Vec<Vec<&str>> = others.patterns.iter().map(|it| it.texts()).collect();
        // The bit of the own pattern for each one of the base.
        let places: Option<Vec<usize>> = base
            .patterns
            .iter()
            .map(|pattern| own_patterns.iter().position(|own| *own == pattern.texts()))
            .collect();
        let Some(places) = places else {
            return self.tell(pair, "members");
        };
        let own_schemas = others.matching.iter().copied().chain([(0, others.rest)]);
        for (matched, schema) in own_schemas {
            let Some(schema) = schema else { continue };
            let places = places.iter().enumerate();
            let matched_of_base = places.fold(0, |bits, (place, own)| {
                bits | ((matched >> own & 1) << place)
            });
            match base.matching(matched_of_base) {
                Some(base) => {
                    let step = Step::Others(others.texts(matched));
                    self.part(pair, step, base, schema);
                }
                None if is_never(self.own, schema) => {}
                None => self.tell(pair, "members"),
            }
        }
    }

    /// Names are strings, and nothing else is asked of them.
    fn names(&mut self, pair: Pair, base: NodeId, own: NodeId) {
        let (base, own) = (self.base.node(base), self.own.node(own));
        if !own.types.meet(Types::STRING) {
            return;
        }
        let wider = own.string.wider_than(&base.string, self.addresses);
        if !base.types.meet(Types::STRING) || !wider.is_empty() {
            self.tell_of(pair.way, Some(&Step::Names), "names", None, None);
        }
    }

    /// The schema that the base has for the member of a name. `None`: it is refused.
    fn base_schema(&self, base: &ObjectRule, name: &str) -> Option<NodeId> {
        if let Some(member) = find(base, name) {
            return Some(member.schema);
        }
        let others = base.others.as_ref()?;
        let names = self.base.node(others.names);
        let passes = names.types.meet(Types::STRING)
            && !name.starts_with(RESERVED)
            && names
                .string
                .check(Text::new(name), self.addresses)
                .is_none();
        others.schema(name.as_bytes()).filter(|_| passes)
    }
}

impl Others {
    /// The schema of the members whose names match these patterns.
    fn matching(&self, matched: u64) -> Option<NodeId> {
        if matched == 0 {
            return self.rest;
        }
        let mut all = self.matching.iter();
        all.find(|(other, _)| *other == matched)?.1
    }
}

fn find<'a>(rule: &'a ObjectRule, name: &str) -> Option<&'a Member> {
    let place = rule.find(name.as_bytes(), 0)?;
    rule.members().get(place)
}

/// The members by whose presence others are required, each with one of them.
fn pairs(rule: &ObjectRule) -> impl Iterator<Item = (&str, &str)> {
    let name = |place: usize| &*rule.members()[place].name;
    let dependents = rule.dependents.iter();
    dependents.map(move |dependent| (name(dependent.of), name(dependent.member)))
}

/// Whether no value is of a schema.
fn is_never(program: &Program, id: NodeId) -> bool {
    let node = program.node(id);
    node.whole.is_none() && node.types.is_within(Types::NONE)
}
