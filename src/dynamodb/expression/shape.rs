//! What an expression is, whatever its values are.

use super::{
    Names, Unreadable,
    token::{Foreign, Sign, Token, Tokens},
};

/// Words that are read in any case.
const KEYWORDS: &[&str] = &[
    "AND", "OR", "NOT", "BETWEEN", "IN", "SET", "REMOVE", "ADD", "DELETE",
];

/// The shape of an expression of a request: its tokens with the names resolved, each value a `:`, and the
/// values of an `IN` one.
pub(in crate::dynamodb) fn shape<'a>(
    expression: &'a str,
    names: &Names<'a>,
) -> Result<String, Unreadable> {
    write(Tokens::of(expression), |name| names.resolve(name))
}

/// The shape of a declared expression, which has the names of attributes as they are, in backticks where
/// one is no word.
pub(in crate::dynamodb) fn declared(expression: &str) -> Result<String, Unreadable> {
    write(Tokens::of_declaration(expression), |_| None)
}

fn write<'a>(
    tokens: Tokens<'a>,
    resolve: impl Fn(&str) -> Option<&'a str>,
) -> Result<String, Unreadable> {
    let mut shape = String::new();
    let mut list = List::No;
    for token in tokens {
        let token = token.map_err(|Foreign| Unreadable)?;
        list = list.before(token);
        if matches!(list, List::Further) {
            continue;
        }
        if !shape.is_empty() {
            shape.push(' ');
        }
        match token {
            Token::Word(word) => match keyword(word) {
                Some(keyword) => shape.push_str(keyword),
                None => shape.push_str(word),
            },
            Token::Name(name) => push_name(&mut shape, resolve(name).ok_or(Unreadable)?),
            Token::Quoted(name) => push_name(&mut shape, name),
            Token::Value(_) => shape.push(':'),
            Token::Digits(digits) => shape.push_str(digits),
            Token::Sign(sign) => shape.push_str(sign.as_str()),
        }
    }
    if shape.is_empty() {
        return Err(Unreadable);
    }
    Ok(shape)
}

/// The list of values behind an `IN`.
#[derive(Clone, Copy)]
enum List {
    No,
    /// Behind `IN`.
    Named,
    /// Behind the parenthesis.
    Open,
    /// Behind the first value.
    First,
    /// At a comma or value that the first one stands for.
    Further,
}

impl List {
    fn before(self, token: Token<'_>) -> Self {
        match (self, token) {
            (_, Token::Word(word)) if word.eq_ignore_ascii_case("IN") => Self::Named,
            (Self::Named, Token::Sign(Sign::Open)) => Self::Open,
            (Self::Open, Token::Value(_)) => Self::First,
            (Self::First | Self::Further, Token::Sign(Sign::Comma) | Token::Value(_)) => {
                Self::Further
            }
            _ => Self::No,
        }
    }
}

fn keyword(word: &str) -> Option<&'static str> {
    let mut keywords = KEYWORDS.iter();
    keywords
        .find(|keyword| word.eq_ignore_ascii_case(keyword))
        .copied()
}

/// A name as it is, or in backticks where it could be taken for something else.
fn push_name(shape: &mut String, name: &str) {
    let is_word = name
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
        && !name.starts_with(|first: char| first.is_ascii_digit())
        && !name.is_empty()
        && keyword(name).is_none();
    if is_word {
        shape.push_str(name);
    } else {
        shape.push('`');
        // A backtick in a name is doubled, so that it does not end it.
        shape.push_str(&name.replace('`', "``"));
        shape.push('`');
    }
}
