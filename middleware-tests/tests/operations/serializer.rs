//! Reads the members that a request may have out of the SDK's generated serializers.
//!
//! These are of one form: a function `ser_x(object, input)` writes each member with
//! `object.key("Name")`, and begins containers with `let mut v = ….start_object()`.

use std::{collections::HashMap, fs, path::Path};

use crate::class;

/// What the SDK writes at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Scalar,
    Object,
    Array,
}

/// The bodies of the serializing functions, by name.
pub(crate) struct Serializers(HashMap<String, String>);

impl Serializers {
    pub(crate) fn read(directory: &Path) -> Self {
        let mut functions = HashMap::new();
        for entry in fs::read_dir(directory).expect("the SDK has serializers") {
            let source = fs::read_to_string(entry.expect("a readable directory").path())
                .expect("readable source");
            for part in source.split("pub fn ser_").skip(1) {
                let (name, rest) = part.split_once('(').expect("a function has arguments");
                let body = rest.split("\n}\n").next().unwrap_or(rest);
                functions.insert(name.to_owned(), body.to_owned());
            }
        }
        Self(functions)
    }

    /// The paths of the members of an operation's request, each parent before its members.
    pub(crate) fn members(&self, module: &str) -> Vec<(String, Kind)> {
        let mut members = Vec::new();
        // An operation whose request has no members has no function.
        if self.0.contains_key(&format!("{module}_input_input")) {
            self.collect(&format!("{module}_input_input"), "", &mut members);
        }
        assert!(members.len() < 1000, "{module} does not end");
        members
    }

    fn collect(&self, function: &str, place: &str, members: &mut Vec<(String, Kind)>) {
        let body = &self.0[function];
        let mut variables = HashMap::from([("object".to_owned(), place.to_owned())]);
        for statement in body.split(';') {
            if let Some((called, variable)) = call(statement) {
                let inner = &variables[variable];
                if !class::is_data(inner) {
                    self.collect(called, inner, members);
                }
                continue;
            }
            let Some((path, written)) = written(statement, &variables) else {
                continue;
            };
            let kind = match written {
                written if written.starts_with(".start_object") => Kind::Object,
                written if written.starts_with(".start_array") => Kind::Array,
                _ => Kind::Scalar,
            };
            if let Some(variable) = bound(statement) {
                variables.insert(variable.to_owned(), path.clone());
            }
            note(members, path, kind);
        }
    }
}

/// Adds a member, or its containers to a member that is there.
fn note(members: &mut Vec<(String, Kind)>, path: String, kind: Kind) {
    let whole = whole(&path);
    if whole.split('.').count() > 1 && class::is_data(whole.rsplit_once('.').expect("a dot").0) {
        return;
    }
    match members
        .iter_mut()
        .find(|(known, _)| self::whole(known) == whole)
    {
        Some(known) => {
            if path.len() > known.0.len() {
                *known = (path, kind);
            }
        }
        None => members.push((path, kind)),
    }
}

/// A path without the containers of its last member.
fn whole(path: &str) -> &str {
    path.trim_end_matches(['{', '}', '[', ']'])
}

/// `…::ser_x(&mut v, …)`: `x` and `v`.
fn call(statement: &str) -> Option<(&str, &str)> {
    let (_, call) = statement.split_once("::ser_")?;
    let (function, arguments) = call.split_once('(')?;
    let variable = arguments.trim().trim_start_matches("&mut ");
    Some((function, variable.split(',').next()?.trim()))
}

/// The path that a statement writes to, and how it goes on.
fn written<'a>(
    statement: &'a str,
    variables: &HashMap<String, String>,
) -> Option<(String, &'a str)> {
    let receiver = |before: &str| {
        let name = before
            .trim_end()
            .rsplit(|c: char| !c.is_alphanumeric() && c != '_')
            .next();
        variables.get(name.unwrap_or_default()).cloned()
    };
    if let Some((before, rest)) = statement.split_once(".value()") {
        return Some((receiver(before)? + "[]", rest));
    }
    let (before, rest) = statement.split_once(".key(")?;
    let place = receiver(before)?;
    match rest.strip_prefix('"') {
        Some(literal) => {
            let (name, rest) = literal.split_once("\")")?;
            let dot = if place.is_empty() { "" } else { "." };
            Some((format!("{place}{dot}{name}"), rest))
        }
        None => Some((place + "{}", rest.split_once("())")?.1)),
    }
}

/// `let mut v = …`: `v`.
fn bound(statement: &str) -> Option<&str> {
    let (_, binding) = statement.split_once("let mut ")?;
    Some(binding.split_once(' ')?.0)
}
