//! Whatever the layer accepts has one reading, and that keeps the schema: properties over input that
//! is nearly valid. And whatever a JSON Schema document says, it says here too.
//!
//! The cases are the same in each run. `PROPTEST_CASES=100000` looks at so many others.

mod anything;
mod bytes;
mod edits;
mod form;
mod hosts;
mod json;
mod json_schema;
mod lines;
mod multipart;
mod nasty;
mod nearly;
mod orders;
mod pairs;
mod path;
mod query;
mod quiet;
mod run;
mod spelling;
mod verdicts;
mod written;
