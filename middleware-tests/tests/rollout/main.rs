//! Rolling a policy out: modes by class, a candidate beside the policy in force, replacing it, and what is
//! told and counted of all that.

mod candidate;
mod classes;
mod events;
mod hidden;
mod metrics;
mod reload;
