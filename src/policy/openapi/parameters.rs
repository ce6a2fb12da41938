//! Parameters in the path, the query, headers and cookies.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::{fields::Kind, import::Importer, node::Node, paths::Operation};

const MEMBERS: &[&str] = &[
    "allowEmptyValue",
    "allowReserved",
    "content",
    "deprecated",
    "description",
    "example",
    "examples",
    "explode",
    "in",
    "name",
    "required",
    "schema",
    "style",
];

/// Headers that other parts of a document are about.
const OTHERWISE: &[(&str, &str)] = &[
    ("accept", "`responses`"),
    ("authorization", "`security`"),
    ("content-type", "`requestBody`"),
];

/// What a route declares: where it is, and by which name.
type Key = (&'static str, String);

impl<'d> Importer<'d> {
    /// The parameters of an operation, and those of its path that it does not declare anew.
    pub(super) fn parameters(
        &mut self,
        operation: &Operation<'d>,
        names: &[&str],
        route: &mut Map<String, Value>,
    ) {
        let mut declared = self.declared(&operation.item);
        declared.append(&mut self.declared(&operation.node));
        for name in names {
            if !declared.contains_key(&("path", (*name).to_owned())) {
                let told = format!("has no parameter `{name}` in path, which its path has");
                self.report.mistake(&operation.node, told);
            }
        }
        for ((place, name), node) in declared {
            if place == "path" && !names.contains(&name.as_str()) {
                let told = format!(
                    "is said to be in the path, and is no parameter of {}",
                    operation.pattern
                );
                self.report.mistake(&node, told);
            } else if let Some((required, field)) = self.parameter(place, &name, &node) {
                declare(route, place, required, name, field);
            }
        }
    }

    /// The parameters that one list declares.
    fn declared(&mut self, of: &Node<'d>) -> BTreeMap<Key, Node<'d>> {
        let mut declared = BTreeMap::new();
        let Some(list) = of.member("parameters") else {
            return declared;
        };
        if !list.value.is_array() {
            self.report.mistake(&list, "is no list of parameters");
        }
        for item in list.items() {
            if !self.report.take(&item) {
                break;
            }
            let Some(parameter) = self.resolve(&item) else {
                continue;
            };
            let Some(key) = self.key(&parameter) else {
                continue;
            };
            if declared.insert(key, parameter).is_some() {
                let told = "is a parameter that the list has already";
                self.report.mistake(&item, told);
            }
        }
        declared
    }

    /// Where a parameter is, and its name. Headers have theirs in lower case.
    fn key(&mut self, node: &Node<'d>) -> Option<Key> {
        let place = match node.text("in") {
            Some("cookie") => "cookie",
            Some("header") => "header",
            Some("path") => "path",
            Some("query") => "query",
            _ => {
                let told = "is not there as `path`, `query`, `header` or `cookie`";
                self.report.mistake_in(node, "in", told);
                return None;
            }
        };
        let Some(name) = node.text("name") else {
            self.report.mistake_in(node, "name", "is not there as text");
            return None;
        };
        if place == "header" {
            return Some((place, name.to_ascii_lowercase()));
        }
        Some((place, name.to_owned()))
    }

    /// Whether a parameter is required, and what it may be, unless it is no rule.
    fn parameter(&mut self, place: &str, name: &str, node: &Node<'d>) -> Option<(bool, Value)> {
        let otherwise = OTHERWISE.iter().find(|(header, _)| *header == name);
        if let Some((_, says)) = otherwise.filter(|_| place == "header") {
            let told = format!("is ignored, as OpenAPI says: {says} is about this header");
            self.report.note(node, told);
            return None;
        }
        if (place, name) == ("header", "cookie") {
            let told = "holds cookies: declare each of them as a parameter `in: cookie`";
            self.report.mistake(node, told);
            return None;
        }
        self.report.only(node, "a parameter", MEMBERS);
        let required = self.report.flag(node, "required") || place == "path";
        if place == "path" && !node.says("required") {
            let told = "is not `required: true`, and always is";
            self.report.note(node, told);
        }
        if let Some(content) = node.member("content") {
            let told = "has its value in a format of its own, which is not read: write a `schema` \
                        of its text";
            self.report.mistake(&content, told);
            return None;
        }
        let Some(schema) = node.member("schema") else {
            let told = "is not there, and would say what the parameter may be";
            self.report.mistake_in(node, "schema", told);
            return None;
        };
        self.style(place, node, &schema);
        Some((required, self.field(&schema)))
    }

    /// How the value is written.
    fn style(&mut self, place: &str, node: &Node<'d>, schema: &Node<'d>) {
        let usual = if matches!(place, "cookie" | "query") {
            "form"
        } else {
            "simple"
        };
        if node.member("style").is_some() && node.text("style") != Some(usual) {
            let told = format!(
                "is not `{usual}`, the only one that servers read in one way: lists in the query \
                 repeat the parameter, and everything else is described as text"
            );
            self.report.mistake_in(node, "style", told);
        }
        let exploded = match node.value.get("explode") {
            None => usual == "form",
            Some(_) => self.report.flag(node, "explode"),
        };
        match self.kind(schema) {
            Kind::Object => {
                let told = "is an object, whose members servers look for under different names: \
                            declare a parameter for each";
                self.report.mistake(schema, told);
            }
            Kind::List if place != "query" => {
                let told = format!(
                    "is a list, which comes as one text in a {place}: describe that text, as a \
                     string with a pattern"
                );
                self.report.mistake(schema, told);
            }
            Kind::List if !exploded => {
                let told = "joins the items of a list to one text: repeat the parameter (`true`), \
                            or describe the text, as a string with a pattern";
                self.report.mistake_in(node, "explode", told);
            }
            Kind::List | Kind::Other => {}
        }
        self.switches(place, node, schema);
    }

    fn switches(&mut self, place: &str, node: &Node<'d>, schema: &Node<'d>) {
        let takes_empty = self.report.flag(node, "allowEmptyValue");
        if takes_empty && place == "query" && !self.takes_empty(schema) {
            let told = "lets a value be empty that its schema does not: say so in the schema, or \
                        leave it out";
            self.report.mistake_in(node, "allowEmptyValue", told);
        }
        if self.report.flag(node, "allowReserved") {
            let told = "allowReserved is about how clients write the value: it is judged decoded";
            self.report.note(node, told);
        }
    }
}

/// Adds a field to those of a route.
pub(super) fn declare(
    route: &mut Map<String, Value>,
    place: &str,
    required: bool,
    name: String,
    field: Value,
) {
    let place = if required && place != "path" {
        format!("required_{place}")
    } else {
        place.to_owned()
    };
    let fields = route
        .entry(place)
        .or_insert_with(|| Value::Object(Map::new()));
    if let Value::Object(fields) = fields {
        fields.insert(name, field);
    }
}
