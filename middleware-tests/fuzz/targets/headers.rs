//! Declared headers.
#![no_main]

use libfuzzer_sys::fuzz_target;
use middleware_tests::readings::headers;

fuzz_target!(|lines: &[u8]| {
    let _ = headers::check(lines);
});
