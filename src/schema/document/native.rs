use std::{collections::HashMap, sync::Arc};

use serde_json::{Map, Value};

use super::{
    JsonSchema,
    delegate::{DRAFT, Delegate, Documents},
    keywords::{SCOPES, WHOLE, count, holds, is_rule, length, names, native_format, number, types},
};
use crate::{
    error::Problems,
    schema::{
        NodeId, Place, ProgramBuilder,
        declaration::{Controls, ObjectKeywords, StringKeywords, Types},
        judge::RESERVED,
        program::Node,
        rule::{ArrayRule, Dependent, Member, NumberRule, ObjectRule, Others, StringRule},
        whole::Whole,
    },
};

/// Where a schema stands, and how it is read there.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Target {
    pointer: String,
    /// The reference that leads here closes the objects that the schema leaves open.
    closed: bool,
}

/// Compiles a document as far as its rules can be held while a value is read.
pub(super) struct Native<'a, 'p> {
    options: &'a JsonSchema,
    documents: &'a Documents,
    program: &'a mut ProgramBuilder,
    place: &'a Place<'p>,
    problems: &'a mut Problems,
    /// Any value, with the control characters that the document may have.
    any: NodeId,
    /// The schemas that were compiled, by where they stand.
    nodes: HashMap<Target, NodeId>,
}

impl<'a, 'p> Native<'a, 'p> {
    pub(super) fn new(
        options: &'a JsonSchema,
        documents: &'a Documents,
        program: &'a mut ProgramBuilder,
        place: &'a Place<'p>,
        problems: &'a mut Problems,
    ) -> Self {
        let any = program.push(Node::any(StringRule::default(), NodeId::ANY, NodeId::ANY));
        let mut native = Self {
            options,
            documents,
            program,
            place,
            problems,
            any,
            nodes: HashMap::new(),
        };
        let node = native.any();
        native.program.replace(any, node);
        native
    }

    /// Compiles the document, the rule of which as a whole is `whole`.
    pub(super) fn compile(mut self, whole: Delegate) -> NodeId {
        let documents = self.documents;
        let root = &*documents.root;
        let native = root.get("$schema").is_none_or(|draft| draft == DRAFT)
            && !holds(root.as_object().into_iter().flat_map(Map::values), SCOPES)
            && !root.as_object().is_some_and(|root| names(root, SCOPES));
        if native {
            self.node(String::new(), root)
        } else {
            let node = self.whole(whole);
            self.program.push(node)
        }
    }

    fn node(&mut self, pointer: String, schema: &'a Value) -> NodeId {
        let Some((target, schema)) = self.follow(pointer, schema) else {
            return self.any;
        };
        if let Some(id) = self.nodes.get(&target) {
            return *id;
        }
        let node = self.any();
        let id = self.program.push(node);
        self.nodes.insert(target.clone(), id);
        let node = match schema {
            Value::Bool(true) => return id,
            Value::Object(keywords) => self.keywords(&target, keywords),
            _ => Some(Node {
                types: Types::NONE,
                ..self.any()
            }),
        };
        let node = node.unwrap_or_else(|| self.part(&target));
        self.program.replace(id, node);
        id
    }

    /// Where a schema that is nothing but a reference leads in the end. `None`: in a circle, which
    /// says nothing of a value.
    fn follow(&self, pointer: String, schema: &'a Value) -> Option<(Target, &'a Value)> {
        let documents = self.documents;
        let mut target = Target {
            pointer,
            closed: false,
        };
        let mut schema = schema;
        for _ in 0..100 {
            let next = Self::reference(schema).and_then(|pointer| {
                let next = documents.root.pointer(pointer)?;
                Some((pointer, next))
            });
            let Some((pointer, next)) = next else {
                return Some((target, schema));
            };
            target.closed |= schema.get("unevaluatedProperties").is_some();
            pointer.clone_into(&mut target.pointer);
            schema = next;
        }
        None
    }

