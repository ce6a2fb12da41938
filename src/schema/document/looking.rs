//! Schemas that look for what others leave, in each other.
//!
//! Of a schema with `unevaluatedProperties` or `unevaluatedItems` that refers to choices, the crate
//! `jsonschema` judges the choices once more to know what they leave, and with them the parts of the
//! value. Where such schemas stand in each other, each of them multiplies the work: a value of 13 levels
//! and 300 bytes took seconds. Beside the choices themselves, the keywords cost nothing of the kind.

use super::{
    addresses::{Keyed, Keys},
    fan_out::FanOut,
};

/// How many of these schemas may stand in each other.
const DEEPEST: u32 = 4;

impl FanOut<'_> {
    /// The schemas that look for what others leave, too often in each other.
    pub(super) fn looks_again(&self) -> Vec<usize> {
        let lookers: Keys = self
            .order()
            .filter(|schema| self.looks(*schema) && self.refers_to_choices(*schema))
            .collect();
        if lookers.is_empty() {
            return Vec::new();
        }
        let circles = self.circles();
        let mut depths: Keyed<u32> = Keyed::default();
        let mut found = Vec::new();
        // Each circle comes behind those that it leads to.
        for circle in &circles {
            let members: Keys = circle.iter().copied().collect();
            let next = || circle.iter().flat_map(|schema| self.next(*schema));
            let again = circle.len() > 1 || next().any(|schema| members.contains(&schema));
            let looker = circle.iter().find(|schema| lookers.contains(schema));
            let inner = next().filter_map(|schema| depths.get(&schema)).max();
            let depth = inner.copied().unwrap_or(0) + u32::from(looker.is_some());
            found.extend(looker.filter(|_| again || depth == DEEPEST + 1));
            for schema in circle {
                depths.insert(*schema, depth);
            }
        }
        found
    }

    /// Whether a schema applies another one in place that has choices.
    fn refers_to_choices(&self, schema: usize) -> bool {
        let mut seen = Keys::from_iter([schema]);
        let mut left: Vec<usize> = self.in_place(schema).to_vec();
        while let Some(schema) = left.pop() {
            if seen.insert(schema) {
                if self.chooses(schema) {
                    return true;
                }
                left.extend(self.in_place(schema));
            }
        }
        false
    }

    /// The schemas in sets of those that lead to each other (Tarjan's algorithm, without recursion), each
    /// set behind those that it leads to.
    fn circles(&self) -> Vec<Vec<usize>> {
        let mut circles = Vec::new();
        let mut numbers: Keyed<usize> = Keyed::default();
        let mut lowest: Keyed<usize> = Keyed::default();
        let (mut stack, mut on_stack) = (Vec::new(), Keys::default());
        for start in self.order() {
            let mut open: Vec<(usize, Vec<usize>)> = Vec::new();
            let mut enter = Some(start).filter(|start| !numbers.contains_key(start));
            loop {
                if let Some(schema) = enter.take() {
                    let number = numbers.len();
                    numbers.insert(schema, number);
                    lowest.insert(schema, number);
                    stack.push(schema);
                    on_stack.insert(schema);
                    open.push((schema, self.next(schema).collect()));
                }
                let Some((schema, next)) = open.last_mut() else {
                    break;
                };
                let schema = *schema;
                let mut low = lowest[&schema];
                if let Some(inner) = next.pop() {
                    match numbers.get(&inner) {
                        None => enter = Some(inner),
                        Some(number) if on_stack.contains(&inner) => low = low.min(*number),
                        Some(_) => {}
                    }
                    lowest.insert(schema, low);
                    continue;
                }
                open.pop();
                if let Some((outer, _)) = open.last() {
                    let outer = lowest.entry(*outer).or_insert(low);
                    *outer = low.min(*outer);
                }
                if low == numbers[&schema] {
                    let start = stack.iter().rposition(|it| *it == schema).unwrap_or(0);
                    let circle = stack.split_off(start);
                    for schema in &circle {
                        on_stack.remove(schema);
                    }
                    circles.push(circle);
                }
            }
        }
        circles
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::document::vocabulary::Part;

    #[test]
    fn schemas_that_lead_to_each_other_are_one_set() {
        let mut graph = FanOut::default();
        graph.applies_in_place(1, 2);
        graph.applies_to_part(2, Part::Other, 3);
        graph.applies_to_part(3, Part::Other, 1);
        graph.applies_in_place(3, 4);
        graph.applies_in_place(4, 5);
        graph.applies_in_place(6, 1);
        let mut circles = graph.circles();
        for circle in &mut circles {
            circle.sort_unstable();
        }
        assert_eq!(circles, [vec![5], vec![4], vec![1, 2, 3], vec![6]]);
    }
}
