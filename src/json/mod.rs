//! A strict, resumable reader of JSON (RFC 8259): bytes in, events out.
//!
//! It knows nothing of schemas. Whoever listens implements [`Sink`] and is called once for each
//! name, value, begin and end, in the order of the document, while the bytes are read:
//!
//! 1. anything that RFC 8259 does not allow is an error at the byte where it stands, and so are
//!    invalid UTF-8, unpaired surrogates, a byte order mark and anything behind the value;
//! 2. nesting, strings and numbers are bounded by [`Bounds`] while they are read;
//! 3. the document may arrive in any number of pieces: [`Reader::read`] is given everything that has
//!    arrived so far and goes on at the byte where it paused.
//!
//! Duplicate names are the listener's to find, because it knows which names it has; [`Names`] helps.
//!
//! serde is not used here. Under `arbitrary_precision` and `raw_value`, features that any crate in a
//! dependency graph can switch on, serde_json hands out numbers and raw text as maps with magic keys.

mod error;
mod names;
mod number;
mod open_string;
mod reader;
mod sink;
mod string;
mod written;

pub(crate) use error::{Halt, SyntaxError};
pub(crate) use names::Names;
pub(crate) use number::Number;
pub(crate) use reader::{Bounds, Progress, Reader};
pub(crate) use sink::{Sink, Stop};
pub(crate) use written::WrittenName;
