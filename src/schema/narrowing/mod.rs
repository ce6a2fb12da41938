//! Whether one schema accepts nothing that another one refuses.
//!
//! The schemas are gone through side by side, every pair of nodes once: what is to be shown of a pair that
//! comes again is being shown already. Of each rule it is asked whether the own one can be shown to let
//! nothing more through; what cannot be shown is told as a rule that is wider.

mod number;
mod object;
mod string;

use std::{collections::HashSet, sync::Arc};

use super::{NodeId, Program, Step, declaration::Types, program::Node};
use crate::AddressPolicy;

/// A rule that may let through what that of the base refuses.
#[derive(Debug)]
pub(crate) struct Wider {
    /// The way to it from the values that were compared, as [`Step::write`] writes it.
    pub(crate) place: String,
    pub(crate) rule: &'static str,
    pub(crate) base: Option<String>,
    pub(crate) own: Option<String>,
}

/// The schemas of two programs, side by side.
pub(crate) struct Narrowing<'a> {
    base: &'a Program,
    own: &'a Program,
    /// Those of the base, by which the values are judged that the own schemas name.
    addresses: &'a AddressPolicy,
    seen: HashSet<(NodeId, NodeId)>,
    left: Vec<Pair>,
    /// The ways to parts, each with the one before it.
    ways: Vec<(usize, Step)>,
    wider: Vec<Wider>,
}

/// Two schemas of one value.
#[derive(Clone, Copy)]
struct Pair {
    base: NodeId,
    own: NodeId,
    way: usize,
}

/// The way to the value itself.
const HERE: usize = usize::MAX;

/// How many pairs are gone through, and how many rules are told.
const MOST_PAIRS: usize = 1_000_000;
const MOST_TOLD: usize = 1_000;

impl<'a> Narrowing<'a> {
    pub(crate) fn new(base: &'a Program, own: &'a Program, addresses: &'a AddressPolicy) -> Self {
        Self {
            base,
            own,
            addresses,
            seen: HashSet::new(),
            left: Vec::new(),
            ways: Vec::new(),
            wider: Vec::new(),
        }
    }

    /// Compares the schemas of a JSON value.
    pub(crate) fn compare(&mut self, base: NodeId, own: NodeId) -> Vec<Wider> {
        let way = HERE;
        self.left.push(Pair { base, own, way });
        self.finish()
    }

    /// Compares the schemas of a text parameter, which has no types: a schema says how it is read.
    pub(crate) fn compare_parameter(&mut self, base: NodeId, own: NodeId) -> Vec<Wider> {
        let (b, o) = (self.base.node(base), self.own.node(own));
        let [base_list, own_list] = [b, o].map(|node| node.types.meet(Types::ARRAY));
        let way = HERE;
        let pair = Pair { base, own, way };
        // Without a list it is one value.
        let counts = |node: &Node, list: bool| {
            if list {
                (node.array.min_items, node.array.max_items)
            } else {
                (1, 1)
            }
        };
        let (least, most) = counts(b, base_list);
        let (own_least, own_most) = counts(o, own_list);
        if own_list && !base_list {
            self.tell(pair, "type");
        } else if base_list && own_least < least {
            self.tell(pair, "min_items");
        }
        if base_list && own_most > most {
            self.tell(pair, "max_items");
        }
        let item = |node: &Node, id, list: bool| if list { node.array.items } else { id };
        let way = if own_list {
            self.ways.push((HERE, Step::Items));
            self.ways.len() - 1
        } else {
            HERE
        };
        let pair = Pair {
            base: item(b, base, base_list),
            own: item(o, own, own_list),
            way,
        };
        let (b, o) = (self.base.node(pair.base), self.own.node(pair.own));
        match (Reading::of(b), Reading::of(o)) {
            (Reading::Text, Reading::Text) => self.strings(pair),
            (Reading::Boolean, Reading::Boolean) => {
                if o.types.without(b.types).meet(Types::BOOLEAN) {
                    self.tell(pair, "type");
                }
            }
            (Reading::Number, Reading::Number) => {
                if o.types.meet(Types::NUMBER) && !b.types.meet(Types::NUMBER) {
                    self.tell(pair, "type");
                }
                self.numbers(pair);
            }
            _ => self.tell(pair, "type"),
        }
        self.finish()
    }

