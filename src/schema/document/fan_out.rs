//! How often schemas are applied to one value, and whether that ever ends.

use std::collections::HashMap;

use serde_json::{Map, Value};

use super::{
    addresses::{Keyed, Keys},
    vocabulary::Part,
};

/// How many schemas may be applied to one value in each other, as `$ref` and `allOf` do.
const DEEPEST: u32 = 100;

/// How often schemas may be applied to one value, each by each way that leads to it.
const MOST: u32 = 100_000;

/// Names that are counted together for all schemas: more of them are taken for too many applications.
const NAMES: usize = 1_000_000;

/// Which schemas apply which others.
#[derive(Debug, Default)]
pub(super) struct FanOut<'d> {
    schemas: Keyed<Applied<'d>>,
    /// In the order in which they were added.
    order: Vec<usize>,
}

/// What one schema applies.
#[derive(Debug, Default)]
struct Applied<'d> {
    /// To the value itself.
    in_place: Vec<usize>,
    /// To its parts.
    to_parts: Vec<(Part<'d>, usize)>,
    /// It looks for what others leave unevaluated.
    looks: bool,
    /// It holds schemas only some of which have to hold for a value.
    chooses: bool,
}

/// How often schemas are applied to one value: those that are not named here, once.
pub(super) type Times = Keyed<u32>;

impl<'d> FanOut<'d> {
    pub(super) fn applies_in_place(&mut self, schema: usize, applied: usize) {
        self.applied(schema).in_place.push(applied);
    }

    pub(super) fn applies_to_part(&mut self, schema: usize, part: Part<'d>, applied: usize) {
        self.applied(schema).to_parts.push((part, applied));
    }

    pub(super) fn is_of(&mut self, schema: usize, keywords: &Map<String, Value>) {
        let has = |names: &[&str]| names.iter().any(|name| keywords.contains_key(*name));
        let applied = self.applied(schema);
        applied.looks = has(&["unevaluatedItems", "unevaluatedProperties"]);
        applied.chooses = has(&["anyOf", "if", "oneOf"]);
    }

    /// The schemas in the order in which they were added.
    pub(super) fn order(&self) -> impl Iterator<Item = usize> {
        self.order.iter().copied()
    }

    pub(super) fn looks(&self, schema: usize) -> bool {
        self.schemas.get(&schema).is_some_and(|it| it.looks)
    }

    pub(super) fn chooses(&self, schema: usize) -> bool {
        self.schemas.get(&schema).is_some_and(|it| it.chooses)
    }

    /// What a schema applies to the same value.
    pub(super) fn in_place(&self, schema: usize) -> &[usize] {
        self.schemas.get(&schema).map_or(&[], |it| &it.in_place)
    }

    /// What a schema applies.
    pub(super) fn next(&self, schema: usize) -> impl Iterator<Item = usize> {
        let applied = self.schemas.get(&schema);
        applied.into_iter().flat_map(|applied| {
            let parts = applied.to_parts.iter().map(|(_, schema)| *schema);
            applied.in_place.iter().copied().chain(parts)
        })
    }

    /// These schemas, and all that they apply.
    pub(super) fn reached_by(&self, schemas: &[usize]) -> Keys {
        let mut reached = Keys::default();
        let mut left = schemas.to_vec();
        while let Some(schema) = left.pop() {
            if reached.insert(schema) {
                left.extend(self.next(schema));
            }
        }
        reached
    }

