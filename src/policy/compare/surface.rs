//! What a policy has to be asked: its routes, their fields, and what is said of each beside a schema.

use std::{collections::BTreeSet, sync::Arc};

use crate::{
    AddressPolicy,
    fact::Fact,
    policy::{Compiled, Endpoint, multipart::FileRule, parameters::Fields},
    schema::NodeId,
};

/// A field of a request, or its JSON body.
pub(super) struct Field<'a> {
    /// The part of the request that it stands in.
    pub(super) part: &'static str,
    pub(super) name: &'a str,
    pub(super) required: bool,
    pub(super) what: What<'a>,
}

impl Field<'_> {
    /// Where it stands in an endpoint. A name that another place may begin with stands in quotes.
    pub(super) fn place(&self, endpoint: &str) -> String {
        let is_plain = |name: &str| {
            let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"_-.".contains(&byte);
            !name.is_empty() && name.bytes().all(plain)
        };
        let Self { part, name, .. } = self;
        if self.part == BODY || is_plain(name) {
            format!("{endpoint}: {part} {name}")
        } else {
            format!("{endpoint}: {part} {name:?}")
        }
    }
}

#[derive(Clone, Copy)]
pub(super) enum What<'a> {
    Schema(NodeId),
    File(&'a FileRule),
}

impl What<'_> {
    pub(super) const fn schema(self) -> Option<NodeId> {
        match self {
            Self::Schema(id) => Some(id),
            Self::File(_) => None,
        }
    }
}

/// The parts of a request in which what is not declared is not looked at.
pub(super) const UNJUDGED: [&str; 2] = ["header", "cookie"];

/// The JSON body, which has no name.
pub(super) const BODY: &str = "body";

/// The parts that are forms.
pub(super) const FORM: &str = "form";
pub(super) const MULTIPART: &str = "multipart";

/// The fields of an endpoint by their parts and names.
pub(super) fn fields(endpoint: &Endpoint) -> Vec<Field<'_>> {
    let mut all: Vec<Field<'_>> = Vec::new();
    let path = endpoint.path.iter();
    all.extend(path.map(|(name, schema)| Field {
        part: "path",
        name,
        required: true,
        what: What::Schema(*schema),
    }));
    all.extend(of("query", &endpoint.query));
    all.extend(endpoint.headers.iter().map(|header| Field {
        part: "header",
        name: header.name.as_str(),
        required: header.required,
        what: What::Schema(header.schema),
    }));
    all.extend(of("cookie", &endpoint.cookies));
    all.extend(endpoint.json.map(|schema| Field {
        part: BODY,
        name: "#",
        required: false,
        what: What::Schema(schema),
    }));
    if let Some(form) = &endpoint.form {
        all.extend(of(FORM, form));
    }
    if let Some(multipart) = &endpoint.multipart {
        all.extend(of(MULTIPART, &multipart.fields));
        all.extend(multipart.files.iter().map(|file| Field {
            part: MULTIPART,
            name: &file.name,
            required: file.required,
            what: What::File(file),
        }));
    }
    all.sort_by_key(|field| (field.part, field.name));
    all
}

fn of<'a>(part: &'static str, fields: &'a Fields) -> impl Iterator<Item = Field<'a>> {
    fields.fields.iter().map(move |field| Field {
        part,
        name: &field.name,
        required: field.required,
        what: What::Schema(field.schema),
    })
}

/// What is said of an endpoint itself.
pub(super) fn facts(endpoint: &Endpoint, tell: &mut dyn FnMut(&'static str, Fact)) {
    facts_but_limits(endpoint, tell);
    for (rule, fact) in endpoint.limits.facts() {
        tell(rule, fact);
    }
}

pub(super) fn facts_but_limits(endpoint: &Endpoint, tell: &mut dyn FnMut(&'static str, Fact)) {
    tell("mode", endpoint.modes.fact());
    tell("bodies", Fact::Opened(bodies(endpoint)));
}

/// The kinds of bodies that an endpoint takes.
pub(super) fn bodies(endpoint: &Endpoint) -> BTreeSet<String> {
    let bodies = endpoint.bodies();
    let kinds = [
        ("none", !endpoint.requires_body()),
        ("json", bodies.json),
        (FORM, bodies.form),
        (MULTIPART, bodies.multipart),
    ];
    let taken = kinds.into_iter().filter(|(_, taken)| *taken);
    taken.map(|(kind, _)| kind.to_owned()).collect()
}

/// What is said of a file.
pub(super) fn file(file: &FileRule, tell: &mut dyn FnMut(&'static str, Fact)) {
    tell("type", Fact::Only(BTreeSet::from(["file".into()])));
    let media_types = file.media_types.iter();
    let media_types = media_types.map(|media_type| media_type.to_ascii_lowercase());
    tell("media_types", Fact::Only(media_types.collect()));
    if file.max_bytes < usize::MAX {
        tell("max_bytes", Fact::at_most(file.max_bytes as u64));
    }
    tell("max_files", Fact::at_most(file.max_files.into()));
}

/// The declared methods of routes by their names, such as `POST /orders`.
pub(super) fn routes(policy: &Compiled) -> impl Iterator<Item = (String, &Arc<Endpoint>)> {
    let routes = policy.routes.iter();
    let mut routes: Vec<_> = routes
        .map(|(pattern, method, endpoint)| (format!("{method} {pattern}"), endpoint))
        .collect();
    routes.sort_by(|(a, _), (b, _)| a.cmp(b));
    routes.into_iter()
}

/// The address policies by their places: that of values, and those of headers.
pub(super) fn addresses(policy: &Compiled) -> Vec<(String, &AddressPolicy)> {
    let headers = policy.host_headers.0.iter();
    let headers = headers.map(|(header, addresses)| {
        (
            format!("host_headers: header {}", header.header()),
            addresses,
        )
    });
    let mut all: Vec<_> = headers.collect();
    all.sort_by(|(a, _), (b, _)| a.cmp(b));
    all.insert(0, ("addresses".into(), &policy.addresses));
    all
}
