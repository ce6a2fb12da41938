//! `harden check`: every mistake in a file, or what it declares.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::json;
use tower_harden::{DeclaredRoute, Lint, Policy, Revision, RuleClass};

use crate::{
    args::CheckArgs,
    kind::{Content, Kind, Loaded},
    mistake::{Failure, Mistake},
    modes::Modes,
    output::{Answer, count},
    style::{green, red, strong, yellow},
};

pub(crate) fn run(args: &CheckArgs) -> Result<Answer, Failure> {
    let loaded = Loaded::read(&args.file, args.kind, &args.openapi)?;
    let base = args.base.as_deref();
    let base = base.map(|path| Loaded::read(path, None, &args.openapi));
    let base = base.transpose()?;
    let mut kinds = vec![loaded.kind];
    kinds.extend(base.as_ref().map(|base| base.kind));
    args.openapi.check_used(&kinds)?;

    let name = &loaded.source.name;
    let Content::Policy(builder) = &loaded.content else {
        return match args.base {
            None => tables(&loaded),
            Some(_) => Err(Failure::in_file(
                name,
                "is a DynamoDB table policy, which extends none: leave --base out",
            )),
        };
    };
    let own = loaded.policy()?;
    let (policy, loosens) = match base {
        None => (own, Vec::new()),
        // It has no mistakes of its own any more.
        Some(base) => match builder.as_ref().clone().extends(&base.policy()?).build() {
            Ok(policy) => (policy, Vec::new()),
            Err(error) => (own, Mistake::all(name, &error)),
        },
    };
    let lints = policy.lint();
    let checked = Checked {
        file: name,
        kind: loaded.kind,
        revision: policy.revision(),
        routes: policy.routes().map(Route::of).collect(),
        lints: &lints,
        loosens: &loosens,
    };
    let found = !loosens.is_empty() || args.deny_lints && !lints.is_empty();
    let told = tell(&checked, &policy, args.deny_lints);
    let answer = Answer::told(&told, &checked).found(found);
    Ok(answer.notes(name, &loaded.notes))
}

/// A policy that has no mistakes, as it stands in JSON.
#[derive(Serialize)]
struct Checked<'a> {
    file: &'a str,
    kind: Kind,
    revision: Revision,
    routes: Vec<Route<'a>>,
    lints: &'a [Lint],
    /// Where it accepts more than its base allows.
    loosens: &'a [Mistake],
}

#[derive(Serialize)]
struct Route<'a> {
    method: &'a str,
    pattern: &'a str,
    modes: BTreeMap<&'static str, &'static str>,
}

impl<'a> Route<'a> {
    fn of(route: DeclaredRoute<'a>) -> Self {
        let classes = RuleClass::ALL.iter();
        Self {
            method: route.method().as_str(),
            pattern: route.pattern(),
            modes: classes
                .map(|class| (class.as_str(), route.mode(*class).as_str()))
                .collect(),
        }
    }
}

fn tell(checked: &Checked<'_>, policy: &Policy, deny_lints: bool) -> Vec<String> {
    let name = strong(checked.file);
    let mut lines = vec![format!(
        "{name}: {} of {}, revision {}",
        checked.kind.as_str(),
        count(checked.routes.len(), "route"),
        checked.revision
    )];
    let rules = policy.rules();
    let modes = Modes::of(&rules);
    let routes = || checked.routes.iter();
    let widest = routes().map(|it| it.method.len()).max();
    let longest = routes().map(|it| it.pattern.len()).max();
    let (widest, longest) = (widest.unwrap_or(0), longest.unwrap_or(0));
    for Route {
        method, pattern, ..
    } in routes()
    {
        let mode = modes.at(Some(&format!("{method} {pattern}")));
        lines.push(format!("  {method:widest$}  {pattern:longest$}  {mode}"));
    }
    let lint = if deny_lints {
        red("error")
    } else {
        yellow("warning")
    };
    let open = checked.lints.iter();
    lines.extend(open.map(|it| format!("{name}: {lint}: {it}")));
    let loosens = checked.loosens.iter();
    lines.extend(loosens.map(|it| it.show(&red("looser than its base"))));
    lines.push(match (checked.loosens.len(), checked.lints.len()) {
        (0, 0) => green("no mistakes, no warnings"),
        (0, open) => format!("no mistakes, {}", count(open, "warning")),
        (looser, _) => format!("{} not allowed by the base", count(looser, "rule")),
    });
    lines
}

/// What a table policy declares, which has no mistakes.
fn tables(loaded: &Loaded) -> Result<Answer, Failure> {
    let name = &loaded.source.name;
    let file: toml::Table = toml::from_str(&loaded.source.text)
        .map_err(|error| Failure::in_file(name, error.message()))?;
    let tables = file.get("tables").and_then(toml::Value::as_table);
    let mut lines = vec![format!(
        "{}: {} of {}",
        strong(name),
        loaded.kind.as_str(),
        count(tables.map_or(0, toml::Table::len), "table")
    )];
    let mut told = Vec::new();
    for (table, rules) in tables.into_iter().flatten() {
        let allow = rules.get("allow").and_then(toml::Value::as_array);
        let allow = allow.into_iter().flatten();
        let allow: Vec<&str> = allow.filter_map(toml::Value::as_str).collect();
        lines.push(format!("  {table}  {}", allow.join(", ")));
        told.push(json!({ "name": table, "allow": allow }));
    }
    lines.push(green("no mistakes"));
    let json = json!({ "file": name, "kind": loaded.kind, "tables": told });
    Ok(Answer::told(&lines, &json))
}
