//! `harden import`: the policy file of an OpenAPI document.

mod nulls;
mod order;
mod toml;

use serde_json::{Value, json};
use tower_harden::{Policy, PolicyBuilder};

use self::toml::Unwritable;
use crate::{args::ImportArgs, kind::Kind, mistake::Failure, output::Answer, source::Source};

pub(crate) fn run(args: &ImportArgs, as_json: bool) -> Result<Answer, Failure> {
    let source = Source::read(&args.file)?;
    let name = &source.name;
    if Kind::of(&source.text) != Kind::Openapi {
        let told = "is no OpenAPI document of version 3.0 or 3.1: nothing in it says `openapi`";
        return Err(Failure::in_file(name, told));
    }
    let document = args.openapi.document(&source.text);
    let tree = document.to_policy_file();
    let mut tree = tree.map_err(|error| Failure::of_document(name, &error))?;
    tree["mode"] = json!(args.mode);
    let policy = PolicyBuilder::from_value(tree.clone()).and_then(PolicyBuilder::build);
    let policy = policy.map_err(|error| Failure::of(name, &error))?;

    // JSON has a value for everything in it.
    let text = if as_json {
        String::new()
    } else {
        in_toml(name, &policy, &tree)?
    };
    Ok(Answer::new(text, &tree).notes(name, &document.notes()))
}

fn in_toml(name: &str, policy: &Policy, tree: &Value) -> Result<String, Failure> {
    let mut reworded = tree.clone();
    nulls::reword(&mut reworded);
    let text = toml::write(&reworded).map_err(|unwritable| told(name, &unwritable))?;
    check(name, policy, &text)?;
    Ok(text)
}

/// Makes sure that the text says what the document does.
fn check(name: &str, policy: &Policy, text: &str) -> Result<(), Failure> {
    let told = match Policy::from_toml(text) {
        Ok(read) if read.revision() == policy.revision() => return Ok(()),
        Ok(_) => "says something else".to_owned(),
        Err(error) => format!("has mistakes: {error}"),
    };
    Err(Failure::in_file(
        name,
        format!("the TOML of it {told}; --json writes it as it is"),
    ))
}

/// What TOML has no words for.
fn told(name: &str, unwritable: &[Unwritable]) -> Failure {
    let told = unwritable.iter().map(|Unwritable { at, what }| {
        let told = format!("{at} of the policy file has {what}, for which TOML has no value");
        format!("{told}: --json prints a file that has it")
    });
    Failure::all(name, told)
}
