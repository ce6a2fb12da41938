//! What is internal, and which text names it.
//!
//! [`AddressClass`] says what an IP address is, [`AddressPolicy`] which ones may pass, and how values
//! are judged.

mod bare;
mod class;
#[cfg(feature = "egress")]
mod connection;
mod facts;
mod finding;
mod host;
mod hosts;
mod idna_2003;
mod ip;
mod metadata;
mod name;
mod nested;
mod net;
mod numeric;
mod percent;
mod plain;
mod policy;
mod ranges;
mod text;
mod url;
mod value;

pub use class::AddressClass;
pub(crate) use finding::Finding;
pub use policy::{AddressPolicy, DangerousAddressPolicy};
