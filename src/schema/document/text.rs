//! Reading the text of a document, strictly.

use serde_json::Value;

use super::{origins::escape, tree::Tree};
use crate::{
    json::{Bounds, Names, Number, Reader, Sink, Stop},
    schema::rule::Exact,
    text::Text,
};

/// What a document is read with: everything that `serde_json` reads.
pub(super) const BOUNDS: Bounds = Bounds {
    depth: Bounds::DEEPEST,
    string: usize::MAX,
    number: usize::MAX,
};

/// Reads a document, and says at which JSON Pointers it can be read in more than one way.
///
/// # Errors
///
/// Where it is not JSON.
pub(crate) fn read(text: &str, mistake: &mut dyn FnMut(&[String], &str)) -> Result<Value, String> {
    let value = serde_json::from_str(text).map_err(|error| error.to_string())?;
    let mut twofold = Twofold {
        text,
        at: 0,
        number: None,
        path: Vec::new(),
        names: Names::default(),
        mistake,
    };
    // It is well-formed, and nothing stops the reader.
    let _ = Reader::new(BOUNDS).read(text.as_bytes(), true, &mut twofold);
    Ok(value)
}

/// Listens for what readers do not agree on: two members of one name, of which `serde_json` takes the
/// last, and numbers that it rounds.
struct Twofold<'t, 'm> {
    text: &'t str,
    at: usize,
    /// The number that ends next.
    number: Option<Exact>,
    /// The open containers.
    path: Vec<Container>,
    names: Names,
    mistake: &'m mut dyn FnMut(&[String], &str),
}

enum Container {
    /// With the name of the member that is read.
    Object(String),
    /// With the number of items that were begun.
    Array(usize),
}

impl Twofold<'_, '_> {
    fn value(&mut self) {
        if let Some(Container::Array(items)) = self.path.last_mut() {
            *items += 1;
        }
    }

    fn tell(&mut self, what: &str) {
        let step = |container: &Container| match container {
            Container::Object(name) => escape(name),
            Container::Array(items) => (items - 1).to_string(),
        };
        let path: Vec<String> = self.path.iter().map(step).collect();
        (self.mistake)(&path, what);
    }
}

impl Sink for Twofold<'_, '_> {
    fn begins(&mut self, at: usize) {
        self.at = at;
    }

    fn ended(&mut self, at: usize) -> Result<(), Stop> {
        let Some(number) = self.number.take() else {
            return Ok(());
        };
        let text = &self.text[self.at..at];
        let read = serde_json::from_str(text).map(|read: Value| read.to_string());
        if read.ok().and_then(|read| Tree::read(&read)) != Some(Tree::Number(number)) {
            self.tell("readers round the number");
        }
        Ok(())
    }

    fn begin_object(&mut self) -> Result<(), Stop> {
        self.value();
        self.path.push(Container::Object(String::new()));
        self.names.begin();
        Ok(())
    }

    fn name(&mut self, name: Text<'_>) -> Result<(), Stop> {
        let text = String::from_utf8_lossy(name.bytes).into_owned();
        if let Some(Container::Object(current)) = self.path.last_mut() {
            *current = text;
        }
        if !self.names.insert(name.bytes) {
            self.tell("an object has two members of one name");
        }
        Ok(())
    }

    fn end_object(&mut self) -> Result<(), Stop> {
        self.path.pop();
        self.names.end();
        Ok(())
    }

    fn begin_array(&mut self) -> Result<(), Stop> {
        self.value();
        self.path.push(Container::Array(0));
        Ok(())
    }

    fn end_array(&mut self) -> Result<(), Stop> {
        self.path.pop();
        Ok(())
    }

    fn string(&mut self, _: Text<'_>) -> Result<(), Stop> {
        self.value();
        Ok(())
    }

    fn number(&mut self, number: Number<'_>) -> Result<(), Stop> {
        self.value();
        self.number = Some(Exact::new(number));
        Ok(())
    }

    fn boolean(&mut self, _: bool) -> Result<(), Stop> {
        self.value();
        Ok(())
    }

    fn null(&mut self) -> Result<(), Stop> {
        self.value();
        Ok(())
    }
}
