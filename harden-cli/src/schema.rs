//! `harden schema`: the JSON Schema of policy files.

use serde_json::Value;
use tower_harden::Policy;

use crate::{mistake::Failure, output::Answer};

pub(crate) fn run() -> Result<Answer, Failure> {
    let schema: Value = serde_json::from_str(Policy::FILE_SCHEMA)
        .map_err(|error| Failure::usage(format!("the schema cannot be read: {error}")))?;
    Ok(Answer::new(Policy::FILE_SCHEMA, &schema))
}
