//! Services as JSON Schema says their schemas, and policy files with them.

use serde_json::{Map, Value, json};
use tower_harden::{JsonSchema, PolicyBuilder};

use crate::{
    in_code,
    service::{Body, Bounds, Format, Kind, Member, Route, Schema, Service},
};

/// How `null` is let pass beside a schema.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Null {
    /// As one of the types and one of the values.
    Listed,
    /// As the other one of two schemas: where there is no `null` to be written, and beside a `$ref`.
    Chosen(&'static str),
    /// As OpenAPI 3.0 has it.
    Flagged,
}

/// Writes schemas.
#[derive(Debug)]
pub(crate) struct Writer {
    null: Null,
    /// Where shared schemas are referred to, if any are shared.
    shared_at: Option<&'static str>,
    pub(crate) shared: Map<String, Value>,
}

impl Writer {
    pub(crate) fn new(null: Null, shared_at: Option<&'static str>) -> Self {
        Self {
            null,
            shared_at,
            shared: Map::new(),
        }
    }

    pub(crate) fn schema(&mut self, schema: &Schema) -> Value {
        let written = self.kind(&schema.kind);
        if !schema.nullable {
            return self.share(schema, written);
        }
        match self.null {
            Null::Listed => {
                let mut written = written;
                written["type"] = json!([written["type"], "null"]);
                if let Some(values) = written.get_mut("enum").and_then(Value::as_array_mut) {
                    values.push(Value::Null);
                }
                written
            }
            Null::Chosen(choice) => {
                let written = self.share(schema, written);
                json!({choice: [written, {"type": "null"}]})
            }
            Null::Flagged => {
                let mut written = written;
                written["nullable"] = json!(true);
                if let Some(values) = written.get_mut("enum").and_then(Value::as_array_mut) {
                    values.push(Value::Null);
                }
                written
            }
        }
    }

    /// Objects are shared, where schemas can be.
    fn share(&mut self, schema: &Schema, written: Value) -> Value {
        match (self.shared_at, &schema.kind) {
            (Some(place), Kind::Object(_) | Kind::OneOf(_)) => {
                let name = format!("S{}", self.shared.len());
                let reference = json!({"$ref": format!("{place}{name}")});
                self.shared.insert(name, written);
                reference
            }
            _ => written,
        }
    }

    fn kind(&mut self, kind: &Kind) -> Value {
        match kind {
            Kind::Any if self.null == Null::Flagged => json!({}),
            Kind::Any => json!(true),
            Kind::Boolean => json!({"type": "boolean"}),
            Kind::OneOf(values) => json!({"type": "string", "enum": values}),
            Kind::Text(text) => {
                let mut written = json!({"type": "string"});
                insert(&mut written, "minLength", text.min);
                insert(&mut written, "maxLength", text.max);
                insert(&mut written, "pattern", text.pattern);
                let mut rules = Vec::new();
                match text.format.map(named) {
                    Some(Named::Format(name)) => written["format"] = json!(name),
                    Some(Named::Rule(name)) => rules.push(name),
                    None => {}
                }
                if text.multiline {
                    rules.push("multiline");
                }
                match rules.as_slice() {
                    [] => {}
                    [one] => written["x-harden"] = json!(one),
                    more => written["x-harden"] = json!(more),
                }
                written
            }
            Kind::Integer(integer) => {
                let format = if integer.unsigned { "uint64" } else { "int64" };
                let mut written = json!({"type": "integer", "format": format});
                insert(&mut written, "minimum", integer.min);
                insert(&mut written, "maximum", integer.max);
                insert(&mut written, "multipleOf", integer.multiple);
                written
            }
            Kind::Number(number) => {
                let mut written = json!({"type": "number", "format": "double"});
                insert(&mut written, "minimum", number.min);
                insert(&mut written, "maximum", number.max);
                insert(&mut written, "multipleOf", number.multiple);
                written
            }
            Kind::List(items, Bounds { min, max }) => {
                let mut written = json!({"type": "array", "items": self.schema(items)});
                insert(&mut written, "minItems", *min);
                insert(&mut written, "maxItems", *max);
                written
            }
            Kind::Object(members) => self.object(members),
            Kind::Map(values, Bounds { min, max }) => {
                let values = self.schema(values);
                let mut written = json!({"type": "object", "additionalProperties": values});
                insert(&mut written, "minProperties", *min);
                insert(&mut written, "maxProperties", *max);
                written
            }
        }
    }

    /// An object of these members, and a form.
    pub(crate) fn object(&mut self, members: &[Member]) -> Value {
        let mut properties = Map::new();
        for member in members {
            properties.insert(member.name.into(), self.schema(&member.schema));
        }
        let required = members.iter().filter(|member| member.required);
        let required: Vec<&str> = required.map(|member| member.name).collect();
        let mut written = json!({"type": "object", "properties": properties});
        // OpenAPI 3.0 has no empty list there.
        insert(
            &mut written,
            "required",
            Some(required).filter(|names| !names.is_empty()),
        );
        written
    }
}

enum Named {
    Format(&'static str),
    Rule(&'static str),
}

fn named(format: Format) -> Named {
    match format {
        Format::Uuid => Named::Format("uuid"),
        Format::DateTime => Named::Format("date-time"),
        Format::Email => Named::Format("email"),
        Format::Url => Named::Rule("public-url"),
        Format::Hostname => Named::Rule("hostname"),
        Format::Ipv4 => Named::Format("ipv4"),
        Format::Ipv6 => Named::Format("ipv6"),
        Format::TableName => Named::Rule("table-name"),
        Format::FileName => Named::Rule("file-name"),
        Format::RelativePath => Named::Rule("relative-path"),
        Format::ShellSafe => Named::Rule("shell-safe"),
        Format::Base64 => Named::Rule("base64"),
    }
}

fn insert(written: &mut Value, keyword: &str, value: Option<impl serde::Serialize>) {
    if let Some(value) = value {
        written[keyword] = json!(value);
    }
}

/// Builder calls whose schemas are documents.
pub(crate) fn builder(service: &Service) -> PolicyBuilder {
    let document = |schema: &Schema| {
        let written = Writer::new(Null::Listed, None).schema(schema);
        JsonSchema::new(written.to_string())
    };
    in_code::with(service, &|field| document(field).into(), &|body| {
        document(body).into()
    })
}

/// The policy file.
pub(crate) fn file(service: &Service, null: Null) -> Value {
    let mut writer = Writer::new(null, Some("#/schemas/"));
    let mut routes = Map::new();
    for route in &service.routes {
        let name = format!("{} {}", route.method, route.pattern);
        routes.insert(name, of_route(route, &mut writer));
    }
    let mut file = json!({"version": 1, "routes": routes});
    if !writer.shared.is_empty() {
        file["schemas"] = writer.shared.into();
    }
    file
}

fn of_route(route: &Route, writer: &mut Writer) -> Value {
    let mut written = json!({});
    for (name, schema) in &route.path {
        written["path"][name] = writer.schema(schema);
    }
    for (place, members) in [
        ("query", &route.query),
        ("header", &route.headers),
        ("cookie", &route.cookies),
    ] {
        for member in members {
            let required = if member.required { "required_" } else { "" };
            let schema = writer.schema(&member.schema);
            written[format!("{required}{place}")][member.name] = schema;
        }
    }
    match &route.body {
        Body::None => {}
        Body::Json(schema) => written["json"] = writer.schema(schema),
        Body::Form(members) => written["form"] = writer.object(members),
    }
    if route.optional_body {
        written["optional_body"] = json!(true);
    }
    written
}
