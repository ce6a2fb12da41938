//! Objects of declared fields, as forms are.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{import::Importer, node::Node, schema::is_annotation};

/// The schemas in each other that are looked at for fields.
const DEEPEST: usize = 32;

/// The fields of a form in the order of the document, and which of them have to be there.
#[derive(Default)]
pub(super) struct Record<'d> {
    pub(super) fields: Vec<(&'d str, Node<'d>)>,
    pub(super) required: BTreeSet<&'d str>,
    names: BTreeSet<&'d str>,
    dropped: BTreeSet<&'d str>,
}

impl<'d> Importer<'d> {
    /// The fields of a form whose schema this is.
    pub(super) fn record(&mut self, schema: &Node<'d>) -> Record<'d> {
        let mut record = Record::default();
        self.collect(schema, &mut record, DEEPEST);
        let Record {
            names,
            dropped,
            required,
            ..
        } = &mut record;
        required.retain(|name| !dropped.contains(name));
        if let Some(missing) = required.iter().find(|name| !names.contains(*name)) {
            let told = format!("has no property `{missing}`, which it requires");
            self.report.mistake(schema, told);
        }
        record
    }

    fn collect(&mut self, schema: &Node<'d>, record: &mut Record<'d>, deepest: usize) {
        let (true, Some(schema)) = (self.report.take(schema), self.behind(schema)) else {
            return;
        };
        let Some(deepest) = deepest.checked_sub(1) else {
            let told = "is an object that is put together from too many schemas in each other";
            return self.report.mistake(&schema, told);
        };
        if !schema.value.is_object() {
            let told = "is no schema of an object, as a form needs";
            return self.report.mistake(&schema, told);
        }
        for (name, value) in schema.members() {
            match name {
                "type" if value.value == "object" => {}
                "properties" => self.collect_fields(&value, record),
                "required" => {
                    for item in value.items() {
                        if self.report.take(&item)
                            && let Some(name) = item.value.as_str()
                        {
                            record.required.insert(name);
                        }
                    }
                }
                "allOf" => {
                    for schema in value.items() {
                        self.collect(&schema, record, deepest);
                    }
                }
                "additionalProperties" | "unevaluatedProperties"
                    if value.value == &Value::Bool(false) => {}
                "$ref" => {
                    if let Some((_, target)) = self.target(&value) {
                        self.collect(&target, record, deepest);
                    }
                }
                "nullable" if self.is_3_0() => {}
                _ if is_annotation(name) => {}
                _ => {
                    let told = "says of a form what is not judged: it has declared `properties` \
                                alone, of which some are `required`";
                    self.report.mistake(&value, told);
                }
            }
        }
    }

    fn collect_fields(&mut self, properties: &Node<'d>, record: &mut Record<'d>) {
        for (name, field) in properties.members() {
            if !self.report.take(&field) {
                return;
            }
            if self.is_read_only(&field) {
                record.dropped.insert(name);
                self.report
                    .note(&field, "is readOnly, and so none of a request");
            } else if record.names.insert(name) {
                record.fields.push((name, field));
            } else {
                let told = "is a field that another part of the schema declares as well";
                self.report.mistake(&field, told);
            }
        }
    }
}

impl Record<'_> {
    pub(super) fn declares(&self, name: &str) -> bool {
        self.names.contains(name)
    }
}
