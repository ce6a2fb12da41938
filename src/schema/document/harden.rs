//! The keyword `x-harden`: rules of strings that fields have and the draft has not.

use serde_json::{Map, Value};

use crate::schema::{declaration::Controls, format::Format};

pub(super) const KEYWORD: &str = "x-harden";

/// What one name stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Rule {
    Format(Format),
    Controls(Controls),
}

const RULES: &[(&str, Rule)] = &[
    ("public-url", Rule::Format(Format::Url)),
    ("hostname", Rule::Format(Format::Hostname)),
    ("table-name", Rule::Format(Format::TableName)),
    ("shell-safe", Rule::Format(Format::ShellWord)),
    ("file-name", Rule::Format(Format::FileName)),
    ("relative-path", Rule::Format(Format::RelativePath)),
    ("base64", Rule::Format(Format::Base64)),
    ("multiline", Rule::Controls(Controls::Lines)),
    ("allow-controls", Rule::Controls(Controls::All)),
];

/// The values that stand where names should.
fn values(keywords: &Map<String, Value>) -> &[Value] {
    match keywords.get(KEYWORD) {
        Some(Value::Array(names)) => names,
        Some(name) => std::slice::from_ref(name),
        None => &[],
    }
}

fn rule(name: &Value) -> Option<(&'static str, Rule)> {
    let name = name.as_str()?;
    RULES.iter().find(|(known, _)| *known == name).copied()
}

/// The formats that strings have, each with its name.
pub(super) fn formats(
    keywords: &Map<String, Value>,
) -> impl Iterator<Item = (&'static str, Format)> {
    let rules = values(keywords).iter().filter_map(rule);
    rules.filter_map(|(name, rule)| match rule {
        Rule::Format(format) => Some((name, format)),
        Rule::Controls(_) => None,
    })
}

/// Every format, with its name.
pub(super) fn all_formats() -> impl Iterator<Item = (&'static str, Format)> {
    RULES.iter().filter_map(|(name, rule)| match rule {
        Rule::Format(format) => Some((*name, *format)),
        Rule::Controls(_) => None,
    })
}

/// The control characters that strings may hold.
pub(super) fn controls(keywords: &Map<String, Value>) -> Controls {
    let rules = values(keywords).iter().filter_map(rule);
    let controls = rules.filter_map(|(_, rule)| match rule {
        Rule::Controls(controls) => Some(controls),
        Rule::Format(_) => None,
    });
    controls.max().unwrap_or_default()
}

/// What is wrong with the keyword.
pub(super) fn mistake(keywords: &Map<String, Value>) -> Option<String> {
    let names = || {
        let names: Vec<&str> = RULES.iter().map(|(name, _)| *name).collect();
        names.join(", ")
    };
    let values = values(keywords);
    if !values.iter().all(Value::is_string) {
        return Some(format!("is a name or a list of names, of {}", names()));
    }
    let unknown = values.iter().position(|name| rule(name).is_none())?;
    let which = if values.len() == 1 {
        "is".to_owned()
    } else {
        format!("has a name at place {unknown} that is")
    };
    Some(format!("{which} none of {}", names()))
}
