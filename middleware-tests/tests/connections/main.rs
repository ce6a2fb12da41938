//! Connections on their way out: what the guards let a client connect to, seen from a receiver that
//! is there to be reached.

mod again;
mod layer;
mod literals;
mod metadata;
mod name_server;
mod names;
mod network;
mod proxies;
mod rebinding;
mod receiver;
mod redirects;
mod resolved;
mod spellings;
mod tls;