    /// The pointer of a schema that is a reference into the document and nothing else.
    fn reference(schema: &Value) -> Option<&str> {
        let keywords = schema.as_object()?;
        let target = keywords.get("$ref")?.as_str()?.strip_prefix('#')?;
        let alone = keywords
            .iter()
            .all(|(keyword, value)| match keyword.as_str() {
                "$ref" => true,
                "unevaluatedProperties" => *value == Value::Bool(false),
                keyword => !is_rule(keyword),
            });
        let plain = target.is_empty() || target.starts_with('/');
        (alone && plain && !target.contains('%')).then_some(target)
    }

    /// The node of an object of keywords, where all of them can be held while reading.
    fn keywords(&mut self, target: &Target, keywords: &'a Map<String, Value>) -> Option<Node> {
        let pointer = &target.pointer;
        if names(keywords, WHOLE) {
            return None;
        }
        let mut types = keywords.get("type").map_or(Some(Types::ANY), types)?;
        let string = self.string(keywords, &mut types)?;
        let number = number(keywords)?;
        let object = self.object(target, keywords)?;
        let prefix = keywords.get("prefixItems").and_then(Value::as_array);
        let prefix = (0..).zip(prefix.into_iter().flatten());
        let prefix = prefix.map(|(place, item)| {
            let pointer = format!("{pointer}/prefixItems/{place}");
            self.node(pointer, item)
        });
        let prefix = prefix.collect();
        let items = keywords.get("items");
        let items = items.map_or(self.any, |items| {
            self.node(format!("{pointer}/items"), items)
        });
        let (min_items, max_items) = (count(keywords, "minItems"), count(keywords, "maxItems"));
        let (problems, place) = (&mut *self.problems, self.place);
        let mut problem =
            |told: String| problems.add(format!("{place}: document #{pointer}"), told);
        Some(Node {
            types,
            string: StringRule::new(&string, &mut problem),
            number: NumberRule::new(&number, &mut problem),
            array: ArrayRule {
                prefix,
                items,
                min_items: min_items.unwrap_or(0),
                max_items: max_items.unwrap_or(u32::MAX),
            },
            object,
            whole: None,
        })
    }

    fn string(&self, keywords: &Map<String, Value>, types: &mut Types) -> Option<StringKeywords> {
        let values = match (keywords.get("enum"), keywords.get("const")) {
            (None, None) => None,
            (Some(values), None) => Some(values.as_array()?.iter().collect()),
            (None, Some(value)) => Some(vec![value]),
            (Some(_), Some(_)) => return None,
        };
        let values: Option<Vec<String>> = match values {
            None => None,
            Some(values) => Some(
                values
                    .into_iter()
                    .map(|value| value.as_str().map(ToOwned::to_owned))
                    .collect::<Option<_>>()?,
            ),
        };
        if let Some(values) = &values {
            if values.is_empty()
                || names(keywords, &["minLength", "maxLength", "pattern", "format"])
                || !types.meet(Types::STRING)
            {
                return None;
            }
            *types = Types::STRING;
        }
        let pattern = keywords.get("pattern").map_or(Some(None), |pattern| {
            // ECMA-262 has other classes than Rust's regex, and writes some escapes in other ways.
            let pattern = pattern.as_str()?;
            (!pattern.contains('\\')).then(|| Some(pattern.to_owned()))
        })?;
        let format = match keywords.get("format") {
            Some(format) if !self.options.annotations => Some(native_format(format.as_str()?)?),
            _ => None,
        };
        Some(StringKeywords {
            min_length: length(keywords, "minLength"),
            max_length: length(keywords, "maxLength"),
            pattern,
            values,
            format,
            controls: self.controls(),
        })
    }

