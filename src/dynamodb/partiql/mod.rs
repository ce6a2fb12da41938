//! `PartiQL` statements, as far as a declaration needs them read.
//!
//! A statement is allowed by its exact text, so that it is read once, where it is declared: which table it
//! is on, what it reads and writes, and which of its parameters is the partition key.

mod condition;
mod parser;
mod statement;
mod token;

use super::expression::Path;

/// What a statement does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Select,
    Insert,
    Update,
    Delete,
}

/// A statement, read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Statement<'a> {
    pub(super) kind: Kind,
    pub(super) table: &'a str,
    pub(super) index: Option<&'a str>,
    /// It answers with whole items.
    pub(super) everything: bool,
    pub(super) reads: Vec<Path<'a>>,
    pub(super) writes: Vec<Path<'a>>,
    /// What has to equal what: an attribute, and a parameter by its place or a value of the statement.
    pub(super) equal: Vec<(Path<'a>, Option<usize>)>,
    pub(super) parameters: usize,
}

/// A statement that is none, or that has more in it than is understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Unreadable;

/// Reads a statement.
///
/// # Errors
///
/// Where it cannot be read.
pub(super) fn read(text: &str) -> Result<Statement<'_>, Unreadable> {
    parser::Parser::new(text)?.statement()
}

#[cfg(test)]
mod tests;
