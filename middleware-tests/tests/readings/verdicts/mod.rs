//! JSON Schema documents say here what they say to the crate `jsonschema`: properties over small
//! documents and values that nearly keep them.

mod documents;
mod values;

use std::cell::Cell;

use jsonschema::{Draft, PatternOptions};
use proptest::prelude::*;
use serde_json::Value;
use tower_harden::{AddressPolicy, Code, JsonSchema, Limits, Validator, Violation};

use crate::run::config;

/// The document with formats and controls as they come.
fn closed(document: &Value) -> JsonSchema {
    JsonSchema::new(document.to_string())
        .formats_as_annotations()
        .allow_controls()
}

/// The document as the draft reads it.
fn open(document: &Value) -> JsonSchema {
    closed(document).open_objects()
}

fn ours(schema: JsonSchema) -> Result<Validator, String> {
    Validator::new(schema, AddressPolicy::deny_internal(), Limits::default())
        .map_err(|error| error.to_string())
}

fn theirs(document: &Value) -> jsonschema::Validator {
    jsonschema::options()
        .with_draft(Draft::Draft202012)
        .with_pattern_options(PatternOptions::regex())
        .should_validate_formats(false)
        .build(document)
        .unwrap_or_else(|error| panic!("{document}: {error}"))
}

/// What became of the cases: a property that only ever sees one outcome says nothing.
#[derive(Debug, Default)]
struct Tally {
    accepted: Cell<u32>,
    refused: Cell<u32>,
    /// Documents without a delegated part.
    native: Cell<u32>,
    delegated: Cell<u32>,
    mistaken: Cell<u32>,
}

fn count(cell: &Cell<u32>) {
    cell.set(cell.get() + 1);
}

impl Tally {
    fn check(&self, document: &Value, seeds: &[u64]) -> Result<(), TestCaseError> {
        let ours = match ours(open(document)) {
            Ok(ours) => ours,
            Err(told) => {
                // What contradicts itself is refused here, and nothing fits it there.
                let refuses = [
                    "no string fits",
                    "no number fits",
                    "no array fits",
                    "no object fits",
                    "names a value twice",
                    "has no value of the declared type",
                    "again and again",
                    "looks for what the choices behind a reference leave",
                ];
                prop_assert!(refuses.iter().any(|words| told.contains(words)), "{told}");
                count(&self.mistaken);
                return Ok(());
            }
        };
        let native = format!("{ours:?}").contains("delegated: []");
        count(if native {
            &self.native
        } else {
            &self.delegated
        });
        let theirs = theirs(document);
        for seed in seeds {
            let value = values::near(document, *seed);
            let accepted = theirs.is_valid(&value);
            count(if accepted {
                &self.accepted
            } else {
                &self.refused
            });
            let judged = ours.check(value.to_string().as_bytes());
            prop_assert_eq!(
                judged.is_ok(),
                accepted,
                "{} of {}: {:?}",
                value,
                document,
                judged
            );
        }
        Ok(())
    }

    fn assert_all(&self, most_native: bool) {
        println!("{self:?}");
        let (accepted, refused) = (self.accepted.get(), self.refused.get());
        let all = accepted + refused;
        assert!(accepted * 10 >= all && refused * 10 >= all, "{self:?}");
        assert!(self.native.get() >= self.mistaken.get(), "{self:?}");
        if most_native {
            assert_eq!(self.delegated.get(), 0, "{self:?}");
        }
    }
}

#[test]
fn native_keywords_say_the_same() {
    let tally = Tally::default();
    proptest!(config(), |(document in documents::document(false), seeds in any::<[u64; 12]>())| {
        tally.check(&document, &seeds)?;
    });
    tally.assert_all(true);
}

#[test]
fn native_and_other_keywords_say_the_same_together() {
    let tally = Tally::default();
    proptest!(config(), |(document in documents::document(true), seeds in any::<[u64; 12]>())| {
        tally.check(&document, &seeds)?;
    });
    tally.assert_all(false);
}

/// Objects that are closed take fewer values and never others.
#[test]
fn closing_only_refuses_members() {
    let (accepted, refused, more) = (Cell::new(0), Cell::new(0), Cell::new(0));
    proptest!(config(), |(document in documents::document(true), seeds in any::<[u64; 12]>())| {
        let Ok(ours) = ours(closed(&document)) else {
            return Ok(());
        };
        let theirs = theirs(&document);
        for seed in seeds {
            let value = values::near(&document, seed);
            match (ours.check(value.to_string().as_bytes()), theirs.is_valid(&value)) {
                (Ok(()), true) => count(&accepted),
                (Ok(()), false) => prop_assert!(false, "{value} of {document} passes"),
                (Err(_), false) => count(&refused),
                (Err(found), true) => {
                    let codes: Vec<Code> = found.iter().map(Violation::code).collect();
                    prop_assert_eq!(codes, [Code::UnknownMember], "{} of {}", value, document);
                    count(&more);
                }
            }
        }
    });
    println!(
        "{} accepted, {} refused, {} for a member alone",
        accepted.get(),
        refused.get(),
        more.get()
    );
    assert!(accepted.get() > 100 && refused.get() > 100 && more.get() > 10);
}
