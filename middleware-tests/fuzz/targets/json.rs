//! A JSON body that a handler reads as a struct.
#![no_main]

mod cuts;

use libfuzzer_sys::fuzz_target;
use middleware_tests::readings::json;

fuzz_target!(|input: &[u8]| {
    let (body, pieces) = cuts::split(input);
    let _ = json::check(body, pieces);
});
