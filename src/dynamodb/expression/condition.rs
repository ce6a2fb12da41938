//! Conditions, filters and key conditions.
//!
//! Source: *Amazon DynamoDB Developer Guide*, "Condition and filter expressions, operators, and
//! functions", "Key condition expressions".

use super::{
    Halt, Path, Unreadable, Visitor,
    parser::Parser,
    token::{Sign, Token},
};

/// A condition or filter.
pub(super) fn condition<'a>(
    parser: &mut Parser<'a, '_>,
    visitor: &mut impl Visitor<'a>,
) -> Result<(), Halt> {
    either(parser, visitor)?;
    Ok(parser.end()?)
}

/// A condition on keys: comparisons all of which hold.
pub(super) fn key_condition<'a>(
    parser: &mut Parser<'a, '_>,
    visitor: &mut impl Visitor<'a>,
) -> Result<(), Halt> {
    all_of_keys(parser, visitor)?;
    Ok(parser.end()?)
}

fn all_of_keys<'a>(
    parser: &mut Parser<'a, '_>,
    visitor: &mut impl Visitor<'a>,
) -> Result<(), Halt> {
    loop {
        if parser.takes(Sign::Open)? {
            parser.deeper(|parser| all_of_keys(parser, visitor))?;
            parser.expect(Sign::Close)?;
        } else {
            on_key(parser, visitor)?;
        }
        if !parser.takes_word("AND")? {
            return Ok(());
        }
    }
}

fn on_key<'a>(parser: &mut Parser<'a, '_>, visitor: &mut impl Visitor<'a>) -> Result<(), Halt> {
    match parser.function() {
        Some("begins_with") => {
            parser.open_function()?;
            let path = parser.path()?;
            parser.expect(Sign::Comma)?;
            parser.value()?;
            parser.expect(Sign::Close)?;
            return visitor.compares(&path, None);
        }
        Some(_) => return Err(Unreadable.into()),
        None => {}
    }
    // Documented is the key on the left; the service takes it on either side.
    if let Some(Token::Value(_)) = parser.peek() {
        let value = parser.value()?;
        let sign = comparator(parser)?;
        let path = parser.path()?;
        return visitor.compares(&path, (sign == Sign::Equal).then_some(value));
    }
    let path = parser.path()?;
    if parser.takes_word("BETWEEN")? {
        parser.value()?;
        if !parser.takes_word("AND")? {
            return Err(Unreadable.into());
        }
        parser.value()?;
        return visitor.compares(&path, None);
    }
    let sign = comparator(parser)?;
    let value = parser.value()?;
    visitor.compares(&path, (sign == Sign::Equal).then_some(value))
}

fn either<'a>(parser: &mut Parser<'a, '_>, visitor: &mut impl Visitor<'a>) -> Result<(), Halt> {
    loop {
        all(parser, visitor)?;
        if !parser.takes_word("OR")? {
            return Ok(());
        }
    }
}

fn all<'a>(parser: &mut Parser<'a, '_>, visitor: &mut impl Visitor<'a>) -> Result<(), Halt> {
    loop {
        while parser.is_at("NOT") {
            parser.take()?;
        }
        one(parser, visitor)?;
        if !parser.takes_word("AND")? {
            return Ok(());
        }
    }
}

fn one<'a>(parser: &mut Parser<'a, '_>, visitor: &mut impl Visitor<'a>) -> Result<(), Halt> {
    if parser.takes(Sign::Open)? {
        parser.deeper(|parser| either(parser, visitor))?;
        return Ok(parser.expect(Sign::Close)?);
    }
    if let Some(function) = parser.function().filter(|name| *name != "size") {
        return call(function, parser, visitor);
    }
    operand(parser, visitor)?;
    if parser.takes_word("BETWEEN")? {
        operand(parser, visitor)?;
        if !parser.takes_word("AND")? {
            return Err(Unreadable.into());
        }
        operand(parser, visitor)
    } else if parser.takes_word("IN")? {
        parser.expect(Sign::Open)?;
        operand(parser, visitor)?;
        while parser.takes(Sign::Comma)? {
            operand(parser, visitor)?;
        }
        Ok(parser.expect(Sign::Close)?)
    } else {
        comparator(parser)?;
        operand(parser, visitor)
    }
}

fn call<'a>(
    function: &str,
    parser: &mut Parser<'a, '_>,
    visitor: &mut impl Visitor<'a>,
) -> Result<(), Halt> {
    let operands = match function {
        "attribute_exists" | "attribute_not_exists" => 1,
        "attribute_type" | "begins_with" | "contains" => 2,
        _ => return Err(Unreadable.into()),
    };
    parser.open_function()?;
    operand(parser, visitor)?;
    if operands == 2 {
        parser.expect(Sign::Comma)?;
        operand(parser, visitor)?;
    }
    Ok(parser.expect(Sign::Close)?)
}

fn operand<'a>(parser: &mut Parser<'a, '_>, visitor: &mut impl Visitor<'a>) -> Result<(), Halt> {
    let path: Path<'a> = if let Some(Token::Value(_)) = parser.peek() {
        parser.take()?;
        return Ok(());
    } else if parser.function() == Some("size") {
        parser.open_function()?;
        let path = parser.path()?;
        parser.expect(Sign::Close)?;
        path
    } else {
        parser.path()?
    };
    visitor.reads(&path)
}

fn comparator(parser: &mut Parser<'_, '_>) -> Result<Sign, Unreadable> {
    match parser.take()? {
        Token::Sign(
            sign @ (Sign::Equal
            | Sign::NotEqual
            | Sign::Less
            | Sign::LessOrEqual
            | Sign::Greater
            | Sign::GreaterOrEqual),
        ) => Ok(sign),
        _ => Err(Unreadable),
    }
}
