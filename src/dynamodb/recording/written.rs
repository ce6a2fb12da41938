//! Writing a recording down.

use std::fmt::Write as _;

use super::{Recording, Seen};
use crate::dynamodb::policy::{PathFile, PolicyFile, TableFile};

const HEAD: &str =
    "Recorded: review each line. Whatever stands here may be done by whoever gets around a check.";

/// As a declaration in Rust.
pub(super) fn rust(recording: &Recording) -> String {
    let PolicyFile { account, tables } = recording.declaration();
    let mut text = format!("// {HEAD}\nTablePolicy::new()");
    if !account.is_empty() {
        let _ = write!(text, "\n    .account([{}])?", operations(&account));
    }
    for (name, table) in &tables {
        let _ = write!(text, "\n    .table({name:?}, |table| {{\n        table");
        if let Some(seen) = recording.tables.get(name) {
            for line in methods(table, seen) {
                let _ = write!(text, "\n            {line}");
            }
        }
        text.push_str("\n    })?");
    }
    text.push('\n');
    text
}

/// As a policy file.
#[cfg(feature = "toml")]
pub(super) fn toml(recording: &Recording) -> String {
    let mut text = format!("# {HEAD}\n");
    for (name, seen) in &recording.tables {
        if let Some(keys) = keys(seen) {
            let _ = writeln!(text, "# {name:?}: {keys}");
        }
    }
    // Maps with names for keys, lists and scalars: there is nothing that the format does not have.
    text.push('\n');
    text.push_str(&toml::to_string_pretty(&recording.declaration()).unwrap_or_default());
    text
}

/// What is to be decided of the keys of a table.
fn keys(seen: &Seen) -> Option<String> {
    let names: Vec<&str> = seen.keys.iter().map(String::as_str).collect();
    (!names.is_empty()).then(|| {
        let names = names.join(", ");
        format!("keys had {names}. Is one the partition key of a tenant or user? Then bind it: partition_key")
    })
}

fn methods(table: &TableFile, seen: &Seen) -> Vec<String> {
    let mut lines = vec![format!(".allow([{}])", operations(&table.allow))];
    if !table.only_in_transaction.is_empty() {
        let names = operations(&table.only_in_transaction);
        lines.push(format!(".only_in_transaction([{names}])"));
    }
    if let Some(keys) = keys(seen) {
        lines.push(format!("// The {keys}."));
    }
    lines.push(".any_partition()".to_owned());
    lines.extend(seen.indexes.iter().map(|name| format!(".index({name:?})")));
    for (name, declared, all) in [
        ("read", &table.read, table.read_all),
        ("write", &table.write, table.write_all),
    ] {
        match declared {
            _ if all => lines.push(format!(".{name}_all()")),
            Some(declared) => lines.push(format!(".{name}([{}])", paths(declared))),
            None => {}
        }
    }
    for (name, value) in [
        ("max_limit", table.max_limit),
        ("max_segments", table.max_segments),
    ] {
        lines.extend(value.map(|value| format!(".{name}({value})")));
    }
    for (name, on) in [
        ("condition_checks", table.condition_checks),
        ("consistent_reads", table.consistent_reads),
        ("counts", table.counts),
        (
            "return_values_on_condition_check_failure",
            table.return_values_on_condition_check_failure,
        ),
    ] {
        lines.extend(on.then(|| format!(".{name}()")));
    }
    if !table.return_values.is_empty() {
        let names = table.return_values.iter().map(|name| {
            let words = name.split('_');
            let words = words.map(|word| word[..1].to_owned() + &word[1..].to_lowercase());
            format!("ReturnValues::{}", words.collect::<String>())
        });
        let names: Vec<_> = names.collect();
        lines.push(format!(".return_values([{}])", names.join(", ")));
    }
    let statements = table.statements.iter();
    lines.extend(statements.map(|text| format!(".statement({text:?})")));
    if let Some(expressions) = &table.expressions {
        lines.push(format!(".expressions({expressions:?})"));
    }
    if !table.legacy.is_empty() {
        lines.push(format!(".legacy({:?})", table.legacy));
    }
    lines
}

fn operations(names: &[String]) -> String {
    let names: Vec<_> = names
        .iter()
        .map(|name| format!("Operation::{name}"))
        .collect();
    names.join(", ")
}

/// Paths of one type: names with signs in them make all of them `AttributePath`.
fn paths(paths: &[PathFile]) -> String {
    let plain = paths.iter().all(|path| matches!(path, PathFile::Path(_)));
    let written: Vec<_> = paths
        .iter()
        .map(|path| match path {
            PathFile::Path(path) if plain => format!("{path:?}"),
            PathFile::Path(path) => format!("AttributePath::from({path:?})"),
            PathFile::Named(named) => format!("AttributePath::name({:?})", named.name),
        })
        .collect();
    written.join(", ")
}
