//! A JSON body that has to keep a JSON Schema document.
#![no_main]

mod cuts;

use libfuzzer_sys::fuzz_target;
use middleware_tests::readings::json_schema;

fuzz_target!(|input: &[u8]| {
    let (body, pieces) = cuts::split(input);
    let _ = json_schema::check(body, pieces);
});
