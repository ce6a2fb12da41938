use std::collections::BTreeSet;

use serde_json::Value;

use crate::{TARGET, exported::EXPORTED, missing, placeholders, promql::Query};

const ALERTS: &str = include_str!("../../operations/alerts.yml");

fn rules() -> Vec<Value> {
    let file: Value = serde_saphyr::from_str(ALERTS).expect("YAML");
    let groups = file["groups"].as_array().expect("groups").iter();
    groups
        .flat_map(|group| group["rules"].as_array().expect("rules").clone())
        .collect()
}

fn text<'v>(rule: &'v Value, key: &str) -> &'v str {
    rule[key]
        .as_str()
        .unwrap_or_else(|| panic!("{rule} has no {key}"))
}

#[test]
fn their_queries_ask_for_what_is_exported() {
    let told: String = rules()
        .iter()
        .map(|rule| missing(text(rule, "expr"), &EXPORTED))
        .collect();
    assert!(told.is_empty(), "{told}");
}

#[test]
fn there_is_one_for_each_thing_to_look_at() {
    let names: Vec<_> = rules()
        .iter()
        .map(|rule| text(rule, "alert").to_owned())
        .collect();
    assert_eq!(
        names,
        [
            "HardenRefusalsSpike",
            "HardenKillSwitchEngaged",
            "HardenReloadKept",
            "HardenCandidateWouldRefuse",
        ]
    );
}

#[test]
fn each_says_how_bad_it_is_and_what_to_do() {
    for rule in rules() {
        let severity = text(&rule["labels"], "severity");
        assert!(
            ["critical", "warning", "info"].contains(&severity),
            "{rule}"
        );
        assert!(!text(&rule["annotations"], "description").is_empty());
        assert!(!text(&rule["annotations"], "summary").is_empty());
    }
}

/// Where a query groups, nothing else is left; where it does not, everything is.
#[test]
fn what_they_tell_names_labels_that_are_there() {
    for rule in rules() {
        let query = Query::read(text(&rule, "expr")).expect("a query");
        let mut known: BTreeSet<String> = query.grouped.into_iter().collect();
        if known.is_empty() {
            let labels = query
                .selectors
                .iter()
                .filter_map(|it| EXPORTED.labels(&it.name));
            known.extend(labels.flat_map(|labels| labels.keys().cloned()));
            known.extend(TARGET.map(str::to_owned));
        }
        for name in placeholders(text(&rule["annotations"], "summary")) {
            assert!(known.contains(&name), "{name} in {rule}");
        }
    }
}
