//! Wrong configuration, reported where it is written and all at once.

#[cfg(any(feature = "dynamodb", feature = "egress"))]
use std::error::Error;
use std::fmt;

/// Everything that is wrong with a configuration.
///
/// Each problem names its place, so that one run is enough to mend them all:
///
/// ```
/// use tower_harden::{Field, Policy, RouteSchema, Schema};
///
/// let error = Policy::builder()
///     .post("/orders", RouteSchema::new().json(Schema::object()
///         .required("sku", Field::string().pattern("[A-Z"))
///         .required("quantity", Field::integer(10..=1))))
///     .get("/orders/{id}", RouteSchema::new())
///     .build()
///     .unwrap_err();
///
/// let places: Vec<_> = error.problems().iter().map(|problem| problem.place()).collect();
/// assert_eq!(places, [
///     "POST /orders: body #/sku",
///     "POST /orders: body #/quantity",
///     "GET /orders/{id}: path id",
/// ]);
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct ConfigError {
    problems: Vec<ConfigProblem>,
}

/// One mistake in a configuration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigProblem {
    place: String,
    message: String,
    excerpt: Option<String>,
}

impl ConfigError {
    pub(crate) fn one(place: impl Into<String>, message: impl Into<String>) -> Self {
        let mut problems = Problems::default();
        problems.add(place, message);
        Self {
            problems: problems.list,
        }
    }

    #[cfg(feature = "json-schema")]
    pub(crate) const fn of(problems: Vec<ConfigProblem>) -> Self {
        Self { problems }
    }

    #[cfg(feature = "json-schema")]
    pub(crate) fn into_problems(self) -> Vec<ConfigProblem> {
        self.problems
    }

    /// The mistakes, in the order in which they stand in the configuration.
    #[must_use]
    pub fn problems(&self) -> &[ConfigProblem] {
        &self.problems
    }
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.problems.as_slice() {
            [problem] => write!(f, "{problem}"),
            problems => {
                write!(f, "{} problems in the configuration", problems.len())?;
                problems
                    .iter()
                    .try_for_each(|problem| write!(f, "\n  {}", Indented(problem)))
            }
        }
    }
}

/// As it is displayed: `main` and `unwrap` show errors in this way.
impl fmt::Debug for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl std::error::Error for ConfigError {}

impl ConfigProblem {
    /// Where the mistake stands, such as `POST /orders: body #/sku`.
    #[must_use]
    pub fn place(&self) -> &str {
        &self.place
    }

    /// What is wrong, and what would be right.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.message
    }

    /// The line of the file that the mistake stands in, with its number and a line of carets below it. A
    /// configuration that is no file has none.
    #[must_use]
    pub fn excerpt(&self) -> Option<&str> {
        self.excerpt.as_deref()
    }

    /// A mistake in a file.
    #[cfg(feature = "json-schema")]
    pub(crate) fn in_file(place: String, message: String, excerpt: Option<String>) -> Self {
        Self {
            place,
            message,
            excerpt,
        }
    }
}

impl fmt::Display for ConfigProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.message)?;
        match &self.excerpt {
            Some(excerpt) => write!(f, "\n{excerpt}"),
            None => Ok(()),
        }
    }
}

/// A mistake among others.
struct Indented<'p>(&'p ConfigProblem);

impl fmt::Display for Indented<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.0.place, self.0.message)?;
        let excerpt = self.0.excerpt.iter().flat_map(|excerpt| excerpt.lines());
        excerpt
            .into_iter()
            .try_for_each(|line| write!(f, "\n  {line}"))
    }
}

/// Collects mistakes while a configuration is read to its end.
#[derive(Debug, Default)]
pub(crate) struct Problems {
    list: Vec<ConfigProblem>,
}

impl Problems {
    pub(crate) fn add(&mut self, place: impl Into<String>, message: impl Into<String>) {
        self.list.push(ConfigProblem {
            place: place.into(),
            message: message.into(),
            excerpt: None,
        });
    }

    /// How many there are so far.
    pub(crate) fn len(&self) -> usize {
        self.list.len()
    }

    #[cfg(feature = "dynamodb")]
    pub(crate) fn append(&mut self, error: ConfigError) {
        self.list.extend(error.problems);
    }

    pub(crate) fn into_result(self) -> Result<(), ConfigError> {
        if self.list.is_empty() {
            Ok(())
        } else {
            Err(ConfigError {
                problems: self.list,
            })
        }
    }
}

/// The error of a type in what another error comes from, if there is one.
#[cfg(any(feature = "dynamodb", feature = "egress"))]
pub(crate) fn cause<'e, T: Error + 'static>(error: &'e (dyn Error + 'static)) -> Option<&'e T> {
    let mut cause = Some(error);
    while let Some(error) = cause {
        if let Some(found) = error.downcast_ref() {
            return Some(found);
        }
        cause = error.source();
    }
    None
}
