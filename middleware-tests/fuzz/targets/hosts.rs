//! A string as a URL, as a host, and as other text.
#![no_main]

use libfuzzer_sys::fuzz_target;
use middleware_tests::readings::hosts;

fuzz_target!(|text: &str| {
    let _ = hosts::check(text);
});
