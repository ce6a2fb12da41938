//! What is internal, and which text names it.
//!
//! [`AddressClass`] says what an IP address is, [`AddressPolicy`] which ones may pass. A value is
//! judged in one of four contexts, which its schema decides:
//!
//! | context | fields | passes |
//! |---|---|---|
//! | URL | [`Field::url`](crate::Field::url) | an absolute `http` or `https` URL in its one spelling, with a public host |
//! | host | [`Field::hostname`](crate::Field::hostname) | a public host, with or without port |
//! | IP address | [`Field::ipv4`](crate::Field::ipv4), [`Field::ipv6`](crate::Field::ipv6) | a public address |
//! | text | every other string | whatever names no internal host |
//!
//! # What a value cannot show
//!
//! A name with public DNS that resolves inward, such as `127.0.0.1.nip.io`, looks like any other
//! name. Judging values narrows what reaches a handler; only the code that connects sees the address
//! that a name leads to. Keep a network policy on metadata services (on AWS: IMDSv2 with a hop limit
//! of 1) whatever this module does.

mod class;
mod finding;
mod host;
mod ip;
mod metadata;
mod name;
mod numeric;
mod percent;
mod policy;
mod ranges;
mod text;
mod url;

pub use class::AddressClass;
pub(crate) use finding::Finding;
pub use policy::AddressPolicy;
