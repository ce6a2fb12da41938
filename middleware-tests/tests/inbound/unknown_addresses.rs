//! The rows of the address suites that leave the verdict to a policy: each is of one kind, and each kind
//! has its verdict, which ADDRESSES.md tells.

use std::collections::HashMap;

use middleware_tests::suite;
use serde::Deserialize;

use crate::{
    judged::Judge,
    suite_addresses::{Expect, FILES, Row},
};

const DOCUMENT: &str = include_str!("../../ADDRESSES.md");

/// What the rows of one kind have in common.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Kind {
    name: String,
    contexts: Vec<String>,
    /// Words of which one stands in the reason of each row.
    why: Vec<String>,
    expect: String,
    rows: usize,
    reason: String,
}

/// A value with another verdict than its kind.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Exception {
    kind: String,
    context: String,
    value: String,
    expect: String,
    reason: String,
}

impl Kind {
    fn has(&self, row: &Row) -> bool {
        self.contexts.contains(&row.ctx) && self.why.iter().any(|words| row.why.contains(words))
    }
}

#[test]
fn every_unknown_row_has_the_verdict_of_its_kind() {
    let (kinds, exceptions) = vectors();
    let judge = Judge::new();
    let mut wrong = Vec::new();
    let mut counts: HashMap<&str, usize> = HashMap::new();
    let mut met = vec![false; exceptions.len()];
    for file in FILES {
        for row in suite::rows::<Row>(&format!("addresses/{file}.jsonl")) {
            if row.expect != Expect::Unknown {
                continue;
            }
            let fits: Vec<&Kind> = kinds.iter().filter(|kind| kind.has(&row)).collect();
            let [kind] = fits[..] else {
                let (count, Row { value, why, .. }) = (fits.len(), &row);
                wrong.push(format!("{file} {value:?} ({why}): of {count} kinds"));
                continue;
            };
            *counts.entry(&kind.name).or_default() += 1;
            let other = exceptions.iter().position(|it| {
                it.kind == kind.name && it.context == row.ctx && it.value == row.value
            });
            let expect = other.map_or(&kind.expect, |place| {
                met[place] = true;
                &exceptions[place].expect
            });
            let told = judge.told(&row.ctx, &row.value);
            if told != expect {
                let (Row { ctx, value, .. }, Kind { name, .. }) = (&row, kind);
                wrong.push(format!("{name}: {ctx} {value:?}: {told}, not {expect}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    if counts.is_empty() {
        println!("suite addresses: absent, no row was judged");
        return;
    }
    for kind in &kinds {
        assert_eq!(counts.get(&*kind.name), Some(&kind.rows), "{}", kind.name);
    }
    for (exception, met) in exceptions.iter().zip(met) {
        assert!(met, "no row is {:?}", exception.value);
    }
}

/// The exceptions are values of this repository, and are judged where the suite is absent too.
#[test]
fn every_exception_has_its_verdict() {
    let (kinds, exceptions) = vectors();
    let judge = Judge::new();
    for Exception {
        kind,
        context,
        value,
        expect,
        ..
    } in exceptions
    {
        let told = judge.told(&context, &value);
        assert_eq!(told, expect, "{context} {value:?}");
        let of = kinds.iter().find(|it| it.name == kind);
        let of = of.unwrap_or_else(|| panic!("no kind {kind:?}"));
        assert_ne!(of.expect, expect, "{value:?} is no exception");
    }
}

#[test]
fn the_document_has_the_kinds_and_exceptions_of_the_data() {
    let (kinds, exceptions) = vectors();
    let mut rows: Vec<String> = kinds
        .iter()
        .map(|it| {
            let Kind {
                name, rows, reason, ..
            } = it;
            format!("| {name} | {rows} | {} | {reason} |", verdict(&it.expect))
        })
        .collect();
    rows.extend(exceptions.iter().map(|it| {
        let Exception {
            kind,
            value,
            reason,
            ..
        } = it;
        let value = value.replace('|', "\\|");
        format!(
            "| {kind} | `{value}` | {} | {reason} |",
            verdict(&it.expect)
        )
    }));
    let written: Vec<&str> = DOCUMENT
        .lines()
        .filter(|line| line.starts_with("| ") && !line.starts_with("| kind |"))
        .filter(|line| !line.starts_with("| ---"))
        .collect();
    assert_eq!(written.join("\n"), rows.join("\n"));
    let all: usize = kinds.iter().map(|kind| kind.rows).sum();
    assert!(DOCUMENT.contains(&format!("{all} rows")), "{all} rows");
}

fn vectors() -> (Vec<Kind>, Vec<Exception>) {
    (
        suite::vectors("unknown_kinds.jsonl"),
        suite::vectors("unknown_exceptions.jsonl"),
    )
}

fn verdict(expect: &str) -> String {
    match expect {
        crate::judged::ACCEPT => "passes".to_owned(),
        code => format!("refused, `{code}`"),
    }
}
