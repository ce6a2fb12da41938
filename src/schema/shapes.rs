//! Which nodes say the same.

use std::collections::{BTreeSet, VecDeque};

use super::{NodeId, Part, Program};
use crate::fingerprint::Fingerprint;

/// The nodes that some nodes lead to, each with a number that is the same for nodes that say the same,
/// about a value and about all of its parts, in any program.
///
/// A node whose parts lead nowhere back has the number of what it says and of its parts' numbers. The others
/// are told apart by what they say, then by what their parts say, and so on until no two more are.
pub(crate) struct Shapes {
    shapes: Vec<Option<Shape>>,
}

/// A node, by its place in the program.
struct Shape {
    number: u64,
    /// How many values and parts of values it speaks of; more than can be counted where it leads to itself.
    size: u32,
    parts: Vec<Part>,
}

/// How much work it may be to tell nodes apart that lead to themselves. Behind it they have numbers that
/// depend on all of them.
const MOST: usize = 20_000_000;

impl Shapes {
    pub(crate) fn of(program: &Program, roots: impl Iterator<Item = NodeId>) -> Self {
        let mut all = Self { shapes: Vec::new() };
        all.shapes.resize_with(program.len(), || None);
        let order = all.reach(program, roots);
        let endless = all.number_finite(&order);
        all.number_endless(&endless);
        all
    }

    /// What is the same for nodes that say the same.
    pub(crate) fn number(&self, id: NodeId) -> u64 {
        self.shape(id).map_or(0, |shape| shape.number)
    }

    pub(crate) fn size(&self, id: NodeId) -> u32 {
        self.shape(id).map_or(0, |shape| shape.size)
    }

    pub(crate) fn parts(&self, id: NodeId) -> &[Part] {
        self.shape(id).map_or(&[], |shape| &shape.parts)
    }

    fn shape(&self, id: NodeId) -> Option<&Shape> {
        self.shapes.get(id.place())?.as_ref()
    }

    /// Gives each node the number of what it says of a value.
    fn reach(&mut self, program: &Program, roots: impl Iterator<Item = NodeId>) -> Vec<NodeId> {
        let mut order = Vec::new();
        let mut left: Vec<NodeId> = roots.collect();
        while let Some(id) = left.pop() {
            if self.shapes[id.place()].is_some() {
                continue;
            }
            let mut print = Fingerprint::new();
            program.facts(id, &mut |rule, fact| {
                print.text(rule);
                print.shown(&fact);
            });
            let parts = program.parts(id);
            for part in &parts {
                print.part(part);
                left.push(part.schema);
            }
            self.shapes[id.place()] = Some(Shape {
                number: print.value(),
                size: u32::MAX,
                parts,
            });
            order.push(id);
        }
        order
    }

    /// Numbers the nodes that do not lead back, from the leaves on. The others are left.
    fn number_finite(&mut self, nodes: &[NodeId]) -> Vec<NodeId> {
        let mut waiting = vec![0_usize; self.shapes.len()];
        let mut outer: Vec<Vec<NodeId>> = vec![Vec::new(); self.shapes.len()];
        for id in nodes {
            let parts = self.parts(*id);
            waiting[id.place()] = parts.len();
            for part in parts {
                outer[part.schema.place()].push(*id);
            }
        }
        let leaves = nodes.iter().filter(|id| waiting[id.place()] == 0);
        let mut ready: VecDeque<NodeId> = leaves.copied().collect();
        while let Some(id) = ready.pop_front() {
            let (number, size) = self.together(id);
            if let Some(shape) = &mut self.shapes[id.place()] {
                (shape.number, shape.size) = (number, size);
            }
            for id in std::mem::take(&mut outer[id.place()]) {
                waiting[id.place()] -= 1;
                if waiting[id.place()] == 0 {
                    ready.push_back(id);
                }
            }
        }
        let endless = nodes.iter().filter(|id| waiting[id.place()] > 0);
        endless.copied().collect()
    }

    /// Tells the nodes apart that lead to themselves, or to such nodes.
    fn number_endless(&mut self, nodes: &[NodeId]) {
        let step: usize = nodes.iter().map(|id| self.parts(*id).len() + 1).sum();
        let mut different = 0;
        let mut work = 0;
        loop {
            let numbers: Vec<u64> = nodes.iter().map(|id| self.together(*id).0).collect();
            let now = numbers.iter().collect::<BTreeSet<_>>().len();
            work += step;
            let all = (work > MOST).then(|| {
                let mut print = Fingerprint::new();
                for number in &numbers {
                    print.number(*number);
                }
                print.value()
            });
            for (id, number) in nodes.iter().zip(numbers) {
                if let Some(shape) = &mut self.shapes[id.place()] {
                    shape.number = number ^ all.unwrap_or(0);
                }
            }
            if now == different || all.is_some() {
                return;
            }
            different = now;
        }
    }

    /// The number of a node and those of its parts, and its size.
    fn together(&self, id: NodeId) -> (u64, u32) {
        let mut print = Fingerprint::new();
        print.number(self.number(id));
        let mut size = 1_u32;
        for part in self.parts(id) {
            print.number(self.number(part.schema));
            size = size.saturating_add(self.size(part.schema));
        }
        (print.value(), size)
    }
}

impl Fingerprint {
    fn part(&mut self, part: &Part) {
        // Its result says nothing: writing does not fail.
        let _ = part.step.write_to(self);
        self.bytes(&[0xff]);
        self.number(part.required.into());
        for name in &part.required_with {
            self.text(name);
        }
    }
}
