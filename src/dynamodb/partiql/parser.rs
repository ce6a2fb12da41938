//! The grammar of the statements that DynamoDB takes.
//!
//! Source: *Amazon DynamoDB Developer Guide*, "PartiQL statements for DynamoDB".

use super::{
    Kind, Statement, Unreadable,
    token::{Token, Tokens},
};
use crate::dynamodb::expression::{Path, Step};

/// A comparison that has to hold: an attribute and the parameter that it equals, `None` for a value of the
/// statement itself.
type Equal<'a> = (Path<'a>, Option<usize>);

/// Conditions are nested less deeply.
const DEEPEST: u32 = 32;

/// Functions of attributes and values.
const FUNCTIONS: &[&str] = &[
    "attribute_type",
    "begins_with",
    "contains",
    "size",
    "list_append",
    "set_add",
    "set_delete",
];

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
    next: Option<Token<'a>>,
    parameters: usize,
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

    pub(super) fn statement(mut self) -> Result<Statement<'a>, Unreadable> {
        let statement = if self.takes_word("EXISTS")? {
            self.expect("(")?;
            self.expect_word("SELECT")?;
            let select = self.select()?;
            self.expect(")")?;
            select
        } else if self.takes_word("SELECT")? {
            self.select()?
        } else if self.takes_word("INSERT")? {
            self.insert()?
        } else if self.takes_word("UPDATE")? {
            self.update()?
        } else {
            self.expect_word("DELETE")?;
            self.delete()?
        };
        match self.next {
            None => Ok(Statement {
                parameters: self.parameters,
                reads: self.reads,
                ..statement
            }),
            Some(_) => Err(Unreadable),
        }
    }

    fn select(&mut self) -> Result<Statement<'a>, Unreadable> {
        let everything = self.takes("*")?;
        if !everything {
            self.paths()?;
        }
        self.expect_word("FROM")?;
        let mut statement = self.source(Kind::Select)?;
        statement.everything = everything;
        if self.is_at("WHERE") {
            statement.equal = self.conditions()?;
        }
        if self.takes_word("ORDER")? {
            self.expect_word("BY")?;
            loop {
                let path = self.path()?;
                self.reads.push(path);
                if !self.takes_word("ASC")? {
                    self.takes_word("DESC")?;
                }
                if !self.takes(",")? {
                    break;
                }
            }
        }
        Ok(statement)
    }

    fn insert(&mut self) -> Result<Statement<'a>, Unreadable> {
        self.expect_word("INTO")?;
        let mut statement = self.source(Kind::Insert)?;
        self.expect_word("VALUE")?;
        self.expect("{")?;
        loop {
            let Token::Text(name) = self.take()? else {
                return Err(Unreadable);
            };
            self.expect(":")?;
            let mut path = Path::new();
            path.push(Step::Name(name));
            let value = self.value()?;
            statement.equal.push((path.clone(), value));
            statement.writes.push(path);
            if !self.takes(",")? {
                break;
            }
        }
        self.expect("}")?;
        Ok(statement)
    }

    fn update(&mut self) -> Result<Statement<'a>, Unreadable> {
        let mut statement = self.source(Kind::Update)?;
        while !self.is_at("WHERE") {
            if self.takes_word("SET")? {
                loop {
                    statement.writes.push(self.path()?);
                    self.expect("=")?;
                    self.sum()?;
                    if !self.takes(",")? {
                        break;
                    }
                }
            } else {
                self.expect_word("REMOVE")?;
                loop {
                    statement.writes.push(self.path()?);
                    if !self.takes(",")? {
                        break;
                    }
                }
            }
        }
        if statement.writes.is_empty() {
            return Err(Unreadable);
        }
        statement.equal = self.conditions()?;
        self.returning(&mut statement)?;
        Ok(statement)
    }

    fn delete(&mut self) -> Result<Statement<'a>, Unreadable> {
        self.expect_word("FROM")?;
        let mut statement = self.source(Kind::Delete)?;
        statement.equal = self.conditions()?;
        self.returning(&mut statement)?;
        Ok(statement)
    }

    fn returning(&mut self, statement: &mut Statement<'a>) -> Result<(), Unreadable> {
        if !self.takes_word("RETURNING")? {
            return Ok(());
        }
        if self.takes_word("MODIFIED")? {
            self.reads.extend(statement.writes.iter().cloned());
        } else {
            self.expect_word("ALL")?;
            statement.everything = true;
        }
        if !self.takes_word("OLD")? {
            self.expect_word("NEW")?;
        }
        self.expect("*")
    }

    /// A table, perhaps with an index of it.
    fn source(&mut self, kind: Kind) -> Result<Statement<'a>, Unreadable> {
        let table = self.name()?;
        let index = if self.takes(".")? {
            Some(self.name()?)
        } else {
            None
        };
        Ok(Statement {
            kind,
            table,
            index,
            everything: false,
            reads: Vec::new(),
            writes: Vec::new(),
            equal: Vec::new(),
            parameters: 0,
        })
    }

    fn conditions(&mut self) -> Result<Vec<Equal<'a>>, Unreadable> {
        self.expect_word("WHERE")?;
        self.either()
    }

    /// Answers the comparisons that hold whenever the condition does.
    fn either(&mut self) -> Result<Vec<Equal<'a>>, Unreadable> {
        let mut equal = self.all()?;
        while self.takes_word("OR")? {
            self.all()?;
            equal.clear();
        }
        Ok(equal)
    }

    fn all(&mut self) -> Result<Vec<Equal<'a>>, Unreadable> {
        let mut equal = self.one()?;
        while self.takes_word("AND")? {
            equal.extend(self.one()?);
        }
        Ok(equal)
    }

    fn one(&mut self) -> Result<Vec<Equal<'a>>, Unreadable> {
        if self.depth == DEEPEST {
            return Err(Unreadable);
        }
        self.depth += 1;
        let equal = if self.takes_word("NOT")? {
            self.one()?;
            Vec::new()
        } else if self.takes("(")? {
            let equal = self.either()?;
            self.expect(")")?;
            equal
        } else {
            self.comparison()?.into_iter().collect()
        };
        self.depth -= 1;
        Ok(equal)
    }

    fn comparison(&mut self) -> Result<Option<Equal<'a>>, Unreadable> {
        let is_call = self.is_call();
        let left = self.operand()?;
        let predicate = is_call && !self.is_comparator();
        if predicate {
            return Ok(None);
        }
        if self.takes_word("IS")? {
            self.takes_word("NOT")?;
            if !self.takes_word("MISSING")? {
                self.expect_word("NULL")?;
            }
            return Ok(None);
        }
        if self.takes_word("BETWEEN")? {
            self.operand()?;
            self.expect_word("AND")?;
            self.operand()?;
            return Ok(None);
        }
        if self.takes_word("IN")? {
            let end = if self.takes("[")? {
                "]"
            } else {
                self.expect("(")?;
                ")"
            };
            self.operand()?;
            while self.takes(",")? {
                self.operand()?;
            }
            self.expect(end)?;
            return Ok(None);
        }
        let Token::Sign(sign @ ("=" | "<>" | "!=" | "<" | "<=" | ">" | ">=")) = self.take()? else {
            return Err(Unreadable);
        };
        let right = self.operand()?;
        Ok(match (left, right) {
            (Operand::Path(path), Operand::Value(value)) if sign == "=" => Some((path, value)),
            _ => None,
        })
    }

    fn is_comparator(&self) -> bool {
        matches!(
            self.next,
            Some(Token::Sign("=" | "<>" | "!=" | "<" | "<=" | ">" | ">="))
        )
    }

    /// A path, which is told as read, a function of some, or a value.
    fn operand(&mut self) -> Result<Operand<'a>, Unreadable> {
        if self.is_call() {
            self.advance()?;
            self.expect("(")?;
            self.operand()?;
            while self.takes(",")? {
                self.operand()?;
            }
            self.expect(")")?;
            return Ok(Operand::Other);
        }
        match self.next {
            Some(Token::Word(word)) if !is_keyword(word) => self.read_path(),
            Some(Token::Name(_)) => self.read_path(),
            _ => self.value().map(Operand::Value),
        }
    }

    fn read_path(&mut self) -> Result<Operand<'a>, Unreadable> {
        let path = self.path()?;
        self.reads.push(path.clone());
        Ok(Operand::Path(path))
    }

    fn sum(&mut self) -> Result<(), Unreadable> {
        self.operand()?;
        while self.takes("+")? || self.takes("-")? {
            self.operand()?;
        }
        Ok(())
    }

    /// A parameter, which is answered by its place, or a literal.
    fn value(&mut self) -> Result<Option<usize>, Unreadable> {
        match self.take()? {
            Token::Parameter => {
                self.parameters += 1;
                Ok(Some(self.parameters - 1))
            }
            Token::Text(_) | Token::Number => Ok(None),
            Token::Sign("-") => match self.take()? {
                Token::Number => Ok(None),
                _ => Err(Unreadable),
            },
            Token::Word(word)
                if ["TRUE", "FALSE", "NULL"]
                    .iter()
                    .any(|known| word.eq_ignore_ascii_case(known)) =>
            {
                Ok(None)
            }
            Token::Sign("[") => self.values("]"),
            Token::Sign("<<") => self.values(">>"),
            Token::Sign("{") => self.members(),
            _ => Err(Unreadable),
        }
    }

    fn values(&mut self, end: &str) -> Result<Option<usize>, Unreadable> {
        self.nested(|parser| {
            while !parser.takes(end)? {
                parser.value()?;
                if !parser.takes(",")? {
                    parser.expect(end)?;
                    break;
                }
            }
            Ok(None)
        })
    }

    fn members(&mut self) -> Result<Option<usize>, Unreadable> {
        self.nested(|parser| {
            while !parser.takes("}")? {
                let Token::Text(_) = parser.take()? else {
                    return Err(Unreadable);
                };
                parser.expect(":")?;
                parser.value()?;
                if !parser.takes(",")? {
                    parser.expect("}")?;
                    break;
                }
            }
            Ok(None)
        })
    }

    fn nested<T>(
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

    fn paths(&mut self) -> Result<(), Unreadable> {
        loop {
            let path = self.path()?;
            self.reads.push(path);
            if !self.takes(",")? {
                return Ok(());
            }
        }
    }

    fn path(&mut self) -> Result<Path<'a>, Unreadable> {
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

    fn name(&mut self) -> Result<&'a str, Unreadable> {
        match self.take()? {
            Token::Word(word) if !is_keyword(word) => Ok(word),
            Token::Name(name) => Ok(name),
            _ => Err(Unreadable),
        }
    }

    fn is_call(&self) -> bool {
        let Some(Token::Word(word)) = self.next else {
            return false;
        };
        FUNCTIONS.iter().any(|name| word.eq_ignore_ascii_case(name))
            && matches!(self.tokens.clone().next(), Some(Ok(Token::Sign("("))))
    }

    fn advance(&mut self) -> Result<(), Unreadable> {
        self.next = self.tokens.next().transpose().map_err(|_| Unreadable)?;
        Ok(())
    }

    fn take(&mut self) -> Result<Token<'a>, Unreadable> {
        let taken = self.next.ok_or(Unreadable)?;
        self.advance()?;
        Ok(taken)
    }

    fn takes(&mut self, sign: &str) -> Result<bool, Unreadable> {
        let is_next = matches!(self.next, Some(Token::Sign(next)) if next == sign);
        if is_next {
            self.advance()?;
        }
        Ok(is_next)
    }

    fn expect(&mut self, sign: &str) -> Result<(), Unreadable> {
        self.takes(sign)?.then_some(()).ok_or(Unreadable)
    }

    fn is_at(&self, keyword: &str) -> bool {
        matches!(self.next, Some(Token::Word(word)) if word.eq_ignore_ascii_case(keyword))
    }

    fn takes_word(&mut self, keyword: &str) -> Result<bool, Unreadable> {
        let is_next = self.is_at(keyword);
        if is_next {
            self.advance()?;
        }
        Ok(is_next)
    }

    fn expect_word(&mut self, keyword: &str) -> Result<(), Unreadable> {
        self.takes_word(keyword)?.then_some(()).ok_or(Unreadable)
    }
}

enum Operand<'a> {
    Path(Path<'a>),
    Value(Option<usize>),
    Other,
}

fn is_keyword(word: &str) -> bool {
    KEYWORDS
        .iter()
        .any(|keyword| word.eq_ignore_ascii_case(keyword))
}
