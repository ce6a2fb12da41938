//! What a file says of one route.

use super::{
    body, limits,
    mistakes::Mistakes,
    policy,
    schema::Schemas,
    tree::{Member, Node},
};
use crate::{Field, Limits, RouteSchema};

const KEYS: &[&str] = &[
    "mode",
    "limits",
    "path",
    "query",
    "required_query",
    "header",
    "required_header",
    "cookie",
    "required_cookie",
    "json",
    "form",
    "multipart",
    "optional_body",
];

/// So many fields have one table. The rules that hold for all of them are looked at for each pair.
pub(super) const MOST_FIELDS: usize = 1_000;

/// Reads a route. Limits that it does not name are those of the policy.
pub(super) fn read<'n>(
    node: &'n Node,
    limits: Limits,
    schemas: &Schemas<'n>,
    mistakes: &mut Mistakes<'_>,
) -> RouteSchema {
    let mut route = RouteSchema::new();
    for member in mistakes.table(node, "a route") {
        let Member { name, value, .. } = member;
        let method: fn(RouteSchema, String, Field) -> RouteSchema = match name.as_str() {
            "path" => RouteSchema::path,
            "query" => RouteSchema::query,
            "required_query" => RouteSchema::required_query,
            "header" => RouteSchema::header,
            "required_header" => RouteSchema::required_header,
            "cookie" => RouteSchema::cookie,
            "required_cookie" => RouteSchema::required_cookie,
            _ => {
                route = other(route, member, limits, schemas, mistakes);
                continue;
            }
        };
        for field in fields(value, name, mistakes) {
            let document = schemas.document(&field.value, &field.name, mistakes);
            route = method(route, field.name.clone(), document.into());
        }
    }
    route
}

fn other<'n>(
    route: RouteSchema,
    member: &'n Member,
    limits: Limits,
    schemas: &Schemas<'n>,
    mistakes: &mut Mistakes<'_>,
) -> RouteSchema {
    let value = &member.value;
    match member.name.as_str() {
        "mode" => route.mode(policy::mode(value, mistakes)),
        "limits" => route.limits(limits::read(limits, value, mistakes)),
        "json" => route.json(schemas.document(value, "json", mistakes)),
        "form" => route.form(body::form(value, schemas, mistakes)),
        "multipart" => route.multipart(body::multipart(value, schemas, mistakes)),
        "optional_body" => {
            if mistakes.switch(value, "optional_body") {
                route.optional_body()
            } else {
                route
            }
        }
        _ => {
            mistakes.unknown(member, "a route", KEYS);
            route
        }
    }
}

/// The members of a table of fields.
pub(super) fn fields<'n>(node: &'n Node, what: &str, mistakes: &mut Mistakes<'_>) -> &'n [Member] {
    let members = mistakes.table(node, what);
    if members.len() > MOST_FIELDS {
        let told = format!(
            "{what} has {} fields, and at most {MOST_FIELDS} are read",
            members.len()
        );
        mistakes.add(&node.at, told);
        return &[];
    }
    members
}
