//! What all benches share: the documents, what the peers take them for, and turns that are taken.

#![expect(
    missing_docs,
    clippy::missing_panics_doc,
    clippy::must_use_candidate,
    reason = "nobody but the benches beside it reads this"
)]

pub mod apps;
pub mod bodies;
pub mod harness;
pub mod instructions;
pub mod phrases;
pub mod schemas;
pub mod table;
