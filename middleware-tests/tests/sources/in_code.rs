//! Services as they are declared in code.

use http::Method;
use tower_harden::{Field, Policy, PolicyBuilder, RouteSchema, Schema as Declared};

use crate::service::{Body, Format, Integer, Kind, Number, Schema, Service, Text};

pub(crate) fn builder(service: &Service) -> PolicyBuilder {
    with(service, &|schema| field(schema), &|schema| declared(schema))
}

/// The builder calls that a service is, with schemas that are written as the two functions say.
pub(crate) fn with(
    service: &Service,
    field: &dyn Fn(&Schema) -> Field,
    body: &dyn Fn(&Schema) -> Declared,
) -> PolicyBuilder {
    let mut builder = Policy::builder();
    for route in &service.routes {
        let mut schema = RouteSchema::new();
        for (name, of_path) in &route.path {
            schema = schema.path(*name, field(of_path));
        }
        for member in &route.query {
            let field = field(&member.schema);
            schema = if member.required {
                schema.required_query(member.name, field)
            } else {
                schema.query(member.name, field)
            };
        }
        for member in &route.headers {
            let field = field(&member.schema);
            schema = if member.required {
                schema.required_header(member.name, field)
            } else {
                schema.header(member.name, field)
            };
        }
        for member in &route.cookies {
            let field = field(&member.schema);
            schema = if member.required {
                schema.required_cookie(member.name, field)
            } else {
                schema.cookie(member.name, field)
            };
        }
        match &route.body {
            Body::None => {}
            Body::Json(json) => schema = schema.json(body(json)),
            Body::Form(members) => {
                let mut form = Declared::object();
                for member in members {
                    let field = field(&member.schema);
                    form = if member.required {
                        form.required(member.name, field)
                    } else {
                        form.optional(member.name, field)
                    };
                }
                schema = schema.form(form);
            }
        }
        if route.optional_body {
            schema = schema.optional_body();
        }
        let method: Method = route.method.parse().expect("a method");
        builder = builder.route(method, &route.pattern, schema);
    }
    builder
}

fn declared(schema: &Schema) -> Declared {
    match &schema.kind {
        Kind::Any => Declared::any().into(),
        Kind::List(items, bounds) => {
            let mut array = Declared::array(declared(items));
            if let Some(min) = bounds.min {
                array = array.min_items(min);
            }
            if let Some(max) = bounds.max {
                array = array.max_items(max);
            }
            if schema.nullable {
                array = array.nullable();
            }
            array.into()
        }
        Kind::Object(members) => {
            let mut object = Declared::object();
            for member in members {
                let schema = declared(&member.schema);
                object = if member.required {
                    object.required(member.name, schema)
                } else {
                    object.optional(member.name, schema)
                };
            }
            if schema.nullable {
                object = object.nullable();
            }
            object.into()
        }
        Kind::Map(values, bounds) => {
            let mut object = Declared::object().additional(declared(values));
            if let Some(min) = bounds.min {
                object = object.min_members(min);
            }
            if let Some(max) = bounds.max {
                object = object.max_members(max);
            }
            if schema.nullable {
                object = object.nullable();
            }
            object.into()
        }
        _ => field(schema).into(),
    }
}

fn field(schema: &Schema) -> Field {
    macro_rules! finish {
        ($field:expr) => {
            if schema.nullable {
                $field.nullable().into()
            } else {
                $field.into()
            }
        };
    }
    match &schema.kind {
        Kind::Boolean => finish!(Field::boolean()),
        Kind::OneOf(values) => finish!(Field::one_of(values.iter().copied())),
        Kind::Text(of_text) => finish!(text(of_text)),
        Kind::Integer(of_integer) => finish!(integer(*of_integer)),
        Kind::Number(of_number) => finish!(number(*of_number)),
        Kind::List(items, bounds) => {
            let mut list = Field::list(field(items));
            if let Some(min) = bounds.min {
                list = list.min_items(min);
            }
            if let Some(max) = bounds.max {
                list = list.max_items(max);
            }
            finish!(list)
        }
        Kind::Any | Kind::Object(_) | Kind::Map(..) => panic!("no field is {schema:?}"),
    }
}

fn text(text: &Text) -> tower_harden::StringField {
    let mut field = match text.format {
        None => Field::string(),
        Some(Format::Uuid) => Field::uuid(),
        Some(Format::DateTime) => Field::date_time(),
        Some(Format::Email) => Field::email(),
        Some(Format::Url) => Field::url(),
        Some(Format::Hostname) => Field::hostname(),
        Some(Format::Ipv4) => Field::ipv4(),
        Some(Format::Ipv6) => Field::ipv6(),
        Some(Format::TableName) => Field::table_name(),
        Some(Format::FileName) => Field::file_name(),
        Some(Format::RelativePath) => Field::relative_path(),
        Some(Format::ShellSafe) => Field::shell_safe(),
        Some(Format::Base64) => Field::base64(),
    };
    if let Some(min) = text.min {
        field = field.min_length(min);
    }
    if let Some(max) = text.max {
        field = field.max_length(max);
    }
    if let Some(pattern) = text.pattern {
        field = field.pattern(pattern);
    }
    if text.multiline {
        field = field.multiline();
    }
    field
}

fn integer(integer: Integer) -> tower_harden::IntegerField {
    let field = if integer.unsigned {
        let bound = |bound: Option<i64>| bound.and_then(|bound| u64::try_from(bound).ok());
        let (min, max) = (bound(integer.min), bound(integer.max));
        Field::unsigned(min.unwrap_or(0)..=max.unwrap_or(u64::MAX))
    } else {
        Field::integer(integer.min.unwrap_or(i64::MIN)..=integer.max.unwrap_or(i64::MAX))
    };
    match integer.multiple {
        Some(multiple) => field.multiple_of(multiple),
        None => field,
    }
}

fn number(number: Number) -> tower_harden::NumberField {
    let field = Field::number(number.min.unwrap_or(f64::MIN)..=number.max.unwrap_or(f64::MAX));
    match number.multiple {
        Some(multiple) => field.multiple_of(multiple),
        None => field,
    }
}
