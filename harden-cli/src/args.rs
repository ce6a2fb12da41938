//! What the tool is asked by: its commands and their options.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

use crate::{kind::Kind, openapi::OpenApiArgs};

const EXIT_CODES: &str = "\
Exit codes:
  0  nothing was found
  1  something was found: policies differ, a request is refused, lints are denied
  2  a mistake in a file or in how the tool was called";

/// Checks, compares, imports and explains the policies of tower-harden.
///
/// A FILE is a policy (TOML or JSON), an OpenAPI document of version 3.0 or 3.1 (JSON or YAML), or a
/// DynamoDB table policy (TOML). Which one it is, is told by what stands in it, not by its name; `-` is
/// the standard input.
#[derive(Debug, Parser)]
#[command(name = "harden", version, after_help = EXIT_CODES)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,

    /// Answer in JSON, mistakes too. The shapes are those of the README of harden-cli.
    #[arg(long, global = true)]
    pub(crate) json: bool,

    /// Whether to colour what is printed. `auto` does so on a terminal.
    #[arg(long, global = true, value_enum, default_value_t, value_name = "WHEN")]
    pub(crate) color: Color,
}

#[derive(Clone, Copy, Debug, Default, ValueEnum)]
pub(crate) enum Color {
    #[default]
    Auto,
    Always,
    Never,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Check a file, and tell every mistake in it or what it declares.
    ///
    /// What a policy leaves more open than it needs to be is told as warnings.
    Check(CheckArgs),
    /// Compare two policies, and tell which rules are tighter and which looser.
    ///
    /// Policies and OpenAPI documents are compared by what they accept, whatever they are written in.
    /// Exits with 1 where they differ, as diff does.
    Diff(DiffArgs),
    /// Print the policy file of an OpenAPI document, in TOML, or in JSON by --json.
    ///
    /// The file has the revision of the document: it accepts what the document does. What is left out
    /// of the document because it is no rule of requests is noted on the standard error.
    Import(ImportArgs),
    /// Print the IAM policy of a DynamoDB table policy, or check one against it.
    Iam(IamArgs),
    /// Tell what a policy says of one request: its route, the rules asked, and everything wrong with it.
    ///
    /// The request is judged by the layer behind an axum router of the policy's patterns, as in a
    /// service. Nothing of it is printed but where a rule was broken. Exits with 1 where the policy
    /// refuses it.
    Explain(ExplainArgs),
    /// Print the JSON Schema of policy files, for editors.
    Schema,
    /// Print the completions of a shell.
    Completions { shell: Shell },
}

#[derive(Args, Debug)]
pub(crate) struct CheckArgs {
    /// What to check.
    pub(crate) file: PathBuf,

    /// What the file is, where it should not be told by what stands in it.
    #[arg(long, value_enum)]
    pub(crate) kind: Option<Kind>,

    /// Check that the file extends this policy: that it loosens nothing that BASE does not allow.
    #[arg(long)]
    pub(crate) base: Option<PathBuf>,

    /// Exit with 1 where there are warnings.
    #[arg(long)]
    pub(crate) deny_lints: bool,

    #[command(flatten)]
    pub(crate) openapi: OpenApiArgs,
}

#[derive(Args, Debug)]
pub(crate) struct DiffArgs {
    /// The older policy.
    pub(crate) old: PathBuf,

    /// The newer policy.
    pub(crate) new: PathBuf,

    /// Exit with 1 only where NEW may accept a request that OLD refuses.
    #[arg(long)]
    pub(crate) tighten_only: bool,

    /// Exit with 0 where they differ: for scripts that only print it.
    #[arg(long, conflicts_with = "tighten_only")]
    pub(crate) exit_zero: bool,

    #[command(flatten)]
    pub(crate) openapi: OpenApiArgs,
}

#[derive(Args, Debug)]
pub(crate) struct ImportArgs {
    /// The OpenAPI document.
    pub(crate) file: PathBuf,

    /// The mode that stands in the file. With `report` nothing is refused yet, and the file has another
    /// revision than the document.
    #[arg(long, default_value = "enforce", value_parser = ["enforce", "report", "off"])]
    pub(crate) mode: String,

    #[command(flatten)]
    pub(crate) openapi: OpenApiArgs,
}

#[derive(Args, Debug)]
pub(crate) struct IamArgs {
    /// The DynamoDB table policy.
    pub(crate) file: PathBuf,

    /// The AWS account that the tables are in: 12 digits.
    #[arg(long)]
    pub(crate) account: String,

    /// The region, such as eu-west-1. It says in which partition of AWS the tables are.
    #[arg(long)]
    pub(crate) region: String,

    /// What IAM knows the principal of bound partition keys by: a policy variable, or the identifier
    /// itself.
    #[arg(long, default_value = tower_harden::dynamodb::IamScope::PRINCIPAL)]
    pub(crate) principal: String,

    /// The attributes of the primary key of a table and of its indexes, which IAM counts too.
    #[arg(long, value_name = "TABLE=NAME,NAME", value_parser = keys)]
    pub(crate) key_attributes: Vec<(String, Vec<String>)>,

    /// Check this IAM policy: tell what it grants beyond the table policy, and what it does not grant.
    #[arg(long, value_name = "IAM_POLICY")]
    pub(crate) check: Option<PathBuf>,
}

#[derive(Args, Debug)]
pub(crate) struct ExplainArgs {
    /// The policy or OpenAPI document.
    pub(crate) file: PathBuf,

    /// A file with an HTTP/1.1 request: the request line, the headers, an empty line and the body.
    ///
    /// Lines end in LF or CRLF. Without Content-Length the body is what follows the empty line, without
    /// a line end at the end of the file; where lines end in LF, those of a multipart body are read as
    /// CRLF.
    #[arg(long)]
    pub(crate) request: PathBuf,

    /// The pattern that the service's own router matches, where it is not axum.
    #[arg(long, value_name = "PATTERN")]
    pub(crate) route: Option<String>,

    /// A parameter of the path as that router decodes it.
    #[arg(long, requires = "route", value_name = "NAME=VALUE", value_parser = pair)]
    pub(crate) param: Vec<(String, String)>,

    #[command(flatten)]
    pub(crate) openapi: OpenApiArgs,
}

/// A name and a value around the first `=`.
pub(crate) fn pair(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((name, value)) if !name.is_empty() => Ok((name.to_owned(), value.to_owned())),
        _ => Err("write a name, '=' and a value".into()),
    }
}

fn keys(text: &str) -> Result<(String, Vec<String>), String> {
    let (table, names) = pair(text)?;
    let names: Vec<String> = names.split(',').map(str::to_owned).collect();
    if names.iter().any(String::is_empty) {
        return Err("write the table, '=' and the names with ',' between them".into());
    }
    Ok((table, names))
}
