//! Whatever the layer accepts has one reading, and that keeps the schema: properties over input that
//! is nearly valid.
//!
//! The cases are the same in each run. `PROPTEST_CASES=100000` looks at so many others.

mod anything;
mod bytes;
mod edits;
mod form;
mod json;
mod lines;
mod multipart;
mod nasty;
mod orders;
mod pairs;
mod path;
mod query;
mod quiet;
mod run;
mod spelling;
mod written;
