//! Reading a file that is TOML.

use std::ops::Range;

use serde_json::Number;
use toml::{
    Spanned,
    de::{DeTable, DeValue},
};
use toml_parser::{
    Source,
    lexer::{Token, TokenKind},
};

use super::tree::{At, Kind, Member, Node};

/// Reads a text, and says what in it JSON has no value for.
///
/// # Errors
///
/// Where and why it is not TOML.
pub(super) fn read(
    text: &str,
    mistake: &mut dyn FnMut(Range<usize>, &str),
) -> Result<Node, (Range<usize>, String)> {
    if let Some(at) = too_deep(text) {
        return Err((at, format!("nests deeper than {DEEPEST} levels")));
    }
    let table = DeTable::parse(text).map_err(|error| {
        let at = error.span().unwrap_or(text.len()..text.len());
        (at, format!("is no TOML: {}", error.message()))
    })?;
    Ok(Node {
        at: At::Text(0..0),
        kind: members(table.into_inner(), mistake),
    })
}

/// So many tables and lists may stand in each other on one line and its header.
const DEEPEST: usize = 64;

/// Where a text nests too deeply.
///
/// The parser bounds brackets and not dotted keys: `a.a.a.a = 1` makes as many tables as it has letters,
/// which are dropped by recursion.
fn too_deep(text: &str) -> Option<Range<usize>> {
    // Of each open bracket, the levels that it adds: its own and those of the key before it.
    let mut open: Vec<(TokenKind, usize)> = Vec::new();
    let (mut depth, mut key) = (0, 0);
    for token in Source::new(text).lex() {
        match token.kind() {
            TokenKind::Dot => key += 1,
            TokenKind::Newline | TokenKind::Comma => key = 0,
            kind @ (TokenKind::LeftSquareBracket | TokenKind::LeftCurlyBracket) => {
                open.push((kind, key + 1));
                depth += key + 1;
                key = 0;
            }
            kind @ (TokenKind::RightSquareBracket | TokenKind::RightCurlyBracket) => {
                let counterpart = |(opened, _): &mut (TokenKind, usize)| {
                    let curly = *opened == TokenKind::LeftCurlyBracket;
                    curly == (kind == TokenKind::RightCurlyBracket)
                };
                // What has no counterpart is no TOML, and makes nothing less deep.
                if let Some((_, levels)) = open.pop_if(counterpart) {
                    depth -= levels;
                }
                key = 0;
            }
            _ => {}
        }
        if depth + key > DEEPEST {
            return Some(range(token));
        }
    }
    None
}

fn range(token: Token) -> Range<usize> {
    token.span().start()..token.span().end()
}

fn node(value: Spanned<DeValue<'_>>, mistake: &mut dyn FnMut(Range<usize>, &str)) -> Node {
    let range = value.span();
    let mut unreadable = |what: &str| {
        mistake(range.clone(), what);
        Kind::Unreadable
    };
    let kind = match value.into_inner() {
        DeValue::String(text) => Kind::String(text.into_owned()),
        DeValue::Boolean(value) => Kind::Boolean(value),
        DeValue::Integer(number) => match i64::from_str_radix(number.as_str(), number.radix()) {
            Ok(number) => Kind::Number(number.into()),
            Err(_) => unreadable("no i64 holds the number"),
        },
        DeValue::Float(number) => {
            let number = number.as_str().parse().ok().and_then(Number::from_f64);
            match number {
                Some(number) => Kind::Number(number),
                None => unreadable("is no number of JSON, which has no nan and no inf"),
            }
        }
        DeValue::Datetime(_) => {
            unreadable("is a date or time, and JSON has none: write it in quotes")
        }
        DeValue::Array(items) => {
            Kind::Array(items.into_iter().map(|item| node(item, mistake)).collect())
        }
        DeValue::Table(table) => members(table, mistake),
    };
    Node {
        at: At::Text(range),
        kind,
    }
}

