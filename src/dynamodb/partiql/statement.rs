//! The grammar of the statements that DynamoDB takes.
//!
//! Source: *Amazon DynamoDB Developer Guide*, "PartiQL statements for DynamoDB".

use super::{Kind, Statement, Unreadable, parser::Parser, token::Token};
use crate::dynamodb::expression::{Path, Step};

impl<'a> Parser<'a> {
    pub(super) fn statement(mut self) -> Result<Statement<'a>, Unreadable> {
        let statement = if self.takes_word("EXISTS")? {
            self.expect("(")?;
            self.expect_word("SELECT")?;
            let select = self.select()?;
            self.expect(")")?;
            // It answers whether there is one, and not with it.
            Statement {
                everything: false,
                ..select
            }
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

    fn paths(&mut self) -> Result<(), Unreadable> {
        loop {
            let path = self.path()?;
            self.reads.push(path);
            if !self.takes(",")? {
                return Ok(());
            }
        }
    }
}
