//! Collecting what is wrong with a file.

use super::{
    source::Source,
    tree::{At, Kind, Member, Node},
};
use crate::{ConfigError, ConfigProblem, schema::nearest};

/// The mistakes in a file, each with its place.
#[derive(Debug)]
pub(super) struct Mistakes<'s> {
    source: &'s Source,
    told: Vec<(usize, ConfigProblem)>,
    more: usize,
}

/// So many mistakes are told. Behind them nobody reads on, and a long file may be nothing but mistakes.
pub(super) const MOST: usize = 100;

impl<'s> Mistakes<'s> {
    pub(super) const fn new(source: &'s Source) -> Self {
        Self {
            source,
            told: Vec::new(),
            more: 0,
        }
    }

    pub(super) fn add(&mut self, at: &At, message: impl Into<String>) {
        self.add_with(at, || message.into());
    }

    /// Adds a mistake whose message is made where it is told.
    pub(super) fn add_with(&mut self, at: &At, message: impl FnOnce() -> String) {
        if self.told.len() == MOST {
            self.more += 1;
            return;
        }
        let start = at.start();
        let place = self.source.place(at);
        let excerpt = self.source.excerpt(at);
        let problem = ConfigProblem::in_file(place, message(), excerpt);
        self.told.push((start, problem));
    }

    /// The mistakes in the order in which they stand in the file, if there are any.
    pub(super) fn into_result(mut self) -> Result<(), ConfigError> {
        if self.told.is_empty() {
            return Ok(());
        }
        self.told.sort_by_key(|(start, _)| *start);
        let told = self.told.into_iter().map(|(_, problem)| problem);
        let mut told: Vec<ConfigProblem> = told.collect();
        if self.more > 0 {
            let message = format!("has {} mistakes more", self.more);
            told.push(ConfigProblem::in_file("the file".into(), message, None));
        }
        Err(ConfigError::of(told))
    }

    /// The members of `node`, which is a table.
    pub(super) fn table<'n>(&mut self, node: &'n Node, what: &str) -> &'n [Member] {
        if !matches!(node.kind, Kind::Table(_)) {
            self.expected(node, what, self.source.language.table());
        }
        node.members()
    }

    /// The items of `node`, which is a list.
    pub(super) fn list<'n>(&mut self, node: &'n Node, what: &str, of: &str) -> &'n [Node] {
        if let Kind::Array(items) = &node.kind {
            return items;
        }
        self.expected(node, what, &format!("a list of {of}"));
        &[]
    }

    /// The strings of `node`, which is a list of them.
    pub(super) fn strings<'n>(&mut self, node: &'n Node, what: &str) -> Vec<(&'n At, &'n str)> {
        let items = self.list(node, what, "strings").iter();
        let item = format!("an item of {what}");
        items
            .filter_map(|node| Some((&node.at, self.string(node, &item)?)))
            .collect()
    }

    pub(super) fn string<'n>(&mut self, node: &'n Node, what: &str) -> Option<&'n str> {
        if node.as_str().is_none() {
            self.expected(node, what, "a string");
        }
        node.as_str()
    }

    /// Whether a switch is on.
    pub(super) fn switch(&mut self, node: &Node, what: &str) -> bool {
        if let Kind::Boolean(on) = node.kind {
            return on;
        }
        self.expected(node, what, "true or false");
        false
    }

    /// A whole number that is not less than `least`, nor more than `most`.
    pub(super) fn number<N: TryFrom<u64>>(
        &mut self,
        node: &Node,
        what: &str,
        least: u64,
        most: u64,
    ) -> Option<N> {
        let number = match &node.kind {
            Kind::Number(number) => number.as_u64(),
            _ => None,
        };
        let number = number.filter(|number| (least..=most).contains(number));
        let number = number.and_then(|number| N::try_from(number).ok());
        if number.is_none() {
            self.expected(
                node,
                what,
                &format!("a whole number from {least} to {most}"),
            );
        }
        number
    }

    /// One of some values by their names.
    pub(super) fn one_of<T: Copy>(
        &mut self,
        node: &Node,
        what: &str,
        known: &[(&str, T)],
    ) -> Option<T> {
        let text = node.as_str();
        let found = known.iter().find(|(name, _)| Some(*name) == text);
        if found.is_none() {
            let names = known.iter().map(|(name, _)| *name);
            let quoted: Vec<String> = names.clone().map(|name| format!("{name:?}")).collect();
            let quoted = match &quoted[..] {
                [name] => name.clone(),
                names => format!("one of {}", names.join(", ")),
            };
            match text {
                Some(text) => {
                    let near = nearest(text, names).map(|near| format!(": did you mean {near:?}?"));
                    let near = near.unwrap_or_default();
                    self.add(&node.at, format!("{what} has to be {quoted}{near}"));
                }
                None => self.expected(node, what, &quoted),
            }
        }
        found.map(|(_, value)| *value)
    }

    /// Tells of a key that is not there, and has to be.
    pub(super) fn required(&mut self, node: &Node, key: &str) {
        if matches!(node.kind, Kind::Table(_)) && node.member(key).is_none() {
            self.add(&node.at, format!("{key} is missing"));
        }
    }

    /// Tells of a key that is none.
    pub(super) fn unknown(&mut self, member: &Member, whose: &str, known: &[&str]) {
        self.add_with(&member.at, || {
            let name = short(&member.name);
            let told = match nearest(&member.name, known.iter().copied()) {
                Some(near) => format!(": did you mean {near:?}?"),
                None => format!(", which has {}", known.join(", ")),
            };
            format!("{name:?} is no key of {whose}{told}")
        });
    }

    /// Tells what `node` has to be, and what it is.
    pub(super) fn expected(&mut self, node: &Node, what: &str, expected: &str) {
        let is = match &node.kind {
            Kind::Null => "null",
            Kind::Boolean(true) => "true",
            Kind::Boolean(false) => "false",
            Kind::Number(number) => &number.to_string(),
            Kind::String(_) => "a string",
            Kind::Array(_) => "a list",
            Kind::Table(_) => self.source.language.table(),
            Kind::Unreadable => return,
        };
        self.add(
            &node.at,
            format!("{what} has to be {expected}, and is {is}"),
        );
    }
}

/// The beginning of a name: enough to know it by.
pub(super) fn short(name: &str) -> String {
    const SHOWN: usize = 64;
    match name.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", &name[..end]),
        None => name.to_owned(),
    }
}
