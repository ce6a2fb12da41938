//! What statements are made of: keywords, signs, names and paths.

use super::{
    Unreadable,
    token::{Token, Tokens},
};
use crate::dynamodb::expression::{Path, Step};

/// Conditions are nested less deeply.
const DEEPEST: u32 = 32;

/// Words that end the path before them.
const KEYWORDS: &[&str] = &[
    "SELECT",
    "FROM",
    "WHERE",
    "ORDER",
    "BY",
    "INSERT",
    "INTO",
    "VALUE",
    "UPDATE",
    "SET",
    "REMOVE",
    "DELETE",
    "RETURNING",
    "AND",
    "OR",
    "NOT",
    "BETWEEN",
    "IN",
    "IS",
    "MISSING",
    "NULL",
    "EXISTS",
    "TRUE",
    "FALSE",
    "ASC",
    "DESC",
];

pub(super) struct Parser<'a> {
    tokens: Tokens<'a>,
    pub(super) next: Option<Token<'a>>,
    pub(super) parameters: usize,
    depth: u32,
    pub(super) reads: Vec<Path<'a>>,
}

impl<'a> Parser<'a> {
    pub(super) fn new(text: &'a str) -> Result<Self, Unreadable> {
        let mut parser = Self {
            tokens: Tokens(text),
            next: None,
            parameters: 0,
            depth: 0,
            reads: Vec::new(),
        };
        parser.advance()?;
        Ok(parser)
    }

    /// One level deeper, where there is one.
    pub(super) fn nested<T>(
        &mut self,
        inner: impl FnOnce(&mut Self) -> Result<T, Unreadable>,
    ) -> Result<T, Unreadable> {
        if self.depth == DEEPEST {
            return Err(Unreadable);
        }
        self.depth += 1;
        let result = inner(self);
        self.depth -= 1;
        result
    }

    pub(super) fn path(&mut self) -> Result<Path<'a>, Unreadable> {
        let mut path = Path::new();
        path.push(Step::Name(self.name()?));
        loop {
            if self.takes(".")? {
                path.push(Step::Name(self.name()?));
            } else if self.takes("[")? {
                let Token::Number = self.take()? else {
                    return Err(Unreadable);
                };
                self.expect("]")?;
                path.push(Step::Element);
            } else {
                return Ok(path);
            }
        }
    }

    pub(super) fn name(&mut self) -> Result<&'a str, Unreadable> {
        match self.take()? {
            Token::Word(word) if !is_keyword(word) => Ok(word),
            Token::Name(name) => Ok(name),
            _ => Err(Unreadable),
        }
    }

    /// Whether the token behind the next one opens a parenthesis.
    pub(super) fn opens_behind(&self) -> bool {
        matches!(self.tokens.clone().next(), Some(Ok(Token::Sign("("))))
    }

    pub(super) fn advance(&mut self) -> Result<(), Unreadable> {
        self.next = self.tokens.next().transpose().map_err(|_| Unreadable)?;
        Ok(())
    }

    pub(super) fn take(&mut self) -> Result<Token<'a>, Unreadable> {
        let taken = self.next.ok_or(Unreadable)?;
        self.advance()?;
        Ok(taken)
    }

    pub(super) fn takes(&mut self, sign: &str) -> Result<bool, Unreadable> {
        let is_next = matches!(self.next, Some(Token::Sign(next)) if next == sign);
        if is_next {
            self.advance()?;
        }
        Ok(is_next)
    }

    pub(super) fn expect(&mut self, sign: &str) -> Result<(), Unreadable> {
        self.takes(sign)?.then_some(()).ok_or(Unreadable)
    }

    pub(super) fn is_at(&self, keyword: &str) -> bool {
        matches!(self.next, Some(Token::Word(word)) if word.eq_ignore_ascii_case(keyword))
    }

    pub(super) fn takes_word(&mut self, keyword: &str) -> Result<bool, Unreadable> {
        let is_next = self.is_at(keyword);
        if is_next {
            self.advance()?;
        }
        Ok(is_next)
    }

    pub(super) fn expect_word(&mut self, keyword: &str) -> Result<(), Unreadable> {
        self.takes_word(keyword)?.then_some(()).ok_or(Unreadable)
    }
}

pub(super) fn is_keyword(word: &str) -> bool {
    KEYWORDS
        .iter()
        .any(|keyword| word.eq_ignore_ascii_case(keyword))
}
