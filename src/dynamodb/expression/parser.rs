//! What all kinds of expressions are made of: signs, paths, values.

use super::{
    Names, Path, Step, Unreadable,
    token::{Sign, Token, Tokens},
};

/// The service takes expressions of 4 KB, and nests them less deeply.
const LONGEST: usize = 4_096;
const DEEPEST: u32 = 32;

/// The place in an expression.
pub(super) struct Parser<'a, 'n> {
    tokens: Tokens<'a>,
    next: Option<Token<'a>>,
    names: &'n Names<'a>,
    depth: u32,
}

impl<'a, 'n> Parser<'a, 'n> {
    pub(super) fn new(
        text: &'a str,
        tokens: Tokens<'a>,
        names: &'n Names<'a>,
    ) -> Result<Self, Unreadable> {
        if text.len() > LONGEST {
            return Err(Unreadable);
        }
        let mut parser = Self {
            tokens,
            next: None,
            names,
            depth: 0,
        };
        parser.advance()?;
        Ok(parser)
    }

    fn advance(&mut self) -> Result<(), Unreadable> {
        self.next = self.tokens.next().transpose().map_err(|_| Unreadable)?;
        Ok(())
    }

    pub(super) fn peek(&self) -> Option<Token<'a>> {
        self.next
    }

    /// The token behind the next one.
    fn peek_second(&self) -> Option<Token<'a>> {
        self.tokens.clone().next()?.ok()
    }

    pub(super) fn take(&mut self) -> Result<Token<'a>, Unreadable> {
        let taken = self.next.ok_or(Unreadable)?;
        self.advance()?;
        Ok(taken)
    }

    /// Takes a sign if it is the next token.
    pub(super) fn takes(&mut self, sign: Sign) -> Result<bool, Unreadable> {
        let is_next = self.next == Some(Token::Sign(sign));
        if is_next {
            self.advance()?;
        }
        Ok(is_next)
    }

    pub(super) fn expect(&mut self, sign: Sign) -> Result<(), Unreadable> {
        self.takes(sign)?.then_some(()).ok_or(Unreadable)
    }

    /// Whether the next token is a keyword, in any case.
    pub(super) fn is_at(&self, keyword: &str) -> bool {
        matches!(self.next, Some(Token::Word(word)) if word.eq_ignore_ascii_case(keyword))
    }

    /// Takes a keyword if it is the next token.
    pub(super) fn takes_word(&mut self, keyword: &str) -> Result<bool, Unreadable> {
        let is_next = self.is_at(keyword);
        if is_next {
            self.advance()?;
        }
        Ok(is_next)
    }

    pub(super) fn end(&self) -> Result<(), Unreadable> {
        self.next.is_none().then_some(()).ok_or(Unreadable)
    }

    /// One level deeper, where there is one.
    pub(super) fn deeper<T>(
        &mut self,
        inner: impl FnOnce(&mut Self) -> Result<T, super::Halt>,
    ) -> Result<T, super::Halt> {
        if self.depth == DEEPEST {
            return Err(Unreadable.into());
        }
        self.depth += 1;
        let result = inner(self);
        self.depth -= 1;
        result
    }

    /// The function that is called next. Its name has one spelling.
    pub(super) fn function(&self) -> Option<&'a str> {
        match (self.next, self.peek_second()) {
            (Some(Token::Word(word)), Some(Token::Sign(Sign::Open))) => Some(word),
            _ => None,
        }
    }

    /// Takes the name of a function with the sign behind it.
    pub(super) fn open_function(&mut self) -> Result<(), Unreadable> {
        self.advance()?;
        self.expect(Sign::Open)
    }

    pub(super) fn value(&mut self) -> Result<&'a str, Unreadable> {
        match self.take()? {
            Token::Value(name) => Ok(name),
            _ => Err(Unreadable),
        }
    }

    /// `name`, `#name`, and steps behind it: `.name`, `[0]`.
    pub(super) fn path(&mut self) -> Result<Path<'a>, Unreadable> {
        let mut path = Path::new();
        path.push(self.name()?);
        loop {
            if self.takes(Sign::Dot)? {
                path.push(self.name()?);
            } else if self.takes(Sign::OpenBracket)? {
                let Token::Digits(_) = self.take()? else {
                    return Err(Unreadable);
                };
                self.expect(Sign::CloseBracket)?;
                path.push(Step::Element);
            } else {
                return Ok(path);
            }
        }
    }

    fn name(&mut self) -> Result<Step<'a>, Unreadable> {
        match self.take()? {
            Token::Word(word) | Token::Quoted(word) => Ok(Step::Name(word)),
            Token::Name(name) => Ok(Step::Name(self.names.resolve(name).ok_or(Unreadable)?)),
            _ => Err(Unreadable),
        }
    }
}
