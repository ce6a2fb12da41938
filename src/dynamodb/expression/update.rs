//! Projections, and what an update does to an item.
//!
//! Source: *Amazon DynamoDB Developer Guide*, "Using update expressions", "Using projection
//! expressions".

use super::{
    Halt, Unreadable, Visitor,
    parser::Parser,
    token::{Sign, Token},
};

/// The attributes that a reading answers with.
pub(super) fn projection<'a>(
    parser: &mut Parser<'a, '_>,
    visitor: &mut impl Visitor<'a>,
) -> Result<(), Halt> {
    each(parser, |parser| {
        let path = parser.path()?;
        visitor.reads(&path)
    })?;
    Ok(parser.end()?)
}

/// The clauses of an update, in any order.
pub(super) fn update<'a>(
    parser: &mut Parser<'a, '_>,
    visitor: &mut impl Visitor<'a>,
) -> Result<(), Halt> {
    loop {
        if parser.takes_word("SET")? {
            each(parser, |parser| {
                let path = parser.path()?;
                parser.expect(Sign::Equal)?;
                visitor.writes(&path)?;
                sum(parser, visitor)
            })?;
        } else if parser.takes_word("REMOVE")? {
            each(parser, |parser| {
                let path = parser.path()?;
                visitor.writes(&path)
            })?;
        } else if parser.takes_word("ADD")? || parser.takes_word("DELETE")? {
            each(parser, |parser| {
                let path = parser.path()?;
                parser.value()?;
                visitor.writes(&path)
            })?;
        } else {
            return Err(Unreadable.into());
        }
        if parser.peek().is_none() {
            return Ok(());
        }
    }
}

/// One, and others behind commas.
fn each<'a, 'n>(
    parser: &mut Parser<'a, 'n>,
    mut one: impl FnMut(&mut Parser<'a, 'n>) -> Result<(), Halt>,
) -> Result<(), Halt> {
    loop {
        one(parser)?;
        if !parser.takes(Sign::Comma)? {
            return Ok(());
        }
    }
}

/// What an attribute is set to.
fn sum<'a>(parser: &mut Parser<'a, '_>, visitor: &mut impl Visitor<'a>) -> Result<(), Halt> {
    loop {
        term(parser, visitor)?;
        if !parser.takes(Sign::Plus)? && !parser.takes(Sign::Minus)? {
            return Ok(());
        }
    }
}

fn term<'a>(parser: &mut Parser<'a, '_>, visitor: &mut impl Visitor<'a>) -> Result<(), Halt> {
    if let Some(Token::Value(_)) = parser.peek() {
        parser.take()?;
        return Ok(());
    }
    if parser.takes(Sign::Open)? {
        parser.deeper(|parser| sum(parser, visitor))?;
        return Ok(parser.expect(Sign::Close)?);
    }
    match parser.function() {
        Some("if_not_exists" | "list_append") => {
            parser.open_function()?;
            parser.deeper(|parser| {
                term(parser, visitor)?;
                parser.expect(Sign::Comma)?;
                term(parser, visitor)
            })?;
            Ok(parser.expect(Sign::Close)?)
        }
        Some(_) => Err(Unreadable.into()),
        None => {
            let path = parser.path()?;
            visitor.reads(&path)
        }
    }
}
