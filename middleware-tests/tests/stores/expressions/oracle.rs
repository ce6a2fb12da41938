//! Which paths stand in an expression, by a look at its text: each name that is followed by no
//! parenthesis and is no keyword. It knows nothing of what an expression may look like.

use std::collections::HashMap;

use super::names::Steps;

const KEYWORDS: &[&str] = &[
    "and", "or", "not", "between", "in", "set", "remove", "add", "delete",
];

const FUNCTIONS: &[&str] = &[
    "attribute_exists",
    "attribute_not_exists",
    "attribute_type",
    "begins_with",
    "contains",
    "if_not_exists",
    "list_append",
    "size",
];

pub(super) fn paths(text: &str, names: &HashMap<String, String>) -> Vec<Steps> {
    let pieces = pieces(text);
    let mut paths: Vec<Steps> = Vec::new();
    let mut place = 0;
    while let Some(piece) = pieces.get(place) {
        let next = pieces.get(place + 1).copied().unwrap_or_default();
        place += 1;
        let keyword = KEYWORDS.contains(&piece.to_lowercase().as_str());
        let Some(name) = name_of(piece, names).filter(|_| !keyword && next != "(") else {
            continue;
        };
        let mut path = vec![name];
        loop {
            let next = |ahead| pieces.get(place + ahead).copied().unwrap_or_default();
            if next(0) == "." {
                let Some(member) = name_of(next(1), names) else {
                    break;
                };
                path.push(member);
                place += 2;
            } else if next(0) == "[" {
                path.push(String::new());
                place += 3;
            } else {
                break;
            }
        }
        paths.push(path);
    }
    paths
}

/// Whether it has white space that is neither a space nor a tab nor the end of a line, or a function that is
/// not in small letters.
pub(super) fn is_spelled_oddly(text: &str) -> bool {
    let is_odd = |pair: &[&str]| {
        let name = pair[0].to_ascii_lowercase();
        pair[1] == "(" && pair[0] != name && FUNCTIONS.contains(&name.as_str())
    };
    text.contains(['\u{b}', '\u{c}']) || pieces(text).windows(2).any(is_odd)
}

/// What a word or `#name` stands for.
fn name_of(piece: &str, names: &HashMap<String, String>) -> Option<String> {
    let first = piece.chars().next()?;
    if first == '#' {
        // One that stands for nothing stands for itself, which nobody declares.
        return Some(names.get(piece).map_or(piece, String::as_str).to_owned());
    }
    is_word(first)
        .then(|| piece.to_owned())
        .filter(|_| !first.is_ascii_digit())
}

fn is_word(sign: char) -> bool {
    sign.is_alphanumeric() || sign == '_' || !sign.is_ascii()
}

/// Words with the sign before them, and the other signs one by one.
fn pieces(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let begin = first.len_utf8();
        let is_long = is_word(first) || first == '#' || first == ':';
        let end = match rest[begin..].find(|sign| !is_word(sign)) {
            _ if !is_long => begin,
            Some(length) => begin + length,
            None => rest.len(),
        };
        let (piece, others) = rest.split_at(end);
        if !piece.trim().is_empty() {
            pieces.push(piece);
        }
        rest = others;
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_oracle_sees_what_it_is_there_for() {
        let names = HashMap::from([("#n".to_owned(), "AND".to_owned())]);
        let rows: [(&str, &[&str]); 6] = [
            ("nick = :v and NOT(pw<>:v)", &["nick", "pw"]),
            ("size ( info . city )>:v", &["info/city"]),
            ("a IN (:a, b, #n)", &["a", "b", "AND"]),
            (
                "SET parts[1] . #n = if_not_exists(x[2][3].y, :v)",
                &["parts//AND", "x///y"],
            ),
            ("begins_with, id", &["begins_with", "id"]),
            ("#m", &["#m"]),
        ];
        for (text, expected) in rows {
            let paths = paths(text, &names).into_iter();
            let paths: Vec<_> = paths.map(|path| path.join("/")).collect();
            assert_eq!(paths, expected, "{text}");
        }
        for (text, is_odd) in [
            ("size(pw) > :v AND SIZE > :v", false),
            ("NOT (pw = :v)", false),
            ("Size (pw) > :v", true),
            ("pw\u{c}= :v", true),
        ] {
            assert_eq!(is_spelled_oddly(text), is_odd, "{text}");
        }
    }
}
