//! How an OpenAPI document is read: what routers have and documents do not say.

use clap::Args;
use http::Method;
use tower_harden::OpenApi;

use crate::{args::pair, kind::Kind, mistake::Failure};

#[derive(Args, Debug)]
#[command(next_help_heading = "Options for OpenAPI documents")]
pub(crate) struct OpenApiArgs {
    /// What stands before every path, as under `Router::nest`.
    #[arg(long)]
    prefix: Option<String>,

    /// The pattern of the router for a path of the document, before any prefix.
    #[arg(long = "path", value_name = "PATH=PATTERN", value_parser = pair)]
    paths: Vec<(String, String)>,

    /// An operation to leave out, which the policy refuses then: `POST /upload`.
    #[arg(long, value_name = "METHOD PATH", value_parser = operation)]
    without: Vec<(Method, String)>,
}

impl OpenApiArgs {
    pub(crate) fn document(&self, text: &str) -> OpenApi {
        let document = OpenApi::new(text).prefix(self.prefix.as_deref().unwrap_or_default());
        let document = self
            .paths
            .iter()
            .fold(document, |document, (path, pattern)| {
                document.path(path, pattern)
            });
        let without = self.without.iter();
        without.fold(document, |document, (method, path)| {
            document.without(method, path)
        })
    }

    /// Refuses options that nothing is read by.
    pub(crate) fn check_used(&self, kinds: &[Kind]) -> Result<(), Failure> {
        let given = [
            ("--prefix", self.prefix.is_some()),
            ("--path", !self.paths.is_empty()),
            ("--without", !self.without.is_empty()),
        ];
        match given.into_iter().find(|(_, given)| *given) {
            Some((option, _)) if !kinds.contains(&Kind::Openapi) => Err(Failure::usage(format!(
                "{option} is for OpenAPI documents, and none was given"
            ))),
            _ => Ok(()),
        }
    }
}

/// What is said of the methods of the library, said of the options that call them.
pub(crate) fn in_options(told: &str) -> String {
    let methods = ["prefix", "path", "without"].into_iter();
    methods.fold(told.to_owned(), |told, method| {
        told.replace(&format!("{method}(..)"), &format!("--{method}"))
    })
}

fn operation(text: &str) -> Result<(Method, String), String> {
    let told = || "write a method, a space and a path of the document: POST /upload".to_owned();
    let (method, path) = text.split_once(' ').ok_or_else(told)?;
    let method = method.to_ascii_uppercase().parse().map_err(|_| told())?;
    path.starts_with('/')
        .then(|| (method, path.to_owned()))
        .ok_or_else(told)
}
