//! The words and signs of a statement.

/// One of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Token<'a> {
    /// A keyword, a function, or a name without quotes.
    Word(&'a str),
    /// A name in double quotes.
    Name(&'a str),
    /// Text in single quotes.
    Text(&'a str),
    Number,
    /// `?`
    Parameter,
    /// Anything else of one or two signs.
    Sign(&'a str),
}

/// What is no token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Foreign;

/// The tokens of a statement, one after the other.
#[derive(Clone, Debug)]
pub(super) struct Tokens<'a>(pub(super) &'a str);

const SIGNS: &[&str] = &[
    "<>", "!=", "<=", ">=", "<<", ">>", "||", "=", "<", ">", "(", ")", "[", "]", "{", "}", ",",
    ".", ":", "+", "-", "*",
];

impl<'a> Tokens<'a> {
    fn take(&mut self, bytes: usize) -> &'a str {
        let (taken, rest) = self.0.split_at(bytes);
        self.0 = rest;
        taken
    }

    /// What stands between this quote and the next one. A doubled quote is one of the text to some
    /// readers and the end of it to others: a name or text with a quote in it is none here.
    fn quoted(&mut self, quote: char) -> Result<&'a str, Foreign> {
        let end = self.0[1..].find(quote).ok_or(Foreign)?;
        let text = &self.take(end + 2)[1..=end];
        if self.0.starts_with(quote) || text.contains('\\') {
            return Err(Foreign);
        }
        Ok(text)
    }

    fn next_token(&mut self) -> Result<Token<'a>, Foreign> {
        let is_word = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'_';
        let bytes = self.0.as_bytes();
        match bytes[0] {
            b'a'..=b'z' | b'A'..=b'Z' | b'_' => {
                let length = bytes.iter().take_while(|byte| is_word(byte)).count();
                Ok(Token::Word(self.take(length)))
            }
            b'0'..=b'9' => {
                let in_number = |byte: &u8| is_word(byte) || *byte == b'.';
                let length = bytes.iter().take_while(|byte| in_number(byte)).count();
                let number = self.take(length);
                number.parse::<f64>().map_err(|_| Foreign)?;
                Ok(Token::Number)
            }
            b'"' => self.quoted('"').map(Token::Name),
            b'\'' => self.quoted('\'').map(Token::Text),
            b'?' => {
                self.take(1);
                Ok(Token::Parameter)
            }
            // A comment, which another reader may take for two signs.
            b'-' if bytes.get(1) == Some(&b'-') => Err(Foreign),
            _ => {
                let sign = SIGNS.iter().find(|sign| self.0.starts_with(**sign));
                let length = sign.ok_or(Foreign)?.len();
                Ok(Token::Sign(self.take(length)))
            }
        }
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Result<Token<'a>, Foreign>;

    fn next(&mut self) -> Option<Self::Item> {
        self.0 = self.0.trim_start_matches([' ', '\t', '\n', '\r']);
        if self.0.is_empty() {
            return None;
        }
        Some(self.next_token())
    }
}
