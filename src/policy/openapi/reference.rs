//! Where references lead: to places in the document itself.

use serde_json::Value;

use super::{
    import::Importer,
    node::Node,
    schema::{RULES, is_annotation},
};
use crate::input::{Plus, percent_decode};

/// The references behind each other that are followed.
const LONGEST: usize = 32;

/// The longest reference, in bytes.
const MOST: usize = 1024;

/// The members of a reference. What else stands beside a `$ref` is ignored.
pub(super) const REFERENCE: [&str; 3] = ["$ref", "description", "summary"];

impl<'d> Importer<'d> {
    /// The object itself, or the one that it refers to.
    pub(super) fn resolve(&mut self, node: &Node<'d>) -> Option<Node<'d>> {
        let mut at = node.clone();
        for _ in 0..LONGEST {
            let Some(reference) = at.member("$ref") else {
                return Some(at);
            };
            self.no_rules_beside(&at);
            if at.members().any(|(name, _)| !REFERENCE.contains(&name)) {
                let told = "has members beside its `$ref`, which OpenAPI ignores";
                self.report.note(&at, told);
            }
            at = self.target(&reference)?.1;
        }
        self.circle(node)
    }

    /// The schema itself, or the one that it refers to and says nothing more of.
    pub(super) fn behind(&mut self, schema: &Node<'d>) -> Option<Node<'d>> {
        let mut at = schema.clone();
        for _ in 0..LONGEST {
            let Some(reference) = at.member("$ref") else {
                return Some(at);
            };
            if !self.is_3_0() && self.says_more(&at) {
                return Some(at);
            }
            self.no_rules_beside(&at);
            at = self.target(&reference)?.1;
        }
        self.circle(schema)
    }

    /// Tells of rules beside a reference that is all there is.
    pub(super) fn no_rules_beside(&mut self, reference: &Node<'d>) {
        if let Some(rules) = reference.member(RULES) {
            let told = "stands beside a `$ref`, beside which nothing else holds here: `allOf` with the \
                        reference says both";
            self.report.mistake(&rules, told);
        }
    }

    /// Whether a schema with a reference has rules of its own.
    fn says_more(&mut self, schema: &Node<'d>) -> bool {
        schema.members().any(|(name, member)| {
            !self.report.take(&member) || (name != "$ref" && !is_annotation(name))
        })
    }

    fn circle(&mut self, node: &Node<'d>) -> Option<Node<'d>> {
        let told = format!("is a circle of references, or leads over more than {LONGEST} of them");
        self.report.mistake_in(node, "$ref", told);
        None
    }

    /// Where a reference leads: the steps of its JSON Pointer, and the value there.
    pub(super) fn target(&mut self, reference: &Node<'d>) -> Option<(Vec<String>, Node<'d>)> {
        let found = match reference.value {
            Value::String(reference) => steps(reference),
            _ => Err("is no text"),
        };
        let found = found.and_then(|steps| match self.root.at(&steps) {
            Some(target) => Ok((steps, target)),
            None => Err("leads to nothing in the document"),
        });
        found
            .map_err(|told| self.report.mistake(reference, told))
            .ok()
    }
}

/// The steps of a JSON Pointer in a fragment (RFC 6901 §6).
fn steps(reference: &str) -> Result<Vec<String>, &'static str> {
    if reference.len() > MOST {
        return Err("is longer than any name: refer to `#/components/schemas/Name`");
    }
    let Some(fragment) = reference.strip_prefix('#') else {
        return Err("leads to another document, and nothing is fetched: bundle them into one");
    };
    let pointer = percent_decode(fragment, Plus::Plus).ok_or("is not percent-encoded UTF-8")?;
    let mut steps = pointer.split('/');
    if steps.next() != Some("") {
        return Err("is an anchor: refer to the place, as `#/components/schemas/Name` does");
    }
    let unescape = |step: &str| step.replace("~1", "/").replace("~0", "~");
    Ok(steps.map(unescape).collect())
}
