//! The kinds of files, told apart by what stands in them.

use std::path::Path;

use clap::ValueEnum;
use serde::Serialize;
use serde_json::Value;
use tower_harden::{ConfigError, Policy, PolicyBuilder, dynamodb::TablePolicy};

use crate::{mistake::Failure, openapi::OpenApiArgs, source::Source};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ValueEnum)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Kind {
    /// A policy file, in TOML or JSON.
    Policy,
    /// An OpenAPI document, in JSON or YAML.
    Openapi,
    /// A DynamoDB table policy, in TOML.
    Tables,
}

impl Kind {
    /// What a file is. What is nothing that is known is to be a policy, so that what is wrong with it
    /// is told.
    pub(crate) fn of(text: &str) -> Self {
        if is_json(text) {
            let is_document = match serde_json::from_str::<Value>(text) {
                Ok(root) => ["openapi", "swagger"]
                    .iter()
                    .any(|key| root.get(key).is_some()),
                // Half a document is one too.
                Err(_) => text.contains("\"openapi\"") || text.contains("\"swagger\""),
            };
            return if is_document {
                Self::Openapi
            } else {
                Self::Policy
            };
        }
        if text
            .lines()
            .any(|line| begins(line, &["openapi", "swagger"], &[':']))
        {
            return Self::Openapi;
        }
        // Its lines say enough, and a text that nests too deeply is for its reader to refuse.
        let says = |keys: &[&str]| {
            text.lines().any(|line| {
                let line = line.trim_start_matches(['[', ' ']);
                begins(line, keys, &['=', '.', ']'])
            })
        };
        if says(&["tables", "account"]) && !says(&["version", "routes"]) {
            Self::Tables
        } else {
            Self::Policy
        }
    }

    /// What it is called in sentences.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Policy => "a policy",
            Self::Openapi => "an OpenAPI document",
            Self::Tables => "a DynamoDB table policy",
        }
    }
}

/// A file of any kind, read.
#[derive(Debug)]
pub(crate) struct Loaded {
    pub(crate) source: Source,
    pub(crate) kind: Kind,
    pub(crate) content: Content,
    /// What was not taken from an OpenAPI document.
    pub(crate) notes: Vec<String>,
}

#[derive(Debug)]
pub(crate) enum Content {
    Policy(Box<PolicyBuilder>),
    /// `iam` alone asks more of it.
    Tables,
}

impl Loaded {
    pub(crate) fn read(
        path: &Path,
        kind: Option<Kind>,
        options: &OpenApiArgs,
    ) -> Result<Self, Failure> {
        let source = Source::read(path)?;
        let kind = kind.unwrap_or_else(|| Kind::of(&source.text));
        let mut notes = Vec::new();
        let policy = |policy| Content::Policy(Box::new(policy));
        let content = match kind {
            Kind::Policy if is_json(&source.text) => {
                PolicyBuilder::from_json(&source.text).map(policy)
            }
            Kind::Policy => PolicyBuilder::from_toml(&source.text).map(policy),
            Kind::Openapi => {
                let document = options.document(&source.text);
                notes = document.notes();
                PolicyBuilder::from_openapi(document).map(policy)
            }
            Kind::Tables => TablePolicy::from_toml(&source.text).map(|_| Content::Tables),
        };
        let content = content.map_err(|error| match kind {
            Kind::Openapi => Failure::of_document(&source.name, &error),
            _ => Failure::of(&source.name, &error),
        })?;
        Ok(Self {
            source,
            kind,
            content,
            notes,
        })
    }

    /// The policy of a file, for what only policies are asked.
    pub(crate) fn policy(&self) -> Result<Policy, Failure> {
        let name = &self.source.name;
        match &self.content {
            Content::Policy(builder) => {
                let built: Result<_, ConfigError> = builder.as_ref().clone().build();
                built.map_err(|error| Failure::of(name, &error))
            }
            Content::Tables => Err(Failure::in_file(
                name,
                "is a DynamoDB table policy, which says nothing of requests: a policy or an OpenAPI \
                 document is needed here",
            )),
        }
    }
}

pub(crate) fn is_json(text: &str) -> bool {
    text.trim_start().starts_with('{')
}

/// Whether a line begins with one of these keys, quoted or not, and one of the signs that follow keys.
fn begins(line: &str, keys: &[&str], signs: &[char]) -> bool {
    let line = line.trim_start_matches(['"', '\'']);
    keys.iter().any(|key| {
        let rest = line.strip_prefix(key);
        rest.is_some_and(|rest| rest.trim_start_matches(['"', '\'', ' ']).starts_with(signs))
    })
}
