//! The files for operators, held against what the service really exports. In a process of its own, because
//! the kill switch holds for all of it.

mod alerts;
mod dashboard;
mod exported;
mod promql;

use std::fmt::Write;

use exported::Exported;
use promql::Query;

/// What a query asks for that is not there.
fn missing(query: &str, exported: &Exported) -> String {
    let mut told = String::new();
    let read = match Query::read(query) {
        Ok(read) => read,
        Err(error) => return format!("{query}: {error}\n"),
    };
    if read.selectors.is_empty() {
        let _ = writeln!(told, "{query}: asks for nothing");
    }
    for selector in &read.selectors {
        let Some(labels) = exported.labels(&selector.name) else {
            let _ = writeln!(told, "{query}: there is no {}", selector.name);
            continue;
        };
        for (label, values) in &selector.matchers {
            match labels.get(label) {
                None => {
                    let _ = writeln!(told, "{query}: {} has no label {label}", selector.name);
                }
                Some(known) => {
                    let unknown = values.iter().filter(|value| !known.contains(*value));
                    for value in unknown {
                        let _ = writeln!(told, "{query}: no {label} is {value}");
                    }
                }
            }
        }
    }
    for label in &read.grouped {
        let mut selectors = read.selectors.iter();
        let known = selectors.any(|selector| {
            let labels = exported.labels(&selector.name);
            labels.is_some_and(|labels| labels.contains_key(label))
        });
        if !known && !TARGET.contains(&label.as_str()) {
            let _ = writeln!(told, "{query}: no metric of it has the label {label}");
        }
    }
    told
}

/// What Prometheus adds to each series.
const TARGET: [&str; 2] = ["instance", "job"];

/// The names between braces, as in `{{ $labels.route }}` or `{{route}}`.
fn placeholders(text: &str) -> Vec<String> {
    let parts = text.split("{{").skip(1);
    let names = parts.filter_map(|part| part.split_once("}}"));
    names
        .map(|(name, _)| name.trim().trim_start_matches("$labels.").to_owned())
        .collect()
}
