//! A form in parts.
#![no_main]

mod cuts;

use libfuzzer_sys::fuzz_target;
use middleware_tests::readings::multipart;

fuzz_target!(|input: &[u8]| {
    let (body, pieces) = cuts::split(input);
    let _ = multipart::check(body, pieces);
});
