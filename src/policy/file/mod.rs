//! Policies from files.
//!
//! A policy file says what a [`PolicyBuilder`] says, by the names of its methods, with JSON Schema
//! documents in place of fields. It is TOML or JSON, and the same tree in both. What it may hold is
//! described for editors by [`Policy::FILE_SCHEMA`].
//!
//! Reading goes in three steps: a text becomes a tree whose parts know where they stand ([`toml`],
//! [`json`], [`value`]); the tree is walked once, and every mistake in it is told ([`policy`] and what it
//! calls); what only shows when the policy is built is found in the file by its place ([`sources`]).
//!
//! It refuses, at the line and column where they stand:
//!
//! 1. text that is no TOML or JSON, keys that stand twice, text of more than 8 MiB or of too many levels;
//! 2. keys that are none, values of another type, and a `version` that is not 1;
//! 3. what JSON has no value for, and what its readers do not agree on: dates, `nan`, numbers that are
//!    rounded;
//! 4. references to shared schemas that are not there, and whatever the builder finds.

mod addresses;
mod body;
mod json;
mod limits;
mod methods;
mod mistakes;
mod pointer;
mod policy;
mod route;
mod schema;
mod source;
mod sources;
#[cfg(feature = "toml")]
mod toml;
mod tree;
mod value;

use std::{ops::Range, sync::Arc};

use serde_json::Value;

pub(super) use self::sources::Sources;
use self::{
    mistakes::Mistakes,
    source::{Language, Source},
    tree::{At, Node},
};
use super::{Policy, PolicyBuilder};
use crate::ConfigError;

/// The longest file, in bytes.
const MOST: usize = 8 * 1024 * 1024;

impl Policy {
    /// The JSON Schema (2020-12) of policy files, for editors and linters.
    ///
    /// It describes TOML files as well as JSON files, and knows the keys that the reader knows.
    pub const FILE_SCHEMA: &str = include_str!("policy.schema.json");

    /// Builds the policy of a TOML file; see [`PolicyBuilder::from_toml`].
    ///
    /// # Errors
    ///
    /// Every mistake in the file.
    #[cfg(feature = "toml")]
    pub fn from_toml(text: &str) -> Result<Self, ConfigError> {
        PolicyBuilder::from_toml(text)?.build()
    }

    /// Builds the policy of a JSON file; see [`PolicyBuilder::from_json`].
    ///
    /// # Errors
    ///
    /// Every mistake in the file.
    pub fn from_json(text: &str) -> Result<Self, ConfigError> {
        PolicyBuilder::from_json(text)?.build()
    }
}

impl PolicyBuilder {
    /// Reads a policy from the text of a TOML file.
    ///
    /// The keys are the methods of [`PolicyBuilder`], [`RouteSchema`](crate::RouteSchema),
    /// [`Limits`](crate::Limits), [`AddressPolicy`](crate::AddressPolicy) and
    /// [`MultipartSchema`](crate::MultipartSchema). A route is named by its method, a space and its
    /// pattern. Fields and bodies are JSON Schema documents of draft 2020-12, as
    /// [`JsonSchema`](crate::JsonSchema) reads them; those under `schemas` are shared, as
    /// `#/schemas/Name`. A route has the limits of the policy where it names none itself.
    ///
    /// ```
    /// use tower_harden::Policy;
    ///
    /// let policy = Policy::from_toml(r##"
    ///     version = 1
    ///
    ///     [limits]
    ///     max_body = 65536
    ///
    ///     [schemas.Order]
    ///     type = "object"
    ///     required = ["sku"]
    ///     properties.sku = { type = "string", maxLength = 64 }
    ///
    ///     [routes."POST /orders"]
    ///     json = { "$ref" = "#/schemas/Order" }
    ///
    ///     [routes."GET /orders/{id}"]
    ///     path.id = { type = "string", format = "uuid" }
    ///     query.limit = { type = "integer", minimum = 1, maximum = 100 }
    /// "##)?;
    /// # Ok::<(), tower_harden::ConfigError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Every mistake in the file, with its line, its column and an
    /// [excerpt](crate::ConfigProblem::excerpt). Where the text is no TOML, it is the first one. What
    /// declarations have to be together is looked at when the policy is built, and told in the same way:
    ///
    /// ```
    /// use tower_harden::Policy;
    ///
    /// let error = Policy::from_toml("version = 1\n[limits]\nmax_bdy = 65536\n").unwrap_err();
    /// assert_eq!(error.to_string(), r#"line 3, column 1: "max_bdy" is no key of limits: did you mean "max_body"?
    ///   |
    /// 3 | max_bdy = 65536
    ///   | ^^^^^^^"#);
    /// ```
    #[cfg(feature = "toml")]
    pub fn from_toml(text: &str) -> Result<Self, ConfigError> {
        Self::from_text(text, Language::Toml, self::toml::read)
    }