    fn finish(&mut self) -> Vec<Wider> {
        while let Some(pair) = self.left.pop() {
            if !self.seen.insert((pair.base, pair.own)) {
                continue;
            }
            if self.seen.len() > MOST_PAIRS {
                self.tell(pair, "size");
                break;
            }
            self.values(pair);
        }
        self.left.clear();
        self.ways.clear();
        // What was left last was gone through first.
        let mut wider = std::mem::take(&mut self.wider);
        wider.sort_by(|a, b| (&a.place, a.rule).cmp(&(&b.place, b.rule)));
        wider
    }

    fn values(&mut self, pair: Pair) {
        let (base, own) = (self.base.node(pair.base), self.own.node(pair.own));
        match (&base.whole, &own.whole) {
            // It judges what is of none of the types.
            (Some(base_rule), Some(own_rule)) => {
                let same = base_rule.fingerprint() == own_rule.fingerprint();
                if same && base.types == own.types {
                    self.part(pair, Step::Outline, base_rule.parts, own_rule.parts);
                } else {
                    self.tell(pair, "whole");
                }
            }
            // What it accepts keeps to its outline.
            (None, Some(own_rule)) => self.part(pair, Step::Outline, pair.base, own_rule.parts),
            (_, None) => {}
        }
        if !own.value_types().is_within(base.types) {
            self.tell(pair, "type");
        }
        let both = |types| base.types.meet(types) && own.types.meet(types);
        if both(Types::STRING) {
            self.strings(pair);
        }
        if both(Types::NUMERIC) {
            self.numbers(pair);
        }
        if both(Types::ARRAY) {
            self.arrays(pair);
        }
        if both(Types::OBJECT) {
            self.objects(pair);
        }
    }

    fn strings(&mut self, pair: Pair) {
        let (base, own) = (self.base.node(pair.base), self.own.node(pair.own));
        for rule in own.string.wider_than(&base.string, self.addresses) {
            self.tell(pair, rule);
        }
    }

    fn numbers(&mut self, pair: Pair) {
        let (base, own) = (self.base.node(pair.base), self.own.node(pair.own));
        let literal = !own.types.meet(Types::WHOLE | Types::NUMBER);
        for rule in own.number.wider_than(&base.number, literal) {
            self.tell(pair, rule);
        }
    }

    fn arrays(&mut self, pair: Pair) {
        let (base, own) = (
            &self.base.node(pair.base).array,
            &self.own.node(pair.own).array,
        );
        if own.min_items < base.min_items {
            self.tell(pair, "min_items");
        }
        if own.max_items > base.max_items {
            self.tell(pair, "max_items");
        }
        let prefix = own.prefix.len().max(base.prefix.len());
        for place in (0..own.max_items).take(prefix) {
            let step = Step::Item(place as usize);
            self.part(pair, step, base.item(place), own.item(place));
        }
        if own.max_items as usize > prefix {
            self.part(pair, Step::Items, base.items, own.items);
        }
    }

    /// Compares the schemas of a part of the values.
    fn part(&mut self, pair: Pair, step: Step, base: NodeId, own: NodeId) {
        if self.seen.contains(&(base, own)) {
            return;
        }
        self.ways.push((pair.way, step));
        let way = self.ways.len() - 1;
        self.left.push(Pair { base, own, way });
    }

    /// Tells of a rule of the values themselves.
    fn tell(&mut self, pair: Pair, rule: &'static str) {
        let base = self.base.fact(pair.base, rule).map(|it| it.to_string());
        let own = self.own.fact(pair.own, rule).map(|it| it.to_string());
        self.tell_of(pair.way, None, rule, base, own);
    }

    /// Tells of a rule about a part of the values.
    fn tell_of(
        &mut self,
        mut way: usize,
        last: Option<&Step>,
        rule: &'static str,
        base: Option<String>,
        own: Option<String>,
    ) {
        if self.wider.len() >= MOST_TOLD {
            return;
        }
        let mut steps = Vec::new();
        while let Some((before, step)) = self.ways.get(way) {
            steps.push(step);
            way = *before;
        }
        let mut place = String::new();
        for step in steps.into_iter().rev().chain(last) {
            step.write(&mut place);
        }
        self.wider.push(Wider {
            place,
            rule,
            base,
            own,
        });
    }
}

/// How a text parameter is read.
#[derive(PartialEq, Eq)]
enum Reading {
    Text,
    Boolean,
    Number,
}

impl Reading {
    /// As [`Parameter`](super::Parameter) has it.
    fn of(node: &Node) -> Self {
        if node.types.meet(Types::STRING) {
            Self::Text
        } else if node.types.meet(Types::BOOLEAN) {
            Self::Boolean
        } else {
            Self::Number
        }
    }
}

/// The name of a member, as a step to it.
fn member(name: &Arc<str>) -> Step {
    Step::Member(name.clone())
}
