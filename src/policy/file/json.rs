//! Reading a file that is JSON, strictly.

use std::ops::Range;

use serde_json::Value;

use super::tree::{At, Kind, Member, Node};
use crate::{
    json::{Bounds, Halt, Names, Number, Reader, Sink, Stop, SyntaxError},
    text::Text,
};

/// Reads a text, and says what in it can be read in more than one way.
///
/// # Errors
///
/// Where and why it is not JSON.
pub(super) fn read(
    text: &str,
    mistake: &mut dyn FnMut(Range<usize>, &str),
) -> Result<Node, (Range<usize>, String)> {
    let bounds = Bounds::WIDEST;
    let mut planter = Planter {
        text,
        at: 0,
        open: Vec::new(),
        complete: None,
        whole: None,
        names: Names::default(),
        mistake,
    };
    let halt = match Reader::new(bounds).read(text.as_bytes(), true, &mut planter) {
        Ok(_) => None,
        Err(Halt::Syntax(error)) => Some(error),
        Err(Halt::Stopped) => Some(SyntaxError::Malformed),
    };
    let last = planter.at..planter.at + 1;
    match (halt, planter.whole) {
        (None, Some(whole)) => Ok(whole),
        (Some(SyntaxError::TooDeep), _) => {
            Err((last, format!("nests deeper than {} levels", bounds.depth)))
        }
        (Some(SyntaxError::NumberTooLarge), _) => Err((last, "no f64 holds the number".into())),
        (Some(SyntaxError::NotUtf8), _) => {
            Err((last, "has half of a surrogate pair: no character".into()))
        }
        _ => Err(malformed(text, last)),
    }
}

/// Where a text stops being JSON, as `serde_json` tells it.
fn malformed(text: &str, last: Range<usize>) -> (Range<usize>, String) {
    let Err(error) = serde_json::from_str::<Value>(text) else {
        return (last, "is no JSON".into());
    };
    let line = text
        .split_inclusive('\n')
        .take(error.line().saturating_sub(1));
    let start: usize = line.map(str::len).sum();
    let told = error.to_string();
    let told = told.split(" at line ").next().unwrap_or_default();
    // It counts bytes, and may stand inside of a character.
    let mut at = (start + error.column().saturating_sub(1)).min(text.len());
    if error.is_eof() {
        at = text.len();
    }
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    let width = text[at..].chars().next().map_or(0, char::len_utf8);
    (at..at + width, format!("is no JSON: {told}"))
}

/// Makes a tree of what a reader tells.
struct Planter<'t, 'm> {
    text: &'t str,
    /// Where the value that came last begins.
    at: usize,
    open: Vec<Open>,
    /// A value that ends next, and where it begins.
    complete: Option<(usize, Kind)>,
    whole: Option<Node>,
    names: Names,
    mistake: &'m mut dyn FnMut(Range<usize>, &str),
}

enum Open {
    Array(usize, Vec<Node>),
    Table(usize, Vec<Member>, Name),
}

/// The name of the member that is read.
#[derive(Default)]
struct Name {
    text: String,
    at: Range<usize>,
    is_new: bool,
}

impl Planter<'_, '_> {
    fn scalar(&mut self, kind: Kind) {
        self.complete = Some((self.at, kind));
    }

    /// The name before the colon before the value that begins at `value`, with its quotes. A quote in it
    /// is escaped.
    fn name_before(&self, value: usize) -> Range<usize> {
        let bytes = self.text.as_bytes();
        let colon = bytes[..value].iter().rposition(|byte| *byte == b':');
        let before = &bytes[..colon.unwrap_or(0)];
        let end = before.iter().rposition(|byte| *byte == b'"').unwrap_or(0);
        let mut start = end;
        while let Some(quote) = bytes[..start].iter().rposition(|byte| *byte == b'"') {
            let escapes = bytes[..quote].iter().rev();
            let escapes = escapes.take_while(|byte| **byte == b'\\').count();
            start = quote;
            if escapes % 2 == 0 {
                break;
            }
        }
        start..end + 1
    }
}

impl Sink for Planter<'_, '_> {
    fn begins(&mut self, at: usize) {
        self.at = at;
        if !matches!(self.open.last(), Some(Open::Table(..))) {
            return;
        }
        let range = self.name_before(at);
        if let Some(Open::Table(_, _, name)) = self.open.last_mut() {
            name.at = range.clone();
            if !name.is_new {
                (self.mistake)(range, "an object has two members of this name");
            }
        }
    }

    fn ended(&mut self, end: usize) -> Result<(), Stop> {
        let Some((start, kind)) = self.complete.take() else {
            return Ok(());
        };
        let range = start..end;
        let kind = match kind {
            Kind::Unreadable => number(&self.text[range.clone()]).map_or(kind, Kind::Number),
            kind => kind,
        };
        if matches!(kind, Kind::Unreadable) {
            (self.mistake)(range.clone(), "readers round the number");
        }
        let at = At::Text(range);
        let node = Node { at, kind };
        match self.open.last_mut() {
            None => self.whole = Some(node),
            Some(Open::Array(_, items)) => items.push(node),
            Some(Open::Table(_, members, name)) => {
                let name = std::mem::take(name);
                members.push(Member {
                    name: name.text,
                    at: At::Text(name.at),
                    value: node,
                });
            }
        }
        Ok(())
    }

