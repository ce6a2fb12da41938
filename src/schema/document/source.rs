use std::collections::BTreeMap;

use serde_json::Value;

use super::{
    JsonSchema, Mistake,
    check::Check,
    compile::Compiler,
    documents::{Documents, Missing, ROOT},
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
        if let Some(values) = self.read(&mut mistakes) {
            match self.compile_values(&values, program, place) {
                Ok(node) if mistakes.is_empty() => return Ok(node),
                Ok(_) => {}
                Err(more) => mistakes.extend(more),
            }
        }
        Err(mistakes)
    }

    /// The document and its resources by their URIs.
    fn read(&self, mistakes: &mut Vec<Mistake>) -> Option<BTreeMap<String, Value>> {
        let resources = self.resources.iter();
        let texts = resources.map(|(uri, text)| (uri.trim_end_matches('#'), text));
        let texts = texts.chain([(ROOT, &self.text)]);
        if texts.clone().map(|(_, text)| text.len()).sum::<usize>() > MOST {
            mistakes.push(whole(format!("is longer than {MOST} bytes")));
            return None;
        }
        let read = |(uri, text): (&str, &String)| {
            let twofold = &mut |steps: &[String], told: &str| {
                mistakes.push((place(uri, steps), told.to_owned()));
            };
            match text::read(text, twofold) {
                Ok(value) => Some((uri.to_owned(), value)),
                Err(told) if uri == ROOT => {
                    mistakes.push(whole(told));
                    None
                }
                Err(told) => {
                    mistakes.push((uri.to_owned(), told));
                    None
                }
            }
        };
        // Each is read, also behind one that cannot be.
        let read: Vec<_> = texts.map(read).collect();
        read.into_iter().collect()
    }

    fn compile_values(
        &self,
        values: &BTreeMap<String, Value>,
        program: &mut ProgramBuilder,
        place: &Place<'_>,
    ) -> Result<NodeId, Vec<Mistake>> {
        let told = |told| vec![whole(told)];
        let missing = Missing::default();
        let origins = Origins::of(values);
        let registry = Documents::register(values, &origins, &missing)?;
        let documents = Documents::new(values, origins, &registry, missing);
        let root = documents.root().map_err(told)?;
        let mut patterns = Patterns::default();
        let found = Check::new(&documents, self, &mut patterns).run(root.clone())?;
        let compiler = Compiler::new(&documents, self, place, &found, program, &mut patterns);
        match found.dynamic {
            Some(reason) => compiler.compile_whole(&root, reason),
            None => compiler.compile(root),
        }
    }
}
