//! Paths and their operations.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::{
    import::{Importer, Version},
    node::Node,
    reference::REFERENCE,
};
use crate::policy::path;

/// The longest path, in bytes.
const LONGEST: usize = 2048;

const METHODS: &[&str] = &[
    "delete", "get", "head", "options", "patch", "post", "put", "trace",
];

const OF_PATH_ITEMS: &[&str] = &[
    "delete",
    "description",
    "get",
    "head",
    "options",
    "parameters",
    "patch",
    "post",
    "put",
    "servers",
    "summary",
    "trace",
];

const OF_OPERATIONS: &[&str] = &[
    "callbacks",
    "deprecated",
    "description",
    "externalDocs",
    "operationId",
    "parameters",
    "requestBody",
    "responses",
    "security",
    "servers",
    "summary",
    "tags",
];

/// An operation by its method and its path.
type Named = (String, String);

/// An operation: the pattern of its route, and where it and the path item stand.
pub(super) struct Operation<'d> {
    pub(super) method: &'static str,
    pub(super) pattern: String,
    pub(super) item: Node<'d>,
    pub(super) node: Node<'d>,
}

impl<'d> Importer<'d> {
    pub(super) fn paths(&mut self) {
        let options = self.options;
        let mut unused: Vec<&str> = options.paths.keys().map(String::as_str).collect();
        let mut left_out = options.without.clone();
        match self.root.member("paths") {
            None => self.report.mistake(
                &self.root,
                "has no `paths`, without which there is nothing to declare",
            ),
            Some(paths) if !paths.value.is_object() => {
                self.report
                    .mistake(&paths, "is no object, whose members are paths");
            }
            Some(paths) => {
                for (path, item) in paths.members() {
                    unused.retain(|unused| *unused != path);
                    if path.starts_with('/') {
                        self.path_item(path, &item, &mut left_out);
                    } else if !path.starts_with("x-") {
                        self.report
                            .mistake(&item, "is no path: it does not begin with '/'");
                    }
                }
            }
        }
        for path in unused {
            let told = "has a pattern by path(..), and is no path of the document";
            self.report.mistake_at(path.to_owned(), told);
        }
        for (method, path) in left_out {
            let told = "is left out by without(..), and is no operation of the document";
            let place = format!("{} {path}", method.to_uppercase());
            self.report.mistake_at(place, told);
        }
    }

    fn path_item(&mut self, path: &str, node: &Node<'d>, left_out: &mut BTreeSet<Named>) {
        if !self.report.take(node) {
            return;
        }
        if path.len() > LONGEST {
            let told = format!("is longer than {LONGEST} bytes");
            return self.report.mistake(node, told);
        }
        let Some(item) = self.resolve(node) else {
            return;
        };
        if item.key() != node.key() {
            self.report
                .only(node, "a reference to a path item", &REFERENCE);
        }
        self.report.only(&item, "a path item", OF_PATH_ITEMS);
        let operations = METHODS.iter().filter_map(|method| {
            let operation = item.member(method)?;
            let named = ((*method).to_owned(), path.to_owned());
            (!left_out.remove(&named)).then_some((*method, operation))
        });
        let operations: Vec<_> = operations.collect();
        if operations.is_empty() {
            return;
        }
        let pattern = self.pattern(path);
        let names = match path::parameters(&pattern) {
            // A literal brace of a router, which OpenAPI cannot write.
            Ok(_) if path.contains("{{") || path.contains("}}") => {
                Err("a brace stands twice".to_owned())
            }
            parsed => parsed,
        };
        let names = match names {
            Ok(names) => names,
            Err(told) => {
                let told = format!(
                    "is no pattern of a router ({told}): path(..) says the one that it has"
                );
                return self.report.mistake(node, told);
            }
        };
        for (method, node) in operations {
            let operation = Operation {
                method,
                pattern: pattern.clone(),
                item: item.clone(),
                node,
            };
            self.operation(&operation, &names);
        }
    }

    /// The pattern of a path: what was said for it, behind the prefix, as `Router::nest` joins them.
    fn pattern(&self, path: &str) -> String {
        let path = self.options.paths.get(path).map_or(path, String::as_str);
        match self.options.prefix.as_str() {
            "" => path.to_owned(),
            prefix if prefix.ends_with('/') => {
                format!("{prefix}{}", path.trim_start_matches('/'))
            }
            prefix if path == "/" => prefix.to_owned(),
            prefix => format!("{prefix}{path}"),
        }
    }

    fn operation(&mut self, operation: &Operation<'d>, names: &[&str]) {
        let node = &operation.node;
        self.report.only(node, "an operation", OF_OPERATIONS);
        if let Some(callbacks) = node.member("callbacks") {
            let told = "are requests that the service makes, and no routes of it";
            self.report.note(&callbacks, told);
        }
        for holder in [node, &operation.item] {
            if let Some(servers) = holder.member("servers") {
                self.report
                    .note(&servers, "are not taken: paths are those of the router");
            }
        }
        let mut route = Map::new();
        self.parameters(operation, names, &mut route);
        self.api_keys(node, &mut route);
        self.request_body(operation, &mut route);
        let name = format!("{} {}", operation.method.to_uppercase(), operation.pattern);
        if self.routes.insert(name, Value::Object(route)).is_some() {
            let told = "is a route that another path of the document is too";
            self.report.mistake(node, told);
        }
    }

    pub(super) fn is_3_0(&self) -> bool {
        self.version == Version::V3_0
    }
}
