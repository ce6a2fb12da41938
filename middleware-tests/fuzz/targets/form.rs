//! A form that a handler reads as a struct and as pairs.
#![no_main]

mod cuts;

use libfuzzer_sys::fuzz_target;
use middleware_tests::readings::form;

fuzz_target!(|input: &[u8]| {
    let (body, pieces) = cuts::split(input);
    let _ = form::check(body, pieces);
});
