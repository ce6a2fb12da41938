//! Tower middleware that lets only declared input into an HTTP service and only declared work out
//! of it.
//!
//! A request walks through this crate as through its modules: the layer takes its route, decodes its
//! inputs, runs the compiled schema over them while they are read, asks of every string which host it
//! names, and answers with a refusal or calls the handler with what was judged.

#![cfg_attr(docsrs, feature(doc_cfg))]

mod address;
#[cfg(feature = "dynamodb")]
pub mod dynamodb;
mod error;
mod input;
mod json;
mod layer;
mod limits;
mod location;
mod mode;
mod policy;
mod problem;
mod rejection;
mod schema;
mod table_name;
mod text;
mod violation;
mod violations;

pub use crate::{
    address::{AddressClass, AddressPolicy},
    error::{ConfigError, ConfigProblem},
    input::PathParams,
    layer::{Harden, HardenLayer, ReplayBody, ResponseBody, ResponseFuture},
    limits::Limits,
    location::{Location, Pointer},
    mode::Mode,
    policy::{Policy, PolicyBuilder, RouteSchema, Validator},
    rejection::Rejection,
    schema::{
        AnySchema, ArraySchema, BooleanField, Field, IntegerField, ListField, NumberField,
        ObjectSchema, Schema, StringField,
    },
    table_name::TableName,
    violation::{Code, Violation},
};

type BoxError = Box<dyn std::error::Error + Send + Sync>;
