//! Values near what a schema accepts, as texts of JSON.

use middleware_tests::tape::Tape;

use crate::models::{Model, NAMES, TEXTS};

const MORE_TEXTS: &[&str] = &[
    "abcd",
    "abcde",
    "éé",
    "\u{1}",
    "a\tb",
    "123e4567-e89b-12d3-a456-426614174000",
    "2026-11-24T10:00:00Z",
    "2026-11-24",
    "https://example.com/",
    "https://example.com/?next=http://10.0.0.1/",
    "http://127.1/",
    "example.com",
    "example.com:80",
    "a.internal",
    "8.8.8.8",
    "a@example.com",
    "aHR0cDovLzEwLjAuMC4xLw==",
];

const NUMBERS: &[&str] = &[
    "-2",
    "-1",
    "0",
    "1",
    "2",
    "3",
    "4",
    "5",
    "6",
    "7",
    "8",
    "9",
    "10",
    "1.0",
    "2.5",
    "-0",
    "1e0",
    "4.0",
    "1.00000000000000000000",
    "0.99999999999999999999",
    "5.0000000000000000001",
    "20e-1",
];

/// Half of them break something.
pub(crate) fn value(model: &Model, tape: &mut Tape<'_>) -> String {
    if tape.one_in(16) {
        return tape
            .pick(&["null", "true", "\"a\"", "1", "[]", "{}", "[1]", "{\"a\":1}"])
            .into();
    }
    match model {
        Model::Any => tape
            .pick(&[
                "null",
                "1",
                "\"http://10.0.0.1/\"",
                "{\"z\":[\"a\"]}",
                "\"\\u0001\"",
            ])
            .into(),
        Model::Null => "null".into(),
        Model::Boolean => tape.pick(&["true", "false"]).into(),
        Model::Text(text) => {
            let value = match &text.values {
                Some(values) if !tape.one_in(4) => values[tape.below(values.len())],
                _ => text_value(tape),
            };
            quoted(value)
        }
        Model::Number(_) => tape.pick(NUMBERS).into(),
        Model::Array(array) => {
            let count = match tape.below(3) {
                0 => array.min.unwrap_or(0),
                1 => array.max.unwrap_or(2).min(4),
                _ => tape.below(4),
            };
            let items =
                (0..count).map(|place| value(array.first.get(place).unwrap_or(&array.items), tape));
            format!("[{}]", items.collect::<Vec<_>>().join(","))
        }
        Model::Object(object) => {
            let mut members = Vec::new();
            for (name, required, model) in &object.members {
                if (*required && !tape.one_in(8)) || tape.one_in(2) {
                    members.push((*name, value(model, tape)));
                }
            }
            if tape.one_in(2) {
                let name = match tape.below(6) {
                    0 => "http://10.0.0.1/",
                    1 => "zzzzzz",
                    _ => tape.pick(NAMES),
                };
                if members.iter().all(|(known, _)| *known != name) {
                    let matching = object.matching.first().map(|(_, model)| model);
                    let model = object.others.as_deref().or(matching).unwrap_or(&Model::Any);
                    members.push((name, value(model, tape)));
                }
            }
            let members = members
                .iter()
                .map(|(name, value)| format!("{}:{value}", quoted(name)));
            format!("{{{}}}", members.collect::<Vec<_>>().join(","))
        }
        Model::OneOf(models) => value(&models[tape.below(models.len())], tape),
    }
}

/// A text for a field that is one.
pub(crate) fn text_value(tape: &mut Tape<'_>) -> &'static str {
    if tape.one_in(2) {
        tape.pick(TEXTS)
    } else {
        tape.pick(MORE_TEXTS)
    }
}

/// A text for a field of a query.
pub(crate) fn parameter(model: &Model, tape: &mut Tape<'_>) -> String {
    match model {
        Model::Number(_) => tape.pick(NUMBERS).into(),
        Model::Boolean => tape.pick(&["true", "false", "TRUE", "1"]).into(),
        _ => text_value(tape).into(),
    }
}

fn quoted(text: &str) -> String {
    serde_json::to_string(text).expect("a string")
}
