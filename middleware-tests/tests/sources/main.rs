//! One service, said in every way that a policy can be said in: the verdicts are the same.
//!
//! What differs is written here, and nothing else may:
//!
//! 1. An integer of JSON that is written with a fraction of zero or an exponent, `1.0`, or as `-0`, is an
//!    integer to JSON Schema, and so in every source that is one. Declared in code, an integer is what
//!    serde reads as one, and these are refused. So the revision of a policy in code is another one where a JSON body has
//!    integers, and the difference of the two says that of each of them.
//! 2. Patterns in code have the syntax of the crate `regex`, and those of documents that of ECMA-262: `\d`
//!    has more digits in code. The patterns here mean the same in both.
//! 3. `null` cannot stand in TOML, nor beside a `$ref` in OpenAPI 3.0. A choice between a schema and `null`
//!    says the same, and so has the same revision.
//! 4. A parameter that may be `null` is a mistake in code, and in a document one that is never `null`. None
//!    here is.
//! 5. Of several members of an object that are missing, the one that was declared first is told first, and
//!    of several fields of a query or a form that are missing or do not come often enough. In the trees of
//!    files and documents they stand in the order of their names, and in files the optional ones first.

mod agree;
mod in_code;
mod in_documents;
mod in_openapi;
mod in_types;
mod requests;
mod service;
mod values;