fn members(table: DeTable<'_>, mistake: &mut dyn FnMut(Range<usize>, &str)) -> Kind {
    let members = table.into_iter().map(|(name, value)| Member {
        at: At::Text(name.span()),
        name: name.into_inner().into_owned(),
        value: node(value, mistake),
    });
    let mut members: Vec<Member> = members.collect();
    // The table has them by their names.
    members.sort_by_key(|member| member.at.start());
    Kind::Table(members)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn tree(text: &str) -> Result<(Node, Vec<String>), String> {
        let mut told = Vec::new();
        let tell = &mut |range: Range<usize>, what: &str| {
            told.push(format!("{}: {what}", &text[range]));
        };
        match read(text, tell) {
            Ok(node) => Ok((node, told)),
            Err((range, what)) => Err(format!("{range:?}: {what}")),
        }
    }

    #[test]
    fn a_file_is_the_value_that_it_says() {
        let text = "z = 1_000\na.b = [0x1f, -2.5e3, { c = true }]\n[a.d]\n[[e]]\nf = 'x'\n[[e]]\n";
        let (node, told) = tree(text).expect("it is TOML");
        assert!(told.is_empty(), "{told:?}");
        let expected = json!({
            "z": 1000, "a": {"b": [31, -2500.0, {"c": true}], "d": {}}, "e": [{"f": "x"}, {}],
        });
        assert_eq!(node.to_value(), expected);
        let names: Vec<&str> = node.members().iter().map(|it| &*it.name).collect();
        assert_eq!(names, ["z", "a", "e"], "as they stand in the text");
    }

    #[test]
    fn what_json_has_no_value_for_is_told() {
        let text = "a = nan\nb = [-inf]\nc = 1979-05-27\nd = 9223372036854775808\ne = 1e999\n";
        let (_, told) = tree(text).expect("it is TOML");
        assert_eq!(
            told,
            [
                "nan: is no number of JSON, which has no nan and no inf",
                "-inf: is no number of JSON, which has no nan and no inf",
                "1979-05-27: is a date or time, and JSON has none: write it in quotes",
                "9223372036854775808: no i64 holds the number",
                "1e999: is no number of JSON, which has no nan and no inf",
            ]
        );
    }

    #[test]
    fn what_is_no_toml_is_told_where_it_stands() {
        for (text, at) in [
            ("a = 1\na = 2\n", "6..7: is no TOML: duplicate key"),
            ("[a]\nb = 1\n[a]\n", "11..12: is no TOML: duplicate key"),
            ("a = 1\na.b = 2\n", "6..7: is no TOML: "),
        ] {
            let told = tree(text).expect_err(text);
            assert!(told.starts_with(at), "{text}: {told}");
        }
    }

    #[test]
    fn nesting_is_bounded() {
        let n = 100_000;
        for deep in [
            format!("a = {}", "[".repeat(n)),
            format!("a = {}{}", "[".repeat(n), "]".repeat(n)),
            format!("a = {}", "{a=".repeat(n)),
            format!("{}a = 1", "a.".repeat(n)),
            format!("[{}a]", "a.".repeat(n)),
            format!("a = {}1", "{a.a.a.a=".repeat(n)),
            format!("a = {}1", "]{\"a\".'b'.c=".repeat(n)),
        ] {
            let told = tree(&deep).expect_err("it is deep");
            assert!(told.ends_with("nests deeper than 64 levels"), "{told}");
        }
        let wide = format!("a = [{}]", "1.5, ".repeat(1000));
        assert!(tree(&wide).is_ok());
        let many = "[a.b]\nc.d = 1\n".replace('b', "\"x.y.z\"")
            + &"[[e.f]]\ng.h.i = {j.k = []}\n".repeat(500);
        assert!(tree(&many).is_ok());
    }

    /// What the parser makes of broken nesting is dropped on a small stack.
    #[test]
    fn broken_nesting_is_no_overflow() {
        let parts = [
            "a.a.a.a", "[", "]", "{", "}", "=", ",", "\n", "\"", "'''", "1", " ",
        ];
        let mut state = 7_u64;
        for _ in 0..2_000 {
            let mut text = String::new();
            for _ in 0..400 {
                state = state
                    .wrapping_mul(6_364_136_223_846_793_005)
                    .wrapping_add(1);
                let part = usize::try_from(state >> 40).unwrap_or(0) % parts.len();
                text.push_str(parts[part]);
            }
            let _ = tree(&text);
        }
    }
}
