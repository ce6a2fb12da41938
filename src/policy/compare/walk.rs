//! Going through all places of a policy.

use std::collections::HashMap;

use super::surface::{self, UNJUDGED, What};
use crate::{
    fact::{Effect, Fact},
    policy::Compiled,
    schema::{NodeId, Part, Shapes, Step},
};

/// Listens to what a policy says.
pub(super) trait Visit {
    /// A place begins. Its facts come next.
    fn place(&mut self, place: &str, here: Here<'_>);

    fn fact(&mut self, place: &str, rule: &'static str, fact: Fact);
}

/// What stands at a place.
#[derive(Clone, Copy)]
pub(super) struct Here<'a> {
    /// What it does that the place is there.
    pub(super) effect: Effect,
    /// The name of the field or member.
    pub(super) name: Option<&'a str>,
    /// Its schema, unless it stands at another place.
    pub(super) schema: Option<NodeId>,
}

/// The place of what holds for the policy itself and for routes that are not declared.
pub(super) const POLICY: &str = "policy";

/// The rule of a schema that stands at another place.
const AS: &str = "schema";

/// How deep places are. What is deeper is told by a number.
const DEEPEST: usize = 128;

/// Schemas of more values than this are told where they stand first.
const LARGE: u32 = 64;

/// Tells everything that a policy says.
pub(super) fn walk(policy: &Compiled, visit: &mut dyn Visit) {
    let roots = surface::routes(policy).flat_map(|(_, endpoint)| {
        let fields = surface::fields(endpoint).into_iter();
        fields.filter_map(|field| field.what.schema())
    });
    let shapes = Shapes::of(&policy.program, roots);
    let here = |effect| Here {
        effect,
        name: None,
        schema: None,
    };
    for (place, addresses) in surface::addresses(policy) {
        visit.place(&place, here(Effect::Tighter));
        addresses.facts(&mut |rule, fact| visit.fact(&place, rule, fact));
    }
    visit.place(POLICY, here(Effect::Changed));
    surface::facts(&policy.fallback, &mut |rule, fact| {
        visit.fact(POLICY, rule, fact);
    });

    let mut walk = Walk {
        policy,
        shapes: &shapes,
        visit,
        place: String::new(),
        open: Vec::new(),
        first: HashMap::new(),
    };
    for (name, endpoint) in surface::routes(policy) {
        walk.visit.place(&name, here(Effect::Looser));
        surface::facts(endpoint, &mut |rule, fact| {
            walk.visit.fact(&name, rule, fact);
        });
        for field in surface::fields(endpoint) {
            walk.place = field.place(&name);
            let here = Here {
                effect: if UNJUDGED.contains(&field.part) {
                    Effect::Tighter
                } else {
                    Effect::Looser
                },
                name: (field.part != surface::BODY).then_some(field.name),
                schema: field.what.schema(),
            };
            match field.what {
                What::Schema(schema) => walk.schema(schema, here, field.required, ""),
                What::File(file) => {
                    walk.visit.place(&walk.place, here);
                    walk.required(field.required, "");
                    let (visit, place) = (&mut walk.visit, &walk.place);
                    surface::file(file, &mut |rule, fact| visit.fact(place, rule, fact));
                }
            }
        }
    }
}

struct Walk<'a, 'v> {
    policy: &'a Compiled,
    shapes: &'a Shapes,
    visit: &'v mut dyn Visit,
    place: String,
    /// The schemas around the place, and where each stands.
    open: Vec<(u64, usize)>,
    /// Where large schemas stand first.
    first: HashMap<u64, String>,
}

impl Walk<'_, '_> {
    fn schema(&mut self, schema: NodeId, here: Here<'_>, required: bool, with: &str) {
        let number = self.shapes.number(schema);
        let parts = self.shapes.parts(schema);
        let elsewhere = if parts.is_empty() {
            None
        } else {
            self.elsewhere(number, self.shapes.size(schema))
        };
        let schema_here = here.schema.filter(|_| elsewhere.is_none());
        self.visit.place(
            &self.place,
            Here {
                schema: schema_here,
                ..here
            },
        );
        self.required(required, with);
        if let Some(place) = elsewhere {
            return self.visit.fact(&self.place, AS, Fact::Other(place));
        }
        let (visit, place) = (&mut self.visit, &self.place);
        self.policy
            .program
            .facts(schema, &mut |rule, fact| visit.fact(place, rule, fact));

        self.open.push((number, self.place.len()));
        let closed = !parts
            .iter()
            .any(|part| matches!(part.step, Step::Others(_)));
        for part in parts {
            self.part(part, here.name, closed);
        }
        self.open.pop();
    }

    fn part(&mut self, part: &Part, outer: Option<&str>, closed: bool) {
        let end = self.place.len();
        part.step.write(&mut self.place);
        let name = match &part.step {
            Step::Member(name) => Some(&**name),
            // Items are what their array is called.
            Step::Item(_) | Step::Items => outer,
            _ => None,
        };
        let here = Here {
            effect: if closed && matches!(part.step, Step::Member(_)) {
                Effect::Looser
            } else {
                Effect::Changed
            },
            name,
            schema: Some(part.schema),
        };
        let with = part.required_with.join(", ");
        self.schema(part.schema, here, part.required, &with);
        self.place.truncate(end);
    }

    fn required(&mut self, required: bool, with: &str) {
        if required {
            self.visit
                .fact(&self.place, "required", Fact::Demand("yes".into()));
        }
        if !with.is_empty() {
            self.visit
                .fact(&self.place, "required_with", Fact::Demand(with.into()));
        }
    }

    /// Where a schema stands that is not told here.
    fn elsewhere(&mut self, number: u64, size: u32) -> Option<String> {
        if let Some((_, end)) = self.open.iter().find(|(open, _)| *open == number) {
            return Some(format!("as {}", &self.place[..*end]));
        }
        if self.open.len() >= DEEPEST {
            return Some(format!("{number:016x}"));
        }
        if size > LARGE {
            if let Some(place) = self.first.get(&number) {
                return Some(format!("as {place}"));
            }
            self.first.insert(number, self.place.clone());
        }
        None
    }
}
