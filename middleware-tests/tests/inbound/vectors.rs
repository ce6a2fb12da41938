//! The vectors of this repository, each row through the public API.

use base64::{Engine, engine::general_purpose::STANDARD};
use middleware_tests::suite;
use serde::Deserialize;
use serde_json::json;
use tower_harden::{Code, Field, Schema};

use crate::judged::{ACCEPT, Judge, told, validator};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AddressRow {
    context: String,
    input: String,
    expect: String,
    why: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FormatRow {
    format: String,
    input: String,
    valid: bool,
    /// The code of the refusal, where it is not that of the format.
    code: Option<String>,
    why: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct JsonRow {
    input: Option<String>,
    /// In place of `input`, for bytes that are no UTF-8.
    base64: Option<String>,
    expect: String,
    why: String,
}

#[test]
fn addresses() {
    let judge = Judge::new();

    let mut wrong = Wrong::default();
    for row in suite::vectors::<AddressRow>("addresses.jsonl") {
        let told = judge.told(&row.context, &row.input);
        wrong.unless(told == row.expect, || {
            let (context, input) = (&row.context, &row.input);
            format!(
                "{context} {input:?}: {told}, not {} ({})",
                row.expect, row.why
            )
        });
    }
    wrong.report();
}

#[test]
fn formats() {
    // Controls are opened: the grammar of each format refuses them too.
    let validators = [
        ("uuid", Field::uuid()),
        ("date-time", Field::date_time()),
        ("email", Field::email()),
        ("hostname", Field::hostname()),
        ("ipv4", Field::ipv4()),
        ("ipv6", Field::ipv6()),
        ("table_name", Field::table_name()),
        ("file_name", Field::file_name()),
        ("relative_path", Field::relative_path()),
        ("shell_safe", Field::shell_safe()),
    ]
    .map(|(format, field)| (format, validator(field.allow_controls())));

    let mut wrong = Wrong::default();
    for row in suite::vectors::<FormatRow>("formats.jsonl") {
        let (_, validator) = validators
            .iter()
            .find(|(format, _)| *format == row.format)
            .unwrap_or_else(|| panic!("an unknown format {:?}", row.format));
        let expect = match (row.valid, &row.code) {
            (true, _) => ACCEPT,
            (false, Some(code)) => code,
            (false, None) => Code::Format.as_str(),
        };
        let told = told(validator, json!(row.input).to_string().as_bytes());
        wrong.unless(told == expect, || {
            let (format, input) = (&row.format, &row.input);
            format!("{format} {input:?}: {told}, not {expect} ({})", row.why)
        });
    }
    wrong.report();
}

#[test]
fn json_documents() {
    let any = validator(Schema::any());

    let mut wrong = Wrong::default();
    for row in suite::vectors::<JsonRow>("json.jsonl") {
        let document = match (row.input, row.base64) {
            (Some(input), None) => input.into_bytes(),
            (None, Some(base64)) => STANDARD.decode(base64).expect("base64"),
            _ => panic!("neither input nor base64, or both ({})", row.why),
        };
        let told = told(&any, &document);
        wrong.unless(told == row.expect, || {
            let input = document.escape_ascii();
            format!("{input}: {told}, not {} ({})", row.expect, row.why)
        });
    }
    wrong.report();
}

/// The rows that were judged otherwise than they say, told together.
#[derive(Default)]
struct Wrong(Vec<String>);

impl Wrong {
    fn unless(&mut self, right: bool, row: impl FnOnce() -> String) {
        if !right {
            self.0.push(row());
        }
    }

    fn report(self) {
        let Self(rows) = self;
        assert!(rows.is_empty(), "{} rows:\n{}", rows.len(), rows.join("\n"));
    }
}
