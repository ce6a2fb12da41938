//! tower-harden beside its peers, in the same run and in ratios.
//!
//! `cargo bench --manifest-path middleware-tests/benches/Cargo.toml` measures time, with subjects that
//! take turns so that noise meets all of them. Behind `--`:
//!
//! * `--quick` takes few samples, to see that everything runs;
//! * `--instructions` counts instructions under valgrind's callgrind instead, which is stable;
//! * `--markdown` prints the tables as they stand in `RESULTS.md`;
//! * any other word keeps the groups whose names have it.

mod addresses;
mod connector;
mod engine;
mod queries;
mod rollout;
mod service;
mod sockets;

use tower_harden_benches::instructions::{self, Named};

const GROUPS: &[Named] = &[
    ("small", engine::small),
    ("medium", engine::medium),
    ("large", engine::large),
    ("posts", engine::posts),
    ("refused", engine::refused),
    ("query-3", queries::three),
    ("query-5", queries::five),
    ("service-small", service::small),
    ("service-medium", service::medium),
    ("service-query", service::query),
    ("service-refused", service::refused),
    ("address-token", addresses::token),
    ("address-prose", addresses::prose),
    ("address-url", addresses::url),
    ("address-suspicious-quad", addresses::quad),
    ("address-suspicious-number", addresses::number),
    ("address-suspicious-hex", addresses::hex),
    ("address-suspicious-mapped", addresses::mapped),
    ("address-suspicious-name", addresses::name),
    ("address-suspicious-encoded", addresses::encoded),
    ("address-suspicious-nested", addresses::nested),
    ("connector-name", connector::name),
    ("connector-address", connector::address),
    ("rollout-modes", rollout::modes),
    ("rollout-routes", rollout::routes),
    ("policy-1000", rollout::compile),
];

fn main() {
    let Some(arguments) = instructions::arguments(GROUPS) else {
        return;
    };
    let has = |flag: &str| arguments.iter().any(|argument| argument == flag);
    let words: Vec<&String> = arguments
        .iter()
        .filter(|word| !word.starts_with("--"))
        .collect();
    let wanted = |name: &str| words.is_empty() || words.iter().any(|word| name.contains(&**word));
    for (name, group) in GROUPS {
        if !wanted(name) {
            continue;
        }
        if has("--instructions") {
            instructions::count(name, &group());
        } else {
            group().measure(name, has("--quick")).print();
        }
    }
    if has("--instructions") {
        return;
    }
    if wanted("sizes") {
        engine::sizes(has("--quick")).print();
    }
    if wanted("reload") {
        rollout::reload(has("--quick")).print();
    }
    if wanted("sockets") {
        sockets::table(has("--quick")).print();
    }
}
