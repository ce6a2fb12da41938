//! Limits by the names of the methods of [`Limits`].

use std::time::Duration;

use super::{
    mistakes::Mistakes,
    tree::{Kind, Node},
};
use crate::Limits;

/// What a limit is, and the method that sets it.
enum Limit {
    Count(fn(Limits, u32) -> Limits),
    /// At least so many.
    Size(u64, fn(Limits, usize) -> Limits),
    Seconds(fn(Limits, Duration) -> Limits),
}

const LIMITS: &[(&str, Limit)] = &[
    ("max_body", Limit::Size(0, Limits::max_body)),
    ("body_timeout", Limit::Seconds(Limits::body_timeout)),
    ("min_body_rate", Limit::Count(Limits::min_body_rate)),
    ("max_depth", Limit::Count(Limits::max_depth)),
    ("max_members", Limit::Count(Limits::max_members)),
    ("max_items", Limit::Count(Limits::max_items)),
    ("max_string", Limit::Size(0, Limits::max_string)),
    ("max_number", Limit::Size(0, Limits::max_number)),
    ("max_parameters", Limit::Size(0, Limits::max_parameters)),
    ("max_violations", Limit::Size(1, Limits::max_violations)),
];

/// The largest number that a file has a use for: a `usize` holds it wherever a service runs.
pub(super) const LARGEST: u64 = u32::MAX as u64;

/// The longest time that a body may take: a day.
const LONGEST: f64 = 86_400.0;

/// What `node` says of limits; the others are those of `limits`.
pub(super) fn read(mut limits: Limits, node: &Node, mistakes: &mut Mistakes<'_>) -> Limits {
    for member in mistakes.table(node, "limits") {
        let (name, node) = (member.name.as_str(), &member.value);
        let Some((_, limit)) = LIMITS.iter().find(|(known, _)| *known == name) else {
            let known: Vec<&str> = LIMITS.iter().map(|(known, _)| *known).collect();
            mistakes.unknown(member, "limits", &known);
            continue;
        };
        limits = match limit {
            Limit::Count(set) => {
                let number = mistakes.number(node, name, 0, LARGEST);
                number.map_or(limits, |number| set(limits, number))
            }
            Limit::Size(least, set) => {
                let number = mistakes.number(node, name, *least, LARGEST);
                number.map_or(limits, |number| set(limits, number))
            }
            Limit::Seconds(set) => {
                let time = seconds(node);
                if time.is_none() {
                    let expected = format!("a number of seconds above 0 and up to {LONGEST}");
                    mistakes.expected(node, name, &expected);
                }
                time.map_or(limits, |time| set(limits, time))
            }
        };
    }
    limits
}

fn seconds(node: &Node) -> Option<Duration> {
    let Kind::Number(number) = &node.kind else {
        return None;
    };
    let seconds = number.as_f64()?;
    if seconds <= 0.0 || seconds > LONGEST {
        return None;
    }
    Duration::try_from_secs_f64(seconds).ok()
}
