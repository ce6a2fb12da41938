//! Where in a request something was: a part, and a declared name or a pointer of declared names.

use std::{fmt, sync::Arc};

use http::HeaderName;

/// The part of a request, and the field in it.
///
/// Names come from the policy, never from the request: an undeclared parameter is reported at the
/// part it came in, an undeclared member at the object that holds it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Location {
    /// The request as a whole: its route, method or target.
    Request,
    /// The path, or one declared parameter of it.
    Path(Option<Arc<str>>),
    /// The query string, or one declared parameter of it.
    Query(Option<Arc<str>>),
    /// One header.
    Header(HeaderName),
    /// The cookies, or one declared cookie.
    Cookie(Option<Arc<str>>),
    /// The form in the body, or one declared field of it.
    Form(Option<Arc<str>>),
    /// The body, or a place in it.
    Body(Pointer),
}

impl Location {
    /// The part of the request: `request`, `path`, `query`, `header`, `cookie`, `form` or `body`.
    #[must_use]
    pub const fn part(&self) -> &'static str {
        match self {
            Self::Request => "request",
            Self::Path(_) => "path",
            Self::Query(_) => "query",
            Self::Header(_) => "header",
            Self::Cookie(_) => "cookie",
            Self::Form(_) => "form",
            Self::Body(_) => "body",
        }
    }

    /// The declared name of the parameter, header, cookie or field, where there is one.
    #[must_use]
    pub fn parameter(&self) -> Option<&str> {
        match self {
            Self::Path(name) | Self::Query(name) | Self::Cookie(name) | Self::Form(name) => {
                name.as_deref()
            }
            Self::Header(name) => Some(name.as_str()),
            Self::Request | Self::Body(_) => None,
        }
    }

    /// The place in the body, where the location is one.
    #[must_use]
    pub const fn pointer(&self) -> Option<&Pointer> {
        match self {
            Self::Body(pointer) => Some(pointer),
            _ => None,
        }
    }
}

impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.part())?;
        match (self.parameter(), self.pointer()) {
            (Some(name), _) => write!(f, " {name}"),
            (None, Some(pointer)) => write!(f, " {pointer}"),
            (None, None) => Ok(()),
        }
    }
}

/// A JSON Pointer (RFC 6901) of declared member names and array indexes.
///
/// It is shown as a URI fragment, `#/items/3/sku`, as the `pointer` of RFC 9457 §3.1 is. A step
/// through a member that the schema does not declare by name is left out, and the pointer ends at
/// the last declared ancestor.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Pointer {
    steps: Vec<Step>,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Step {
    Member(Arc<str>),
    Item(u32),
}

impl Pointer {
    pub(crate) fn push_member(&mut self, name: Arc<str>) {
        self.steps.push(Step::Member(name));
    }

    pub(crate) fn push_item(&mut self, index: u32) {
        self.steps.push(Step::Item(index));
    }
}

impl fmt::Display for Pointer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("#")?;
        for step in &self.steps {
            match step {
                Step::Item(index) => write!(f, "/{index}")?,
                Step::Member(name) => {
                    f.write_str("/")?;
                    write_fragment(f, name)?;
                }
            }
        }
        Ok(())
    }
}

/// Writes one member name as RFC 6901 §6 puts it into a fragment: `~` and `/` escaped, then every
/// byte that RFC 3986 §3.5 does not allow in a fragment percent-encoded.
fn write_fragment(f: &mut fmt::Formatter<'_>, name: &str) -> fmt::Result {
    for byte in name.bytes() {
        match byte {
            b'~' => f.write_str("~0")?,
            b'/' => f.write_str("~1")?,
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => write!(f, "{}", byte as char)?,
            b'-' | b'.' | b'_' | b'!' | b'$' | b'&' | b'\'' | b'(' | b')' | b'*' | b'+' | b','
            | b';' | b'=' | b':' | b'@' | b'?' => write!(f, "{}", byte as char)?,
            _ => write!(f, "%{byte:02X}")?,
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pointer_is_a_uri_fragment() {
        let mut pointer = Pointer::default();
        assert_eq!(pointer.to_string(), "#");

        pointer.push_member("a/b~c d".into());
        pointer.push_item(3);
        pointer.push_member("é".into());
        assert_eq!(pointer.to_string(), "#/a~1b~0c%20d/3/%C3%A9");
    }

    #[test]
    fn location_names_part_and_field() {
        assert_eq!(
            Location::Query(Some("limit".into())).to_string(),
            "query limit"
        );
        assert_eq!(Location::Query(None).to_string(), "query");
        assert_eq!(Location::Body(Pointer::default()).to_string(), "body #");
        assert_eq!(
            Location::Header(http::header::HOST).to_string(),
            "header host"
        );
    }
}
