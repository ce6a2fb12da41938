//! The expressions of a request: which attributes they read and write, and what shape they have.
//!
//! Whatever these readers do not understand is unreadable, and a request with it is denied: the service
//! might read an attribute in it that they do not see.

mod condition;
mod parser;
mod path;
mod shape;
mod token;
mod update;

pub(super) use path::{Path, Step};
pub(super) use shape::{declared, shape};

use super::AccessDeniedKind;
use parser::Parser;
use token::Tokens;

/// What an expression is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Condition,
    KeyCondition,
    Projection,
    Update,
}

/// An expression that is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Unreadable;

/// Why the reading of an expression ends early.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Halt(pub(super) AccessDeniedKind);

impl From<Unreadable> for Halt {
    fn from(_: Unreadable) -> Self {
        Self(AccessDeniedKind::Expression)
    }
}

/// What is told of an expression while it is read.
pub(super) trait Visitor<'a> {
    /// It reads an attribute, or compares it, from which its value can be guessed.
    fn reads(&mut self, path: &Path<'a>) -> Result<(), Halt>;
    /// It writes an attribute.
    fn writes(&mut self, path: &Path<'a>) -> Result<(), Halt>;
    /// It compares a key, with one value where that is the only one that fits.
    fn compares(&mut self, path: &Path<'a>, equal: Option<&'a str>) -> Result<(), Halt>;
}

/// The names that stand for attributes in the expressions of one request.
#[derive(Clone, Debug, Default)]
pub(super) struct Names<'a>(smallvec::SmallVec<[(&'a str, &'a str); 8]>);

impl<'a> Names<'a> {
    /// Names, each of which stands once, and their attributes.
    pub(super) fn of(names: impl Iterator<Item = (&'a str, &'a str)>) -> Self {
        let mut names: smallvec::SmallVec<_> = names.collect();
        // An expression may name each of many hundreds times.
        names.sort_unstable();
        Self(names)
    }

    fn resolve(&self, name: &str) -> Option<&'a str> {
        let place = self.0.binary_search_by_key(&name, |(known, _)| known);
        place.ok().map(|place| self.0[place].1)
    }
}

/// Reads an expression and tells the visitor what it does.
///
/// # Errors
///
/// Where it cannot be read, or the visitor has heard enough.
pub(super) fn read<'a>(
    kind: Kind,
    text: &'a str,
    names: &Names<'a>,
    visitor: &mut impl Visitor<'a>,
) -> Result<(), Halt> {
    let mut parser = Parser::new(text, Tokens::of(text), names)?;
    read_by(kind, &mut parser, visitor)
}

/// Reads a declared expression, which has the names of attributes as they are.
///
/// # Errors
///
/// As [`read`].
pub(super) fn read_declared<'a>(
    kind: Kind,
    text: &'a str,
    visitor: &mut impl Visitor<'a>,
) -> Result<(), Halt> {
    let names = Names::default();
    let mut parser = Parser::new(text, Tokens::of_declaration(text), &names)?;
    read_by(kind, &mut parser, visitor)
}

fn read_by<'a>(
    kind: Kind,
    parser: &mut Parser<'a, '_>,
    visitor: &mut impl Visitor<'a>,
) -> Result<(), Halt> {
    match kind {
        Kind::Condition => condition::condition(parser, visitor),
        Kind::KeyCondition => condition::key_condition(parser, visitor),
        Kind::Projection => update::projection(parser, visitor),
        Kind::Update => update::update(parser, visitor),
    }
}
