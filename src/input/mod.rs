//! The parts of a request, decoded once: what stands in the path, the query and the headers.
//!
//! Each reader decodes as the extractors of a handler do, and refuses what two of them would decode
//! in two ways.

mod body;
mod cookie;
mod forwarded;
mod host;
mod media_type;
mod multipart;
mod pairs;
mod path;
mod percent;

pub(crate) use body::{Bodies, BodyKind, check_headers};
pub(crate) use cookie::{Cookie, read_cookies};
pub(crate) use forwarded::{forwarded_hosts, listed_hosts};
pub(crate) use host::is_ambiguous;
#[cfg(feature = "openapi")]
pub(crate) use media_type::essence;
pub(crate) use media_type::is_media_type;
pub(crate) use multipart::{Part, read_parts};
pub(crate) use pairs::{FieldsError, read_pairs};
pub use path::PathParams;
#[cfg(feature = "json-schema")]
pub(crate) use percent::decode_uri;
#[cfg(feature = "openapi")]
pub(crate) use percent::{Plus, decode as percent_decode};
