//! Conditions, and the values in them.

use super::{
    Unreadable,
    parser::{Parser, is_keyword},
    token::Token,
};
use crate::dynamodb::expression::Path;

/// A comparison that has to hold: an attribute and the parameter that it equals, `None` for a value of the
/// statement itself.
type Equal<'a> = (Path<'a>, Option<usize>);

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

impl<'a> Parser<'a> {
    pub(super) fn conditions(&mut self) -> Result<Vec<Equal<'a>>, Unreadable> {
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
        self.nested(|parser| {
            if parser.takes_word("NOT")? {
                parser.one()?;
                return Ok(Vec::new());
            }
            if parser.takes("(")? {
                let equal = parser.either()?;
                parser.expect(")")?;
                return Ok(equal);
            }
            Ok(parser.comparison()?.into_iter().collect())
        })
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
            return self.nested(|parser| {
                parser.operand()?;
                while parser.takes(",")? {
                    parser.operand()?;
                }
                parser.expect(")")?;
                Ok(Operand::Other)
            });
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

    pub(super) fn sum(&mut self) -> Result<(), Unreadable> {
        self.operand()?;
        while self.takes("+")? || self.takes("-")? {
            self.operand()?;
        }
        Ok(())
    }

    /// A parameter, which is answered by its place, or a literal.
    pub(super) fn value(&mut self) -> Result<Option<usize>, Unreadable> {
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

    fn is_call(&self) -> bool {
        let Some(Token::Word(word)) = self.next else {
            return false;
        };
        FUNCTIONS.iter().any(|name| word.eq_ignore_ascii_case(name)) && self.opens_behind()
    }
}

enum Operand<'a> {
    Path(Path<'a>),
    Value(Option<usize>),
    Other,
}
