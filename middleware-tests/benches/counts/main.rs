//! What requests allocate, hold and read.
//!
//! `cargo bench --manifest-path middleware-tests/benches/Cargo.toml --bench counts`. Behind `--`, the
//! flag `--markdown` prints the tables as they stand in `RESULTS.md`.

mod held;
mod read;
mod requests;

use std::alloc::System;

use stats_alloc::{INSTRUMENTED_SYSTEM, StatsAlloc};

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

fn main() {
    requests::table().print();
    held::table().print();
    read::table().print();
}
