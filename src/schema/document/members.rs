use std::collections::{HashMap, HashSet};

use serde_json::{Map, Value};

use super::{
    compile::{Compiler, Reason},
    conjunction::Conjunction,
    documents::Subschema,
    overlaps::combinations,
    vocabulary::{list, map},
};
use crate::schema::{
    NodeId,
    pattern::Pattern,
    rule::{Dependent, Member, ObjectRule, Others},
};

/// What schemas say of the members of an object.
#[derive(Default)]
pub(super) struct Members<'d> {
    /// The names that they speak of, in their order.
    pub(super) names: Vec<&'d str>,
    places: HashMap<&'d str, usize>,
    /// What they say of the member of each name.
    named: Vec<Vec<Subschema<'d>>>,
    /// The patterns of names, and for each what is said of the members that it matches.
    patterns: Vec<(&'d str, Vec<Subschema<'d>>)>,
    rests: Vec<Rest<'d>>,
    required: HashSet<&'d str>,
    /// They declare members.
    declared: bool,
}

/// What is said of the members that other keywords do not speak of.
struct Rest<'d> {
    schema: Subschema<'d>,
    names: HashSet<&'d str>,
    /// A bit for each pattern.
    patterns: u64,
}

/// A pattern for each bit of a word.
const MOST_PATTERNS: usize = 64;

