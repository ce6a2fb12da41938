//! tower-harden beside its peers, in the same run and in ratios.
//!
//! `cargo bench --manifest-path middleware-tests/benches/Cargo.toml` measures time, with subjects that
//! take turns so that noise meets all of them. Behind `--`:
//!
//! * `--quick` takes few samples, to see that everything runs;
//! * `--instructions` counts instructions under valgrind's callgrind instead, which is stable;
//! * any other word keeps the groups whose name has it.

mod bodies;
mod engine;
mod harness;
mod instructions;
mod service;

use harness::Group;

fn groups() -> Vec<Group> {
    let mut groups = engine::groups();
    groups.extend(service::groups());
    groups
}

fn main() {
    let arguments: Vec<String> = std::env::args()
        .skip(1)
        .filter(|argument| argument != "--bench")
        .collect();
    if let [flag, subject, calls] = &arguments[..]
        && flag == instructions::CALL
    {
        let calls = calls.parse().expect("a number of calls");
        return instructions::call(&mut groups(), subject, calls);
    }
    let has = |flag: &str| arguments.iter().any(|argument| argument == flag);
    let words: Vec<&String> = arguments
        .iter()
        .filter(|word| !word.starts_with("--"))
        .collect();
    for mut group in groups() {
        if !words.is_empty() && !words.iter().any(|word| group.name.contains(*word)) {
            continue;
        }
        if has("--instructions") {
            instructions::count(&group);
        } else {
            group.measure(has("--quick"));
        }
    }
}
