//! What is internal, and which text names it.
//!
//! [`AddressClass`] says what an IP address is, [`AddressPolicy`] which ones may pass, and how values
//! are judged.

mod class;
mod finding;
mod host;
mod ip;
mod metadata;
mod name;
mod numeric;
mod percent;
mod plain;
mod policy;
mod ranges;
mod text;
mod url;

pub use class::AddressClass;
pub(crate) use finding::Finding;
pub use policy::AddressPolicy;
