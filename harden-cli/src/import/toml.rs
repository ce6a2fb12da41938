//! A policy file as TOML that people go on with: a header for each schema and each route, and a line for
//! whatever fits on one.

use serde_json::{Map, Number, Value};
use toml_writer::{ToTomlKey, ToTomlValue, TomlStringBuilder};

use super::order;

/// So wide may a line be before its tables are written apart.
const WIDTH: usize = 100;

/// What the version of TOML that every reader knows has no words for, and where it stands.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Unwritable {
    pub(super) at: String,
    pub(super) what: &'static str,
}

/// Writes the tree of a policy file.
///
/// # Errors
///
/// Everything that TOML has no value for.
pub(super) fn write(tree: &Value) -> Result<String, Vec<Unwritable>> {
    let mut unwritable = Vec::new();
    find(tree, "#", &mut unwritable);
    if !unwritable.is_empty() {
        return Err(unwritable);
    }
    let mut text = String::new();
    for (key, value) in sorted(tree.as_object(), false) {
        match (key, value) {
            ("schemas" | "routes", Value::Object(members)) => section(&mut text, key, members),
            _ => entry(
                &mut text,
                &key.to_toml_key(),
                value,
                order::names_members(key),
            ),
        }
    }
    Ok(text)
}

/// Members that have a header each.
fn section(text: &mut String, key: &str, members: &Map<String, Value>) {
    let mut members: Vec<(&String, &Value)> = members.iter().collect();
    if key == "routes" {
        members.sort_by_key(|(name, _)| order::route(name));
    }
    // A schema may be `true`, which no header can say.
    let (tables, others): (Vec<_>, Vec<_>) = members.into_iter().partition(|it| it.1.is_object());
    if !others.is_empty() {
        header(text, key);
        for (name, value) in others {
            entry(text, &name.to_toml_key(), value, false);
        }
    }
    for (name, table) in tables {
        header(text, &format!("{key}.{}", name.to_toml_key()));
        for (key, value) in sorted(table.as_object(), false) {
            entry(text, &key.to_toml_key(), value, order::names_members(key));
        }
    }
}

fn header(text: &mut String, name: &str) {
    line(text, "");
    line(text, &format!("[{name}]"));
}

/// A key with its value, on a line of its own or with a line for each of its members. `named` is whether
/// they have the names that the document gives them.
fn entry(text: &mut String, path: &str, value: &Value, named: bool) {
    let whole = format!("{path} = {}", inline(value, named));
    let is_long = whole.chars().count() > WIDTH;
    match value {
        Value::Object(members) if !members.is_empty() && (named || is_long) => {
            for (key, value) in sorted(Some(members), named) {
                let named = !named && order::names_members(key);
                entry(text, &format!("{path}.{}", key.to_toml_key()), value, named);
            }
        }
        Value::Array(items) if is_long => {
            line(text, &format!("{path} = ["));
            for item in items {
                line(text, &format!("    {},", inline(item, false)));
            }
            line(text, "]");
        }
        _ => line(text, &whole),
    }
}

fn line(text: &mut String, line: &str) {
    text.push_str(line);
    text.push('\n');
}

/// A value on one line.
fn inline(value: &Value, named: bool) -> String {
    match value {
        Value::Object(members) if members.is_empty() => "{}".into(),
        Value::Object(_) => {
            let members = sorted(value.as_object(), named).into_iter();
            let members = members.map(|(key, value)| {
                let named = !named && order::names_members(key);
                format!("{} = {}", key.to_toml_key(), inline(value, named))
            });
            format!("{{ {} }}", members.collect::<Vec<_>>().join(", "))
        }
        Value::Array(items) => {
            let items = items.iter().map(|item| inline(item, false));
            format!("[{}]", items.collect::<Vec<_>>().join(", "))
        }
        // On one line, whatever is in it.
        Value::String(text) if text.contains('\n') => {
            TomlStringBuilder::new(text).as_basic().to_toml_value()
        }
        Value::String(text) => text.to_toml_value(),
        Value::Bool(value) => value.to_toml_value(),
        Value::Number(number) => match (number.as_i64(), number.as_f64()) {
            (Some(number), _) => number.to_toml_value(),
            (None, Some(number)) => number.to_toml_value(),
            (None, None) => String::new(),
        },
        Value::Null => String::new(),
    }
}

fn sorted(members: Option<&Map<String, Value>>, named: bool) -> Vec<(&str, &Value)> {
    let members = members.into_iter().flatten();
    let mut members: Vec<_> = members.map(|(key, value)| (key.as_str(), value)).collect();
    members.sort_by_key(|(key, _)| (if named { 0 } else { order::rank(key) }, *key));
    members
}

/// Finds what has no value in TOML.
fn find(value: &Value, at: &str, found: &mut Vec<Unwritable>) {
    let what = match value {
        Value::Object(members) => {
            for (key, value) in members {
                find(value, &format!("{at}/{}", step(key)), found);
            }
            return;
        }
        Value::Array(items) => {
            for (place, value) in items.iter().enumerate() {
                find(value, &format!("{at}/{place}"), found);
            }
            return;
        }
        Value::Null => "null",
        Value::Number(number) if is_large(number) => "a whole number beyond 63 bits",
        _ => return,
    };
    found.push(Unwritable {
        at: at.to_owned(),
        what,
    });
}

fn is_large(number: &Number) -> bool {
    number.as_i64().is_none() && (number.is_u64() || number.as_f64().is_none())
}

/// A step of a JSON Pointer.
fn step(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}
