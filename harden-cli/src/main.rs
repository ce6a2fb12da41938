//! `harden`, the command-line tool of tower-harden; `harden --help` says what it does.

mod args;
mod check;
mod completions;
mod diff;
mod explain;
mod iam;
mod import;
mod kind;
mod mistake;
mod modes;
mod openapi;
mod output;
mod schema;
mod source;
mod style;

use std::process::ExitCode;

use clap::Parser;

use crate::args::{Cli, Command};

fn main() -> ExitCode {
    let cli = Cli::parse();
    output::choose(cli.color);
    let answer = match &cli.command {
        Command::Check(args) => check::run(args),
        Command::Diff(args) => diff::run(args),
        Command::Import(args) => import::run(args, cli.json),
        Command::Iam(args) => iam::run(args),
        Command::Explain(args) => explain::run(args),
        Command::Schema => schema::run(),
        Command::Completions { shell } => completions::run(*shell),
    };
    output::print(answer, cli.json)
}
