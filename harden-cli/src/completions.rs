//! `harden completions`: what shells complete.

use clap::CommandFactory;
use clap_complete::Shell;
use serde_json::json;

use crate::{args::Cli, mistake::Failure, output::Answer};

pub(crate) fn run(shell: Shell) -> Result<Answer, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "harden", &mut script);
    let script = String::from_utf8(script)
        .map_err(|error| Failure::usage(format!("the completions are no text: {error}")))?;
    let json = json!({ "shell": shell.to_string(), "script": script });
    Ok(Answer::new(script, &json))
}
