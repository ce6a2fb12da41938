//! The policy that a file says.

use super::{
    addresses, limits, methods,
    mistakes::Mistakes,
    route,
    schema::Schemas,
    tree::{Kind, Node},
};
use crate::{Limits, Mode, PolicyBuilder, policy::path};

const KEYS: &[&str] = &[
    "version",
    "mode",
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
    // The routes are read by what these say.
    let limits = of("limits").map(|node| limits::read(Limits::default(), node, mistakes));
    let limits = limits.unwrap_or_default();
    let schemas = Schemas::read(of("schemas"), mistakes);
    policy = policy.limits(limits);
    for member in root.members() {
        let node = &member.value;
        policy = match member.name.as_str() {
            "version" | "limits" | "schemas" => policy,
            "mode" => policy.mode(mode(node, mistakes)),
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
            "routes" => routes(policy, node, limits, &schemas, mistakes),
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

fn routes<'n>(
    mut policy: PolicyBuilder,
    node: &'n Node,
    limits: Limits,
    schemas: &Schemas<'n>,
    mistakes: &mut Mistakes<'_>,
) -> PolicyBuilder {
    for member in mistakes.table(node, "routes") {
        let name = methods::split(&member.name).and_then(|(method, pattern)| {
            path::parameters(pattern)?;
            Ok((method, pattern))
        });
        let schema = route::read(&member.value, limits, schemas, mistakes);
        match name {
            Ok((method, pattern)) => policy = policy.route(method, pattern, schema),
            Err(told) => mistakes.add(&member.at, told),
        }
    }
    policy
}
