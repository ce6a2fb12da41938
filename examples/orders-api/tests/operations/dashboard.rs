use std::collections::BTreeSet;

use serde_json::Value;

use crate::{exported::EXPORTED, missing, placeholders, promql::Query};

const DASHBOARD: &str = include_str!("../../operations/dashboard.json");

fn dashboard() -> Value {
    serde_json::from_str(DASHBOARD).expect("JSON")
}

fn panels(dashboard: &Value) -> &[Value] {
    dashboard["panels"].as_array().expect("panels")
}

/// The queries of the panels, each with the legend of its series.
fn queries(dashboard: &Value) -> Vec<(&str, &str)> {
    let targets = panels(dashboard).iter().map(|panel| &panel["targets"]);
    let targets = targets.flat_map(|targets| targets.as_array().expect("targets"));
    targets
        .map(|target| {
            let expr = target["expr"].as_str().expect("a query");
            (expr, target["legendFormat"].as_str().expect("a legend"))
        })
        .collect()
}

#[test]
fn its_queries_ask_for_what_is_exported() {
    let dashboard = dashboard();
    let mut told = String::new();
    for (query, _) in queries(&dashboard) {
        told += &missing(query, &EXPORTED);
    }
    for variable in dashboard["templating"]["list"]
        .as_array()
        .expect("variables")
    {
        if variable["type"] == "query" {
            told += &missing(variable["query"].as_str().expect("a query"), &EXPORTED);
        }
    }
    assert!(told.is_empty(), "{told}");
}

#[test]
fn everything_that_is_exported_is_on_it() {
    let dashboard = dashboard();
    let mut asked = BTreeSet::new();
    for (query, _) in queries(&dashboard) {
        let query = Query::read(query).expect("a query");
        asked.extend(query.selectors.into_iter().map(|selector| selector.name));
    }
    for (metric, kind) in &EXPORTED.metrics {
        let series = match kind.as_str() {
            "histogram" => format!("{metric}_bucket"),
            _ => metric.clone(),
        };
        assert!(asked.contains(&series), "{series} is on no panel");
    }
}

#[test]
fn legends_name_the_labels_that_series_are_grouped_by() {
    for (query, legend) in queries(&dashboard()) {
        let mut grouped = Query::read(query).expect("a query").grouped;
        grouped.retain(|label| label != "le");
        grouped.sort();
        let mut named = placeholders(legend);
        named.sort();
        assert_eq!(named, grouped, "{query}");
    }
}

#[test]
fn panels_have_numbers_of_their_own_and_do_not_overlap() {
    let dashboard = dashboard();
    let (mut ids, mut cells) = (BTreeSet::new(), BTreeSet::new());
    for panel in panels(&dashboard) {
        assert!(ids.insert(panel["id"].as_u64()), "{panel}");
        let place = |name: &str| panel["gridPos"][name].as_u64().expect("a number");
        let (x, y) = (place("x"), place("y"));
        assert!(x + place("w") <= 24, "{panel}");
        for column in x..x + place("w") {
            for row in y..y + place("h") {
                assert!(cells.insert((column, row)), "{panel}");
            }
        }
    }
}
