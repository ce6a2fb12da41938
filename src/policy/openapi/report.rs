//! What an import has to say: mistakes, notes, and that it has become too much.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{node::Node, schema::RULES};
use crate::{ConfigError, error::Problems};

/// The mistakes, and the notes, that are told of one document at the most.
const MOST: usize = 1_000;

/// The values that one document may come to. What is referred to counts as often as it is taken.
const VALUES: usize = 500_000;

#[derive(Debug)]
pub(super) struct Report {
    mistakes: Vec<(String, String)>,
    notes: Vec<(String, String)>,
    /// What was told, so that a component that many refer to is told of once.
    told: BTreeSet<(String, String)>,
    left: usize,
}

impl Report {
    pub(super) const fn new() -> Self {
        Self {
            mistakes: Vec::new(),
            notes: Vec::new(),
            told: BTreeSet::new(),
            left: VALUES,
        }
    }

    /// Tells of a mistake at a value.
    pub(super) fn mistake(&mut self, at: &Node<'_>, told: impl Into<String>) {
        if self.mistakes.len() < MOST {
            self.mistake_at(at.to_string(), told);
        }
    }

    /// Tells of a mistake in a member of a value, or in that there is none.
    pub(super) fn mistake_in(&mut self, at: &Node<'_>, name: &str, told: impl Into<String>) {
        if self.mistakes.len() < MOST {
            self.mistake_at(at.place_of(name), told);
        }
    }

    pub(super) fn mistake_at(&mut self, place: String, told: impl Into<String>) {
        let told = (place, told.into());
        if self.mistakes.len() < MOST && self.told.insert(told.clone()) {
            self.mistakes.push(told);
        }
    }

    /// Notes what is no mistake, but not taken over as it stands.
    pub(super) fn note(&mut self, at: &Node<'_>, told: impl Into<String>) {
        if self.notes.len() < MOST {
            let told = (at.to_string(), told.into());
            if self.told.insert(told.clone()) {
                self.notes.push(told);
            }
        }
    }

    /// Counts one more value. Answers whether it still may be.
    pub(super) fn take(&mut self, at: &Node<'_>) -> bool {
        self.spend(at.cost())
    }

    /// Counts what costs as much as so many values. Answers whether it still may be.
    pub(super) fn spend(&mut self, cost: usize) -> bool {
        if self.left == 0 {
            return false;
        }
        self.left = self.left.saturating_sub(cost);
        if self.left == 0 {
            // It is told even where there is no more room.
            self.mistakes.truncate(MOST - 1);
            let told = format!(
                "comes to more than {VALUES} values with all that is referred to: import it in parts"
            );
            self.mistake_at("the document".into(), told);
        }
        self.left > 0
    }

    /// A copy of a value, all of it counted.
    pub(super) fn copy(&mut self, of: &Node<'_>) -> Value {
        let mut left = vec![of.clone()];
        while let Some(node) = left.pop() {
            if !self.take(&node) {
                return Value::Null;
            }
            left.extend(node.items());
            left.extend(node.members().map(|(_, member)| member));
        }
        of.value.clone()
    }

    /// Tells of members that have no meaning here. Extensions have none anywhere, but for the rules of
    /// schemas.
    pub(super) fn only(&mut self, at: &Node<'_>, what: &str, known: &[&str]) {
        if !at.value.is_object() {
            return self.mistake(at, format!("is no object, as {what} is"));
        }
        for (name, member) in at.members() {
            if !self.take(&member) {
                return;
            }
            if name == RULES {
                let told = format!("is a rule of schemas, and holds nothing of {what}");
                self.mistake(&member, told);
            } else if !known.contains(&name) && !name.starts_with("x-") {
                self.mistake(&member, format!("is no member of {what}"));
            }
        }
    }

    /// A member that is `true` or `false`, or left out for `false`.
    pub(super) fn flag(&mut self, at: &Node<'_>, name: &str) -> bool {
        match at.value.get(name) {
            None | Some(Value::Bool(_)) => at.says(name),
            Some(_) => {
                self.mistake_in(at, name, "is neither true nor false");
                false
            }
        }
    }

    pub(super) fn into_parts(self) -> (Result<(), ConfigError>, Vec<String>) {
        let mut problems = Problems::default();
        for (place, told) in self.mistakes {
            problems.add(place, told);
        }
        let notes = self.notes.into_iter();
        let notes = notes.map(|(place, told)| format!("{place}: {told}"));
        (problems.into_result(), notes.collect())
    }
}
