//! The words and signs of an expression.

/// One of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Token<'a> {
    /// A keyword, a function, or the name of an attribute as it is.
    Word(&'a str),
    /// `#name`, with its sign.
    Name(&'a str),
    /// `:value`, with its sign.
    Value(&'a str),
    /// The place in a list.
    Digits(&'a str),
    /// The name of an attribute in backticks, which only declarations have.
    Quoted(&'a str),
    Sign(Sign),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sign {
    Open,
    Close,
    OpenBracket,
    CloseBracket,
    Comma,
    Dot,
    Plus,
    Minus,
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

impl Sign {
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Open => "(",
            Self::Close => ")",
            Self::OpenBracket => "[",
            Self::CloseBracket => "]",
            Self::Comma => ",",
            Self::Dot => ".",
            Self::Plus => "+",
            Self::Minus => "-",
            Self::Equal => "=",
            Self::NotEqual => "<>",
            Self::Less => "<",
            Self::LessOrEqual => "<=",
            Self::Greater => ">",
            Self::GreaterOrEqual => ">=",
        }
    }
}

/// What is no word and no sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Foreign;

/// The tokens of a text, one after the other.
#[derive(Clone, Debug)]
pub(super) struct Tokens<'a> {
    text: &'a str,
    /// Whether names may stand in backticks.
    quoted: bool,
}

impl<'a> Tokens<'a> {
    /// Those of a request.
    pub(super) const fn of(text: &'a str) -> Self {
        Self {
            text,
            quoted: false,
        }
    }

    /// Those of a declaration.
    pub(super) const fn of_declaration(text: &'a str) -> Self {
        Self { text, quoted: true }
    }

    fn take(&mut self, bytes: usize) -> &'a str {
        let (taken, rest) = self.text.split_at(bytes);
        self.text = rest;
        taken
    }

    /// The length of what begins with `signs` bytes and goes on as a word.
    fn word(&self, signs: usize) -> usize {
        let is_word = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'_';
        let behind = &self.text.as_bytes()[signs..];
        signs + behind.iter().take_while(|byte| is_word(byte)).count()
    }

    fn next_token(&mut self) -> Result<Token<'a>, Foreign> {
        let bytes = self.text.as_bytes();
        let second = bytes.get(1);
        let (length, sign) = match bytes[0] {
            b'a'..=b'z' | b'A'..=b'Z' | b'_' => {
                let length = self.word(0);
                return Ok(Token::Word(self.take(length)));
            }
            b'0'..=b'9' => {
                let digits = bytes.iter().take_while(|byte| byte.is_ascii_digit());
                let length = digits.count();
                // `0x1` and `1e5` are neither a place nor a word.
                if self.word(0) != length {
                    return Err(Foreign);
                }
                return Ok(Token::Digits(self.take(length)));
            }
            first @ (b'#' | b':') => {
                let length = self.word(1);
                if length == 1 {
                    return Err(Foreign);
                }
                let text = self.take(length);
                return Ok(if first == b'#' {
                    Token::Name(text)
                } else {
                    Token::Value(text)
                });
            }
            b'`' if self.quoted => {
                let end = self.text[1..].find('`').ok_or(Foreign)?;
                let text = self.take(end + 2);
                return Ok(Token::Quoted(&text[1..=end]));
            }
            b'(' => (1, Sign::Open),
            b')' => (1, Sign::Close),
            b'[' => (1, Sign::OpenBracket),
            b']' => (1, Sign::CloseBracket),
            b',' => (1, Sign::Comma),
            b'.' => (1, Sign::Dot),
            b'+' => (1, Sign::Plus),
            b'-' => (1, Sign::Minus),
            b'=' => (1, Sign::Equal),
            b'<' if second == Some(&b'>') => (2, Sign::NotEqual),
            b'<' if second == Some(&b'=') => (2, Sign::LessOrEqual),
            b'<' => (1, Sign::Less),
            b'>' if second == Some(&b'=') => (2, Sign::GreaterOrEqual),
            b'>' => (1, Sign::Greater),
            _ => return Err(Foreign),
        };
        self.take(length);
        Ok(Token::Sign(sign))
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Result<Token<'a>, Foreign>;

    fn next(&mut self) -> Option<Self::Item> {
        self.text = self.text.trim_start_matches([' ', '\t', '\n', '\r']);
        if self.text.is_empty() {
            return None;
        }
        Some(self.next_token())
    }
}
