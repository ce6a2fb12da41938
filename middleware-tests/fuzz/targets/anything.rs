//! A JSON body of any kind.
#![no_main]

mod cuts;

use libfuzzer_sys::fuzz_target;
use middleware_tests::readings::anything;

fuzz_target!(|input: &[u8]| {
    let (body, pieces) = cuts::split(input);
    let _ = anything::check(body, pieces);
});
