//! The guard of the DynamoDB client before stores that work: what it lets through does what it does
//! without the guard, and what it denies would have done harm.

mod attacks;
mod client;
mod expressions;
mod items;
mod store;
mod workload;
