//! Declared cookies.
#![no_main]

use libfuzzer_sys::fuzz_target;
use middleware_tests::readings::cookies;

fuzz_target!(|lines: &[u8]| {
    let _ = cookies::check(lines);
});