    /// Reads a policy from the text of a JSON file, which has the keys that
    /// TOML files have.
    ///
    /// ```
    /// use tower_harden::Policy;
    ///
    /// let policy = Policy::from_json(r#"{
    ///     "version": 1,
    ///     "routes": {
    ///         "GET /orders/{id}": {"path": {"id": {"type": "string", "format": "uuid"}}}
    ///     }
    /// }"#)?;
    /// # Ok::<(), tower_harden::ConfigError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Every mistake in the file, with its line, its column and an
    /// [excerpt](crate::ConfigProblem::excerpt). Where the text is no JSON, it is the first one.
    pub fn from_json(text: &str) -> Result<Self, ConfigError> {
        Self::from_text(text, Language::Json, json::read)
    }

    /// Reads a policy that was made of something else: a value of the shape of a policy file.
    ///
    /// # Errors
    ///
    /// Every mistake in it, each with its JSON Pointer as its place.
    pub fn from_value(value: Value) -> Result<Self, ConfigError> {
        let source = Source::new(Language::Json, "");
        let root = value::read(value).map_err(|(at, told)| one(&source, &at, told))?;
        let mistakes = Mistakes::new(&source);
        let policy = policy_of(&root, mistakes)?;
        Ok(policy.with_sources(source, root))
    }

    fn from_text(text: &str, language: Language, read: Read) -> Result<Self, ConfigError> {
        if text.len() > MOST {
            let told = format!("is longer than {MOST} bytes");
            return Err(ConfigError::one("the file", told));
        }
        let source = Source::new(language, text);
        let mut mistakes = Mistakes::new(&source);
        let mut tell = |at: Range<usize>, told: &str| mistakes.add(&At::Text(at), told);
        let root = read(text, &mut tell);
        let root = root.map_err(|(at, told)| one(&source, &At::Text(at), told))?;
        let policy = policy_of(&root, mistakes)?;
        Ok(policy.with_sources(source, root))
    }

    fn with_sources(mut self, source: Source, root: Node) -> Self {
        self.sources = Some(Arc::new(Sources::new(source, root)));
        self
    }
}

/// Reads a text into a tree, and tells what is wrong with values in it.
type Read = fn(&str, &mut dyn FnMut(Range<usize>, &str)) -> Result<Node, (Range<usize>, String)>;

fn policy_of(root: &Node, mut mistakes: Mistakes<'_>) -> Result<PolicyBuilder, ConfigError> {
    let policy = policy::read(root, &mut mistakes);
    mistakes.into_result()?;
    Ok(policy)
}

/// The one mistake of what cannot be read at all.
fn one(source: &Source, at: &At, told: String) -> ConfigError {
    let mut mistakes = Mistakes::new(source);
    mistakes.add(at, told);
    mistakes
        .into_result()
        .err()
        .unwrap_or_else(|| ConfigError::of(Vec::new()))
}

#[cfg(test)]
mod tests;
