//! Policies from OpenAPI documents of versions 3.0 and 3.1.
//!
//! A document is converted to the tree of a policy file: each operation is a route, with the schemas of
//! what a request to it carries. Whatever such a tree cannot say is a mistake, told with its place, and
//! never left out in silence; what is left out because it says nothing about requests is noted.
//!
//! A document is read ([`text`]), its paths are walked ([`paths`]), and its schemas are brought to draft
//! 2020-12 ([`schema`]), those of version 3.0 with their own rules ([`older`]).

mod bodies;
mod encoding;
mod fields;
mod files;
mod import;
mod node;
mod older;
mod parameters;
mod paths;
mod record;
mod reference;
mod report;
mod schema;
mod security;
mod text;

use std::collections::{BTreeMap, BTreeSet};

use http::Method;
use serde_json::Value;

use super::{Policy, PolicyBuilder};
use crate::ConfigError;

impl Policy {
    /// Builds the policy of an OpenAPI document; see [`PolicyBuilder::from_openapi`].
    ///
    /// # Errors
    ///
    /// Every mistake in the document.
    pub fn from_openapi(document: impl Into<OpenApi>) -> Result<Self, ConfigError> {
        PolicyBuilder::from_openapi(document)?.build()
    }
}

impl PolicyBuilder {
    /// The routes of an [OpenAPI document](OpenApi), to which others may be added.
    ///
    /// ```
    /// use tower_harden::{HardenLayer, OpenApi, PolicyBuilder};
    ///
    /// let document = r#"{
    ///     "openapi": "3.1.0",
    ///     "info": {"title": "Orders", "version": "1"},
    ///     "paths": {"/orders": {"get": {"parameters": [
    ///         {"name": "limit", "in": "query", "schema": {"type": "integer", "maximum": 100}}
    ///     ]}}}
    /// }"#;
    /// let policy = PolicyBuilder::from_openapi(OpenApi::new(document).prefix("/v1"))?.build()?;
    /// let layer = HardenLayer::new(policy);
    /// # Ok::<(), tower_harden::ConfigError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Every mistake in the document, with its place in it; those that only the policy shows have their
    /// place in the [tree](OpenApi::to_policy_file) that the document was converted to.
    pub fn from_openapi(document: impl Into<OpenApi>) -> Result<Self, ConfigError> {
        Self::from_value(document.into().to_policy_file()?)
    }
}

/// An OpenAPI document of version 3.0 or 3.1, in JSON or YAML, from which a policy is made.
///
/// ```
/// use tower_harden::OpenApi;
///
/// let document = r##"
/// openapi: 3.1.0
/// info: { title: Orders, version: "1" }
/// paths:
///   /orders/{id}:
///     get:
///       parameters:
///         - { name: id, in: path, required: true, schema: { type: string, format: uuid } }
///   /orders:
///     post:
///       requestBody:
///         required: true
///         content:
///           application/json: { schema: { $ref: "#/components/schemas/Order" } }
/// components:
///   schemas:
///     Order:
///       type: object
///       required: [sku]
///       properties: { sku: { type: string, maxLength: 64 } }
/// "##;
/// let policy = OpenApi::new(document).prefix("/api").to_policy_file()?;
/// assert_eq!(policy["routes"]["GET /api/orders/{id}"]["path"]["id"]["format"], "uuid");
/// assert_eq!(policy["routes"]["POST /api/orders"]["json"]["$ref"], "#/schemas/Order");
/// assert_eq!(policy["schemas"]["Order"]["properties"]["sku"]["maxLength"], 64);
/// # Ok::<(), tower_harden::ConfigError>(())
/// ```
///
/// Operations are routes. The paths of a document have to be the patterns of the router; where OpenAPI
/// cannot write one, [`path`](Self::path) says it, and [`prefix`](Self::prefix) is for `Router::nest`.
///
/// Of a document, only what it says about requests is taken: parameters, bodies, and API keys in the
/// query. Responses, callbacks, webhooks and links are not looked at. It is stricter than OpenAPI in what
/// hardens:
///
/// * Whatever a document cannot make a rule of is a mistake: external references, styles of parameters
///   that servers read in different ways, bodies of other media types than `application/json`,
///   `application/x-www-form-urlencoded` and `multipart/form-data`, members that OpenAPI does not know.
/// * Schemas are those of `JsonSchema`: objects of declared `properties` are closed, and formats
///   asserted.
/// * Parameters and the fields of forms are text, and never `null`, whatever their schema says.
/// * In version 3.0, properties that are `readOnly` are none of a request. In 3.1 `readOnly` is an
///   annotation, which changes nothing.
///
/// A request body that is not `required` may be left out.
#[derive(Clone, Debug)]
#[must_use]
pub struct OpenApi {
    text: String,
    prefix: String,
    paths: BTreeMap<String, String>,
    without: BTreeSet<(String, String)>,
}

impl OpenApi {
    /// A document. It is JSON if it begins with `{`, and YAML otherwise.
    pub fn new(document: impl Into<String>) -> Self {
        Self {
            text: document.into(),
            prefix: String::new(),
            paths: BTreeMap::new(),
            without: BTreeSet::new(),
        }
    }

    /// Puts a prefix before every path, as `Router::nest` does. `servers` are not looked at.
    pub fn prefix(mut self, prefix: impl Into<String>) -> Self {
        self.prefix = prefix.into();
        self
    }

    /// Says the pattern of the router for a path of the document, before any prefix:
    /// `.path("/files/{path}", "/files/{*path}")`.
    pub fn path(mut self, path: impl Into<String>, pattern: impl Into<String>) -> Self {
        self.paths.insert(path.into(), pattern.into());
        self
    }

    /// Leaves an operation out, by its path in the document, so that nothing in it is a mistake.
    ///
    /// The policy refuses it, unless it is declared in another way.
    pub fn without(mut self, method: &Method, path: impl Into<String>) -> Self {
        let method = method.as_str().to_ascii_lowercase();
        self.without.insert((method, path.into()));
        self
    }

    /// Converts the document to the tree of a policy file.
    ///
    /// # Errors
    ///
    /// Every mistake, with its place in the document as a JSON Pointer: what is malformed, leads
    /// nowhere, or cannot be held. A document has at most 8 MiB, nests 127 levels in JSON and 64 in YAML,
    /// and comes to at most 500,000 values, which count as often as they are referred to.
    pub fn to_policy_file(&self) -> Result<Value, ConfigError> {
        self.import().0
    }

    /// What is no mistake, but is not taken from the document as a reader may expect: ignored headers,
    /// `readOnly` properties, servers with paths. Each begins with its place.
    #[must_use]
    pub fn notes(&self) -> Vec<String> {
        self.import().1
    }

    fn import(&self) -> (Result<Value, ConfigError>, Vec<String>) {
        let mut report = report::Report::new();
        let tree = text::read(&self.text, &mut report)
            .map(|document| import::import(&document, self, &mut report));
        let (result, notes) = report.into_parts();
        (result.map(|()| tree.unwrap_or_default()), notes)
    }
}

/// As [`OpenApi::new`].
impl From<&str> for OpenApi {
    fn from(document: &str) -> Self {
        Self::new(document)
    }
}

/// As [`OpenApi::new`].
impl From<&String> for OpenApi {
    fn from(document: &String) -> Self {
        Self::new(document)
    }
}

/// As [`OpenApi::new`].
impl From<String> for OpenApi {
    fn from(document: String) -> Self {
        Self::new(document)
    }
}
