use std::collections::HashMap;

use aws_sdk_dynamodb::types::AttributeValue;
use tower_harden::dynamodb::AttributePath;

use crate::items::{Item, item, number, text};

pub(super) const TABLE: &str = "Items";
pub(super) const TENANT: &str = "acme";
/// In each text of the other tenant's item.
pub(super) const OTHER: &str = "globex";

/// Attributes that may stand in an expression as they are.
pub(super) const WORDS: &[&str] = &[
    "nick",
    "pw",
    "qty",
    "info",
    "tags",
    "parts",
    "sku",
    "missing",
    "begins_with",
    "Pw",
    "_x9",
];
/// Attributes that need a name in their place.
pub(super) const NAMED: &[&str] = &[
    "role",
    "size",
    "AND",
    "a.b",
    "x-y",
    "#n0",
    ":v0",
    "attribute_exists(pw)",
    "ключ",
    "info[0]",
];
/// Members of maps.
pub(super) const MEMBERS: &[&str] = &["city", "zip", "sku", "pw", "deep"];

/// Every attribute that may stand in a request.
fn every_name() -> impl Iterator<Item = &'static str> {
    ["id"].iter().chain(WORDS).chain(NAMED).copied()
}

/// The item that requests are about.
pub(super) fn stored() -> Item {
    let map = |members: &[(&str, AttributeValue)]| {
        let members = members.iter().cloned();
        AttributeValue::M(
            members
                .map(|(name, value)| (name.to_owned(), value))
                .collect(),
        )
    };
    let part = |sku| map(&[("sku", text(sku)), ("pw", text("p")), ("zip", number(1))]);
    let deep = map(&[("city", text("Graz")), ("pw", text("q"))]);
    let info = map(&[
        ("city", text("Linz")),
        ("zip", number(4020)),
        ("sku", text("s")),
        ("pw", text("r")),
        ("deep", deep),
    ]);
    let mut stored = item([
        ("tenant", TENANT),
        ("id", "i1"),
        ("nick", "ann"),
        ("pw", "hunter2"),
        ("sku", "LAMP"),
        ("begins_with", "x"),
        ("Pw", "X"),
        ("_x9", "y"),
    ]);
    stored.extend(NAMED.iter().map(|name| ((*name).to_owned(), text("z"))));
    let others: HashMap<_, _> = [
        ("qty", number(3)),
        ("info", info),
        ("tags", AttributeValue::Ss(vec!["a".into(), "b".into()])),
        (
            "parts",
            AttributeValue::L(vec![part("A"), part("B"), text("C")]),
        ),
    ]
    .into();
    stored.extend(
        others
            .into_iter()
            .map(|(name, value)| (name.to_owned(), value)),
    );
    stored
}

/// The item of the other tenant, which nobody is to see.
pub(super) fn foreign() -> Item {
    let mut foreign = stored();
    for (name, value) in &mut foreign {
        if value.is_s() && name != "id" {
            *value = text(OTHER);
        }
    }
    foreign
}

/// The steps of a path, an element of a list being an empty one.
pub(super) type Steps = Vec<String>;

/// A path that a guard declares.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Declared(Steps);

impl Declared {
    fn name(name: &str) -> Self {
        Self(vec![name.to_owned()])
    }

    /// As it is written in a policy.
    pub(super) fn path(&self) -> AttributePath {
        let [name] = self.0.as_slice() else {
            let mut text = String::new();
            for step in &self.0 {
                match step.as_str() {
                    "" => text.push_str("[]"),
                    name if text.is_empty() => text.push_str(name),
                    name => {
                        text.push('.');
                        text.push_str(name);
                    }
                }
            }
            return AttributePath::from(text);
        };
        AttributePath::name(name.as_str())
    }

    fn covers(&self, path: &[String]) -> bool {
        path.starts_with(&self.0)
    }
}

/// What a guard lets be read and written.
#[derive(Clone, Debug)]
pub(super) struct Lists {
    pub(super) read: Vec<Declared>,
    pub(super) write: Vec<Declared>,
}

impl Lists {
    /// Of every attribute.
    pub(super) fn every() -> Self {
        let every: Vec<_> = every_name().map(Declared::name).collect();
        Self {
            read: every.clone(),
            write: every,
        }
    }

    /// Of those that the bits of two numbers choose.
    pub(super) fn some((read, write): (u32, u32)) -> Self {
        Self {
            read: some(read),
            write: some(write),
        }
    }

    pub(super) fn are_same(&self) -> bool {
        self.read == self.write
    }

    /// Whether one of them covers a path.
    pub(super) fn cover(&self, path: &[String]) -> bool {
        let mut declared = self.read.iter().chain(&self.write);
        let of_key = path.first().is_some_and(|name| name == "tenant");
        of_key || declared.any(|declared| declared.covers(path))
    }
}

/// Whether an attribute, or something in it, is in a list.
pub(super) fn is_in(list: &[Declared], name: &str) -> bool {
    name == "tenant" || list.iter().any(|declared| declared.0[0] == name)
}

/// Some attributes and some paths, by the bits of a number.
fn some(bits: u32) -> Vec<Declared> {
    let paths: [&[&str]; 6] = [
        &["info", "city"],
        &["info", "deep"],
        &["info", "deep", "pw"],
        &["parts", ""],
        &["parts", "", "sku"],
        &["parts", "", "pw"],
    ];
    let paths = paths.iter().map(|path| {
        let steps = path.iter().map(|step| (*step).to_owned());
        Declared(steps.collect())
    });
    let all = every_name().map(Declared::name).chain(paths);
    let chosen = all.enumerate();
    let chosen = chosen.filter(|(place, _)| bits.rotate_left(1) >> place & 1 == 1);
    let mut some: Vec<_> = chosen.map(|(_, declared)| declared).collect();
    // A policy of nothing is a mistake.
    some.push(Declared::name("nick"));
    some
}
