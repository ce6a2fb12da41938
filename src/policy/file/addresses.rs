//! Addresses by the names of the methods of [`AddressPolicy`], and the headers that name hosts.

use super::{
    mistakes::Mistakes,
    tree::{At, Member, Node},
};
use crate::{AddressPolicy, ConfigError, HostHeader};

const ADDRESSES: &[&str] = &[
    "allow_host",
    "only_hosts",
    "allow_net",
    "nat64",
    "https_only",
    "only_ports",
    "nested_urls",
    "dangerous",
];

const DANGEROUS: &[&str] = &["allow_metadata", "ignore_nested_urls"];

const HEADERS: &[(&str, HostHeader)] = &[
    ("host", HostHeader::Host),
    ("x-forwarded-host", HostHeader::XForwardedHost),
    ("forwarded", HostHeader::Forwarded),
    ("origin", HostHeader::Origin),
    ("referer", HostHeader::Referer),
];

/// The policy that `node` says, which refuses what is internal where it says nothing.
pub(super) fn read(node: &Node, mistakes: &mut Mistakes<'_>) -> AddressPolicy {
    let mut policy = AddressPolicy::deny_internal();
    let members = mistakes.table(node, "addresses");
    // It decides what the others may name.
    let dangerous = members.iter().find(|member| member.name == "dangerous");
    let ignores = dangerous.is_some_and(|member| dangerous_switches(member, &mut policy, mistakes));
    let base = policy.clone();
    for member in members {
        let Member { name, at, value } = member;
        policy = match name.as_str() {
            "allow_host" => {
                let hosts = mistakes.strings(value, name);
                add(policy, &base, hosts, mistakes, AddressPolicy::allow_host)
            }
            "only_hosts" => {
                let hosts = mistakes.strings(value, name);
                // An empty list lets no host pass.
                let policy = policy
                    .only_hosts::<&str>([])
                    .unwrap_or_else(|_| base.clone());
                let only = |policy: AddressPolicy, host: &str| policy.only_hosts([host]);
                add(policy, &base, hosts, mistakes, only)
            }
            "allow_net" => {
                let nets = mistakes.strings(value, name);
                add(policy, &base, nets, mistakes, AddressPolicy::allow_net)
            }
            "nat64" => {
                let prefixes = mistakes.strings(value, name);
                add(policy, &base, prefixes, mistakes, AddressPolicy::nat64)
            }
            "only_ports" => {
                let ports = mistakes.list(value, name, "ports").iter();
                let ports = ports.filter_map(|port| mistakes.number(port, "a port", 1, 65_535));
                let ports: Vec<u16> = ports.collect();
                policy.only_ports(ports)
            }
            "https_only" if mistakes.switch(value, name) => policy.https_only(),
            "nested_urls" if mistakes.switch(value, name) => {
                if ignores {
                    let told = "nested_urls is the contrary of dangerous.ignore_nested_urls";
                    mistakes.add(at, told);
                }
                policy.nested_urls()
            }
            "https_only" | "nested_urls" | "dangerous" => policy,
            _ => {
                mistakes.unknown(member, "addresses", ADDRESSES);
                policy
            }
        };
    }
    policy
}

/// Reads the switches of what is dangerous, and says whether URLs in URLs are ignored.
fn dangerous_switches(
    member: &Member,
    policy: &mut AddressPolicy,
    mistakes: &mut Mistakes<'_>,
) -> bool {
    let mut ignores = false;
    for member in mistakes.table(&member.value, "dangerous") {
        match member.name.as_str() {
            "allow_metadata" if mistakes.switch(&member.value, &member.name) => {
                *policy = policy.clone().dangerous().allow_metadata();
            }
            "ignore_nested_urls" if mistakes.switch(&member.value, &member.name) => {
                *policy = policy.clone().dangerous().ignore_nested_urls();
                ignores = true;
            }
            "allow_metadata" | "ignore_nested_urls" => {}
            _ => mistakes.unknown(member, "dangerous", DANGEROUS),
        }
    }
    ignores
}

/// Adds texts to a policy. Each is tried on `base`, so that one mistake is not the end of the others.
fn add(
    policy: AddressPolicy,
    base: &AddressPolicy,
    texts: Vec<(&At, &str)>,
    mistakes: &mut Mistakes<'_>,
    add: impl Fn(AddressPolicy, &str) -> Result<AddressPolicy, ConfigError>,
) -> AddressPolicy {
    let mut policy = policy;
    for (at, text) in texts {
        match add(base.clone(), text) {
            Ok(_) => policy = add(policy, text).unwrap_or_else(|_| base.clone()),
            Err(error) => {
                for problem in error.problems() {
                    mistakes.add(at, problem.message());
                }
            }
        }
    }
    policy
}

/// Headers, and the addresses that may stand in them.
pub(super) fn host_headers(
    node: &Node,
    mistakes: &mut Mistakes<'_>,
) -> Option<(Vec<HostHeader>, AddressPolicy)> {
    const KEYS: &[&str] = &["headers", "addresses"];

    let (mut headers, mut addresses) = (None, None);
    for member in mistakes.table(node, "an item of host_headers") {
        match member.name.as_str() {
            "headers" => {
                let names = mistakes.list(&member.value, "headers", "names of headers");
                let names = names.iter();
                let names = names.filter_map(|it| mistakes.one_of(it, "a header", HEADERS));
                headers = Some(names.collect());
            }
            "addresses" => addresses = Some(read(&member.value, mistakes)),
            _ => mistakes.unknown(member, "host_headers", KEYS),
        }
    }
    for key in KEYS {
        mistakes.required(node, key);
    }
    Some((headers?, addresses?))
}
