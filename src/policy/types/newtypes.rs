use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use crate::TableName;

/// As [`Field::table_name`](crate::Field::table_name).
impl JsonSchema for TableName {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "TableName".into()
    }

    fn schema_id() -> Cow<'static, str> {
        concat!(module_path!(), "::TableName").into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": "string", "x-harden": "table-name"})
    }
}
