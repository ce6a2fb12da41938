//! What holds in a value that is judged as a whole, whichever of its schemas hold in the end.
//!
//! While such a value is captured, its outline is held: the members of its objects are declared by
//! some schema that may hold for it, and strings that some of them takes for a URL, a host, an address or
//! base64 are judged as one. The outline looks at more schemas than hold, and asks less of a value than any
//! of them, so that it never changes what the draft says of the rest: it only refuses.

use serde_json::Value;

use super::{
    addresses::Keys,
    compile::Compiler,
    documents::Subschema,
    harden, keywords,
    members::Members,
    vocabulary::{list, list_of, map},
};
use crate::schema::{
    NodeId,
    declaration::{StringKeywords, Types},
    format::{Format, Located},
    program::Node,
    rule::{ArrayRule, Member, NumberRule, ObjectRule, StringRule},
};

impl<'d> Compiler<'_, 'd> {
    /// The outline of a value for which these schemas hold.
    pub(super) fn outline(&mut self, entries: Vec<Subschema<'d>>) -> NodeId {
        let says_nothing = self.is_open() && !self.asserts_formats() && !self.looks_into_strings();
        match self.reachable(entries) {
            Some(schemas) if !schemas.is_empty() && !says_nothing => self.node_of_outline(schemas),
            _ => self.any,
        }
    }

    /// These schemas, and all that may be applied to the same value by them. What is asked of a value by
    /// `not` and of an item by `contains` is no declaration. `None`: one of them is a metaschema,
    /// which takes any member.
    fn reachable(&self, entries: Vec<Subschema<'d>>) -> Option<Vec<Subschema<'d>>> {
        let mut reachable = Vec::new();
        let mut seen = Keys::default();
        let mut left = entries;
        while let Some(schema) = left.pop() {
            let Some(keywords) = schema.keywords() else {
                continue;
            };
            if !seen.insert(schema.key()) {
                continue;
            }
            if !self.documents.hold(&schema) {
                return None;
            }
            let lists = ["allOf", "anyOf", "oneOf"].into_iter();
            let lists = lists.flat_map(|name| list(keywords, name));
            let ones = ["if", "then", "else"].into_iter();
            let ones = ones.filter_map(|name| keywords.get(name));
            let dependent = map(keywords, "dependentSchemas").map(|(_, schema)| schema);
            left.extend(self.inside(&schema, lists.chain(ones).chain(dependent)));
            left.extend(self.documents.target(&schema));
            left.extend(self.dynamic_targets(&schema));
            reachable.push(schema);
        }
        reachable.sort_unstable_by_key(Subschema::key);
        Some(reachable)
    }

    /// The node of an outline.
    pub(super) fn compile_outline(&mut self, schemas: &[Subschema<'d>]) -> Result<Node, String> {
        Ok(Node {
            types: Types::ANY,
            string: self.located(schemas),
            number: NumberRule::default(),
            array: self.items_of_outline(schemas),
            object: self.members_of_outline(schemas)?,
            whole: None,
        })
    }

    /// The contexts of addresses that the formats of these schemas are, whether strings may be encoded, and
    /// the control characters that they may hold.
    fn located(&self, schemas: &[Subschema<'d>]) -> StringRule {
        let all = || schemas.iter().filter_map(Subschema::keywords);
        let formats = all().filter_map(|keywords| {
            let name = keywords.get("format")?.as_str()?;
            keywords::format(name).filter(|_| self.asserts_formats())
        });
        let hardened = all().flat_map(harden::formats).map(|(_, format)| format);
        let located = formats.chain(hardened).filter_map(Located::of);
        let every = self.string_keywords();
        let keywords = StringKeywords {
            format: located.reduce(|all, one| all | one).map(Format::Located),
            encoded: all().any(keywords::is_encoded),
            controls: all().map(harden::controls).fold(every.controls, Ord::max),
            ..every
        };
        StringRule::new(&keywords, &mut |_| ())
    }

    fn items_of_outline(&mut self, schemas: &[Subschema<'d>]) -> ArrayRule {
        let first = |schema: &Subschema<'d>| list_of(schema.value, "prefixItems").len();
        let prefix = schemas.iter().map(first).max().unwrap_or(0);
        self.work += prefix;
        let mut items = |place: usize| {
            let said = schemas.iter().flat_map(|schema| {
                let rest = ["items", "unevaluatedItems"].into_iter();
                let rest = rest.filter_map(|name| schema.value.get(name));
                match list_of(schema.value, "prefixItems").get(place) {
                    Some(item) => self.inside(schema, [item]),
                    None => self.inside(schema, rest),
                }
            });
            let said = said.collect();
            self.outline(said)
        };
        let prefix: Vec<NodeId> = (0..prefix).map(&mut items).collect();
        ArrayRule {
            items: items(prefix.len()),
            prefix,
            min_items: 0,
            max_items: u32::MAX,
        }
    }

    fn members_of_outline(&mut self, schemas: &[Subschema<'d>]) -> Result<ObjectRule, String> {
        let mut said = Members::default();
        self.speak_of_members(&mut said, schemas)
            .map_err(|_| TOO_MANY)?;
        for schema in schemas {
            let rests = ["additionalProperties", "unevaluatedProperties"].into_iter();
            let rests = rests.filter_map(|name| schema.value.get(name));
            let opens = rests.filter(|rest| **rest != Value::Bool(false));
            for rest in self.inside(schema, opens) {
                said.rest(rest, schema.keywords().into_iter());
            }
        }
        let patterns = self.patterns_of(&said).map_err(|_| TOO_MANY)?;
        let mut members = Vec::with_capacity(said.names.len());
        for (place, name) in said.names.iter().enumerate() {
            if self.is_exhausted() {
                break;
            }
            let matched = Members::matched(&patterns, name);
            let schema = self.outline(said.schemas(Some((place, name)), matched));
            members.push(Member::new(name, schema, false));
        }
        self.work += members.len();
        let names = schemas.iter().flat_map(|schema| {
            let names = schema.value.get("propertyNames");
            self.inside(schema, names)
        });
        let names = names.collect();
        let names = self.outline(names);
        let closed = said.is_closed(self.is_open());
        let others = self.others(&said, patterns, names, &mut |compiler, matched| {
            let schemas = said.schemas(None, matched);
            (matched != 0 || !closed).then(|| compiler.outline(schemas))
        });
        let others = others.map_err(|_| TOO_MANY)?;
        Ok(ObjectRule::new(members, others))
    }
}

/// What is told where names cannot be judged while they are read.
const TOO_MANY: &str = "has patterns that match one name in too many ways together";
