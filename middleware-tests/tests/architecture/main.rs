//! Holds the house as it was drawn: which module may know which, and where outside crates come in.
//!
//! It reads the paths in the source, tests left out, so that a wall cannot move unseen.

mod decoders;
mod ranges;
mod source;

use std::collections::BTreeSet;

use source::Module;

/// What the words of this crate are: they know nothing but each other.
const WORDS: &[&str] = &[
    "error",
    "fact",
    "fingerprint",
    "limits",
    "location",
    "mode",
    "rule_class",
    "table_name",
    "text",
    "violation",
    "violations",
];

/// Each module, and what it may know beside the words. A request walks them from the last to the
/// first, and so do the arrows.
const MAY_KNOW: &[(&str, &[&str])] = &[
    ("error", &[]),
    ("fact", &[]),
    ("fingerprint", &[]),
    ("limits", &[]),
    ("location", &[]),
    ("mode", &[]),
    ("rule_class", &[]),
    ("table_name", &[]),
    ("text", &[]),
    ("violation", &[]),
    ("violations", &[]),
    ("rejection", &[]),
    ("telemetry", &["rejection"]),
    ("kill_switch", &["telemetry"]),
    ("json", &[]),
    ("address", &[]),
    ("input", &["json"]),
    // The formats of URLs, hosts and IP addresses ask for the class of what they name.
    ("schema", &["json", "address"]),
    (
        "policy",
        &["json", "address", "input", "schema", "telemetry"],
    ),
    ("problem", &["rejection"]),
    (
        "layer",
        &[
            "input",
            "kill_switch",
            "policy",
            "problem",
            "rejection",
            "telemetry",
        ],
    ),
    ("egress", &["address"]),
    ("dynamodb", &["json", "kill_switch"]),
];

/// Outside crates that only some places may name.
const ONLY_IN: &[(&str, &[&str])] = &[
    ("aws_credential_types", &["dynamodb/credentials"]),
    ("aws_sdk_dynamodb", &["dynamodb/client", "dynamodb/guard"]),
    (
        "aws_smithy_runtime_api",
        &["dynamodb/interceptor", "egress/smithy"],
    ),
    ("aws_smithy_types", &["dynamodb/interceptor"]),
    ("aws_types", &["dynamodb/endpoint", "dynamodb/guard"]),
    ("base64", &["dynamodb/policy/key", "schema/format/encoding"]),
    ("arc_swap", &["layer/handle"]),
    (
        "axum",
        &[
            "layer/checked",
            "layer/coverage",
            "layer/covered",
            "layer/route",
            "policy/types/extractors",
        ],
    ),
    ("http_body", &["layer/"]),
    ("http_body_util", &["layer/"]),
    (
        "hyper_util",
        &["egress/connector", "egress/resolver", "egress/smithy"],
    ),
    ("idna", &["address/host"]),
    (
        "jsonschema",
        &["schema/document/delegate", "schema/document/documents"],
    ),
    ("jsonschema_regex", &["schema/document/patterns"]),
    ("metrics", &["telemetry/meters"]),
    ("regex_automata", &["schema/pattern"]),
    ("regex_syntax", &["schema/pattern"]),
    ("reqwest", &["egress/reqwest"]),
    ("schemars", &["layer/checked", "policy/types/"]),
    // The reader is ours: see `json`.
    (
        "serde",
        &[
            "dynamodb/iam/",
            "dynamodb/policy/file",
            "fact",
            "layer/checked",
            "policy/compare/",
            "problem",
            "table_name",
        ],
    ),
    (
        "serde_json",
        &[
            "dynamodb/iam/",
            "layer/checked",
            "policy/file/",
            "policy/openapi/",
            "policy/types/",
            "problem",
            "telemetry/event",
            "schema/document",
        ],
    ),
    ("serde_saphyr", &["policy/openapi/text"]),
    ("simdutf8", &["json/reader"]),
    ("tokio", &["layer/body/pace"]),
    (
        "toml",
        &[
            "dynamodb/policy/",
            "dynamodb/recording/written",
            "policy/file/toml",
        ],
    ),
    ("toml_parser", &["policy/file/toml"]),
    ("tower_layer", &["layer/layer", "egress/"]),
    ("tower_service", &["layer/", "egress/"]),
    (
        "tracing",
        &[
            "telemetry/event",
            "dynamodb/credentials",
            "dynamodb/interceptor",
            "egress/",
        ],
    ),
    ("wide", &["text/block"]),
];

#[test]
fn arrows_run_downwards() {
    let mut wrong = BTreeSet::new();
    for module in source::modules() {
        let (name, may_know) = MAY_KNOW
            .iter()
            .find(|(name, _)| *name == module.room())
            .unwrap_or_else(|| panic!("{} stands nowhere in the house", module.path));
        for known in &module.knows {
            if known != name
                && !WORDS.contains(&known.as_str())
                && !may_know.contains(&known.as_str())
            {
                wrong.insert(format!("{} knows {known}", module.path));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn the_table_has_no_circle() {
    for (place, (name, may_know)) in MAY_KNOW.iter().enumerate() {
        for known in *may_know {
            let below = MAY_KNOW[..place].iter().any(|(below, _)| below == known);
            assert!(
                below,
                "{name} may know {known}, which does not stand before it"
            );
        }
    }
}

#[test]
fn outside_crates_come_in_at_one_place() {
    let modules = source::modules();
    let mut wrong = BTreeSet::new();
    for (outside, places) in ONLY_IN {
        let naming: Vec<&Module> = modules
            .iter()
            .filter(|module| module.names.contains(*outside))
            .collect();
        assert!(!naming.is_empty(), "nothing names {outside}: strike it");
        for module in naming {
            if !places.iter().any(|place| module.path.starts_with(place)) {
                wrong.insert(format!("{} names {outside}", module.path));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// A file that has grown beyond this has two jobs.
#[test]
fn files_are_small() {
    let long: Vec<String> = source::modules()
        .into_iter()
        .filter(|module| module.lines > 450)
        .map(|module| format!("{}: {} lines", module.path, module.lines))
        .collect();
    assert!(long.is_empty(), "{long:#?}");
}
