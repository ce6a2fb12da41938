//! A text is judged in the same way with and without the look that most texts are let go after.
#![no_main]

use libfuzzer_sys::fuzz_target;
use tower_harden::AddressPolicy;

fuzz_target!(|text: &str| {
    let (quick, full) = AddressPolicy::deny_internal().judge_in_two_ways(text);
    assert_eq!(quick, full, "{text:?}");
});