impl<'d> Compiler<'_, 'd> {
    /// What a conjunction says of objects.
    pub(super) fn object(&mut self, conjunction: &Conjunction<'d>) -> Result<ObjectRule, Reason> {
        let said = self.members(conjunction)?;
        let names = self.names(conjunction)?;
        let patterns = self.patterns_of(&said)?;
        let closed = said.is_closed(self.is_open());
        let mut members = Vec::with_capacity(said.names.len());
        for (place, name) in said.names.iter().enumerate() {
            if self.is_exhausted() {
                break;
            }
            let matched = Members::matched(&patterns, name);
            let required = said.required.contains(name);
            // Named by `required` and its like alone, it is not declared.
            let declared = matched != 0 || !said.named[place].is_empty();
            let schema = if names.accept(name) && (declared || !closed) {
                self.node(said.schemas(Some((place, name)), matched))
            } else {
                self.never
            };
            if closed && !declared {
                self.undeclared(conjunction, name);
            }
            members.push(Member::new(name, schema, required));
        }
        self.work += members.len();
        let others = self.others(&said, patterns, names.node(), &mut |compiler, matched| {
            let node =
                (matched != 0 || !closed).then(|| compiler.node(said.schemas(None, matched)));
            node.filter(|node| *node != compiler.never)
        })?;
        let others = others.filter(|_| !names.is_never());
        let bounds = conjunction.object();
        let mut rule = ObjectRule::new(members, others).bounded(&bounds, &mut |_| ());
        rule.dependents = conjunction
            .keywords()
            .flat_map(dependent)
            .map(|(of, member)| Dependent {
                of: said.places[of],
                member: said.places[member],
            })
            .collect();
        Ok(rule)
    }

    /// What is said of members whose names nobody speaks of: `schema` is that of those whose names match
    /// some of the patterns. `None`: there are none.
    pub(super) fn others(
        &mut self,
        said: &Members<'d>,
        patterns: Vec<Pattern>,
        names: NodeId,
        schema: &mut dyn FnMut(&mut Self, u64) -> Option<NodeId>,
    ) -> Result<Option<Others>, Reason> {
        let texts: Vec<&str> = said.patterns.iter().map(|(text, _)| *text).collect();
        // Each combination has a schema of its own.
        let combinations = combinations(&texts).ok_or("patternProperties")?;
        self.work += combinations.len();
        let rest = schema(self, 0);
        let matching = combinations
            .into_iter()
            .map(|matched| (matched, schema(self, matched)));
        let matching: Vec<_> = matching.collect();
        let some = rest.is_some() || matching.iter().any(|(_, schema)| schema.is_some());
        Ok(some.then(|| Others::by_name(rest, names, patterns, matching)))
    }

    /// The patterns of names.
    pub(super) fn patterns_of(&mut self, said: &Members<'d>) -> Result<Vec<Pattern>, Reason> {
        let patterns = said.patterns.iter().map(|(text, _)| {
            // What is wrong with it was told by the check.
            let compiled = self.patterns.compile(text, &mut |_| ());
            compiled.ok_or("patternProperties")
        });
        patterns.collect()
    }

    /// What schemas say of members by their names and by patterns.
    pub(super) fn speak_of_members(
        &self,
        said: &mut Members<'d>,
        schemas: &[Subschema<'d>],
    ) -> Result<(), Reason> {
        for schema in schemas {
            let Some(keywords) = schema.keywords() else {
                continue;
            };
            said.declared |=
                keywords.contains_key("properties") || keywords.contains_key("patternProperties");
            for (name, value) in map(keywords, "properties") {
                let place = said.place(name);
                said.named[place].extend(self.inside(schema, [value]));
            }
            for (text, value) in map(keywords, "patternProperties") {
                let place = said.pattern(text).ok_or("patternProperties")?;
                said.patterns[place].1.extend(self.inside(schema, [value]));
            }
        }
        Ok(())
    }

    fn members(&self, conjunction: &Conjunction<'d>) -> Result<Members<'d>, Reason> {
        let mut said = Members::default();
        self.speak_of_members(&mut said, &conjunction.schemas)?;
        for keywords in conjunction.keywords() {
            for name in list(keywords, "required").iter().filter_map(Value::as_str) {
                said.place(name);
                said.required.insert(name);
            }
            for (of, member) in dependent(keywords) {
                said.place(of);
                said.place(member);
            }
        }
        // With all patterns at hand.
        for (schema, keywords) in conjunction.pairs() {
            let (value, scope) = if let Some(value) = keywords.get("additionalProperties") {
                (value, vec![schema.clone()])
            } else if let Some(value) = keywords.get("unevaluatedProperties") {
                let scope = Conjunction::scope(self.documents, schema);
                if scope.iter().any(|other| speaks_of_all(other, schema)) {
                    continue;
                }
                (value, scope)
            } else {
                continue;
            };
            for rest in self.inside(schema, [value]) {
                said.rest(rest, scope.iter().filter_map(Subschema::keywords));
            }
        }
        Ok(said)
    }
}

/// The members by whose presence others are required, each with one of them.
pub(super) fn dependent(keywords: &Map<String, Value>) -> impl Iterator<Item = (&str, &str)> {
    map(keywords, "dependentRequired").flat_map(|(of, members)| {
        let members = members.as_array().into_iter().flatten();
        let members = members.filter_map(Value::as_str);
        members.map(move |member| (of, member))
    })
}

/// Whether another schema of the scope leaves no member unevaluated.
fn speaks_of_all(other: &Subschema<'_>, schema: &Subschema<'_>) -> bool {
    let has = |name| other.value.get(name).is_some();
    has("additionalProperties") || (has("unevaluatedProperties") && other.key() != schema.key())
}

impl<'d> Members<'d> {
    /// Whether other members than the declared ones are refused: where there are declared ones, and
    /// no schema opens the object.
    pub(super) fn is_closed(&self, open: bool) -> bool {
        !open && self.declared && self.rests.is_empty()
    }

    /// The patterns that a name matches, a bit each.
    pub(super) fn matched(patterns: &[Pattern], name: &str) -> u64 {
        (0..).zip(patterns).fold(0, |matched, (place, pattern)| {
            matched | (u64::from(pattern.matches(name.as_bytes())) << place)
        })
    }

    /// The place of the member of that name.
    fn place(&mut self, name: &'d str) -> usize {
        *self.places.entry(name).or_insert_with(|| {
            self.names.push(name);
            self.named.push(Vec::new());
            self.names.len() - 1
        })
    }

    /// The place of the pattern. `None`: there are too many.
    fn pattern(&mut self, text: &'d str) -> Option<usize> {
        let place = self.patterns.iter().position(|(known, _)| *known == text);
        let place = place.unwrap_or_else(|| {
            self.patterns.push((text, Vec::new()));
            self.patterns.len() - 1
        });
        (place < MOST_PATTERNS).then_some(place)
    }

    /// Adds what is said of members that none of `others` speaks of.
    pub(super) fn rest(
        &mut self,
        schema: Subschema<'d>,
        others: impl Iterator<Item = &'d Map<String, Value>>,
    ) {
        let mut rest = Rest {
            schema,
            names: HashSet::new(),
            patterns: 0,
        };
        for keywords in others {
            rest.names
                .extend(map(keywords, "properties").map(|(name, _)| name));
            for (text, _) in map(keywords, "patternProperties") {
                rest.patterns |= self.pattern(text).map_or(0, |place| 1 << place);
            }
        }
        self.rests.push(rest);
    }

    /// What is said of a member: of the one that is named, or of one whose name is not.
    pub(super) fn schemas(&self, named: Option<(usize, &str)>, matched: u64) -> Vec<Subschema<'d>> {
        let own = named.map_or(&[][..], |(place, _)| &self.named[place]);
        let patterns = self.patterns.iter().enumerate();
        let patterns = patterns.filter(|(place, _)| matched >> place & 1 == 1);
        let rests = self.rests.iter().filter(|rest| {
            let is_named = named.is_some_and(|(_, name)| rest.names.contains(name));
            !is_named && rest.patterns & matched == 0
        });
        own.iter()
            .chain(patterns.flat_map(|(_, (_, schemas))| schemas))
            .chain(rests.map(|rest| &rest.schema))
            .cloned()
            .collect()
    }
}
