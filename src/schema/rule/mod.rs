//! What a compiled schema asks of a value: one file for each family of keywords.

mod array;
mod exact;
mod multiple;
mod number;
mod object;
mod others;
mod string;
mod values;

pub(super) use array::ArrayRule;
pub(super) use exact::Exact;
pub(super) use number::NumberRule;
#[cfg(feature = "json-schema")]
pub(super) use object::Dependent;
pub(super) use object::{Member, ObjectRule};
pub(super) use others::Others;
pub(super) use string::StringRule;
