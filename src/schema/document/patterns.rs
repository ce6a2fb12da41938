use std::collections::{HashMap, HashSet};

use crate::schema::pattern::{Pattern, SIZE};

/// All patterns of a document together: some hundred of those that take the most.
const ALL: usize = 64 * SIZE;

/// The patterns of the documents of a policy, each compiled once.
pub(in crate::schema) type Compiled = HashMap<String, Result<Pattern, String>>;

/// The patterns of a document.
pub(super) struct Patterns {
    /// With those of other documents.
    pub(super) compiled: Compiled,
    seen: HashSet<String>,
    size: usize,
}

impl Patterns {
    pub(super) fn new(compiled: Compiled) -> Self {
        Self {
            compiled,
            seen: HashSet::new(),
            size: 0,
        }
    }

    /// The pattern of this text, in the syntax of ECMA-262 as far as it is regular. Says what is wrong
    /// with it.
    pub(super) fn compile(
        &mut self,
        text: &str,
        problem: &mut dyn FnMut(String),
    ) -> Option<Pattern> {
        if !self.seen.contains(text) {
            if self.size > ALL {
                return None;
            }
            if !self.compiled.contains_key(text) {
                self.compiled.insert(text.to_owned(), compile(text));
            }
            let compiled = self.compiled.get(text)?.as_ref();
            self.size += compiled.map_or(SIZE, Pattern::size);
            if self.size > ALL {
                problem(format!(
                    "the patterns of the document take more than {ALL} bytes"
                ));
            }
            self.seen.insert(text.to_owned());
        }
        let compiled = self.compiled.get(text)?.as_ref();
        compiled
            .map_err(|error| problem(format!("pattern: {error}")))
            .ok()
            .cloned()
    }
}

fn compile(text: &str) -> Result<Pattern, String> {
    // `\d` is ASCII there, `.` is no line end, and a `[` in a class is a character.
    match jsonschema_regex::to_rust_regex(text) {
        Ok(translated) => Pattern::new(&translated),
        Err(()) => Pattern::new(text).and(Err("is no regular expression of ECMA-262".to_owned())),
    }
}
