//! Services as schemars describes the types that their handlers read.

use std::{
    borrow::Cow,
    cell::{Cell, RefCell},
};

use http::Method;
use schemars::{JsonSchema, Schema as Described, SchemaGenerator};
use serde_json::{Value, json};
use tower_harden::{Policy, PolicyBuilder, RouteSchema};

use crate::{
    in_documents::{Null, Writer},
    service::{Body, Member, Service},
};

thread_local! {
    static DESCRIPTION: RefCell<Value> = const { RefCell::new(Value::Null) };
    static INLINE: Cell<bool> = const { Cell::new(false) };
}

/// A type whose description is what was said last.
struct Any;

impl JsonSchema for Any {
    fn schema_name() -> Cow<'static, str> {
        "Any".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Described {
        let description = DESCRIPTION.with_borrow(Clone::clone);
        Described::try_from(description).expect("a schema")
    }

    fn inline_schema() -> bool {
        INLINE.get()
    }
}

pub(crate) fn builder(service: &Service) -> PolicyBuilder {
    let mut builder = Policy::builder();
    for (place, route) in service.routes.iter().enumerate() {
        INLINE.set(place % 2 == 0);
        let mut schema = RouteSchema::new();
        if !route.path.is_empty() {
            let members = route.path.iter().map(|(name, schema)| Member {
                name,
                required: true,
                schema: schema.clone(),
            });
            describe(&members.collect::<Vec<_>>());
            schema = schema.path_of::<Any>();
        }
        for (members, declare) in [
            (
                &route.query,
                RouteSchema::query_of::<Any> as fn(RouteSchema) -> RouteSchema,
            ),
            (&route.headers, RouteSchema::headers_of::<Any>),
            (&route.cookies, RouteSchema::cookies_of::<Any>),
        ] {
            if !members.is_empty() {
                describe(members);
                schema = declare(schema);
            }
        }
        match &route.body {
            Body::None => {}
            Body::Json(json) => {
                DESCRIPTION.set(Writer::new(Null::Listed, None).schema(json));
                schema = schema.json_of::<Any>();
            }
            Body::Form(members) => {
                describe(members);
                schema = schema.form_of::<Any>();
            }
        }
        if route.optional_body {
            schema = schema.optional_body();
        }
        let method: Method = route.method.parse().expect("a method");
        builder = builder.route(method, &route.pattern, schema);
    }
    DESCRIPTION.set(json!(null));
    builder
}

fn describe(members: &[Member]) {
    DESCRIPTION.set(Writer::new(Null::Listed, None).object(members));
}
