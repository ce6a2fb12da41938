//! What a file says of forms.

use super::{
    limits::LARGEST,
    mistakes::Mistakes,
    route,
    schema::{self, Schemas},
    tree::{Kind, Member, Node},
};
use crate::{FileField, MultipartSchema, Schema, schema::ObjectSchema};

/// What a form may say: it has no rules but those of its fields.
const FORM: &[&str] = &[
    "type",
    "properties",
    "required",
    "additionalProperties",
    "title",
    "description",
];

/// The fields of a form, which a JSON Schema declares as an object.
pub(super) fn form<'n>(
    node: &'n Node,
    schemas: &Schemas<'n>,
    mistakes: &mut Mistakes<'_>,
) -> ObjectSchema {
    let node = schemas.resolve(node);
    if let Some(reference) = schema::lone_reference(node) {
        schemas.no_form(node, reference, mistakes);
        return Schema::object();
    }
    let mut properties: &[Member] = &[];
    let mut required = Vec::new();
    for member in mistakes.table(node, "form") {
        let Member { name, value, .. } = member;
        match name.as_str() {
            "type" => {
                mistakes.one_of(value, "the type of a form", &[("object", ())]);
            }
            "properties" => properties = route::fields(value, "properties", mistakes),
            "required" => required = mistakes.strings(value, "required"),
            "additionalProperties" => {
                if !matches!(value.kind, Kind::Boolean(false)) {
                    mistakes.expected(value, name, "false");
                }
            }
            "title" | "description" => {
                mistakes.string(value, name);
            }
            _ => mistakes.unknown(member, "a form", FORM),
        }
    }
    for (place, (at, name)) in required.iter().enumerate() {
        if !properties.iter().any(|member| member.name == *name) {
            mistakes.add(at, "is required, and is none of the properties");
        } else if required[..place].iter().any(|(_, earlier)| earlier == name) {
            mistakes.add(at, "is required twice");
        }
    }
    properties.iter().fold(Schema::object(), |form, member| {
        let name = member.name.as_str();
        let document = schemas.document(&member.value, name, mistakes);
        if required.iter().any(|(_, required)| *required == name) {
            form.required(name, document)
        } else {
            form.optional(name, document)
        }
    })
}

/// The fields and files of a form in parts.
pub(super) fn multipart<'n>(
    node: &'n Node,
    schemas: &Schemas<'n>,
    mistakes: &mut Mistakes<'_>,
) -> MultipartSchema {
    const KEYS: &[&str] = &["required", "optional", "required_file", "optional_file"];

    let mut form = MultipartSchema::new();
    for group in mistakes.table(node, "multipart") {
        let (is_file, is_required) = match group.name.as_str() {
            "required" => (false, true),
            "optional" => (false, false),
            "required_file" => (true, true),
            "optional_file" => (true, false),
            _ => {
                mistakes.unknown(group, "multipart", KEYS);
                continue;
            }
        };
        for Member { name, value, .. } in route::fields(&group.value, &group.name, mistakes) {
            let name = name.as_str();
            form = match (is_file, is_required) {
                (true, true) => form.required_file(name, file(value, name, mistakes)),
                (true, false) => form.optional_file(name, file(value, name, mistakes)),
                (false, true) => form.required(name, schemas.document(value, name, mistakes)),
                (false, false) => form.optional(name, schemas.document(value, name, mistakes)),
            };
        }
    }
    form
}

fn file(node: &Node, name: &str, mistakes: &mut Mistakes<'_>) -> FileField {
    const KEYS: &[&str] = &["of", "max_bytes", "max_files"];

    let mut media_types = Vec::new();
    let (mut bytes, mut files) = (None, None);
    for member in mistakes.table(node, name) {
        let value = &member.value;
        match member.name.as_str() {
            "of" => media_types = mistakes.strings(value, "of"),
            "max_bytes" => bytes = mistakes.number(value, "max_bytes", 0, LARGEST),
            "max_files" => files = mistakes.number(value, "max_files", 1, LARGEST),
            _ => mistakes.unknown(member, "a file", KEYS),
        }
    }
    mistakes.required(node, "of");
    let mut field = FileField::of(media_types.into_iter().map(|(_, media_type)| media_type));
    if let Some(bytes) = bytes {
        field = field.max_bytes(bytes);
    }
    if let Some(files) = files {
        field = field.max_files(files);
    }
    field
}
