//! The document as a whole.

use std::collections::{BTreeMap, HashMap};

use serde_json::{Map, Value, json};

use super::{OpenApi, fields::Kind, node::Node, report::Report};

const MEMBERS: &[&str] = &[
    "components",
    "externalDocs",
    "info",
    "jsonSchemaDialect",
    "openapi",
    "paths",
    "security",
    "servers",
    "tags",
    "webhooks",
];

/// What `$schema` and `jsonSchemaDialect` may be: draft 2020-12, and the dialect that OpenAPI 3.1 makes
/// of it.
const DIALECTS: &[&str] = &[
    "https://json-schema.org/draft/2020-12/schema",
    "https://spec.openapis.org/oas/3.1/dialect/base",
];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Version {
    V3_0,
    V3_1,
}

/// Walks through a document once.
pub(super) struct Importer<'d> {
    pub(super) root: Node<'d>,
    pub(super) version: Version,
    pub(super) options: &'d OpenApi,
    pub(super) report: &'d mut Report,
    pub(super) routes: Map<String, Value>,
    /// The shared schemas that were referred to and are yet to be converted.
    pub(super) wanted: Vec<(String, Node<'d>)>,
    /// Those that were, or will be.
    pub(super) schemas: BTreeMap<String, Value>,
    /// What the schemas of fields are, by their keys.
    pub(super) kinds: HashMap<usize, Kind>,
    /// Whether they take `null`, by their keys.
    pub(super) nullable: HashMap<usize, bool>,
    /// References into shared schemas: where they stand, and where they lead.
    pub(super) deep: Vec<(Node<'d>, Vec<String>)>,
}

/// Converts a document to the tree of a policy file. Mistakes are reported.
pub(super) fn import<'d>(
    document: &'d Value,
    options: &'d OpenApi,
    report: &'d mut Report,
) -> Value {
    let root = Node::root(document);
    let Some(version) = version(&root, report) else {
        return Value::Null;
    };
    let mut importer = Importer {
        root,
        version,
        options,
        report,
        routes: Map::new(),
        wanted: Vec::new(),
        schemas: BTreeMap::new(),
        kinds: HashMap::new(),
        nullable: HashMap::new(),
        deep: Vec::new(),
    };
    importer.document();
    json!({
        "version": 1,
        "routes": importer.routes,
        "schemas": importer.schemas,
    })
}

fn version(root: &Node<'_>, report: &mut Report) -> Option<Version> {
    let told = match root.text("openapi") {
        Some(version) if version.starts_with("3.0.") => return Some(Version::V3_0),
        Some(version) if version.starts_with("3.1.") => return Some(Version::V3_1),
        None if root.value.get("swagger").is_some() => {
            "is of Swagger 2: convert the document to OpenAPI 3.0 or 3.1"
        }
        _ => "is not there as `3.0.x` or `3.1.x`, in quotes, which are the versions that are read",
    };
    report.mistake_in(root, "openapi", told);
    None
}

impl<'d> Importer<'d> {
    fn document(&mut self) {
        let root = self.root.clone();
        self.report.only(&root, "a document", MEMBERS);
        if let Some(dialect) = root.member("jsonSchemaDialect") {
            self.dialect(&dialect);
        }
        if let Some(webhooks) = root.member("webhooks") {
            let told = "are requests that the service makes, and no routes of it";
            self.report.note(&webhooks, told);
        }
        self.servers(&root);
        self.paths();
        self.shared();
    }

    /// The dialect of schemas.
    pub(super) fn dialect(&mut self, dialect: &Node<'d>) {
        let known = dialect
            .value
            .as_str()
            .is_some_and(|dialect| DIALECTS.contains(&dialect.trim_end_matches('#')));
        if !known {
            let told = "is neither draft 2020-12 nor the dialect of OpenAPI 3.1, the only ones that \
                        are read";
            self.report.mistake(dialect, told);
        }
    }

    /// Notes the paths of servers, which routers may have as prefixes.
    fn servers(&mut self, root: &Node<'d>) {
        let Some(servers) = root.member("servers") else {
            return;
        };
        for server in servers.items() {
            let url = server.text("url").unwrap_or("/");
            let path = url.split_once("://").map_or(url, |(_, rest)| {
                rest.find('/').map_or("", |slash| &rest[slash..])
            });
            if self.options.prefix.is_empty() && !path.trim_matches('/').is_empty() {
                let told = "has a path, which is not taken: say it by prefix(..) if routes have it";
                self.report.note(&server, told);
            }
        }
    }

    /// Converts the shared schemas that are referred to, and those that they refer to.
    fn shared(&mut self) {
        while let Some((name, schema)) = self.wanted.pop() {
            let converted = self.schema(&schema);
            self.schemas.insert(name, converted);
        }
        for (reference, steps) in std::mem::take(&mut self.deep) {
            let (name, steps) = steps
                .split_first()
                .map_or(("", &[][..]), |(name, steps)| (name.as_str(), steps));
            let target = self.schemas.get(name).and_then(|schema| {
                steps.iter().try_fold(schema, |value, step| match value {
                    Value::Array(items) => items.get(step.parse::<usize>().ok()?),
                    value => value.get(step),
                })
            });
            if !target.is_some_and(|target| target.is_object() || target.is_boolean()) {
                let told = "leads to no schema of a request: give it a name of its own in \
                            components/schemas";
                self.report.mistake(&reference, told);
            }
        }
    }
}
