//! What keeps a command from answering, with its place in a file.

use serde::Serialize;
use tower_harden::{ConfigError, ConfigProblem};

use crate::{openapi, style::strong};

/// Mistakes in files, or in how the tool was called.
#[derive(Debug)]
pub(crate) struct Failure(pub(crate) Vec<Mistake>);

/// One mistake, as it stands in JSON.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Mistake {
    /// `None` is the command line.
    file: Option<String>,
    /// Where it stands, counted from 1; columns are characters.
    line: Option<usize>,
    column: Option<usize>,
    /// The part of the policy or document, such as `POST /orders: body #/sku`.
    place: Option<String>,
    message: String,
    excerpt: Option<String>,
}

impl Failure {
    /// One mistake in a file as a whole.
    pub(crate) fn in_file(file: &str, message: impl Into<String>) -> Self {
        Self(vec![Mistake {
            file: Some(file.to_owned()),
            ..Mistake::new(message)
        }])
    }

    /// Several of them.
    pub(crate) fn all(file: &str, messages: impl Iterator<Item = String>) -> Self {
        let told = messages.flat_map(|message| Self::in_file(file, message).0);
        Self(told.collect())
    }

    /// One mistake at a line and a column.
    pub(crate) fn at(file: &str, line: usize, column: Option<usize>, message: String) -> Self {
        Self(vec![Mistake {
            file: Some(file.to_owned()),
            line: Some(line),
            column,
            ..Mistake::new(message)
        }])
    }

    /// One mistake in how the tool was called.
    pub(crate) fn usage(message: impl Into<String>) -> Self {
        Self(vec![Mistake::new(message)])
    }

    pub(crate) fn of(file: &str, error: &ConfigError) -> Self {
        Self(Mistake::all(file, error))
    }

    /// The same for an OpenAPI document, which is read by options.
    pub(crate) fn of_document(file: &str, error: &ConfigError) -> Self {
        let mut failure = Self::of(file, error);
        for mistake in &mut failure.0 {
            mistake.message = openapi::in_options(&mistake.message);
        }
        failure
    }

    /// The same for what was told of options.
    pub(crate) fn of_options(error: &ConfigError) -> Self {
        let problems = error.problems().iter();
        Self(problems.map(|it| Mistake::of(None, it)).collect())
    }
}

impl Mistake {
    fn new(message: impl Into<String>) -> Self {
        Self {
            file: None,
            line: None,
            column: None,
            place: None,
            message: message.into(),
            excerpt: None,
        }
    }

    pub(crate) fn all(file: &str, error: &ConfigError) -> Vec<Self> {
        let problems = error.problems().iter();
        problems.map(|it| Self::of(Some(file), it)).collect()
    }

    fn of(file: Option<&str>, problem: &ConfigProblem) -> Self {
        let mut mistake = Self {
            file: file.map(str::to_owned),
            excerpt: problem.excerpt().map(str::to_owned),
            ..Self::new(problem.message())
        };
        let mut place = problem.place();
        if let Some((line, column, rest)) = position(place, "line ") {
            (mistake.line, mistake.column) = (Some(line), Some(column));
            place = rest.trim_start_matches(": ");
        } else if let Some((line, column, rest)) = position(problem.message(), TOML) {
            // An excerpt and, below it, a message.
            let lines = rest.lines().filter(|line| !line.is_empty());
            let (excerpt, message): (Vec<&str>, Vec<&str>) =
                lines.partition(|line| line.trim_start_matches(is_gutter).starts_with('|'));
            (mistake.line, mistake.column) = (Some(line), Some(column));
            let fits = excerpt.iter().all(|line| line.len() < WIDE);
            mistake.excerpt = fits.then(|| excerpt.join("\n"));
            mistake.message = message.join("; ");
        } else if let Some((message, at)) = problem.message().rsplit_once(" at line ")
            && let Some((line, column, "")) = position(at, "")
        {
            (mistake.line, mistake.column) = (Some(line), Some(column));
            message.clone_into(&mut mistake.message);
        }
        if !place.is_empty() && !WHOLE.contains(&place) {
            mistake.place = Some(place.to_owned());
        }
        mistake
    }

    /// As compilers write it, so that editors find the place.
    pub(crate) fn show(&self, what: &str) -> String {
        let mut at = self.file.clone().unwrap_or_else(|| "harden".into());
        for number in [self.line, self.column].into_iter().flatten() {
            at.extend([":", &number.to_string()]);
        }
        let place = self.place.as_ref().map(|place| format!("{place}: "));
        let excerpt = self.excerpt.as_ref().map(|it| format!("\n{it}"));
        format!(
            "{}: {what}: {}{}{}",
            strong(&at),
            place.unwrap_or_default(),
            self.message,
            excerpt.unwrap_or_default()
        )
    }
}

/// What the library says of a file that has no places.
const WHOLE: [&str; 4] = ["the file", "the document", "policy file", "IAM policy"];

/// Lines of this length are not shown.
const WIDE: usize = 200;

/// How the reader of TOML begins.
const TOML: &str = "TOML parse error at line ";

fn is_gutter(character: char) -> bool {
    character == ' ' || character.is_ascii_digit()
}

/// The line and the column that a text begins with, behind `before`, and what follows them.
fn position<'t>(text: &'t str, before: &str) -> Option<(usize, usize, &'t str)> {
    let (line, rest) = text.strip_prefix(before)?.split_once(" column ")?;
    let line = line.trim_end_matches(',');
    let end = rest.find(|it: char| !it.is_ascii_digit());
    let (column, rest) = rest.split_at(end.unwrap_or(rest.len()));
    Some((line.parse().ok()?, column.parse().ok()?, rest))
}