    fn applied(&mut self, schema: usize) -> &mut Applied<'d> {
        self.schemas.entry(schema).or_insert_with(|| {
            self.order.push(schema);
            Applied::default()
        })
    }

    /// How often each schema applies others to its value.
    ///
    /// # Errors
    ///
    /// The schemas by which a value could never be judged (Core §9.4.1), or not in bounded time.
    pub(super) fn count(&self) -> Result<Times, Vec<(usize, &'static str)>> {
        let is_tree = self.is_tree();
        if is_tree && self.schemas.values().all(|it| it.in_place.is_empty()) {
            return Ok(Times::default());
        }
        let mut mistakes = Vec::new();
        let mut done: Keyed<(u32, u32)> = Keyed::default();
        let in_place = |schema| self.in_place(schema);
        self.walk(in_place, &mut |visit| match visit {
            Visit::Again(schema) => {
                mistakes.push((schema, "applies itself to a value again and again"));
            }
            Visit::Behind(schema) => {
                let (mut depth, mut times) = (1, 1_u32);
                for (inner, more) in in_place(schema).iter().filter_map(|it| done.get(it)) {
                    depth = depth.max(inner + 1);
                    times = times.saturating_add(*more);
                }
                if depth == DEEPEST + 1 {
                    mistakes.push((schema, "applies more than 100 schemas in each other"));
                }
                done.insert(schema, (depth, times));
            }
        });
        let times = done
            .into_iter()
            .map(|(schema, (_, times))| (schema, times))
            .collect();
        if mistakes.is_empty() {
            let too_many = || self.count_parts(&times);
            let found = (!is_tree).then(too_many).flatten();
            found.map_or(Ok(times), |schema| {
                Err(vec![(
                    schema,
                    "applies more than 100,000 schemas to a value",
                )])
            })
        } else {
            Err(mistakes)
        }
    }

    /// Whether each schema is applied in one place alone, so that no schema applies more others than there
    /// are.
    fn is_tree(&self) -> bool {
        let mut applied = Keys::default();
        let mut all = self.schemas.keys().flat_map(|schema| self.next(*schema));
        self.schemas.len() <= MOST as usize && all.all(|schema| applied.insert(schema))
    }

    /// The first schema that applies too many others to its value, or to a part of it. Of a part that
    /// has the schema of the whole again, the ways are counted once.
    fn count_parts(&self, times: &Times) -> Option<usize> {
        let mut found = None;
        let mut names = 0;
        let mut done: Keyed<Parts<'d>> = Keyed::default();
        let all: Keyed<Vec<usize>> = self
            .schemas
            .keys()
            .map(|schema| (*schema, self.next(*schema).collect()))
            .collect();
        let next = |schema| all.get(&schema).map_or(&[][..], Vec::as_slice);
        self.walk(next, &mut |visit| {
            let (Visit::Behind(schema), None) = (visit, found) else {
                return;
            };
            let mut parts = Parts::default();
            if let Some(applied) = self.schemas.get(&schema) {
                for inner in applied.in_place.iter().filter_map(|it| done.get(it)) {
                    parts.add_all(inner);
                }
                for (part, inner) in &applied.to_parts {
                    parts.add(*part, done.get(inner).map_or(1, |inner| inner.most));
                }
            }
            parts.most = parts
                .largest()
                .max(times.get(&schema).copied().unwrap_or(1));
            names += parts.named.len();
            if parts.most > MOST || names > NAMES {
                found = Some(schema);
            }
            done.insert(schema, parts);
        });
        found
    }

    /// Visits every schema behind those that it applies. A chain of them may be as long as the
    /// document, so there is no recursion.
    fn walk<'s>(&'s self, next: impl Fn(usize) -> &'s [usize], visit: &mut dyn FnMut(Visit))
    where
        'd: 's,
    {
        let mut is_done: Keyed<bool> = Keyed::default();
        for start in &self.order {
            let mut open = vec![(*start, 0)];
            while let Some((schema, place)) = open.last_mut() {
                let schema = *schema;
                if *place == 0 && is_done.insert(schema, false).is_some_and(|done| done) {
                    is_done.insert(schema, true);
                    open.pop();
                    continue;
                }
                let Some(inner) = next(schema).get(*place) else {
                    visit(Visit::Behind(schema));
                    is_done.insert(schema, true);
                    open.pop();
                    continue;
                };
                *place += 1;
                match is_done.get(inner) {
                    Some(true) => {}
                    Some(false) => visit(Visit::Again(schema)),
                    None => open.push((*inner, 0)),
                }
            }
        }
    }
}

enum Visit {
    /// A schema applies one that is being visited.
    Again(usize),
    /// A schema, behind those that it applies.
    Behind(usize),
}

/// How often schemas are applied to the parts of a value.
#[derive(Default)]
struct Parts<'d> {
    /// To each of those that can be told apart.
    named: HashMap<Part<'d>, u32>,
    /// To any of them.
    any: u32,
    /// To the value or to one of its parts.
    most: u32,
}

impl<'d> Parts<'d> {
    fn add(&mut self, part: Part<'d>, times: u32) {
        let sum = match part {
            Part::Other => &mut self.any,
            part => self.named.entry(part).or_default(),
        };
        *sum = sum.saturating_add(times);
    }

    fn add_all(&mut self, other: &Self) {
        for (part, times) in &other.named {
            self.add(*part, *times);
        }
        self.add(Part::Other, other.any);
    }

    fn largest(&self) -> u32 {
        let named = self.named.values().copied().max().unwrap_or(0);
        self.any.saturating_add(named)
    }
}
