//! An explanation for people.

use http::StatusCode;
use tower_harden::PolicyRule;

use super::{Broken, Explained};
use crate::{
    output::count,
    style::{green, red, strong, yellow},
};

pub(super) fn tell(explained: &Explained<'_>) -> Vec<String> {
    let mut lines = vec![format!("{} {}", strong("route:"), route(explained))];
    lines.push(format!("{} {}", strong("modes:"), explained.told_modes));
    lines.push(strong("rules:"));
    let of_route = explained.method.zip(explained.route);
    let of_route = of_route.map(|(method, route)| format!("{method} {route}"));
    for rules in explained.rules.chunk_by(|a, b| a.place() == b.place()) {
        let place = rules.first().map_or("", |rule| rule.place());
        let place = within(place, of_route.as_deref().unwrap_or_default());
        let said = |rule: &&PolicyRule| format!("{} {}", rule.rule(), rule.value());
        let said: Vec<String> = rules.iter().map(said).collect();
        lines.push(format!("  {place}: {}", said.join("; ")));
    }
    lines.push(verdict(explained));
    lines.extend(explained.violations.iter().map(broken));
    lines
}

fn route(explained: &Explained<'_>) -> String {
    match (explained.method, explained.route) {
        (Some(method), Some(route)) if explained.as_get => {
            format!("{method} {route}, which HEAD is judged by")
        }
        (Some(method), Some(route)) => format!("{method} {route}"),
        (None, Some(route)) if explained.is_unknown() => format!("{route}, which is not declared"),
        (None, Some(route)) => format!("{route}, which is not declared for this method"),
        _ => "none: no declared pattern matches the path".into(),
    }
}

/// A place without the route that it is of.
fn within<'p>(place: &'p str, route: &str) -> &'p str {
    match place.strip_prefix(route) {
        Some("") => "the route",
        Some(rest) if !route.is_empty() => rest.trim_start_matches(": "),
        _ => place,
    }
}

fn verdict(explained: &Explained<'_>) -> String {
    let violations = explained.violations.len();
    let status = explained.status.map(StatusCode::from_u16);
    match status {
        Some(Ok(status)) => format!(
            "{} with {status}, for {}:",
            red("refused"),
            count(
                explained.violations.iter().filter(|it| it.refuses).count(),
                "violation"
            )
        ),
        Some(Err(_)) => red("refused"),
        None if violations == 0 => green("accepted"),
        None => format!(
            "{}, with {} that would be refused:",
            green("accepted"),
            count(violations, "violation")
        ),
    }
}

fn broken(broken: &Broken) -> String {
    let Broken {
        location,
        code,
        class,
        mode,
        message,
        ..
    } = broken;
    let told = match *mode {
        _ if broken.refuses => String::new(),
        "report" => format!(", {}", yellow("only reported")),
        "off" => format!(", {}", yellow("not looked at")),
        _ => String::new(),
    };
    format!(
        "  {}: {message} ({code}, class {class}{told})",
        strong(location)
    )
}
