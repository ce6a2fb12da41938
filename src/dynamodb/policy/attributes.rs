use std::{fmt, sync::Arc};

use crate::{dynamodb::expression::Step, text::Dictionary};

/// The path of an attribute in a declaration: `sku`, `address.city`, `lines[].price`.
///
/// A path stands for all that is below it. `[]` stands for every element of a list. The name of an
/// attribute that has one of these signs in it is [`AttributePath::name`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AttributePath {
    steps: Vec<DeclaredStep>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum DeclaredStep {
    Name(Box<str>),
    Element,
    /// What is no step, and leads nowhere.
    Broken(Box<str>),
}

impl AttributePath {
    /// An attribute of an item by its name, whatever signs that has.
    #[must_use]
    pub fn name(name: impl Into<Box<str>>) -> Self {
        Self {
            steps: vec![DeclaredStep::Name(name.into())],
        }
    }

    fn read(text: &str) -> Self {
        let mut steps = Vec::new();
        for part in text.split('.') {
            let name = part.trim_end_matches("[]");
            let lists = (part.len() - name.len()) / 2;
            if name.is_empty() || name.contains(['[', ']']) {
                steps.push(DeclaredStep::Broken(part.into()));
                continue;
            }
            steps.push(DeclaredStep::Name(name.into()));
            steps.extend((0..lists).map(|_| DeclaredStep::Element));
        }
        Self { steps }
    }

    /// Whether each step is one.
    pub(super) fn is_whole(&self) -> bool {
        let mut steps = self.steps.iter();
        !steps.any(|step| matches!(step, DeclaredStep::Broken(_)))
    }

    /// The name of the attribute that the path begins with.
    #[must_use]
    pub fn attribute(&self) -> &str {
        match self.steps.first() {
            Some(DeclaredStep::Name(name)) => name,
            _ => "",
        }
    }

    /// Whether it stands for a path or leads to one.
    fn relation(&self, path: &[Step<'_>]) -> Relation {
        let same = self
            .steps
            .iter()
            .zip(path)
            .all(|(declared, step)| match (declared, step) {
                (DeclaredStep::Name(declared), Step::Name(name)) => **declared == **name,
                (DeclaredStep::Element, Step::Element) => true,
                _ => false,
            });
        match same {
            false => Relation::None,
            true if self.steps.len() <= path.len() => Relation::Covers,
            true => Relation::Below,
        }
    }
}

impl From<&str> for AttributePath {
    fn from(text: &str) -> Self {
        Self::read(text)
    }
}

impl From<String> for AttributePath {
    fn from(text: String) -> Self {
        Self::read(&text)
    }
}

impl fmt::Display for AttributePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, step) in self.steps.iter().enumerate() {
            match step {
                DeclaredStep::Name(name) | DeclaredStep::Broken(name) if place > 0 => {
                    write!(f, ".{name}")?;
                }
                DeclaredStep::Name(name) | DeclaredStep::Broken(name) => f.write_str(name)?,
                DeclaredStep::Element => f.write_str("[]")?,
            }
        }
        Ok(())
    }
}

/// What a declared path is to a path of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Relation {
    None,
    /// It stands for it.
    Covers,
    /// It stands for something below it.
    Below,
}

/// The attributes that may be read or written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::dynamodb) enum Attributes {
    /// Nothing was said of them.
    #[default]
    Unsaid,
    All,
    Only(Vec<AttributePath>),
}

impl Attributes {
    pub(super) fn add(&mut self, paths: impl IntoIterator<Item = AttributePath>) {
        match self {
            Self::Only(known) => known.extend(paths),
            _ => *self = Self::Only(paths.into_iter().collect()),
        }
    }

    pub(in crate::dynamodb) fn is_all(&self) -> bool {
        matches!(self, Self::All)
    }

    /// The declared paths, none where all are.
    pub(in crate::dynamodb) fn paths(&self) -> &[AttributePath] {
        match self {
            Self::Only(paths) => paths,
            Self::Unsaid | Self::All => &[],
        }
    }

    /// Whether a path is one of them, or below one.
    pub(in crate::dynamodb) fn cover(&self, path: &[Step<'_>]) -> bool {
        self.have(path, Relation::Covers)
    }

    /// Whether one of them is below a path.
    pub(in crate::dynamodb) fn are_below(&self, path: &[Step<'_>]) -> bool {
        self.have(path, Relation::Below)
    }

    fn have(&self, path: &[Step<'_>], relation: Relation) -> bool {
        match self {
            Self::Unsaid => false,
            Self::All => relation == Relation::Covers,
            Self::Only(paths) => paths
                .iter()
                .any(|declared| declared.relation(path) == relation),
        }
    }
}

/// The attributes that are declared whole, found at the same cost however many they are.
#[derive(Clone, Debug)]
pub(in crate::dynamodb) struct Whole(Arc<Dictionary>);

impl Whole {
    pub(super) fn of(attributes: &Attributes) -> Self {
        let paths = attributes.paths().iter();
        let names = paths.filter_map(|path| match &path.steps[..] {
            [DeclaredStep::Name(name)] => Some(&**name),
            _ => None,
        });
        Self(Arc::new(Dictionary::new(names)))
    }

    /// Whether `path` is one of `attributes`, which these are of, or below one.
    pub(in crate::dynamodb) fn cover(&self, path: &[Step<'_>], attributes: &Attributes) -> bool {
        let Some(Step::Name(name)) = path.first() else {
            return false;
        };
        self.0.find(name.as_bytes(), 0).is_some()
            || ((path.len() > 1 || attributes.is_all()) && attributes.cover(path))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_cover_what_is_below_them() {
        let mut attributes = Attributes::default();
        attributes.add(["sku", "address.city", "lines[].price"].map(AttributePath::from));
        let name = Step::Name;
        for path in [
            &[name("sku")][..],
            &[name("sku"), Step::Element, name("x")],
            &[name("address"), name("city")],
            &[name("lines"), Step::Element, name("price")],
        ] {
            assert!(attributes.cover(path), "{path:?}");
            assert!(Whole::of(&attributes).cover(path, &attributes), "{path:?}");
            assert!(!attributes.are_below(path), "{path:?}");
        }
        for path in [
            &[name("address")][..],
            &[name("lines")],
            &[name("lines"), Step::Element],
        ] {
            assert!(
                attributes.are_below(path) && !attributes.cover(path),
                "{path:?}"
            );
        }
        for path in [
            &[name("address.city")][..],
            &[name("address"), name("zip")],
            &[name("lines"), name("price")],
            &[name("pw")],
        ] {
            assert!(
                !attributes.are_below(path) && !attributes.cover(path),
                "{path:?}"
            );
            assert!(!Whole::of(&attributes).cover(path, &attributes), "{path:?}");
        }
        let all = Attributes::All;
        assert!(Whole::of(&all).cover(&[name("any")], &all));
    }

    #[test]
    fn names_have_any_signs() {
        let mut attributes = Attributes::default();
        attributes.add([AttributePath::name("a.b[]")]);
        assert!(attributes.cover(&[Step::Name("a.b[]")]));
        assert!(!attributes.cover(&[Step::Name("a"), Step::Name("b")]));
        for (text, whole) in [
            ("a", true),
            ("a[][]", true),
            ("", false),
            ("a.", false),
            (".a", false),
            ("[]", false),
            ("a[0]", false),
            ("a[]b", false),
        ] {
            let path = AttributePath::from(text);
            assert_eq!(path.is_whole(), whole, "{text}");
            assert_eq!(path.to_string(), text);
        }
    }
}
