//! A query that a handler reads as a struct and as pairs.
#![no_main]

use libfuzzer_sys::fuzz_target;
use middleware_tests::readings::query;

fuzz_target!(|query: &[u8]| {
    let _ = query::check(query);
});
