//! Finding in the file what is wrong with the policy that was made of it.

use std::collections::HashSet;

use super::{
    mistakes::MOST,
    pointer,
    schema::Schemas,
    source::Source,
    tree::{At, Member, Node},
};
use crate::{ConfigError, ConfigProblem, Location, Pointer};

/// A file that a policy was read from.
#[derive(Debug)]
pub(in crate::policy) struct Sources {
    source: Source,
    root: Node,
}

/// Where a document stands in the place of a mistake.
const DOCUMENT: &str = "document #";

impl Sources {
    pub(super) const fn new(source: Source, root: Node) -> Self {
        Self { source, root }
    }

    /// The mistakes, each with the line that it stands in, in the order of the file. Those of a shared
    /// schema are told once, and not for each route that refers to it.
    pub(in crate::policy) fn locate(&self, error: ConfigError) -> ConfigError {
        let mut shared = HashSet::new();
        let mut located = Vec::new();
        for problem in error.into_problems() {
            let pointer = shared_schema(problem.place());
            let is_new = pointer.is_none_or(|pointer| {
                shared.insert((pointer.to_owned(), problem.message().to_owned()))
            });
            if !is_new {
                continue;
            }
            // A line may be long: columns are counted for those that are read.
            let at = (located.len() < MOST).then(|| self.find(problem.place()));
            located.push(match at.flatten() {
                Some(at) => (at.start(), self.show(&problem, at)),
                None => (usize::MAX, problem),
            });
        }
        located.sort_by_key(|(start, _)| *start);
        let located = located.into_iter().map(|(_, problem)| problem);
        ConfigError::of(located.collect())
    }

    fn show(&self, problem: &ConfigProblem, at: &At) -> ConfigProblem {
        let within = shared_schema(problem.place()).unwrap_or(problem.place());
        ConfigProblem::in_file(
            format!("{}: {within}", self.source.place(at)),
            problem.message().to_owned(),
            self.source.excerpt(at),
        )
    }

    /// What stands at a place of the builder.
    fn find(&self, place: &str) -> Option<&At> {
        if place == "host_headers" || place.starts_with("host_headers: ") {
            return Some(&self.root.member("host_headers")?.value.at);
        }
        // The pattern of a route has no spaces.
        let (name, within) = place.split_once(": ").unwrap_or((place, ""));
        let route = self.root.member("routes")?.value.member(name)?;
        let (at, node) = self.part(&route.value, within).unwrap_or((&route.at, None));
        let Some((_, steps)) = within.split_once(DOCUMENT) else {
            return Some(at);
        };
        // A step that leads nowhere is one of a mistake: `/required/1` may be told as `/required`.
        let start = match shared_schema(place) {
            Some(_) => Some(&self.root),
            None => node,
        };
        let mut found = (at, start?);
        for step in steps.split('/').skip(1) {
            match found.1.step(&pointer::name(step)) {
                Some(next) => found = next,
                None => break,
            }
        }
        Some(found.0)
    }

    /// The part of a route that a place within it names, and the schema that it is declared by.
    fn part<'n>(&'n self, route: &'n Node, within: &str) -> Option<(&'n At, Option<&'n Node>)> {
        let parts = route.members().iter().flat_map(|member| self.parts(member));
        let named = parts.filter(|(name, ..)| {
            within.strip_prefix(name.as_str()).is_some_and(|behind| {
                // The pointer into a body goes on behind its `#`.
                behind.is_empty() || behind.starts_with(": ") || name.ends_with('#')
            })
        });
        // A name may be the beginning of another, and the one that is declared twice is the second.
        let longest = named.max_by_key(|(name, ..)| name.len());
        longest.map(|(_, at, node)| (at, node))
    }

    /// The places that a member of a route is named by.
    fn parts<'n>(&'n self, member: &'n Member) -> Vec<(String, &'n At, Option<&'n Node>)> {
        let group = member.name.trim_start_matches("required_");
        let mut parts = vec![(group.to_owned(), &member.at, None)];
        let location: fn(&str) -> Option<Location> = match member.name.as_str() {
            "path" => |name| Some(Location::Path(Some(name.into()))),
            "query" | "required_query" => |name| Some(Location::Query(Some(name.into()))),
            "cookie" | "required_cookie" => |name| Some(Location::Cookie(Some(name.into()))),
            "header" | "required_header" => |name| name.parse().ok().map(Location::Header),
            "form" | "required" | "optional" | "required_file" | "optional_file" => {
                |name| Some(Location::Form(Some(name.into())))
            }
            "multipart" => {
                let groups = member.value.members().iter();
                parts.extend(groups.flat_map(|group| self.parts(group)));
                return parts;
            }
            "json" => {
                let body = Location::Body(Pointer::default()).to_string();
                parts.push((body, &member.at, Some(&member.value)));
                return parts;
            }
            _ => return parts,
        };
        let fields = match member.name.as_str() {
            "form" => {
                let form = Schemas::of(&self.root).resolve(&member.value);
                form.member("properties")
                    .map(|properties| &properties.value)
            }
            _ => Some(&member.value),
        };
        for field in fields.map(Node::members).unwrap_or_default() {
            let name = match location(&field.name) {
                Some(location) => location.to_string(),
                None => format!("header {:?}", field.name),
            };
            parts.push((name, &field.at, Some(&field.value)));
        }
        parts
    }
}

/// The pointer to a schema that routes share, where a place is in one.
fn shared_schema(place: &str) -> Option<&str> {
    let pointer = &place[place.find(DOCUMENT)? + DOCUMENT.len() - 1..];
    pointer
        .starts_with(super::schema::PREFIX)
        .then_some(pointer)
}
