//! Forms with files.

use serde_json::{Map, Value, json};

use super::{fields::Kind, import::Importer, node::Node, schema::is_annotation};
use crate::input::is_media_type;

/// What is judged of a file, and of a list of files.
const OF_FILES: &[&str] = &["contentMediaType", "format", "maxLength", "type"];
const OF_LISTS: &[&str] = &["items", "maxItems", "minItems", "type"];

impl<'d> Importer<'d> {
    /// A form of media type `multipart/form-data`.
    pub(super) fn multipart(&mut self, schema: &Node<'d>, encoding: Option<&Node<'d>>) -> Value {
        let record = self.record(schema);
        self.encodings(&record, encoding);
        let mut parts = Map::new();
        for (name, field) in &record.fields {
            let encoding = encoding.and_then(|encoding| encoding.member(name));
            let need = if record.required.contains(name) {
                "required"
            } else {
                "optional"
            };
            let (kind, part) = if let Some((file, most)) = self.file(field) {
                let part = self.file_field(field, &file, most, encoding.as_ref());
                (format!("{need}_file"), part)
            } else {
                self.scalars(field, encoding.as_ref());
                (need.to_owned(), self.field(field))
            };
            let fields = parts
                .entry(kind)
                .or_insert_with(|| Value::Object(Map::new()));
            if let Value::Object(fields) = fields {
                fields.insert((*name).to_owned(), part);
            }
        }
        Value::Object(parts)
    }

    /// The schema of a file or of each of several, and how many there may be.
    fn file(&mut self, field: &Node<'d>) -> Option<(Node<'d>, u64)> {
        let field = self.behind(field)?;
        if self.is_file(&field) {
            self.no_more(&field, OF_FILES);
            return Some((field, 1));
        }
        if self.kind(&field) != Kind::List {
            return None;
        }
        let file = self.behind(&field.member("items")?)?;
        if !self.is_file(&file) {
            return None;
        }
        self.no_more(&field, OF_LISTS);
        self.no_more(&file, OF_FILES);
        if field.value.get("minItems").and_then(Value::as_u64) > Some(1) {
            let told = "is not judged of files: one of them is `required`, or none";
            self.report.mistake_in(&field, "minItems", told);
        }
        let most = field.value.get("maxItems").and_then(Value::as_u64);
        if most.is_none() {
            let told = "is not there as a number, and would say how many files there may be";
            self.report.mistake_in(&field, "maxItems", told);
        }
        Some((file, most.unwrap_or(1)))
    }

    fn file_field(
        &mut self,
        field: &Node<'d>,
        file: &Node<'d>,
        most: u64,
        encoding: Option<&Node<'d>>,
    ) -> Value {
        let encoded = encoding.and_then(|encoding| encoding.member("contentType"));
        let declared = encoded.or_else(|| file.member("contentMediaType"));
        let listed = declared.as_ref().and_then(|it| it.value.as_str());
        let types: Vec<&str> = listed.map_or(Vec::new(), |listed| {
            listed.split(',').map(str::trim).collect()
        });
        match &declared {
            None => {
                let told = "is a file of any media type: say which ones, by `encoding` with \
                            `contentType: image/png, image/jpeg`";
                self.report.mistake(field, told);
            }
            Some(declared) => {
                for media_type in &types {
                    if media_type.contains('*') || !is_media_type(media_type) {
                        let told = "names what is not one media type: list each, as `image/png, \
                                    image/jpeg`";
                        self.report.mistake(declared, told);
                    }
                }
                if types.is_empty() {
                    self.report.mistake(declared, "is no text");
                }
            }
        }
        let mut rules = Map::new();
        rules.insert("of".into(), json!(types));
        if let Some(bytes) = file.member("maxLength") {
            rules.insert("max_bytes".into(), self.report.copy(&bytes));
        }
        if most != 1 {
            rules.insert("max_files".into(), most.into());
        }
        Value::Object(rules)
    }

    /// Whether a schema is that of bytes: `format: binary`, or a media type without an encoding as text.
    fn is_file(&self, schema: &Node<'d>) -> bool {
        let is_text = match schema.value.get("type") {
            None => true,
            // There are seven types.
            Some(Value::Array(kinds)) => kinds.iter().take(7).any(|kind| kind == "string"),
            Some(kind) => kind == "string",
        };
        let has = |keyword: &str| schema.value.get(keyword).is_some();
        let binary = schema.text("format") == Some("binary");
        let typed = !self.is_3_0() && has("contentMediaType") && !has("contentEncoding");
        is_text && (binary || typed)
    }

    /// Tells of rules that are not judged of files.
    fn no_more(&mut self, schema: &Node<'d>, judged: &[&str]) {
        for (name, rule) in schema.members() {
            if !self.report.take(&rule) {
                return;
            }
            let ignored = is_annotation(name) || (name == "nullable" && self.is_3_0());
            if !ignored && !judged.contains(&name) {
                let told = "is not judged of files, which have media types, a `maxLength` and, as \
                            lists, `maxItems`";
                self.report.mistake(&rule, told);
            }
        }
    }
}
