use std::fmt;

use serde::{Serialize, Serializer};

use super::{
    walk::{Here, Visit, walk},
    words,
};
use crate::{
    fact::Fact,
    policy::Compiled,
    schema::{NodeId, Program},
};

/// What a policy leaves more open than it needs to be; found by [`Policy::lint`](crate::Policy::lint).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Lint {
    kind: LintKind,
    place: String,
    message: &'static str,
}

/// The kinds of [`Lint`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum LintKind {
    /// A string that has the name of a URL or a host, and is judged as text.
    UrlLikeName,
    /// A string whose length nothing bounds but the limits.
    UnboundedString,
    /// An array whose number of items nothing bounds but the limits.
    UnboundedArray,
    /// A value that may be anything, such as the members of an object of any name.
    OpenObject,
    /// A pattern that a string has to match somewhere, and may hold anything around it.
    UnanchoredPattern,
}

impl LintKind {
    /// The name, such as `url_like_name`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::UrlLikeName => "url_like_name",
            Self::UnboundedString => "unbounded_string",
            Self::UnboundedArray => "unbounded_array",
            Self::OpenObject => "open_object",
            Self::UnanchoredPattern => "unanchored_pattern",
        }
    }

    const fn message(self) -> &'static str {
        match self {
            Self::UrlLikeName => {
                "is judged as text, in which a bare host is not found: declare it as a URL, a host or an \
                 address (Field::url(), Field::hostname(); format uri, hostname), or enumerate its values"
            }
            Self::UnboundedString => {
                "is as long as the limits let it be: give it a largest length (max_length, maxLength)"
            }
            Self::UnboundedArray => {
                "has as many items as the limits let it have: give it a largest number (max_items, maxItems)"
            }
            Self::OpenObject => {
                "may be anything: declare what it is, its members and their schemas (Schema::object(), \
                 properties)"
            }
            Self::UnanchoredPattern => {
                "may hold anything around what its pattern matches: begin the pattern with ^ and end it \
                 with $"
            }
        }
    }
}

impl Lint {
    /// The kind.
    #[must_use]
    pub fn kind(&self) -> LintKind {
        self.kind
    }

    /// Where it stands, such as `POST /orders: body #/note`.
    #[must_use]
    pub fn place(&self) -> &str {
        &self.place
    }

    /// What is open, and what to write.
    #[must_use]
    pub fn message(&self) -> &str {
        self.message
    }
}

/// What a policy leaves open, in the order of its places.
pub(super) fn lint(policy: &Compiled) -> Vec<Lint> {
    let mut linter = Linter {
        program: &policy.program,
        found: Vec::new(),
    };
    walk(policy, &mut linter);
    let mut found = linter.found;
    found.sort_by(|a, b| (&a.place, a.kind).cmp(&(&b.place, b.kind)));
    found
}

struct Linter<'a> {
    program: &'a Program,
    found: Vec<Lint>,
}

impl Linter<'_> {
    fn kinds(&self, schema: NodeId, name: Option<&str>) -> Vec<LintKind> {
        let program = self.program;
        if program.is_any(schema) {
            return vec![LintKind::OpenObject];
        }
        let kinds = [
            (
                LintKind::UrlLikeName,
                program.has_free_text(schema) && name.is_some_and(words::names_location),
            ),
            (
                LintKind::UnboundedString,
                program.has_endless_strings(schema),
            ),
            (LintKind::UnboundedArray, program.has_endless_arrays(schema)),
            (
                LintKind::UnanchoredPattern,
                program.has_loose_pattern(schema),
            ),
        ];
        kinds
            .into_iter()
            .filter(|(_, is)| *is)
            .map(|(kind, _)| kind)
            .collect()
    }
}

impl Visit for Linter<'_> {
    fn place(&mut self, place: &str, here: Here<'_>) {
        let Some(schema) = here.schema else { return };
        for kind in self.kinds(schema, here.name) {
            self.found.push(Lint {
                kind,
                place: place.to_owned(),
                message: kind.message(),
            });
        }
    }

    fn fact(&mut self, _place: &str, _rule: &'static str, _fact: Fact) {}
}

impl fmt::Display for Lint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {} ({})", self.place, self.message, self.kind)
    }
}

impl fmt::Display for LintKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for LintKind {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}
