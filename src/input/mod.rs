//! The parts of a request, decoded once: what stands in the path, the query and the headers.
//!
//! Each reader decodes as the extractors of a handler do, and refuses what two of them would decode
//! in two ways.

mod body;
mod host;
mod media_type;
mod path;
mod percent;
mod query;

pub(crate) use body::{BodyKind, check_headers};
pub(crate) use host::is_ambiguous;
pub use path::PathParams;
pub(crate) use query::{QueryError, read_query};