    fn begin_object(&mut self) -> Result<(), Stop> {
        self.names.begin();
        self.open
            .push(Open::Table(self.at, Vec::new(), Name::default()));
        Ok(())
    }

    fn name(&mut self, name: Text<'_>) -> Result<(), Stop> {
        let is_new = self.names.insert(name.bytes);
        if let Some(Open::Table(_, _, current)) = self.open.last_mut() {
            name.as_str().clone_into(&mut current.text);
            current.is_new = is_new;
        }
        Ok(())
    }

    fn end_object(&mut self) -> Result<(), Stop> {
        self.names.end();
        if let Some(Open::Table(start, members, _)) = self.open.pop() {
            self.complete = Some((start, Kind::Table(members)));
        }
        Ok(())
    }

    fn begin_array(&mut self) -> Result<(), Stop> {
        self.open.push(Open::Array(self.at, Vec::new()));
        Ok(())
    }

    fn end_array(&mut self) -> Result<(), Stop> {
        if let Some(Open::Array(start, items)) = self.open.pop() {
            self.complete = Some((start, Kind::Array(items)));
        }
        Ok(())
    }

    fn string(&mut self, text: Text<'_>) -> Result<(), Stop> {
        self.scalar(Kind::String(text.as_str().to_owned()));
        Ok(())
    }

    fn number(&mut self, _: Number<'_>) -> Result<(), Stop> {
        // Its text is known where it ends.
        self.scalar(Kind::Unreadable);
        Ok(())
    }

    fn boolean(&mut self, value: bool) -> Result<(), Stop> {
        self.scalar(Kind::Boolean(value));
        Ok(())
    }

    fn null(&mut self) -> Result<(), Stop> {
        self.scalar(Kind::Null);
        Ok(())
    }
}

/// The number of a text, where it is read as it is written.
fn number(text: &str) -> Option<serde_json::Number> {
    let read: serde_json::Number = serde_json::from_str(text).ok()?;
    let digits = |text: &str| -> Option<(Vec<u8>, i64)> {
        let decimal = Number::parse(text.as_bytes(), usize::MAX)?.to_decimal();
        Some((decimal.digits().collect(), decimal.exponent))
    };
    (digits(text)? == digits(&read.to_string())?).then_some(read)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree(text: &str) -> (Option<Node>, Vec<String>) {
        let mut told = Vec::new();
        let tell = &mut |range: Range<usize>, what: &str| {
            told.push(format!("{}: {what}", &text[range]));
        };
        let read = read(text, tell);
        match read {
            Ok(node) => (Some(node), told),
            Err((range, what)) => (None, vec![format!("{range:?}: {what}")]),
        }
    }

    #[test]
    fn every_part_knows_where_it_stands() {
        let text = r#" { "a\"b\\" : [1, {"c":"d"}], "é":null }"#;
        let (node, told) = tree(text);
        let node = node.expect("it is JSON");
        assert!(told.is_empty(), "{told:?}");
        let expected: Value = serde_json::from_str(text).expect("it is JSON");
        assert_eq!(node.to_value(), expected);
        let part = |at: &At| match at {
            At::Text(range) => &text[range.clone()],
            At::Value(_) => "",
        };
        assert_eq!(part(&node.at), text.trim());
        let names: Vec<&str> = node.members().iter().map(|it| part(&it.at)).collect();
        assert_eq!(names, [r#""a\"b\\""#, r#""é""#]);
        let (at, object) = node.members()[0].value.step("1").expect("two items");
        assert_eq!(part(at), r#"{"c":"d"}"#);
        assert_eq!(part(object.step("c").expect("a member").0), r#""d""#);
    }

    #[test]
    fn what_is_read_in_two_ways_is_told() {
        let (_, told) = tree(r#"{"a":{"b":1,"b":2},"c":0.1000000000000000055,"d":1.50,"e":1e3}"#);
        assert_eq!(
            told,
            [
                "\"b\": an object has two members of this name",
                "0.1000000000000000055: readers round the number"
            ]
        );
    }

    #[test]
    fn what_is_no_json_is_told_where_it_stands() {
        for (text, told) in [
            ("", "0..0: is no JSON: EOF while parsing a value"),
            ("{\"a\":1", "6..6: is no JSON: EOF while parsing an object"),
            ("[1,\n  é]", "6..8: is no JSON: expected value"),
            ("{} x", "3..4: is no JSON: trailing characters"),
            (
                r#"["\ud800"]"#,
                "1..2: has half of a surrogate pair: no character",
            ),
            ("[1e999]", "1..2: no f64 holds the number"),
        ] {
            assert_eq!(tree(text).1, [told], "{text}");
        }
    }

    #[test]
    fn nesting_is_bounded() {
        let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
        assert_eq!(tree(&deep).1, ["128..129: nests deeper than 128 levels"]);
    }
}
