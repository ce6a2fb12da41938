//! `harden diff`: which rules of one policy another one has not, and what that does.

use serde::Serialize;
use tower_harden::{Effect, Loosened, PolicyChange, Revision};

use crate::{
    args::DiffArgs,
    kind::Loaded,
    mistake::Failure,
    output::{Answer, count},
    style::{green, red, yellow},
};

/// A comparison, as it stands in JSON.
#[derive(Serialize)]
struct Compared<'a> {
    before: Revision,
    after: Revision,
    changes: &'a [PolicyChange],
    /// Where the newer policy may accept what the older one refuses.
    loosened: &'a [Loosened],
}

pub(crate) fn run(args: &DiffArgs) -> Result<Answer, Failure> {
    let old = Loaded::read(&args.old, None, &args.openapi)?;
    let new = Loaded::read(&args.new, None, &args.openapi)?;
    args.openapi.check_used(&[old.kind, new.kind])?;
    let (before, after) = (old.policy()?, new.policy()?);
    let diff = before.diff(&after);
    let loosened = before.loosened_by(&after);
    let compared = Compared {
        before: before.revision(),
        after: after.revision(),
        changes: diff.changes(),
        loosened: &loosened,
    };
    let found = if args.tighten_only {
        !loosened.is_empty()
    } else {
        !diff.is_empty() && !args.exit_zero
    };
    let answer = Answer::told(&tell(&compared, args.tighten_only), &compared).found(found);
    let answer = answer.notes(&old.source.name, &old.notes);
    Ok(answer.notes(&new.source.name, &new.notes))
}

fn tell(compared: &Compared<'_>, tighten_only: bool) -> Vec<String> {
    let Compared {
        before,
        after,
        changes,
        loosened,
    } = compared;
    let mut lines: Vec<String> = changes
        .iter()
        .map(|change| {
            let line = change.to_string();
            match change.effect() {
                Effect::Tighter => green(&line),
                Effect::Looser => red(&line),
                _ => yellow(&line),
            }
        })
        .collect();
    lines.push(if changes.is_empty() {
        format!("no difference: revision {before}")
    } else {
        format!(
            "{}: revision {before} -> {after}",
            count(changes.len(), "change")
        )
    });
    if tighten_only {
        let looser = loosened.iter();
        lines.extend(looser.map(|it| format!("{}: {it}", red("looser"))));
        lines.push(match loosened.len() {
            0 => green("nothing is looser"),
            looser => format!("looser by {}", count(looser, "rule")),
        });
    }
    lines
}