    fn object(&mut self, target: &Target, keywords: &'a Map<String, Value>) -> Option<ObjectRule> {
        let pointer = &target.pointer;
        let bounds = ObjectKeywords {
            min_members: count(keywords, "minProperties"),
            max_members: count(keywords, "maxProperties"),
            ..ObjectKeywords::default()
        };
        // Beside `properties` alone, what is not evaluated is what is additional.
        let others = ["additionalProperties", "unevaluatedProperties"]
            .into_iter()
            .find_map(|keyword| Some((keyword, keywords.get(keyword)?)));
        let others = match others {
            Some((_, Value::Bool(false))) => None,
            Some((keyword, schema)) => Some(self.node(format!("{pointer}/{keyword}"), schema)),
            None => (!target.closed).then_some(self.any),
        };
        let required: Vec<&str> = match keywords.get("required") {
            Some(required) => required
                .as_array()?
                .iter()
                .map(Value::as_str)
                .collect::<Option<_>>()?,
            None => Vec::new(),
        };
        let mut members = Vec::new();
        if let Some(properties) = keywords.get("properties") {
            for (name, schema) in properties.as_object()? {
                let escaped = name.replace('~', "~0").replace('/', "~1");
                let place = format!("{pointer}/properties/{escaped}");
                if name.starts_with(RESERVED) {
                    self.problems.add(
                        format!("{}: document #{place}", self.place),
                        "is a name that serde_json keeps for itself",
                    );
                }
                let schema = self.node(place, schema);
                members.push(Member::new(name, schema, required.contains(&name.as_str())));
            }
        }
        for name in required {
            let place = self.place_of(name, &mut members, others);
            members[place].required = true;
        }
        let dependents = keywords.get("dependentRequired").and_then(Value::as_object);
        let mut rules = Vec::new();
        for (of, dependents) in dependents.into_iter().flatten() {
            let of = self.place_of(of, &mut members, others);
            for dependent in dependents.as_array()? {
                let member = self.place_of(dependent.as_str()?, &mut members, others);
                rules.push(Dependent { of, member });
            }
        }
        let names = match keywords.get("propertyNames") {
            None => self.any,
            // Declared names would have to be judged once, and their members struck.
            Some(_) if !members.is_empty() => return None,
            Some(schema) => self.names(pointer, schema)?,
        };
        let others = others.map(|schema| Others { schema, names });
        let (problems, place) = (&mut *self.problems, self.place);
        let mut problem =
            |told: String| problems.add(format!("{place}: document #{pointer}"), told);
        let mut rule = ObjectRule::new(members, others).bounded(&bounds, &mut problem);
        rule.dependents = rules;
        Some(rule)
    }

    /// The place of the member of that name, which is added where `properties` has none.
    fn place_of(&mut self, name: &str, members: &mut Vec<Member>, others: Option<NodeId>) -> usize {
        let place = members.iter().position(|member| *member.name == *name);
        place.unwrap_or_else(|| {
            // Without a schema for others, no object has it.
            let schema = others.unwrap_or_else(|| self.never());
            members.push(Member::new(name, schema, false));
            members.len() - 1
        })
    }

    /// The schema of names, where it says nothing but what strings are.
    fn names(&mut self, pointer: &str, schema: &'a Value) -> Option<NodeId> {
        let keywords = schema.as_object()?;
        let types = keywords.get("type").map_or(Some(Types::ANY), types)?;
        let only_strings = types.meet(Types::STRING) && !names(keywords, WHOLE);
        let node = only_strings.then(|| self.node(format!("{pointer}/propertyNames"), schema))?;
        (!self.program.is_whole(node)).then_some(node)
    }

    /// Any value, with the control characters that the document may have.
    fn any(&mut self) -> Node {
        let keywords = StringKeywords {
            controls: self.controls(),
            ..StringKeywords::default()
        };
        Node::any(StringRule::new(&keywords, &mut |_| ()), self.any, self.any)
    }

    /// The schema of no value.
    fn never(&mut self) -> NodeId {
        let node = Node {
            types: Types::NONE,
            ..self.any()
        };
        self.program.push(node)
    }

    /// A part of the document that is judged as a whole.
    fn part(&mut self, target: &Target) -> Node {
        match self.documents.part(&target.pointer, target.closed) {
            Ok(rule) => self.whole(rule),
            Err(problem) => {
                self.problems.add(self.place.to_string(), problem);
                self.any()
            }
        }
    }

    fn whole(&mut self, rule: Delegate) -> Node {
        Node {
            types: Types::NONE,
            whole: Some(Whole::new(Arc::new(rule), self.any)),
            ..self.any()
        }
    }

    fn controls(&self) -> Controls {
        if self.options.controls {
            Controls::All
        } else {
            Controls::None
        }
    }
}
