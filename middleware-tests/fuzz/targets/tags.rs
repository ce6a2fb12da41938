//! A query with lists.
#![no_main]

use libfuzzer_sys::fuzz_target;
use middleware_tests::readings::tags;

fuzz_target!(|query: &[u8]| {
    let _ = tags::check(query);
});
