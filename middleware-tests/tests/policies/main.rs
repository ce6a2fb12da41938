//! Policies from other sources than code.

mod openapi;
