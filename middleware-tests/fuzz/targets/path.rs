//! A path with parameters.
#![no_main]

use libfuzzer_sys::fuzz_target;
use middleware_tests::readings::path;

fuzz_target!(|path: &[u8]| {
    let _ = path::check(path);
});
