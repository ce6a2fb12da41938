use std::borrow::Cow;

use serde_json::Value;

use super::{
    JsonSchema, Mistake,
    check::Check,
    compile::Compiler,
    definitions::{self, bundle},
    documents::{Documents, Missing, ROOT, Values},
    given::{Given, length, too_deep},
    origins::{Origins, place, whole},
    patterns::Patterns,
    text,
};
use crate::{
    error::Problems,
    schema::{NodeId, Place, ProgramBuilder, declaration::Source},
};

/// The longest document, with its resources, in bytes.
const MOST: usize = 8 * 1024 * 1024;

/// How much all documents of one policy take over from the schemas that they share, in bytes.
const MOST_SHARED: usize = 64 * 1024 * 1024;

impl Source for JsonSchema {
    fn compile(
        &self,
        program: &mut ProgramBuilder,
        place: &Place<'_>,
        problems: &mut Problems,
    ) -> NodeId {
        self.try_compile(program, place).unwrap_or_else(|mistakes| {
            for (within, told) in mistakes {
                problems.add(format!("{place}: {within}"), told);
            }
            NodeId::ANY
        })
    }
}

impl JsonSchema {
    fn try_compile(
        &self,
        program: &mut ProgramBuilder,
        place: &Place<'_>,
    ) -> Result<NodeId, Vec<Mistake>> {
        let mut mistakes = Vec::new();
        // What can be read in several ways is looked at too, so that all is told at once.
        if let Some(values) = self.read(&mut program.shared, &mut mistakes) {
            let mut patterns = Patterns::new(std::mem::take(&mut program.patterns));
            let node = self.compile_values(&values, &mut patterns, program, place);
            program.patterns = patterns.compiled;
            match node {
                Ok(node) if mistakes.is_empty() => return Ok(node),
                Ok(_) => {}
                Err(more) => mistakes.extend(more),
            }
        }
        Err(mistakes)
    }

    /// The document and its resources by their URIs. What it takes over is counted as `shared`.
    fn read(&self, shared: &mut usize, mistakes: &mut Vec<Mistake>) -> Option<Values<'_>> {
        let resources: usize = self.resources.values().map(String::len).sum();
        if self.document.length().saturating_add(resources) > MOST {
            mistakes.push(too_long());
            return None;
        }
        // Each is read, also behind one that cannot be.
        let mut all = Some(Values::new());
        for (uri, text) in &self.resources {
            let uri = uri.trim_end_matches('#');
            let read = read(uri, text, mistakes).map_err(|told| (uri.to_owned(), told));
            keep(&mut all, uri, read.map(Cow::Owned), mistakes);
        }
        let document = match &self.document {
            Given::Value(value) => too_deep(value).map_or(Ok(Cow::Borrowed(&**value)), Err),
            Given::Text(text) => read(ROOT, text, mistakes).map(Cow::Owned).map_err(whole),
        };
        let document = document.and_then(|document| self.with_shared(document, shared));
        keep(&mut all, ROOT, document, mistakes);
        all
    }

    /// The document with those of the shared schemas that it reaches.
    fn with_shared<'v>(
        &self,
        document: Cow<'v, Value>,
        taken: &mut usize,
    ) -> Result<Cow<'v, Value>, Mistake> {
        let Some(shared) = &self.definitions else {
            return Ok(document);
        };
        let too_much = || {
            let told = "takes over more from the shared schemas than there is room for: with all that refer \
                        to them they come to more than 64 MiB";
            whole(told.into())
        };
        // Where it was too much before, nothing more is copied.
        if *taken > MOST_SHARED && definitions::are_referred_to(&document) {
            return Err(too_much());
        }
        let Some(bundled) = bundle(&document, shared)? else {
            return Ok(document);
        };
        let length = length(&bundled);
        if length > MOST {
            return Err(too_long());
        }
        *taken = taken.saturating_add(length);
        if *taken > MOST_SHARED {
            return Err(too_much());
        }
        too_deep(&bundled).map_or(Ok(Cow::Owned(bundled)), Err)
    }

    fn compile_values(
        &self,
        values: &Values<'_>,
        patterns: &mut Patterns,
        program: &mut ProgramBuilder,
        place: &Place<'_>,
    ) -> Result<NodeId, Vec<Mistake>> {
        let told = |told| vec![whole(told)];
        let missing = Missing::default();
        let origins = Origins::of(values);
        let by_uri = !origins.are_plain(values);
        let registry = by_uri.then(|| Documents::register(values, &origins, &missing));
        let registry = registry.transpose()?;
        let documents = Documents::new(values, origins, registry.as_ref(), missing);
        let root = documents.root().map_err(told)?;
        let found = Check::new(&documents, self, patterns).run(root.clone())?;
        let compiler = Compiler::new(&documents, self, place, &found, program, patterns);
        match found.dynamic {
            Some(reason) => compiler.compile_whole(&root, reason),
            None => compiler.compile(root),
        }
    }
}

fn too_long() -> Mistake {
    whole(format!("is longer than {MOST} bytes"))
}

/// Reads a document, and tells of what can be read in more than one way.
fn read(uri: &str, text: &str, mistakes: &mut Vec<Mistake>) -> Result<Value, String> {
    let twofold = &mut |steps: &[String], told: &str| {
        mistakes.push((place(uri, steps), told.to_owned()));
    };
    text::read(text, twofold)
}

/// Keeps a document that was read; without one of them there are none.
fn keep<'v>(
    all: &mut Option<Values<'v>>,
    uri: &str,
    read: Result<Cow<'v, Value>, Mistake>,
    mistakes: &mut Vec<Mistake>,
) {
    match (read, all.as_mut()) {
        (Ok(value), Some(all)) => {
            all.insert(uri.to_owned(), value);
        }
        (Ok(_), None) => {}
        (Err(mistake), _) => {
            mistakes.push(mistake);
            *all = None;
        }
    }
}
