//! Services as OpenAPI documents.

use serde_json::{Map, Value, json};

use crate::{
    in_documents::{Null, Writer},
    service::{Body, Route, Service},
};

/// A document of version 3.0 or 3.1, in which `null` is said as that version does.
pub(crate) fn document(service: &Service, version: &str, null: Null) -> Value {
    let mut writer = Writer::new(null, Some("#/components/schemas/"));
    let mut paths = Map::new();
    for route in &service.routes {
        let operation = operation(route, &mut writer);
        let method = route.method.to_lowercase();
        paths.insert(route.pattern.clone(), json!({method: operation}));
    }
    json!({
        "openapi": version,
        "info": {"title": "Generated", "version": "1"},
        "paths": paths,
        "components": {"schemas": writer.shared},
    })
}

fn operation(route: &Route, writer: &mut Writer) -> Value {
    let mut parameters = Vec::new();
    for (name, schema) in &route.path {
        let schema = writer.schema(schema);
        parameters.push(json!({"name": name, "in": "path", "required": true, "schema": schema}));
    }
    for (place, members) in [
        ("query", &route.query),
        ("header", &route.headers),
        ("cookie", &route.cookies),
    ] {
        for member in members {
            parameters.push(json!({
                "name": member.name,
                "in": place,
                "required": member.required,
                "schema": writer.schema(&member.schema),
            }));
        }
    }
    let content = match &route.body {
        Body::None => None,
        Body::Json(schema) => Some(("application/json", writer.schema(schema))),
        Body::Form(members) => Some(("application/x-www-form-urlencoded", writer.object(members))),
    };
    let mut operation = json!({
        "parameters": parameters,
        "responses": {"200": {"description": "Done"}},
    });
    if let Some((media_type, schema)) = content {
        operation["requestBody"] = json!({
            "required": !route.optional_body,
            "content": {media_type: {"schema": schema}},
        });
    }
    operation
}

/// A value as YAML, in blocks.
pub(crate) fn yaml(value: &Value) -> String {
    let mut text = String::new();
    write(value, 0, &mut text);
    text
}

fn write(value: &Value, depth: usize, text: &mut String) {
    let indent = "  ".repeat(depth);
    match value {
        Value::Object(members) if !members.is_empty() => {
            for (name, value) in members {
                text.extend(["\n", &indent, &json!(name).to_string(), ":"]);
                write(value, depth + 1, text);
            }
        }
        Value::Array(items) if !items.is_empty() => {
            for item in items {
                text.extend(["\n", &indent, "-"]);
                write(item, depth + 1, text);
            }
        }
        // A scalar of JSON is one of YAML.
        scalar => text.extend([" ", &scalar.to_string()]),
    }
}
