//! What a value may be.
//!
//! Schemas are declared in code with [`Field`] for scalars and [`Schema`] for arrays and objects,
//! and compiled once, when the policy is built, to a flat [`Program`] that is run over a value while
//! it is read. Nothing is kept of the value but the place where the reader stands.
//!
//! Objects are closed: a member that is not declared is refused.

mod container;
mod declaration;
#[cfg(feature = "json-schema")]
mod document;
mod facts;
mod field;
mod format;
mod judge;
mod multipart;
mod narrowing;
mod parameter;
mod pattern;
mod program;
mod rule;
mod shapes;
mod whole;
mod within;

pub use container::{AnySchema, ArraySchema, ObjectSchema, Schema};
pub(crate) use declaration::Declaration;
#[cfg(feature = "json-schema")]
pub use document::JsonSchema;
#[cfg(feature = "json-schema")]
pub(crate) use document::nearest;
#[cfg(feature = "openapi")]
pub(crate) use document::{Keyword, Shape, escape, read_json};
pub(crate) use facts::{Part, Step};
pub use field::{BooleanField, Field, IntegerField, ListField, NumberField, StringField};
pub(crate) use format::is_file_name;
pub(crate) use judge::{Judge, JudgeState};
pub use multipart::{FileField, MultipartSchema};
pub(crate) use narrowing::{Narrowing, Wider};
pub(crate) use parameter::Parameter;
pub(crate) use program::{NodeId, Place, Program, ProgramBuilder};
pub(crate) use shapes::Shapes;
