//! How the fields of a form are written.

use serde_json::{Map, Value, json};

use super::{fields::Kind, import::Importer, node::Node, record::Record};

const MEMBERS: &[&str] = &[
    "allowReserved",
    "contentType",
    "explode",
    "headers",
    "style",
];

impl<'d> Importer<'d> {
    /// A form of media type `application/x-www-form-urlencoded`.
    pub(super) fn form(&mut self, schema: &Node<'d>, encoding: Option<&Node<'d>>) -> Value {
        let record = self.record(schema);
        self.encodings(&record, encoding);
        let mut properties = Map::new();
        for (name, field) in &record.fields {
            let encoding = encoding.and_then(|encoding| encoding.member(name));
            self.scalars(field, encoding.as_ref());
            properties.insert((*name).to_owned(), self.field(field));
        }
        json!({
            "type": "object",
            "properties": properties,
            "required": record.required,
        })
    }

    /// What is said of how each field is written.
    pub(super) fn encodings(&mut self, record: &Record<'d>, encoding: Option<&Node<'d>>) {
        for (name, encoding) in encoding.into_iter().flat_map(Node::members) {
            self.report.only(&encoding, "an encoding", MEMBERS);
            if !record.declares(name) {
                self.report
                    .mistake(&encoding, "is of a field that the form does not have");
            }
        }
    }

    /// A field that is text, or a list of such: nothing of how it is written is special.
    pub(super) fn scalars(&mut self, field: &Node<'d>, encoding: Option<&Node<'d>>) {
        let kind = self.kind(field);
        if kind == Kind::Object {
            let told = "is an object, and the fields of forms are text or lists of text";
            self.report.mistake(field, told);
        }
        let Some(encoding) = encoding else {
            return;
        };
        if let Some(style) = encoding.member("style").filter(|it| it.value != "form") {
            let told = "is not `form`, the only one that servers read in one way";
            self.report.mistake(&style, told);
        }
        if encoding.value.get("explode").is_some()
            && !self.report.flag(encoding, "explode")
            && kind == Kind::List
        {
            let told = "joins the items of a list to one text: repeat the field (`true`)";
            self.report.mistake_in(encoding, "explode", told);
        }
        if let Some(content) = encoding
            .member("contentType")
            .filter(|it| it.value != "text/plain")
        {
            let told = "is not `text/plain`, as which text is read: a file is a string of \
                        `format: binary`";
            self.report.mistake(&content, told);
        }
    }
}
