//! Calls on their way out: what the guard of the DynamoDB client lets through, seen through the
//! public API and over a connection that leads nowhere.

mod allowed;
mod before;
mod changed;
mod configuration;
mod credentials;
mod declared;
mod edit;
mod endpoint;
mod errors;
mod events;
mod every_operation;
mod guarded;
mod indexes;
mod lost;
mod members;
mod metadata;
mod modes;
mod mutants;
mod names;
mod overrides;
mod policy;
mod principals;
mod readable;
mod recorded;
mod regions;
mod retries;
mod several;
mod stub;
mod success;
mod told;
mod vectors;
mod written;
