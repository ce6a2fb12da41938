//! The policy that a file says.

use super::{
    addresses, limits, methods,
    mistakes::Mistakes,
    route,
    schema::Schemas,
    tree::{Kind, Node},
};
use crate::{Loosening, Mode, PolicyBuilder, RuleClass, policy::path};

const KEYS: &[&str] = &[
    "version",
    "mode",
    "rules",
    "may_loosen",
    "limits",
    "addresses",
    "host_headers",
    "schemas",
    "routes",
];

const MODES: &[(&str, Mode)] = &[
    ("enforce", Mode::Enforce),
    ("report", Mode::Report),
    ("off", Mode::Off),
];

/// Reads a file from its root.
pub(super) fn read(root: &Node, mistakes: &mut Mistakes<'_>) -> PolicyBuilder {
    let mut policy = PolicyBuilder::default();
    // What another version means by its keys is not known.
    if !is_version_1(root, mistakes) {
        return policy;
    }
    let of = |name: &str| root.member(name).map(|member| &member.value);
    // The routes are read by what they say.
    let schemas = Schemas::read(of("schemas"), mistakes);
    for member in root.members() {
        let node = &member.value;
        policy = match member.name.as_str() {
            "version" | "schemas" => policy,
            "limits" => policy.limits(limits::read(node, mistakes)),
            "mode" => policy.mode(mode(node, mistakes)),
            "rules" => {
                let rules = rules(node, mistakes).into_iter();
                rules.fold(policy, |policy, (class, mode)| {
                    policy.rule_mode(class, mode)
                })
            }
            "may_loosen" => policy.may_loosen(may_loosen(node, mistakes)),
            "addresses" => policy.addresses(addresses::read(node, mistakes)),
            "host_headers" => {
                let items = mistakes.list(node, "host_headers", "headers with their addresses");
                items.iter().fold(policy, |policy, item| {
                    match addresses::host_headers(item, mistakes) {
                        Some((headers, addresses)) => policy.host_headers(headers, addresses),
                        None => policy,
                    }
                })
            }
            "routes" => routes(policy, node, &schemas, mistakes),
            _ => {
                mistakes.unknown(member, "a policy", KEYS);
                policy
            }
        };
    }
    policy
}

fn is_version_1(root: &Node, mistakes: &mut Mistakes<'_>) -> bool {
    let Some(version) = root.member("version") else {
        mistakes.table(root, "a policy");
        if matches!(root.kind, Kind::Table(_)) {
            mistakes.add(&root.at, "version is missing, and has to be 1");
        }
        return false;
    };
    let Kind::Number(number) = &version.value.kind else {
        mistakes.expected(&version.value, "version", "1");
        return false;
    };
    let is_1 = number.as_u64() == Some(1);
    if !is_1 {
        let told = "version has to be 1: this release knows no other";
        mistakes.add(&version.value.at, told);
    }
    is_1
}

pub(super) fn mode(node: &Node, mistakes: &mut Mistakes<'_>) -> Mode {
    mistakes.one_of(node, "mode", MODES).unwrap_or_default()
}

/// The modes of classes of rules.
pub(super) fn rules(node: &Node, mistakes: &mut Mistakes<'_>) -> Vec<(RuleClass, Mode)> {
    let mut rules = Vec::new();
    for member in mistakes.table(node, "rules") {
        let mode = mode(&member.value, mistakes);
        let mut classes = RuleClass::ALL.iter();
        let class = classes.find(|class| class.as_str() == member.name);
        if let Some(class) = class {
            rules.push((*class, mode));
        } else {
            let known: Vec<&str> = RuleClass::ALL.iter().map(|it| it.as_str()).collect();
            mistakes.unknown(member, "rules", &known);
        }
    }
    rules
}

fn may_loosen(node: &Node, mistakes: &mut Mistakes<'_>) -> Vec<Loosening> {
    let all = Loosening::ALL.iter();
    let known: Vec<(&str, Loosening)> = all.map(|kind| (kind.as_str(), *kind)).collect();
    let items = mistakes.list(node, "may_loosen", "kinds of rules").iter();
    items
        .filter_map(|item| mistakes.one_of(item, "an item of may_loosen", &known))
        .collect()
}

fn routes<'n>(
    mut policy: PolicyBuilder,
    node: &'n Node,
    schemas: &Schemas<'n>,
    mistakes: &mut Mistakes<'_>,
) -> PolicyBuilder {
    for member in mistakes.table(node, "routes") {
        let name = methods::split(&member.name).and_then(|(method, pattern)| {
            path::parameters(pattern)?;
            Ok((method, pattern))
        });
        let schema = route::read(&member.value, schemas, mistakes);
        match name {
            Ok((method, pattern)) => policy = policy.route(method, pattern, schema),
            Err(told) => mistakes.add(&member.at, told),
        }
    }
    policy
}
