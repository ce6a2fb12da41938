//! Reading the text of a document, which is JSON if it begins with a brace, and YAML otherwise.

use serde_json::Value;
use serde_saphyr::options::{DuplicateKeyPolicy, MergeKeyPolicy};

use super::report::Report;
use crate::schema::read_json;

/// The longest document, in bytes.
const MOST: usize = 8 * 1024 * 1024;

/// The containers in each other. The reader of YAML takes much of the stack for each.
const DEEPEST: usize = 64;

/// The values of a document in YAML.
const NODES: usize = 1_000_000;

/// The values that aliases repeat.
const REPEATED: usize = 100_000;

/// Reads a document. What can be read in more than one way is told.
pub(super) fn read(text: &str, report: &mut Report) -> Option<Value> {
    let whole = || "the document".to_owned();
    if text.len() > MOST {
        report.mistake_at(whole(), format!("is longer than {MOST} bytes"));
        return None;
    }
    let read = if text.trim_start().starts_with('{') {
        read_json(text, &mut |steps, told| {
            let slash = if steps.is_empty() { "" } else { "/" };
            report.mistake_at(format!("#{slash}{}", steps.join("/")), told);
        })
    } else {
        read_yaml(text)
    };
    read.map_err(|error| report.mistake_at(whole(), error)).ok()
}

/// YAML as version 1.2 has it, without what its readers do not agree on: keys that stand twice, merge
/// keys, tags of their own. `no` is a text, and keys that are numbers are the text that they are written
/// as.
fn read_yaml(text: &str) -> Result<Value, String> {
    let options = serde_saphyr::options! {
        budget: serde_saphyr::budget! {
            max_depth: DEEPEST,
            max_documents: 1,
            max_events: 2 * NODES,
            max_nodes: NODES,
            max_total_scalar_bytes: MOST,
            max_recorded_anchor_events: REPEATED,
            max_recorded_anchor_bytes: MOST,
        },
        alias_limits: serde_saphyr::alias_limits! {
            max_total_replayed_events: REPEATED,
        },
        duplicate_keys: DuplicateKeyPolicy::Error,
        merge_keys: MergeKeyPolicy::Error,
        strict_booleans: true,
        underscored_numbers_as_strings: true,
        reject_unsupported_tags: true,
        with_snippet: false,
    };
    serde_saphyr::from_str_with_options(text, options).map_err(|error| error.to_string())
}
