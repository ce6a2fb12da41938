//! `harden iam`: the IAM policy of a table policy, and one that is there held against it.

use std::path::Path;

use serde::Serialize;
use tower_harden::dynamodb::{IamFinding, IamScope, TablePolicy};

use crate::{
    args::IamArgs,
    kind::Kind,
    mistake::Failure,
    output::{Answer, count},
    source::Source,
    style::{green, strong, yellow},
};

pub(crate) fn run(args: &IamArgs) -> Result<Answer, Failure> {
    let source = Source::read(&args.file)?;
    let name = &source.name;
    let tables = TablePolicy::from_toml(&source.text).map_err(|error| {
        if Kind::of(&source.text) == Kind::Tables {
            return Failure::of(name, &error);
        }
        let told = "is no DynamoDB table policy, which is TOML with `tables`";
        Failure::in_file(name, told)
    })?;
    let scope = IamScope::new(&args.account, &args.region)
        .map_err(|error| Failure::of_options(&error))?
        .principal(&args.principal);
    let keys = args.key_attributes.iter();
    let scope = keys.fold(scope, |scope, (table, names)| {
        scope.key_attributes(table, names)
    });
    // It says what IAM has no words for, and what is wrong with the options.
    let written = tables.to_iam_policy(&scope);
    let written = written.map_err(|error| Failure::of(name, &error))?;
    match &args.check {
        Some(document) => check(document, &tables, &scope),
        None => Ok(Answer::new(written.to_string(), &written)),
    }
}

/// What was found in an IAM policy, as it stands in JSON.
#[derive(Serialize)]
struct Held<'a> {
    file: &'a str,
    findings: Vec<Finding<'a>>,
}

#[derive(Serialize)]
struct Finding<'a> {
    kind: &'static str,
    statement: Option<&'a str>,
    action: Option<&'a str>,
    resource: Option<&'a str>,
    message: String,
}

fn check(path: &Path, tables: &TablePolicy, scope: &IamScope) -> Result<Answer, Failure> {
    let Source { name, text } = Source::read(path)?;
    let findings = tables
        .check_iam_policy(&text, scope)
        .map_err(|error| Failure::of(&name, &error))?;
    let held = Held {
        file: &name,
        findings: findings.iter().map(Finding::of).collect(),
    };
    let shown = held.findings.iter().map(|Finding { kind, message, .. }| {
        let warning = yellow("warning");
        format!("{}: {warning}: {message} ({kind})", strong(&name))
    });
    let mut lines: Vec<String> = shown.collect();
    lines.push(match findings.len() {
        0 => green("grants what the table policy declares, and nothing else"),
        found => count(found, "warning"),
    });
    Ok(Answer::told(&lines, &held).found(!findings.is_empty()))
}

impl<'a> Finding<'a> {
    fn of(finding: &'a IamFinding) -> Self {
        Self {
            kind: finding.kind().as_str(),
            statement: finding.statement(),
            action: finding.action(),
            resource: finding.resource(),
            message: finding.to_string(),
        }
    }
}
