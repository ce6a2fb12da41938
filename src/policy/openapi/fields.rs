//! Schemas of text: parameters, and the fields of forms.

use serde_json::{Map, Value};

use super::{import::Importer, node::Node};

/// What a field is, as far as it decides how it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Object,
    List,
    Other,
}

/// The schemas in each other that are looked at for what a field is.
const DEEPEST: usize = 32;

impl<'d> Importer<'d> {
    pub(super) fn kind(&mut self, schema: &Node<'d>) -> Kind {
        self.kind_within(schema, DEEPEST)
    }

    fn kind_within(&mut self, schema: &Node<'d>, deepest: usize) -> Kind {
        let (true, Some(schema)) = (self.report.take(schema), self.behind(schema)) else {
            return Kind::Other;
        };
        if let Some(kind) = self.kinds.get(&schema.key()) {
            return *kind;
        }
        // While it is looked at, it says nothing of itself.
        self.kinds.insert(schema.key(), Kind::Other);
        let kind = self.kind_of(&schema, deepest);
        self.kinds.insert(schema.key(), kind);
        kind
    }

    fn kind_of(&mut self, schema: &Node<'d>, deepest: usize) -> Kind {
        let typed = |kind: &str| match schema.value.get("type") {
            Some(Value::Array(kinds)) => kinds.iter().any(|one| one == kind),
            Some(one) => one == kind,
            None => false,
        };
        if typed("object") {
            return Kind::Object;
        }
        if typed("array") {
            return Kind::List;
        }
        if schema.value.get("type").is_some() {
            return Kind::Other;
        }
        if ["additionalProperties", "properties"]
            .iter()
            .any(|keyword| schema.value.get(keyword).is_some())
        {
            return Kind::Object;
        }
        let Some(deepest) = deepest.checked_sub(1) else {
            return Kind::Other;
        };
        let mut parts: Vec<Node<'d>> = Vec::new();
        if let Some(reference) = schema.member("$ref") {
            parts.extend(self.target(&reference).map(|(_, target)| target));
        }
        for keyword in ["allOf", "anyOf", "oneOf"] {
            if let Some(schemas) = schema.member(keyword) {
                parts.extend(schemas.items());
            }
        }
        let kinds = parts.iter().map(|part| self.kind_within(part, deepest));
        let mut kinds = kinds.filter(|kind| *kind != Kind::Other);
        kinds.next().unwrap_or(Kind::Other)
    }

    /// The schema of a field: that of the document, but that text is never `null`.
    pub(super) fn field(&mut self, schema: &Node<'d>) -> Value {
        // A shared schema that has `null` is one of JSON, and the field takes the rest of it over.
        let behind = self.behind(schema);
        let behind = behind.filter(|schema| self.may_be_null(schema));
        let mut field = self.schema(behind.as_ref().unwrap_or(schema));
        without_null(&mut field);
        field
    }

    fn may_be_null(&mut self, schema: &Node<'d>) -> bool {
        let known = self.nullable.entry(schema.key());
        *known.or_insert_with(|| may_be_null(schema))
    }

    /// Whether the schema of a parameter takes the empty text for sure.
    pub(super) fn takes_empty(&mut self, schema: &Node<'d>) -> bool {
        const BOUNDS: &[&str] = &[
            "$ref",
            "allOf",
            "anyOf",
            "const",
            "enum",
            "format",
            "if",
            "minLength",
            "not",
            "oneOf",
            "pattern",
            "x-harden",
        ];
        self.behind(schema).is_some_and(|schema| {
            schema.text("type") == Some("string")
                && BOUNDS
                    .iter()
                    .all(|keyword| schema.value.get(keyword).is_none())
        })
    }
}

fn may_be_null(schema: &Node<'_>) -> bool {
    let lists = |keyword: &str, held: &dyn Fn(&Value) -> bool| {
        let list = schema.value.get(keyword).and_then(Value::as_array);
        list.is_some_and(|list| list.iter().any(held))
    };
    schema.says("nullable")
        || lists("type", &|kind| kind == "null")
        || lists("enum", &Value::is_null)
        || lists("anyOf", &is_null)
        || lists("oneOf", &is_null)
}

/// Whether a schema takes `null` alone.
fn is_null(schema: &Value) -> bool {
    schema.get("type").is_some_and(|kind| kind == "null")
}

/// Takes `null` out of a schema.
fn without_null(schema: &mut Value) {
    let Value::Object(keywords) = schema else {
        return;
    };
    if let Some(Value::Array(types)) = keywords.get_mut("type") {
        types.retain(|kind| kind != "null");
        if let [one] = types.as_mut_slice() {
            let one = one.take();
            keywords.insert("type".into(), one);
        }
    }
    if let Some(Value::Array(values)) = keywords.get_mut("enum") {
        values.retain(|value| !value.is_null());
    }
    if let Some(items) = keywords.get_mut("items") {
        without_null(items);
    }
    for choice in ["anyOf", "oneOf"] {
        without_null_among(choice, keywords);
    }
    if keywords.len() == 1
        && let Some(Value::Array(all)) = keywords.get_mut("allOf")
        && let [one] = all.as_mut_slice()
    {
        *schema = one.take();
    }
}

/// Takes `null` out of the schemas of which one holds. One that is left holds always.
fn without_null_among(choice: &str, keywords: &mut Map<String, Value>) {
    let Some(Value::Array(schemas)) = keywords.get_mut(choice) else {
        return;
    };
    schemas.retain(|schema| !is_null(schema));
    if let [one] = schemas.as_mut_slice() {
        let one = one.take();
        keywords.remove(choice);
        let all = keywords
            .entry("allOf")
            .or_insert_with(|| Value::Array(Vec::new()));
        if let Value::Array(all) = all {
            all.push(one);
        }
    }
}
